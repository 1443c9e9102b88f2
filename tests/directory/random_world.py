"""A world made at random: people in networks and organisations, shown, hidden, suspended, absent."""

import random
from datetime import timedelta

from portal.accounts.actions import open_account
from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.actions import appoint_administrator, begin_relation, renew_affiliations
from portal.people.models import Person, Work
from tests.directory.doors import organisation

PEOPLE = 16
DOMAINS = ("nordbygg.se", "it.nordbygg.se", "gmail.com", "annat.se")


class World:
    """An owner of a door, others around, and which of them coordinate where and administer."""

    def __init__(self, make, seed):
        self.make, self.dice = make, random.Random(seed)
        self.host = make.host()
        self.companies = [organisation("Nordbygg AB", "nordbygg.se"), organisation("Sydbygg AB")]
        self.networks = [make.network() for _ in range(3)]
        self.coordinators, self.administrators = set(), set()
        self.owner = self._person("Alice Åkerlund")
        self.others = [self._person(f"Person {number}") for number in range(PEOPLE)]
        self.mine = [one for one in self.networks if self.dice.random() < 0.7]
        for network in self.mine:
            make.membership(self.owner, network)
        self._work(self.owner.id)
        self.with_account = {
            one.id for one in self.others if self._settle(one) and one.suspended_at is None
        }

    def _person(self, name):
        shown = self.dice.choice(["members", "networks", "networks", "nobody"])
        more = {"name_shown": shown}
        if name.startswith("Person") and self.dice.random() < 0.1:
            more["suspended_at"] = clock.now()
        number, domain = self.dice.randrange(10**9), self.dice.choice(DOMAINS)
        return self.make.person(name, address=f"p{number}@{domain}", **more)

    def _settle(self, person):
        """Give somebody networks, work, a duty, each perhaps; say whether they have an account."""
        for network in self.networks:
            if self.dice.random() < 0.4:
                self._join(person, network)
        self._work(person.id)
        if self.dice.random() < 0.2:
            with unit_of_work() as work:
                appoint_administrator(work.get_one(Person, person.id), clock.now())
            self.administrators.add(person.id)
        if self.dice.random() < 0.15:
            return False
        with unit_of_work() as work:
            open_account(work.get_one(Person, person.id), "sv", clock.now())
        return True

    def _join(self, person, network):
        role = "coordinator" if self.dice.random() < 0.4 else "member"
        left = self.dice.random() < 0.2
        more = {"ended_at": clock.now(), "ended_as": "left"} if left else {}
        self.make.membership(person, network, role=role, **more)
        if role == "coordinator" and not left and network in self.mine:
            self.coordinators.add(person.id)

    def _work(self, person_id):
        """Let somebody belong to an organisation by a relation, or by what they tell, perhaps."""
        today = clock.now().date()
        with unit_of_work() as work:
            person = work.get_one(Person, person_id)
            if self.dice.random() < 0.4:
                ended = today - timedelta(days=1) if self.dice.random() < 0.3 else None
                where = self.dice.choice([*self.companies, self.host])
                kind = "employee" if where is self.host else "customer_contact"
                began = today - timedelta(days=30)
                begin_relation(person, where, kind, began, clock.now(), ended_on=ended)
            if self.dice.random() < 0.2:
                told = {"workplace": "NORDBYGG", "title": "", "began_on": today.replace(day=1)}
                work.add(Work(person_id=person_id, **told))
                work.flush()
            renew_affiliations(person_id)

    def choice(self):
        """Whom the owner shuts out: organisations and mail domains, or nobody."""
        shut_out = {"organisations": [], "domains": []}
        if self.dice.random() < 0.5:
            shut_out["organisations"] = [str(self.dice.choice(self.companies).id)]
        if self.dice.random() < 0.5:
            shut_out["domains"] = [self.dice.choice(DOMAINS)]
        return shut_out
