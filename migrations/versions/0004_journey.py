"""journey: memories, hidden entries, corrections; when a fact was, beside its subject."""

from datetime import datetime, time, timezone

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

FACT_ID = sa.BigInteger().with_variant(sa.Integer(), 'sqlite')
SUBJECT = sa.table(
    'fact_subject', sa.column('kind', sa.String), sa.column('subject_id', sa.BigInteger),
    sa.column('fact_id', sa.BigInteger), sa.column('at', sa.DateTime(timezone=True)), sa.column('name', sa.String),
)
RELATION = sa.table('relation', sa.column('id', sa.Integer), sa.column('began_on', sa.Date))
BATCH = 1000


def upgrade() -> None:
    _date_subjects()
    _put_relations_where_they_began()
    for build in (_memories, _hidden_entries, _corrections):
        build()


def downgrade() -> None:
    for table in ('correction', 'hidden_entry', 'memory'):
        op.drop_table(table)
    with op.batch_alter_table('fact_subject') as batch:
        batch.drop_index('ix_fact_subject_name')
        batch.drop_index('ix_fact_subject_at')
        batch.drop_column('name')
        batch.drop_column('at')


def _date_subjects() -> None:
    with op.batch_alter_table('fact_subject') as batch:
        batch.add_column(sa.Column('at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('name', sa.String(length=60), nullable=True))
    op.execute('UPDATE fact_subject SET at = fact.at, name = fact.name FROM fact WHERE fact.id = fact_subject.fact_id')
    with op.batch_alter_table('fact_subject') as batch:
        batch.alter_column('at', nullable=False, existing_type=sa.DateTime(timezone=True))
        batch.alter_column('name', nullable=False, existing_type=sa.String(length=60))
        batch.create_index('ix_fact_subject_at', ['kind', 'subject_id', 'at', 'fact_id', 'name'])
        batch.create_index('ix_fact_subject_name', ['kind', 'subject_id', 'name', 'at', 'fact_id'])


def _put_relations_where_they_began() -> None:
    """A relation that was written down later stands in the history where it began."""
    connection = op.get_bind()
    query = sa.select(SUBJECT.c.fact_id, SUBJECT.c.at, RELATION.c.began_on).where(
        SUBJECT.c.kind == 'relation', SUBJECT.c.name == 'RelationBegan', RELATION.c.id == SUBJECT.c.subject_id)
    rows = []
    for fact_id, at, began_on in connection.execute(query):
        began = datetime.combine(began_on, time(12), timezone.utc)
        if began < (at if at.tzinfo else at.replace(tzinfo=timezone.utc)):
            rows.append({'fact': fact_id, 'began': began})
    moved = sa.update(SUBJECT).where(SUBJECT.c.fact_id == sa.bindparam('fact')).values(at=sa.bindparam('began'))
    for start in range(0, len(rows), BATCH):
        connection.execute(moved, rows[start:start + BATCH])


def _person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f(f'fk_{table}_person_id_person'), ondelete='CASCADE')


def _memories() -> None:
    op.create_table('memory',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.Column('precision', sa.String(length=5), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('shown', sa.String(length=10), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("precision IN ('day', 'month', 'year')", name=op.f('ck_memory_precision')),
    sa.CheckConstraint("shown IN ('nobody', 'networks')", name=op.f('ck_memory_shown')),
    _person('memory'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memory')),
    sa.UniqueConstraint('public_id', name=op.f('uq_memory_public_id'))
    )
    op.create_index('ix_memory_person', 'memory', ['person_id', 'began_on'])


def _hidden_entries() -> None:
    op.create_table('hidden_entry',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('fact_id', FACT_ID, nullable=False),
    sa.Column('hidden_at', sa.DateTime(timezone=True), nullable=False),
    _person('hidden_entry'),
    sa.ForeignKeyConstraint(['fact_id'], ['fact.id'], name=op.f('fk_hidden_entry_fact_id_fact'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'fact_id', name=op.f('pk_hidden_entry'))
    )
    op.create_index(op.f('ix_hidden_entry_fact_id'), 'hidden_entry', ['fact_id'])


def _corrections() -> None:
    op.create_table('correction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('fact_id', FACT_ID, nullable=True),
    sa.Column('relation_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=10), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("outcome IN ('corrected', 'kept')", name=op.f('ck_correction_outcome')),
    sa.CheckConstraint('(answered_at IS NULL) = (outcome IS NULL)', name=op.f('ck_correction_answered')),
    _person('correction'),
    sa.ForeignKeyConstraint(['answered_by_id'], ['person.id'], name=op.f('fk_correction_answered_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['fact_id'], ['fact.id'], name=op.f('fk_correction_fact_id_fact'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['relation_id'], ['relation.id'], name=op.f('fk_correction_relation_id_relation'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_correction')),
    sa.UniqueConstraint('public_id', name=op.f('uq_correction_public_id'))
    )
    waiting = sa.text('answered_at IS NULL')
    op.create_index(op.f('ix_correction_person_id'), 'correction', ['person_id'])
    op.create_index('ix_correction_waiting', 'correction', ['asked_at', 'id'], sqlite_where=waiting, postgresql_where=waiting)
    for column in ('fact_id', 'relation_id'):
        op.create_index(f'uq_correction_{column}', 'correction', ['person_id', column], unique=True,
                        sqlite_where=waiting, postgresql_where=waiting)
