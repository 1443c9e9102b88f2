"""one person for life: kinds of relations as data, the profile and who sees it, the door."""

import sqlalchemy as sa
from alembic import op

from portal.kernel.search.analysis import fold
from portal.people.models.spelling import name_key
from portal.people.policy import domain_keys, joins, organisation_keys, sort_key


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None

FIELDS = ('photo', 'headline', 'municipality', 'about', 'work', 'skills', 'languages', 'links',
          'contact', 'relations', 'journey')
# So far these went with the name.
WITH_THE_NAME = ('headline', 'municipality', 'about')
KINDS = (
    # code, Swedish, English, phase, candidate, colleague, purpose, legal basis
    ('candidate', 'Kandidat', 'Candidate', 'before', True, False, 'recruitment', "steps at the person's request"),
    ('employee', 'Anställd', 'Employee', 'during', False, True, 'employment', 'contract'),
    ('consultant', 'Konsult', 'Consultant', 'during', False, True, 'assignment', 'contract'),
    ('alumnus', 'Alumn', 'Alumnus', 'after', False, False, 'staying in touch', 'legitimate interest'),
    ('customer_contact', 'Kund', 'Customer', 'during', False, True, 'customer relation', 'legitimate interest'),
)

ENDINGS = ('withdrawn', 'declined', 'left', 'removed')


def upgrade() -> None:
    _add_kinds()
    _change_organisation()
    _change_person()
    _change_relation()
    for build in (_profile, _door, _duties):
        build()
    _change_membership(*ENDINGS, 'merged')
    coordinates = sa.text("role = 'coordinator' AND ended_at IS NULL")
    op.create_index('ix_membership_coordinators', 'membership', ['network_id', 'person_id'], sqlite_where=coordinates, postgresql_where=coordinates)
    _write_down_affiliations()


