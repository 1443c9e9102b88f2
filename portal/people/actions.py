"""People arrive, tell about themselves, and their relations and roles begin."""

from datetime import date, datetime

from sqlalchemy import delete, insert

from portal.kernel import keys
from portal.kernel.actors import Actor
from portal.kernel.db import insert_new, session
from portal.kernel.facts import record
from portal.people import queries
from portal.people.facts import AudienceChosen, PersonArrived, ProfileChanged, RelationBegan
from portal.people.models import EmailAddress, NameWord, Organisation, Person, Relation, Role
from portal.people.policy import Profile, name_words, sort_key


def receive_person(
    name: str, at: datetime, *, quietly: bool = False, **profile: str | None
) -> Person:
    """Add a person to the house; nobody sees more of them than the most private setting."""
    person = Person(
        public_id=keys.public_id(), name=name, sort_key=sort_key(name), arrived_at=at, **profile
    )
    session().add(person)
    session().flush()
    _learn_words(person)
    record(PersonArrived(person_id=person.id), at, quietly=quietly)
    return person


def confirm_address(person: Person, address: str, at: datetime) -> EmailAddress:
    """Give a person an address that has been proved to reach them. IntegrityError if taken."""
    owned = EmailAddress(
        person_id=person.id,
        address=address,
        folded=queries.fold_address(address),
        verified_at=at,
    )
    session().add(owned)
    session().flush()
    return owned


def begin_relation(
    person: Person,
    organisation: Organisation,
    kind: str,
    began_on: date,
    at: datetime,
    *,
    ended_on: date | None = None,
    title: str = "",
    purpose: str = "",
    legal_basis: str = "",
    source: str = "",
    quietly: bool = False,
) -> Relation:
    """Begin a dated relation; others that are open stay open."""
    relation = Relation(
        person_id=person.id,
        organisation_id=organisation.id,
        kind=kind,
        title=title,
        began_on=began_on,
        ended_on=ended_on,
        purpose=purpose,
        legal_basis=legal_basis,
        source=source,
    )
    session().add(relation)
    session().flush()
    record(RelationBegan(person.id, relation.id, organisation.id), at, quietly=quietly)
    return relation


def host_named(name: str) -> Organisation:
    """Return the host organisation, adding it under `name` the first time; there is only one."""
    session().execute(insert_new(Organisation).values(name=name, kind="host"))
    host = queries.host()
    assert host is not None
    return host


def appoint_administrator(person: Person, at: datetime) -> Role:
    """Make a person administrator of the whole installation."""
    role = Role(person_id=person.id, name="administrator", began_at=at)
    session().add(role)
    session().flush()
    return role


def change_profile(actor: Actor, profile: Profile, at: datetime) -> bool:
    """Change what the actor tells about themselves; say whether anything was new."""
    person = session().get_one(Person, actor.person_id)
    renamed = person.name != profile.name
    person.name, person.sort_key = profile.name, sort_key(profile.name)
    person.headline, person.about = profile.headline, profile.about
    person.municipality = profile.municipality
    if not session().is_modified(person):
        return False
    session().flush()
    if renamed:
        _learn_words(person)
    record(ProfileChanged(person.id), at)
    return True


def choose_name_shown(actor: Actor, shown: str, at: datetime) -> bool:
    """Choose who sees the actor's name; say whether it was another choice than before."""
    person = session().get_one(Person, actor.person_id)
    if person.name_shown == shown:
        return False
    person.name_shown = shown
    session().flush()
    record(AudienceChosen(person.id), at)
    return True


def _learn_words(person: Person) -> None:
    """Keep the words by which the name is found."""
    session().execute(delete(NameWord).where(NameWord.person_id == person.id))
    rows = [{"person_id": person.id, "word": word} for word in name_words(person.name)]
    if rows:
        session().execute(insert(NameWord), rows)
