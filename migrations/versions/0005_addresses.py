"""several addresses and one primary, changes of it from both mailboxes, step-up by code."""

import sqlalchemy as sa
from alembic import op

from portal.kernel import keys


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

VERIFIED = sa.text('verified_at IS NOT NULL')
PRIMARY = sa.text('is_primary')


def upgrade() -> None:
    _change_addresses()
    _change_sessions()
    _mailed('proof_request', [
        sa.Column('session_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(['session_id'], ['user_session.id'],
                                name=op.f('fk_proof_request_session_id_user_session'), ondelete='CASCADE'),
    ])
    op.create_index(op.f('ix_proof_request_session_id'), 'proof_request', ['session_id'])
    _mailed('address_request', [
        sa.Column('address', sa.String(length=254), nullable=False),
        sa.Column('folded', sa.String(length=254), nullable=False),
    ])
    op.create_index(op.f('ix_address_request_person_id'), 'address_request', ['person_id'])
    _primary_change()


def downgrade() -> None:
    for table in ('primary_change', 'address_request', 'proof_request'):
        op.drop_table(table)
    with op.batch_alter_table('user_session') as batch:
        batch.drop_column('proved_at')
        batch.drop_column('way')
    # Of what the older schema can't tell: an address that is written down without being proved.
    op.execute('DELETE FROM email_address WHERE verified_at IS NULL AND folded IN '
               '(SELECT folded FROM email_address GROUP BY folded HAVING count(*) > 1)')
    with op.batch_alter_table('email_address') as batch:
        batch.drop_index('uq_email_address_primary')
        batch.drop_index('uq_email_address_folded')
        batch.drop_index('ix_email_address_folded')
        batch.drop_constraint(op.f('ck_email_address_primary'), type_='check')
        batch.drop_constraint(op.f('uq_email_address_public_id'), type_='unique')
        batch.drop_column('public_id')
        batch.create_unique_constraint(op.f('uq_email_address_folded'), ['folded'])


def _change_addresses() -> None:
    op.execute('UPDATE email_address SET is_primary = false WHERE verified_at IS NULL')
    op.execute('UPDATE email_address SET is_primary = false WHERE id NOT IN '
               '(SELECT min(id) FROM email_address WHERE is_primary GROUP BY person_id)')
    with op.batch_alter_table('email_address') as batch:
        batch.add_column(sa.Column('public_id', sa.String(length=12), nullable=True))
    table = sa.table('email_address', sa.column('id', sa.Integer), sa.column('public_id', sa.String))
    bind = op.get_bind()
    named = [{'row': number, 'name': keys.public_id()} for (number,) in bind.execute(sa.select(table.c.id))]
    if named:
        naming = sa.update(table).where(table.c.id == sa.bindparam('row')).values(public_id=sa.bindparam('name'))
        bind.execute(naming, named)
    with op.batch_alter_table('email_address') as batch:
        batch.alter_column('public_id', existing_type=sa.String(length=12), nullable=False)
        batch.drop_constraint(op.f('uq_email_address_folded'), type_='unique')
        batch.create_unique_constraint(op.f('uq_email_address_public_id'), ['public_id'])
        batch.create_check_constraint(op.f('ck_email_address_primary'), 'NOT is_primary OR verified_at IS NOT NULL')
    op.create_index('ix_email_address_folded', 'email_address', ['folded'])
    op.create_index('uq_email_address_folded', 'email_address', ['folded'], unique=True,
                    sqlite_where=VERIFIED, postgresql_where=VERIFIED)
    op.create_index('uq_email_address_primary', 'email_address', ['person_id'], unique=True,
                    sqlite_where=PRIMARY, postgresql_where=PRIMARY)


def _change_sessions() -> None:
    with op.batch_alter_table('user_session') as batch:
        batch.add_column(sa.Column('way', sa.String(length=20), nullable=False, server_default=''))
        batch.add_column(sa.Column('proved_at', sa.DateTime(timezone=True), nullable=True))
    op.execute('UPDATE user_session SET proved_at = began_at')
    with op.batch_alter_table('user_session') as batch:
        batch.alter_column('way', existing_type=sa.String(length=20), server_default=None)
        batch.alter_column('proved_at', existing_type=sa.DateTime(timezone=True), nullable=False)


def _mailed(name: str, more: list[sa.schema.SchemaItem]) -> None:
    """Make a table of what waits for a mailed code or link."""
    op.create_table(
        name,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.String(length=12), nullable=False),
        sa.Column('nonce', sa.String(length=50), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('tries', sa.Integer(), nullable=False),
        sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
        *more,
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f(f'fk_{name}_person_id_person'),
                                ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
        sa.UniqueConstraint('public_id', name=op.f(f'uq_{name}_public_id')),
    )
    op.create_index(op.f(f'ix_{name}_created_at'), name, ['created_at'])


def _primary_change() -> None:
    name = 'primary_change'
    moments = ('old_confirmed_at', 'new_confirmed_at', 'done_at', 'superseded_at')
    op.create_table(
        name,
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.String(length=12), nullable=False),
        sa.Column('nonce', sa.String(length=50), nullable=False),
        sa.Column('person_id', sa.Integer(), nullable=False),
        sa.Column('old_address_id', sa.Integer(), nullable=False),
        sa.Column('new_address_id', sa.Integer(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(moment, sa.DateTime(timezone=True), nullable=True) for moment in moments),
        sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f(f'fk_{name}_person_id_person'),
                                ondelete='CASCADE'),
        *(sa.ForeignKeyConstraint([column], ['email_address.id'], name=op.f(f'fk_{name}_{column}_email_address'),
                                  ondelete='CASCADE') for column in ('old_address_id', 'new_address_id')),
        sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
        sa.UniqueConstraint('public_id', name=op.f(f'uq_{name}_public_id')),
    )
    for column in ('person_id', 'created_at'):
        op.create_index(op.f(f'ix_{name}_{column}'), name, [column])
