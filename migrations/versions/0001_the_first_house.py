"""the first house."""

import sqlalchemy as sa
from alembic import op

from portal.kernel.search.index import search_tables, word_tables


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('fact',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('body', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_fact'))
    )
    with op.batch_alter_table('fact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_fact_at'), ['at'], unique=False)

    op.create_table('job',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('args', sa.JSON(), nullable=False),
    sa.Column('dedupe_key', sa.String(length=120), nullable=True),
    sa.Column('run_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('leased_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('failed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('error', sa.Text(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job')),
    sa.UniqueConstraint('dedupe_key', name=op.f('uq_job_dedupe_key'))
    )
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.create_index('ix_job_waiting', ['run_at', 'id'], unique=False, sqlite_where=sa.text('done_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND failed_at IS NULL'))

    op.create_table('network',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=60), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('sort_key', sa.LargeBinary(length=260), nullable=False),
    sa.Column('summary', sa.String(length=200), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('industry', sa.String(length=1), nullable=True),
    sa.Column('industry_scheme', sa.String(length=10), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('visibility', sa.String(length=10), nullable=False),
    sa.Column('admission', sa.String(length=15), nullable=False),
    sa.Column('member_count', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("admission IN ('open', 'on_request', 'by_invitation')", name=op.f('ck_network_admission')),
    sa.CheckConstraint("visibility IN ('public', 'known', 'hidden')", name=op.f('ck_network_visibility')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network')),
    sa.UniqueConstraint('slug', name=op.f('uq_network_slug'))
    )
    with op.batch_alter_table('network', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_industry'), ['industry'], unique=False)
        batch_op.create_index('ix_network_sort', ['sort_key', 'id'], unique=False)

    op.create_table('organisation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('industry', sa.String(length=1), nullable=True),
    sa.CheckConstraint("kind IN ('host', 'customer', 'employer')", name=op.f('ck_organisation_kind')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisation'))
    )
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_organisation_kind'), ['kind'], unique=False)
        batch_op.create_index('uq_organisation_host', ['kind'], unique=True, sqlite_where=sa.text("kind = 'host'"), postgresql_where=sa.text("kind = 'host'"))

    op.create_table('person',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('sort_key', sa.LargeBinary(length=260), nullable=False),
    sa.Column('headline', sa.String(length=160), nullable=False),
    sa.Column('about', sa.Text(), nullable=False),
    sa.Column('municipality', sa.String(length=4), nullable=True),
    sa.Column('name_shown', sa.String(length=10), nullable=False),
    sa.Column('coordinates', sa.Integer(), nullable=False),
    sa.Column('arrived_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("name_shown IN ('nobody', 'networks', 'members')", name=op.f('ck_person_name_shown')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('public_id', name=op.f('uq_person_public_id'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_sort_key'), ['sort_key'], unique=False)

    op.create_table('search_word',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('index_name', sa.String(length=30), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_word')),
    sa.UniqueConstraint('index_name', 'word', name=op.f('uq_search_word_index_name_word'))
    )
    op.create_table('sign_in_request',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('nonce', sa.String(length=50), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('folded', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('next_path', sa.String(length=500), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_request')),
    sa.UniqueConstraint('public_id', name=op.f('uq_sign_in_request_public_id'))
    )
    with op.batch_alter_table('sign_in_request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_request_created_at'), ['created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_in_request_folded'), ['folded'], unique=False)

    op.create_table('tally',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('expires', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_tally'))
    )
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tally_expires'), ['expires'], unique=False)

    op.create_table('account',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('last_sign_in_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_account_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_account'))
    )
    op.create_table('email_address',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('folded', sa.String(length=254), nullable=False),
    sa.Column('verified_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('is_primary', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_email_address_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_email_address')),
    sa.UniqueConstraint('folded', name=op.f('uq_email_address_folded'))
    )
    with op.batch_alter_table('email_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_email_address_person_id'), ['person_id'], unique=False)

    op.create_table('event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=80), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('description', sa.Text(), nullable=False),
    sa.Column('network_id', sa.Integer(), nullable=True),
    sa.Column('audience', sa.String(length=10), nullable=False),
    sa.Column('organiser_id', sa.Integer(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('timezone', sa.String(length=40), nullable=False),
    sa.Column('place_name', sa.String(length=120), nullable=False),
    sa.Column('address', sa.String(length=200), nullable=False),
    sa.Column('online_url', sa.String(length=500), nullable=True),
    sa.Column('capacity', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("audience = 'public' OR network_id IS NOT NULL", name=op.f('ck_event_members_of')),
    sa.CheckConstraint("audience IN ('public', 'members')", name=op.f('ck_event_audience')),
    sa.CheckConstraint('ends_at > starts_at', name=op.f('ck_event_order')),
    sa.CheckConstraint('taken >= 0 AND (capacity IS NULL OR taken <= capacity)', name=op.f('ck_event_places')),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_event_network_id_network'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organiser_id'], ['person.id'], name=op.f('fk_event_organiser_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_event')),
    sa.UniqueConstraint('slug', name=op.f('uq_event_slug'))
    )
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.create_index('ix_event_end', ['ends_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_event_network_id'), ['network_id'], unique=False)
        batch_op.create_index('ix_event_start', ['starts_at', 'id'], unique=False)

    op.create_table('fact_subject',
    sa.Column('kind', sa.String(length=30), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('fact_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['fact_id'], ['fact.id'], name=op.f('fk_fact_subject_fact_id_fact'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('kind', 'subject_id', 'fact_id', name=op.f('pk_fact_subject'))
    )
    with op.batch_alter_table('fact_subject', schema=None) as batch_op:
        batch_op.create_index('ix_fact_subject_fact_id', ['fact_id'], unique=False)

    op.create_table('mail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('message_id', sa.String(length=200), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('subject', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_mail_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mail')),
    sa.UniqueConstraint('message_id', name=op.f('uq_mail_message_id'))
    )
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_mail_created_at'), ['created_at'], unique=False)

    op.create_table('membership',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('network_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('motivation', sa.Text(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_as', sa.String(length=10), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("ended_as IN ('withdrawn', 'declined', 'left', 'removed')", name=op.f('ck_membership_ended_as')),
    sa.CheckConstraint("role IN ('member', 'moderator', 'coordinator')", name=op.f('ck_membership_role')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_as IS NULL)', name=op.f('ck_membership_ended')),
    sa.CheckConstraint('asked_at IS NOT NULL OR began_at IS NOT NULL', name=op.f('ck_membership_began')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_membership_decided_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_membership_network_id_network'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_membership_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_membership'))
    )
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_membership_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_membership_waiting', ['network_id', 'asked_at'], unique=False, sqlite_where=sa.text('began_at IS NULL AND ended_at IS NULL'), postgresql_where=sa.text('began_at IS NULL AND ended_at IS NULL'))
        batch_op.create_index('uq_membership_current', ['network_id', 'person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('opening',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('slug', sa.String(length=120), nullable=False),
    sa.Column('position', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('audience', sa.String(length=10), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('external_id', sa.String(length=100), nullable=True),
    sa.Column('raw_hash', sa.String(length=64), nullable=True),
    sa.Column('title', sa.String(length=250), nullable=False),
    sa.Column('company', sa.String(length=160), nullable=False),
    sa.Column('company_url', sa.String(length=500), nullable=True),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('place_text', sa.String(length=160), nullable=False),
    sa.Column('places', sa.JSON(), nullable=False),
    sa.Column('forms', sa.JSON(), nullable=False),
    sa.Column('extents', sa.JSON(), nullable=False),
    sa.Column('remote', sa.String(length=6), nullable=False),
    sa.Column('duration', sa.String(length=120), nullable=False),
    sa.Column('extent_min', sa.Integer(), nullable=True),
    sa.Column('extent_max', sa.Integer(), nullable=True),
    sa.Column('occupation_field', sa.String(length=20), nullable=True),
    sa.Column('ssyk', sa.String(length=4), nullable=True),
    sa.Column('occupation', sa.String(length=160), nullable=False),
    sa.Column('department', sa.String(length=160), nullable=False),
    sa.Column('salary_text', sa.String(length=300), nullable=False),
    sa.Column('vacancies', sa.Integer(), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('source_url', sa.String(length=1000), nullable=True),
    sa.Column('apply_url', sa.String(length=1000), nullable=True),
    sa.Column('apply_email', sa.String(length=254), nullable=True),
    sa.Column('apply_text', sa.Text(), nullable=False),
    sa.Column('standing', sa.Boolean(), nullable=False),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_as', sa.String(length=10), nullable=True),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_opening_closed')),
    sa.CheckConstraint("audience IN ('public', 'networks')", name=op.f('ck_opening_audience')),
    sa.CheckConstraint("closed_as IN ('expired', 'removed', 'filled', 'withdrawn')", name=op.f('ck_opening_closed_as')),
    sa.CheckConstraint("state IN ('draft', 'in_review', 'published', 'closed')", name=op.f('ck_opening_state')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_opening_organisation_id_organisation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opening')),
    sa.UniqueConstraint('position', name=op.f('uq_opening_position')),
    sa.UniqueConstraint('slug', name=op.f('uq_opening_slug')),
    sa.UniqueConstraint('source', 'external_id', name=op.f('uq_opening_source_external_id'))
    )
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.create_index('ix_opening_deadline', ['state', 'expires_at', 'position'], unique=False)
        batch_op.create_index('ix_opening_newest', ['state', 'position'], unique=False)
        batch_op.create_index(batch_op.f('ix_opening_organisation_id'), ['organisation_id'], unique=False)

    op.create_table('relation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('purpose', sa.String(length=60), nullable=False),
    sa.Column('legal_basis', sa.String(length=60), nullable=False),
    sa.Column('source', sa.String(length=60), nullable=False),
    sa.CheckConstraint("kind IN ('candidate', 'employee', 'consultant', 'alumnus', 'customer_contact')", name=op.f('ck_relation_kind')),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= began_on', name=op.f('ck_relation_order')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_relation_organisation_id_organisation')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_relation_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relation'))
    )
    with op.batch_alter_table('relation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_relation_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_relation_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_relation_open', ['person_id', 'organisation_id', 'kind'], unique=True, sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))

    op.create_table('role',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("name IN ('administrator')", name=op.f('ck_role_name')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role'))
    )
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.create_index('uq_role_current', ['person_id', 'name'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('user_session',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('token_digest', sa.String(length=64), nullable=False),
    sa.Column('browser', sa.String(length=80), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('previous_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_user_session_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_session')),
    sa.UniqueConstraint('public_id', name=op.f('uq_user_session_public_id')),
    sa.UniqueConstraint('token_digest', name=op.f('uq_user_session_token_digest'))
    )
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_session_person_id'), ['person_id'], unique=False)

    op.create_table('opening_network',
    sa.Column('network_id', sa.Integer(), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['network.id'], name=op.f('fk_opening_network_network_id_network'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name=op.f('fk_opening_network_opening_id_opening'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('network_id', 'opening_id', name=op.f('pk_opening_network'))
    )
    with op.batch_alter_table('opening_network', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opening_network_opening_id'), ['opening_id'], unique=False)

    op.create_table('registration',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('event_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['event_id'], ['event.id'], name=op.f('fk_registration_event_id_event'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_registration_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registration'))
    )
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registration_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_registration_current', ['event_id', 'person_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('saved_opening',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('opening_id', sa.Integer(), nullable=False),
    sa.Column('saved_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['opening_id'], ['opening.id'], name=op.f('fk_saved_opening_opening_id_opening'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_saved_opening_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'opening_id', name=op.f('pk_saved_opening'))
    )
    with op.batch_alter_table('saved_opening', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_saved_opening_opening_id'), ['opening_id'], unique=False)


    sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in (*word_tables(sqlite=sqlite), *search_tables("opening_search", sqlite=sqlite)):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP TABLE opening_search")
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER search_word_added")
        op.execute("DROP TABLE search_word_trigram")
    with op.batch_alter_table('saved_opening', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_saved_opening_opening_id'))

    op.drop_table('saved_opening')
    with op.batch_alter_table('registration', schema=None) as batch_op:
        batch_op.drop_index('uq_registration_current', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_registration_person_id'))

    op.drop_table('registration')
    with op.batch_alter_table('opening_network', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opening_network_opening_id'))

    op.drop_table('opening_network')
    with op.batch_alter_table('user_session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_session_person_id'))

    op.drop_table('user_session')
    with op.batch_alter_table('role', schema=None) as batch_op:
        batch_op.drop_index('uq_role_current', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.drop_table('role')
    with op.batch_alter_table('relation', schema=None) as batch_op:
        batch_op.drop_index('uq_relation_open', sqlite_where=sa.text('ended_on IS NULL'), postgresql_where=sa.text('ended_on IS NULL'))
        batch_op.drop_index(batch_op.f('ix_relation_person_id'))
        batch_op.drop_index(batch_op.f('ix_relation_organisation_id'))

    op.drop_table('relation')
    with op.batch_alter_table('opening', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_opening_organisation_id'))
        batch_op.drop_index('ix_opening_newest')
        batch_op.drop_index('ix_opening_deadline')

    op.drop_table('opening')
    with op.batch_alter_table('membership', schema=None) as batch_op:
        batch_op.drop_index('uq_membership_current', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('ix_membership_waiting', sqlite_where=sa.text('began_at IS NULL AND ended_at IS NULL'), postgresql_where=sa.text('began_at IS NULL AND ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_membership_person_id'))

    op.drop_table('membership')
    with op.batch_alter_table('mail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_mail_created_at'))

    op.drop_table('mail')
    with op.batch_alter_table('fact_subject', schema=None) as batch_op:
        batch_op.drop_index('ix_fact_subject_fact_id')

    op.drop_table('fact_subject')
    with op.batch_alter_table('event', schema=None) as batch_op:
        batch_op.drop_index('ix_event_start')
        batch_op.drop_index(batch_op.f('ix_event_network_id'))
        batch_op.drop_index('ix_event_end')

    op.drop_table('event')
    with op.batch_alter_table('email_address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_email_address_person_id'))

    op.drop_table('email_address')
    op.drop_table('account')
    with op.batch_alter_table('tally', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tally_expires'))

    op.drop_table('tally')
    with op.batch_alter_table('sign_in_request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_request_folded'))
        batch_op.drop_index(batch_op.f('ix_sign_in_request_created_at'))

    op.drop_table('sign_in_request')
    op.drop_table('search_word')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_sort_key'))

    op.drop_table('person')
    with op.batch_alter_table('organisation', schema=None) as batch_op:
        batch_op.drop_index('uq_organisation_host', sqlite_where=sa.text("kind = 'host'"), postgresql_where=sa.text("kind = 'host'"))
        batch_op.drop_index(batch_op.f('ix_organisation_kind'))

    op.drop_table('organisation')
    with op.batch_alter_table('network', schema=None) as batch_op:
        batch_op.drop_index('ix_network_sort')
        batch_op.drop_index(batch_op.f('ix_network_industry'))

    op.drop_table('network')
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.drop_index('ix_job_waiting', sqlite_where=sa.text('done_at IS NULL AND failed_at IS NULL'), postgresql_where=sa.text('done_at IS NULL AND failed_at IS NULL'))

    op.drop_table('job')
    with op.batch_alter_table('fact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_fact_at'))

    op.drop_table('fact')
