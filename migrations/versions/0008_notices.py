"""notices, what people choose to be told, and the ways out of mailing lists."""

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

UNREAD = sa.text('read_at IS NULL')
UNSETTLED = sa.text('settled_at IS NULL')
EVERYWHERE = sa.text('ended_at IS NULL AND network_id IS NULL')
IN_NETWORK = sa.text('ended_at IS NULL AND network_id IS NOT NULL')


def upgrade() -> None:
    for build in (_notices, _choices, _rhythm, _links):
        build()


def downgrade() -> None:
    for table in ('list_link', 'rhythm', 'muted_network', 'choice', 'notice_item', 'notice'):
        op.drop_table(table)


def _notices() -> None:
    op.create_table('notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('network_id', sa.Integer(), nullable=True),
    sa.Column('about', sa.String(length=60), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    _when('began_at', nullable=False),
    _when('at', nullable=False),
    _when('read_at'),
    sa.Column('in_portal', sa.Boolean(), nullable=False),
    _of('notice', 'network'),
    _of('notice', 'person'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice')),
    sa.UniqueConstraint('public_id', name=op.f('uq_notice_public_id'))
    )
    op.create_index(op.f('ix_notice_at'), 'notice', ['at'])
    op.create_index(op.f('ix_notice_network_id'), 'notice', ['network_id'])
    op.create_index('ix_notice_person', 'notice', ['person_id', 'at', 'id'])
    op.create_index('uq_notice_unread', 'notice', ['person_id', 'kind', 'about', 'in_portal'], unique=True,
                    sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_table('notice_item',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('fact', sa.String(length=60), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('notice_id', sa.Integer(), nullable=False),
    _when('at', nullable=False),
    _when('settled_at'),
    _of('notice_item', 'notice'),
    _of('notice_item', 'person'),
    sa.PrimaryKeyConstraint('person_id', 'fact', 'subject_id', name=op.f('pk_notice_item'))
    )
    op.create_index(op.f('ix_notice_item_notice_id'), 'notice_item', ['notice_id'])
    op.create_index('ix_notice_item_unsettled', 'notice_item', ['person_id', 'at'],
                    sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)


def _choices() -> None:
    op.create_table('choice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('network_id', sa.Integer(), nullable=True),
    sa.Column('in_portal', sa.Boolean(), nullable=False),
    sa.Column('cadence', sa.String(length=8), nullable=False),
    _when('chosen_at', nullable=False),
    _when('ended_at'),
    sa.CheckConstraint("cadence IN ('now', 'daily', 'weekly', 'never')", name=op.f('ck_choice_cadence')),
    _of('choice', 'network'),
    _of('choice', 'person'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_choice'))
    )
    op.create_index(op.f('ix_choice_network_id'), 'choice', ['network_id'])
    op.create_index('uq_choice_everywhere', 'choice', ['person_id', 'kind'], unique=True,
                    sqlite_where=EVERYWHERE, postgresql_where=EVERYWHERE)
    op.create_index('uq_choice_in_network', 'choice', ['person_id', 'kind', 'network_id'], unique=True,
                    sqlite_where=IN_NETWORK, postgresql_where=IN_NETWORK)
    op.create_table('muted_network',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('network_id', sa.Integer(), nullable=False),
    _when('muted_at', nullable=False),
    _of('muted_network', 'network'),
    _of('muted_network', 'person'),
    sa.PrimaryKeyConstraint('person_id', 'network_id', name=op.f('pk_muted_network'))
    )
    op.create_index(op.f('ix_muted_network_network_id'), 'muted_network', ['network_id'])


def _rhythm() -> None:
    moments = ('paused_until', 'now_off_at', 'daily_off_at', 'weekly_off_at', 'next_at', 'told_at')
    op.create_table('rhythm',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('weekday', sa.Integer(), nullable=False),
    *map(_when, moments),
    sa.Column('turns', sa.Integer(), nullable=False),
    sa.Column('changes', sa.Integer(), nullable=False),
    sa.CheckConstraint('hour BETWEEN 0 AND 23', name=op.f('ck_rhythm_hour')),
    sa.CheckConstraint('weekday BETWEEN 0 AND 6', name=op.f('ck_rhythm_weekday')),
    _of('rhythm', 'person'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_rhythm'))
    )
    op.create_index('ix_rhythm_next_at', 'rhythm', ['next_at', 'person_id'])


def _links() -> None:
    op.create_table('list_link',
    sa.Column('token', sa.String(length=43), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('list', sa.String(length=60), nullable=False),
    sa.Column('before', sa.String(length=8), nullable=True),
    _when('left_at'),
    _when('created_at', nullable=False),
    _of('list_link', 'person'),
    sa.PrimaryKeyConstraint('token', name=op.f('pk_list_link'))
    )
    op.create_index('ix_list_link_list', 'list_link', ['person_id', 'list'])


def _of(table: str, owner: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([f'{owner}_id'], [f'{owner}.id'], name=op.f(f'fk_{table}_{owner}_id_{owner}'),
                                   ondelete='CASCADE')


def _when(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)
