"""mail as a queue with classes and lists; addresses that mails come back from; a clock and a count of notices."""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

WAITING = sa.text('sent_at IS NULL AND failed_at IS NULL')
TROUBLED = sa.text('sent_at IS NULL AND error IS NOT NULL')
BOUNCED = sa.text('bounced_at IS NOT NULL')
# What stands in the old rows of a new column, which no row goes without from then on.
MAIL = {
    'name': (sa.String(length=40), 'sign_in'),
    'urgency': (sa.Integer(), '0'),
    'list_id': (sa.String(length=120), ''),
    'list_name': (sa.String(length=160), ''),
    'off_path': (sa.String(length=120), ''),
    'attempts': (sa.Integer(), '0'),
    'unclear': (sa.Integer(), '0'),
}
ACCOUNT = {
    'zone': (sa.String(length=40), 'Europe/Stockholm'),
    'unread': (sa.Integer(), '0'),
}
INDEXED = ('address', 'person_id', 'sent_at')


def upgrade() -> None:
    _add('account', ACCOUNT)
    with op.batch_alter_table('email_address') as batch:
        batch.add_column(_when('bounced_at'))
        batch.add_column(_when('complained_at'))
    op.create_index('ix_email_address_bounced', 'email_address', ['id'], sqlite_where=BOUNCED,
                    postgresql_where=BOUNCED)
    _add('mail', MAIL)
    with op.batch_alter_table('mail') as batch:
        for moment in ('due_at', 'leased_until', 'failed_at'):
            batch.add_column(_when(moment))
        batch.add_column(sa.Column('error', sa.Text(), nullable=True))
    op.execute('UPDATE mail SET due_at = created_at')
    # Those whose text is gone were taken, or refused for good.
    op.execute("UPDATE mail SET failed_at = created_at, error = 'nobody' "
               "WHERE sent_at IS NULL AND text = ''")
    with op.batch_alter_table('mail') as batch:
        batch.alter_column('due_at', existing_type=sa.DateTime(timezone=True), nullable=False)
    for column in INDEXED:
        op.create_index(op.f(f'ix_mail_{column}'), 'mail', [column])
    op.create_index('ix_mail_troubled', 'mail', ['id'], sqlite_where=TROUBLED, postgresql_where=TROUBLED)
    op.create_index('ix_mail_waiting', 'mail', ['urgency', 'due_at', 'id'], sqlite_where=WAITING,
                    postgresql_where=WAITING)
    op.create_table('mail_server',
    sa.Column('id', sa.Integer(), nullable=False),
    _when('failing_since', nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    _when('next_try_at', nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail_server'))
    )


def downgrade() -> None:
    op.drop_table('mail_server')
    for name in ('ix_mail_waiting', 'ix_mail_troubled', *(f'ix_mail_{column}' for column in INDEXED)):
        op.drop_index(name, 'mail')
    with op.batch_alter_table('mail') as batch:
        for column in ('error', 'due_at', 'leased_until', 'failed_at', *reversed(MAIL)):
            batch.drop_column(column)
    op.drop_index('ix_email_address_bounced', 'email_address')
    with op.batch_alter_table('email_address') as batch:
        batch.drop_column('complained_at')
        batch.drop_column('bounced_at')
    with op.batch_alter_table('account') as batch:
        for column in reversed(ACCOUNT):
            batch.drop_column(column)


def _add(table: str, columns: dict[str, tuple[sa.types.TypeEngine, str]]) -> None:
    with op.batch_alter_table(table) as batch:
        for name, (kind, usual) in columns.items():
            batch.add_column(sa.Column(name, kind, nullable=False, server_default=usual))
    with op.batch_alter_table(table) as batch:
        for name, (kind, _usual) in columns.items():
            batch.alter_column(name, existing_type=kind, server_default=None)


def _when(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
