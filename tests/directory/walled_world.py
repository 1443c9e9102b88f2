"""A network with a customer's people in it, and owners of doors whom those people must not see."""

from dataclasses import dataclass
from datetime import timedelta

from portal.accounts.actions import open_account
from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.people.actions import appoint_administrator, begin_relation, renew_affiliations
from portal.people.models import FIELDS, Person, Work
from tests.directory.doors import PATH, choose, organisation, sentence
from tests.support.browser import Browser

WAYS = ("customer contact", "employee", "domain", "subdomain", "workplace")
DUTIES = ("member", "coordinator", "administrator")
OWNERS = ("customer contact", "employee", "domain", "workplace", "shuts it out", "shuts domain out")
ADDRESSES = {"domain": "nordbygg.se", "subdomain": "post.it.nordbygg.se"}
FILTERS = ("open doors", "candidates", "skill")  # where a name alone would tell
SHOWN = {f"{field}_shown": "members" for field in FIELDS}


@dataclass(frozen=True)
class Owner:
    """Somebody who looks for work, with a marker in each thing that says so."""

    id: int
    public_id: str
    name: str

    @property
    def topic(self):
        return f"Topic{self.id}x"

    @property
    def sought(self):
        return f"Sought by {self.name}"

    @property
    def markers(self):
        return {
            "door": 'id="seen-door"',
            "topic": self.topic,
            "place": "Pajala",
            "candidate": self.sought,
        }


class WalledWorld:
    """Nordbygg's people in every duty, the same from elsewhere, and owners of each kind."""

    def __init__(self, portal, make):
        self.portal, self.make = portal, make
        make.host()
        self.nordbygg = organisation("Nordbygg AB", "nordbygg.se")
        self.elsewhere = organisation("Annat AB", "annat.se")
        self.network = make.network("Bygg", slug="bygg")
        self.event = make.event("Frukost", slug="frukost")
        self.owners = [self._owner(kind) for kind in OWNERS]

    def viewer(self, way, duty):
        """Somebody of Nordbygg's with a duty, signed in."""
        return self._viewer(self._belongs(f"{way} {duty}", way), duty)

    def stranger(self, duty):
        """Somebody with the same duty from elsewhere: who may know. Their row and their browser."""
        person = self._belongs(f"stranger {duty}", "nowhere")
        with unit_of_work() as work:
            row, began = work.get_one(Person, person.id), clock.now().date() - timedelta(9)
            begin_relation(row, self.elsewhere, "employee", began, clock.now())
        return person, self._viewer(person, duty)

    def surfaces(self, owner):
        """Every address where something of the owner stands."""
        return {
            "page": f"/people/{owner.public_id}",
            "contact file": f"/people/{owner.public_id}/contact.vcf",
            "list": f"/people?q={owner.name.split()[0]}",
            "open doors": "/people?door=1",
            "candidates": "/people?relation=candidate",
            "skill": f"/people?skill={owner.topic}",
            "members": "/networks/bygg/members",
            "network": "/networks/bygg",
            "guests": "/events/frukost",
            "journey": f"/journey/of/{owner.public_id}",
            "administration": f"/admin/people/{owner.public_id}",
        }

    def browser(self, owner):
        """An owner's own browser."""
        return Browser(self.portal).sign_in(session().get_one(Person, owner.id))

    def said(self, owner):
        """Whom the owner's own sentence counts."""
        return sentence(self.browser(owner).get(PATH))

    def _owner(self, kind):
        way = kind if kind in WAYS else "nowhere"
        person = self._belongs(f"{kind.title().replace(' ', '')} Ägare", way, **SHOWN)
        owner = Owner(person.id, person.public_id, person.name)
        sought = organisation(owner.sought, kind="employer")
        began = clock.now().date() - timedelta(days=20)
        with unit_of_work() as work:
            row = work.get_one(Person, owner.id)
            begin_relation(row, sought, "candidate", began, clock.now())
        self.make.membership(person, self.network)
        self.make.registration(person, self.event)
        shut_out = {
            "shuts it out": {"organisations": [str(self.nordbygg.id)]},
            "shuts domain out": {"domain": "nordbygg.se"},
        }.get(kind, {})
        browser = Browser(self.portal).sign_in(person)
        choose(browser, position="open", topics=[owner.topic], place="Pajala", **shut_out)
        return owner

    def _belongs(self, name, way, **more):
        """Make a person who belongs to Nordbygg in one way, or to nothing."""
        domain = ADDRESSES.get(way, "gmail.com")
        address = f"{name.replace(' ', '').lower().replace('ä', 'a')}@{domain}"
        person = self.make.person(name, address=address, **more)
        began = clock.now().date() - timedelta(days=90)
        with unit_of_work() as work:
            row = work.get_one(Person, person.id)
            if way in ("customer contact", "employee"):
                begin_relation(row, self.nordbygg, way.replace(" ", "_"), began, clock.now())
            if way == "workplace":
                work.add(Work(person_id=person.id, workplace="NordBygg", title="", began_on=began))
                work.flush()
            renew_affiliations(person.id)
        return person

    def _viewer(self, person, duty):
        role = "coordinator" if duty == "coordinator" else "member"
        self.make.membership(person, self.network, role=role)
        with unit_of_work() as work:
            row = work.get_one(Person, person.id)
            open_account(row, "sv", clock.now())
            if duty == "administrator":
                appoint_administrator(row, clock.now())
        return Browser(self.portal).sign_in(person)
