"""people are found by the words of their names."""

import sqlalchemy as sa
from alembic import op

from portal.people.policy import name_words


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None

BATCH = 1000  # people


def upgrade() -> None:
    op.create_table('name_word',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('word', sa.LargeBinary(length=160), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_name_word_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'word', name=op.f('pk_name_word'))
    )
    with op.batch_alter_table('name_word', schema=None) as batch_op:
        batch_op.create_index('ix_name_word_word', ['word', 'person_id'], unique=False)
    op.create_index('ix_person_shown', 'person', ['name_shown', 'sort_key', 'id'])
    troubled = sa.text('done_at IS NULL AND error IS NOT NULL')
    op.create_index('ix_job_troubled', 'job', ['id'], sqlite_where=troubled, postgresql_where=troubled)
    _learn_all_words()


def downgrade() -> None:
    op.drop_index('ix_job_troubled', table_name='job')
    op.drop_index('ix_person_shown', table_name='person')
    with op.batch_alter_table('name_word', schema=None) as batch_op:
        batch_op.drop_index('ix_name_word_word')
    op.drop_table('name_word')


def _learn_all_words() -> None:
    """Write down the words of every name there is."""
    person = sa.table('person', sa.column('id', sa.Integer), sa.column('name', sa.String))
    name_word = sa.table('name_word', sa.column('person_id'), sa.column('word', sa.LargeBinary))
    connection, last = op.get_bind(), 0
    while True:
        query = sa.select(person).where(person.c.id > last).order_by(person.c.id).limit(BATCH)
        people = connection.execute(query).all()
        if not people:
            return
        last = people[-1].id
        rows = [{'person_id': one.id, 'word': word} for one in people for word in name_words(one.name)]
        if rows:
            connection.execute(sa.insert(name_word), rows)