def downgrade() -> None:
    for table in ('former_id', 'suspension', 'affiliation', 'door_exclusion', 'door_place', 'door_topic',
                  'door', 'contact_way', 'link', 'spoken_language', 'skill', 'work'):
        op.drop_table(table)
    # Of what the older schema can't tell: corrections, and kinds that were added.
    op.execute("DELETE FROM relation WHERE corrected_at IS NOT NULL")
    op.execute("DELETE FROM relation WHERE kind NOT IN ('candidate', 'employee', 'consultant', 'alumnus', 'customer_contact')")
    open_ones = sa.text('ended_on IS NULL')
    with op.batch_alter_table('relation') as batch:
        batch.drop_index('uq_relation_open')
        batch.drop_index('ix_relation_kind')
        batch.drop_constraint(op.f('fk_relation_kind_relation_kind'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_relation_owner_id_person'), type_='foreignkey')
        batch.drop_constraint(op.f('fk_relation_corrects_id_relation'), type_='foreignkey')
        for column in ('owner_id', 'corrects_id', 'corrected_at'):
            batch.drop_column(column)
        batch.create_check_constraint(op.f('ck_relation_kind'), f"kind IN {tuple(one[0] for one in KINDS)!r}")
        batch.create_index('uq_relation_open', ['person_id', 'organisation_id', 'kind'], unique=True,
                           sqlite_where=open_ones, postgresql_where=open_ones)
    op.drop_table('relation_kind')
    op.drop_index('ix_person_municipality', table_name='person')
    with op.batch_alter_table('person') as batch:
        for field in FIELDS:
            batch.drop_constraint(op.f(f'ck_person_{field}_shown'), type_='check')
            batch.drop_column(f'{field}_shown')
        for column in ('photo', 'confirmed_at', 'suspended_at'):
            batch.drop_column(column)
    with op.batch_alter_table('organisation') as batch:
        batch.drop_index('uq_organisation_folded')
        batch.drop_index('ix_organisation_sort')
        batch.drop_index(op.f('ix_organisation_domain'))
        batch.drop_index(op.f('ix_organisation_name_key'))
        for column in ('domain', 'sort_key', 'folded', 'name_key'):
            batch.drop_column(column)
    op.drop_index('ix_membership_coordinators', table_name='membership')
    op.execute("UPDATE membership SET ended_as = 'left' WHERE ended_as = 'merged'")
    _change_membership(*ENDINGS)


def _add_kinds() -> None:
    kinds = op.create_table('relation_kind',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=20), nullable=False),
    sa.Column('name_sv', sa.String(length=60), nullable=False),
    sa.Column('name_en', sa.String(length=60), nullable=False),
    sa.Column('phase', sa.String(length=10), nullable=False),
    sa.Column('is_candidate', sa.Boolean(), nullable=False),
    sa.Column('is_colleague', sa.Boolean(), nullable=False),
    sa.Column('purpose', sa.String(length=60), nullable=False),
    sa.Column('legal_basis', sa.String(length=60), nullable=False),
    sa.Column('is_built_in', sa.Boolean(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("phase IN ('before', 'during', 'after')", name=op.f('ck_relation_kind_phase')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relation_kind')),
    sa.UniqueConstraint('code', name=op.f('uq_relation_kind_code'))
    )
    names = ('code', 'name_sv', 'name_en', 'phase', 'is_candidate', 'is_colleague', 'purpose', 'legal_basis')
    op.bulk_insert(kinds, [dict(zip(names, one)) | {'is_built_in': True, 'position': place}
                           for place, one in enumerate(KINDS)])


def _change_organisation() -> None:
    with op.batch_alter_table('organisation') as batch:
        batch.add_column(sa.Column('domain', sa.String(length=120), nullable=True))
        batch.add_column(sa.Column('sort_key', sa.LargeBinary(length=260), nullable=False, server_default=''))
        batch.add_column(sa.Column('folded', sa.String(length=160), nullable=False, server_default=''))
        batch.add_column(sa.Column('name_key', sa.String(length=120), nullable=False, server_default=''))
        batch.create_index('ix_organisation_sort', ['sort_key', 'id'])
        batch.create_index(op.f('ix_organisation_domain'), ['domain'])
        batch.create_index(op.f('ix_organisation_name_key'), ['name_key'])
    connection = op.get_bind()
    organisation = sa.table('organisation', *(sa.column(name) for name in ('id', 'name', 'folded', 'name_key')), sa.column('sort_key', sa.LargeBinary))
    taken = set()
    for number, name in connection.execute(sa.select(organisation.c.id, organisation.c.name)).all():
        found, folded = sa.update(organisation).where(organisation.c.id == number), fold(name)[:150]
        folded = f'{folded} {number}' if folded in taken else folded
        taken.add(folded)
        connection.execute(found.values(sort_key=sort_key(name), folded=folded, name_key=name_key(name)))
    named = sa.text("folded <> ''")
    op.create_index('uq_organisation_folded', 'organisation', ['folded'], unique=True, sqlite_where=named, postgresql_where=named)


def _change_membership(*endings: str) -> None:
    with op.batch_alter_table('membership') as batch:
        batch.drop_constraint(op.f('ck_membership_ended_as'), type_='check')
        batch.create_check_constraint(op.f('ck_membership_ended_as'), f'ended_as IN {endings!r}')


def _change_person() -> None:
    with op.batch_alter_table('person') as batch:
        batch.add_column(sa.Column('photo', sa.String(length=40), nullable=True))
        for field in FIELDS:
            batch.add_column(sa.Column(f'{field}_shown', sa.String(length=10), nullable=False, server_default='nobody'))
            batch.create_check_constraint(op.f(f'ck_person_{field}_shown'),
                                          f"{field}_shown IN ('nobody', 'networks', 'members')")
        batch.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column('suspended_at', sa.DateTime(timezone=True), nullable=True))
    op.create_index('ix_person_municipality', 'person', ['municipality', 'sort_key', 'id'])
    told = ', '.join(f'{field}_shown = name_shown' for field in WITH_THE_NAME)
    op.execute(f'UPDATE person SET {told}')


def _change_relation() -> None:
    current = sa.text('ended_on IS NULL AND corrected_at IS NULL')
    with op.batch_alter_table('relation') as batch:
        batch.drop_index('uq_relation_open')
        batch.drop_constraint(op.f('ck_relation_kind'), type_='check')
        batch.add_column(sa.Column('owner_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('corrects_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=True))
        batch.create_foreign_key(op.f('fk_relation_kind_relation_kind'), 'relation_kind', ['kind'], ['code'])
        batch.create_foreign_key(op.f('fk_relation_owner_id_person'), 'person', ['owner_id'], ['id'], ondelete='SET NULL')
        batch.create_foreign_key(op.f('fk_relation_corrects_id_relation'), 'relation', ['corrects_id'], ['id'], ondelete='SET NULL')
        batch.create_index('ix_relation_kind', ['kind'])
        batch.create_index('uq_relation_open', ['person_id', 'organisation_id', 'kind'], unique=True,
                           sqlite_where=current, postgresql_where=current)


def _person(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f(f'fk_{table}_person_id_person'), ondelete='CASCADE')


def _profile() -> None:
    op.create_table('work',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('workplace', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('began_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= began_on', name=op.f('ck_work_order')),
    _person('work'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_work'))
    )
    op.create_index(op.f('ix_work_person_id'), 'work', ['person_id'])
    op.create_table('skill',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('folded', sa.String(length=80), nullable=False),
    sa.Column('label', sa.String(length=80), nullable=False),
    sa.Column('concept_id', sa.String(length=20), nullable=True),
    _person('skill'),
    sa.PrimaryKeyConstraint('person_id', 'folded', name=op.f('pk_skill'))
    )
    op.create_index('ix_skill_folded', 'skill', ['folded', 'person_id'])
    op.create_table('spoken_language',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.String(length=3), nullable=False),
    sa.Column('level', sa.String(length=10), nullable=False),
    sa.CheckConstraint("level IN ('native', 'fluent', 'good', 'some')", name=op.f('ck_spoken_language_level')),
    _person('spoken_language'),
    sa.PrimaryKeyConstraint('person_id', 'code', name=op.f('pk_spoken_language'))
    )
    op.create_table('link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(length=60), nullable=False),
    sa.Column('url', sa.String(length=500), nullable=False),
    _person('link'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link'))
    )
    op.create_index(op.f('ix_link_person_id'), 'link', ['person_id'])
    op.create_table('contact_way',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('value', sa.String(length=254), nullable=False),
    sa.CheckConstraint("kind IN ('email', 'phone', 'other')", name=op.f('ck_contact_way_kind')),
    _person('contact_way'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_way'))
    )
    op.create_index(op.f('ix_contact_way_person_id'), 'contact_way', ['person_id'])


def _door() -> None:
    op.create_table('door',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.String(length=10), nullable=False),
    sa.Column('employed', sa.Boolean(), nullable=False),
    sa.Column('consultant', sa.Boolean(), nullable=False),
    sa.Column('gig', sa.Boolean(), nullable=False),
    sa.Column('earliest_on', sa.Date(), nullable=True),
    sa.Column('contact_months', sa.Integer(), nullable=True),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_on', sa.Date(), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("position IN ('closed', 'ajar', 'open')", name=op.f('ck_door_position')),
    _person('door'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door')),
    sa.UniqueConstraint('public_id', name=op.f('uq_door_public_id'))
    )
    current = sa.text('ended_at IS NULL')
    op.create_index('ix_door_known', 'door', ['position', 'person_id'], sqlite_where=current, postgresql_where=current)
    op.create_index('ix_door_history', 'door', ['person_id', 'id'])
    unasked = sa.text('ended_at IS NULL AND asked_at IS NULL')
    op.create_index('ix_door_unasked', 'door', ['expires_on'], sqlite_where=unasked, postgresql_where=unasked)
    op.create_index('uq_door_current', 'door', ['person_id'], unique=True, sqlite_where=current, postgresql_where=current)
    for table, column in (('door_topic', sa.Column('folded', sa.String(length=80), nullable=False)),
                          ('door_place', sa.Column('code', sa.String(length=4), nullable=False))):
        more = (sa.Column('label', sa.String(length=80), nullable=False),) if table == 'door_topic' else ()
        op.create_table(table,
        sa.Column('door_id', sa.Integer(), nullable=False),
        column,
        *more,
        sa.ForeignKeyConstraint(['door_id'], ['door.id'], name=op.f(f'fk_{table}_door_id_door'), ondelete='CASCADE'),
        sa.PrimaryKeyConstraint('door_id', column.name, name=op.f(f'pk_{table}'))
        )
    op.create_table('door_exclusion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('organisation_id', sa.Integer(), nullable=True),
    sa.Column('key', sa.String(length=140), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    _person('door_exclusion'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisation.id'], name=op.f('fk_door_exclusion_organisation_id_organisation'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_door_exclusion'))
    )
    op.create_index('ix_door_exclusion_current', 'door_exclusion', ['person_id', 'key'], sqlite_where=current, postgresql_where=current)
    op.create_index('ix_door_exclusion_key', 'door_exclusion', ['key', 'person_id'])
    op.create_table('affiliation',
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(length=140), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('joins', sa.Boolean(), nullable=False),
    _person('affiliation'),
    sa.PrimaryKeyConstraint('person_id', 'key', name=op.f('pk_affiliation'))
    )
    op.create_index('ix_affiliation_key', 'affiliation', ['key', 'person_id'])


def _duties() -> None:
    op.create_table('suspension',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=500), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    _person('suspension'),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_suspension_by_id_person'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suspension'))
    )
    current = sa.text('ended_at IS NULL')
    op.create_index('uq_suspension_current', 'suspension', ['person_id'], unique=True, sqlite_where=current, postgresql_where=current)
    op.create_table('former_id',
    sa.Column('public_id', sa.String(length=12), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('merged_at', sa.DateTime(timezone=True), nullable=False),
    _person('former_id'),
    sa.PrimaryKeyConstraint('public_id', name=op.f('pk_former_id'))
    )
    op.create_index(op.f('ix_former_id_person_id'), 'former_id', ['person_id'])


def _write_down_affiliations() -> None:
    """Know who are colleagues from the start: of the addresses and relations there are."""
    connection = op.get_bind()
    host = connection.execute(sa.text("SELECT id, name FROM organisation WHERE kind = 'host'")).one_or_none()
    shared = set(organisation_keys(host.id, host.name, None)) if host else set()
    found: dict[tuple[int, str], object] = {}
    addresses = sa.text('SELECT person_id, folded FROM email_address WHERE verified_at IS NOT NULL')
    for person_id, address in connection.execute(addresses):
        for key in domain_keys(address.rpartition('@')[2]):
            found[person_id, key] = None
    colleagues = sa.text(
        'SELECT r.person_id, o.id, o.name, r.ended_on FROM relation r JOIN organisation o ON o.id = r.organisation_id '
        'JOIN relation_kind k ON k.code = r.kind WHERE k.is_colleague ORDER BY r.ended_on'
    ).columns(person_id=sa.Integer, id=sa.Integer, name=sa.String, ended_on=sa.Date)
    for person_id, number, name, ended_on in connection.execute(colleagues):
        for key in organisation_keys(number, name, None):
            until = found.get((person_id, key), ended_on)
            found[person_id, key] = max(until, ended_on) if until and ended_on else None
    affiliation = sa.table('affiliation', *(sa.column(name) for name in ('person_id', 'key', 'joins')), sa.column('until', sa.Date))
    rows = [{'person_id': person_id, 'key': key, 'until': until, 'joins': joins(key, shared)}
            for (person_id, key), until in found.items()]
    for start in range(0, len(rows), 1000):
        connection.execute(sa.insert(affiliation), rows[start:start + 1000])
