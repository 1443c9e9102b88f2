"""ways in: passkeys, the second step, sign-in at organisations."""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

TABLES = ('spent_state', 'identity', 'first_step', 'printed_code', 'second_step', 'passkey_challenge', 'passkey',
          'passkey_user')


def upgrade() -> None:
    for build in (_passkeys, _second_step, _organisations):
        build()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)


def _of_person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f(f'fk_{table}_person_id_person'),
                                   ondelete='CASCADE')


def _when(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _passkeys() -> None:
    op.create_table('passkey_user',
    sa.Column('user_key', sa.String(length=50), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    _of_person('passkey_user'),
    sa.PrimaryKeyConstraint('user_key', name=op.f('pk_passkey_user'))
    )
    op.create_index(op.f('ix_passkey_user_person_id'), 'passkey_user', ['person_id'])
    op.create_table('passkey',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('credential_id', sa.String(length=1400), nullable=False),
    sa.Column('public_key', sa.LargeBinary(length=1200), nullable=False),
    sa.Column('sign_count', sa.BigInteger(), nullable=False),
    sa.Column('transports', sa.String(length=80), nullable=False),
    sa.Column('may_sync', sa.Boolean(), nullable=False),
    sa.Column('is_synced', sa.Boolean(), nullable=False),
    _when('added_at'),
    _when('used_at', nullable=True),
    _of_person('passkey'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkey')),
    sa.UniqueConstraint('credential_id', name=op.f('uq_passkey_credential_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_passkey_public_id'))
    )
    op.create_index(op.f('ix_passkey_person_id'), 'passkey', ['person_id'])
    op.create_table('passkey_challenge',
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('browser_digest', sa.String(length=64), nullable=False),
    sa.Column('purpose', sa.String(length=10), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    _when('created_at'),
    _of_person('passkey_challenge'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_passkey_challenge'))
    )
    op.create_index(op.f('ix_passkey_challenge_created_at'), 'passkey_challenge', ['created_at'])


def _second_step() -> None:
    op.create_table('second_step',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('nonce', sa.String(length=50), nullable=False),
    _when('begun_at'),
    _when('confirmed_at', nullable=True),
    sa.Column('last_step', sa.BigInteger(), nullable=False),
    _of_person('second_step'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_second_step'))
    )
    op.create_table('printed_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    _when('made_at'),
    _when('used_at', nullable=True),
    _of_person('printed_code'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_printed_code')),
    sa.UniqueConstraint('person_id', 'digest', name=op.f('uq_printed_code_person_id_digest'))
    )
    op.create_table('first_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=False),
    sa.Column('next_path', sa.String(length=500), nullable=True),
    _when('created_at'),
    sa.Column('tries', sa.Integer(), nullable=False),
    _when('used_at', nullable=True),
    _of_person('first_step'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_first_step')),
    sa.UniqueConstraint('public_id', name=op.f('uq_first_step_public_id'))
    )
    op.create_index(op.f('ix_first_step_created_at'), 'first_step', ['created_at'])
    op.create_index(op.f('ix_first_step_person_id'), 'first_step', ['person_id'])


def _organisations() -> None:
    op.create_table('identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.String(length=300), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('label', sa.String(length=254), nullable=False),
    _when('linked_at'),
    _when('used_at', nullable=True),
    _of_person('identity'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_identity')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_identity_issuer_subject')),
    sa.UniqueConstraint('public_id', name=op.f('uq_identity_public_id'))
    )
    op.create_index(op.f('ix_identity_person_id'), 'identity', ['person_id'])
    op.create_table('spent_state',
    sa.Column('digest', sa.String(length=64), nullable=False),
    _when('spent_at'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_spent_state'))
    )
    op.create_index(op.f('ix_spent_state_spent_at'), 'spent_state', ['spent_at'])
