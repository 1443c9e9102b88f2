"""The laws of mails of notices, over any order of what can happen: see `Laws`."""

import re
from collections import Counter
from contextlib import ExitStack
from datetime import timedelta
from itertools import chain, pairwise
from types import SimpleNamespace
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from portal.kernel import clock, worker
from portal.kernel.db import db, session, unit_of_work
from portal.kernel.jobs import enqueue
from portal.networks.models import Membership
from portal.notifications.actions.holding import hold
from portal.notifications.actions.listing import held_place, leave_list
from portal.notifications.jobs import at_once, composing, digests
from portal.notifications.models import ListLink, MutedNetwork, Notice
from portal.web.mailing import write
from tests.conftest import NOW
from tests.support.make import Make
from tests.support.notices import account, choice, mails, rhythm, tell_of_event, tell_of_opening

TITLE = re.compile(r"Sak-\d+\.")
USUAL = {"events": "daily", "openings": "weekly"}
STEPS = ("settle", "put", "release")
SOON, FAR = timedelta(minutes=2), timedelta(days=3650)


class Killed(BaseException):
    """What kill -9 is to the code: nothing catches it."""


def plain(row):
    """Keep what a row is called, whatever becomes of the session that it was made in."""
    return SimpleNamespace(id=row.id, network_id=getattr(row, "network_id", None))


class Laws:
    """No mail is empty. Each thing is mailed at most once, on the list it is wanted on, while it is
    unread, unmuted and visible; nothing of a list comes after it was left. Nothing is lost."""

    def __init__(self, database):
        database.empty()
        self.now, self.make = NOW, Make()
        self.things, self.told, self.excused, self.read = {}, set(), set(), set()
        self.choices, self.muted, self.off, self.member = {}, set(), set(), {"bygg", "hidden"}
        self.is_paused, self.seen, self.mailed = False, 0, Counter()
        with clock.stopped_at(self.now):
            self.alice = plain(account(self.make.person("Alice")))
            self.person_id = self.alice.id
            hidden = self.make.network("Hemligt", visibility="hidden")
            self.networks = {"bygg": plain(self.make.network("Bygg")), "hidden": plain(hidden)}
            self.ids = {name: network.id for name, network in self.networks.items()}
            for network in self.networks.values():
                self.make.membership(self.alice, network)

    def cadence(self, kind, where):
        everywhere = self.choices.get((kind, None), USUAL[kind])
        wanted = self.choices.get((kind, where), everywhere)
        silent = where in self.muted or wanted in self.off or self.is_paused
        return "never" if silent else wanted

    def is_seen(self, kind, where):
        return kind == "openings" or where in self.member | {"bygg"}

    def excuse(self):
        """Remember what need not be mailed any more, for how it stands now."""
        for title in self.told:
            kind, where, _row = self.things[title]
            if self.cadence(kind, where) == "never" or not self.is_seen(kind, where):
                self.excused.add(title)

    def tell(self, kind, where, again):
        old = [one for one, thing in self.things.items() if thing[:2] == (kind, where)]
        title = old[0] if again and old else f"Sak-{len(self.things)}."
        network, soon = self.networks[where], {"starts_at": self.now + FAR}
        with clock.stopped_at(self.now):
            if title not in self.things:
                more = {"network_id": self.ids[where], "audience": "members", **soon}
                row = (
                    self.make.event(title, **more)
                    if kind == "events"
                    else self.make.opening(title, networks=[network], expires_at=self.now + FAR)
                )
                self.things[title] = (kind, where, plain(row))
            row = self.things[title][2]
            if kind == "events":
                tell_of_event(row, self.alice)
            else:
                tell_of_opening(row, network, self.alice)
        self.told.add(title)
        self.excuse()

    def read_all(self):
        with unit_of_work() as work:
            hold(self.person_id)
            work.execute(update(Notice).where(Notice.read_at.is_(None)).values(read_at=self.now))
        self.read |= self.told
        self.excused |= self.told

    def choose(self, kind, where, cadence):
        with clock.stopped_at(self.now):
            choice(self.alice, kind, cadence, self.networks[where] if where else None)
        self.choices[kind, where] = cadence
        self.excuse()

    def mute_or_not(self, where):
        with unit_of_work() as work:
            hold(self.person_id)
            if where in self.muted:
                work.execute(delete(MutedNetwork).where(MutedNetwork.network_id == self.ids[where]))
            else:
                both = {"person_id": self.person_id, "network_id": self.ids[where]}
                work.add(MutedNetwork(**both, muted_at=self.now))
        self.muted ^= {where}
        self.excuse()

    def pause_or_not(self):
        self.is_paused = not self.is_paused
        rhythm(self.alice, paused_until=self.now + 2 * FAR if self.is_paused else None)
        self.excuse()

    def leave_or_join_the_hidden_one(self):
        self.member ^= {"hidden"}
        end = {"ended_at": None, "ended_as": None}
        if "hidden" not in self.member:
            end = {"ended_at": self.now, "ended_as": "left"}
        with unit_of_work() as work:
            this = Membership.network_id == self.ids["hidden"]
            work.execute(update(Membership).where(this).values(end))
        self.excuse()

    def leave_a_list(self):
        """Leave the list of the latest mail."""
        if sent := mails():
            self.leave(sent[-1].off_path.rpartition("/")[2])

    def leave(self, token):
        with unit_of_work() as work:
            place = held_place(token)
            leave_list(place, self.now)
            written = work.scalar(select(ListLink.list).where(ListLink.token == token))
        if written in ("now", "daily", "weekly"):
            self.off.add(written)
        else:
            kind, _at, number = written.partition("@")
            where = {str(number): name for name, number in self.ids.items()}.get(number)
            self.choices[kind, where] = "never"
        self.excuse()

    def work(self, hours):
        self.run(hours)

    def choose_meanwhile(self, hours, kind):
        def meanwhile():
            choice(self.alice, kind, "never")
            self.choices[kind, None] = "never"
            self.excuse()

        self.run(hours, meanwhile)

    def two_workers(self, hours):
        until = (self.now + timedelta(hours=hours) + SOON).isoformat()

        def meanwhile():
            digests.write_some(until, None)
            at_once.mail_at_once(self.person_id)

        self.run(hours, meanwhile)

    def killed(self, hours, calls):
        """The worker dies before, within or after the transaction, by the number of calls."""
        left = iter([*[None] * calls, Killed()])

        def dying(real):
            def call(*args, **more):
                if isinstance(next(left, None), Killed):
                    raise Killed
                return real(*args, **more)

            return call

        steps = [(module, name) for module in (digests, at_once) for name in STEPS]
        steps.append((composing, "write"))
        patches = [patch.object(*step, dying(getattr(*step))) for step in steps]
        self.run(hours, patches=patches)

    def run(self, hours, meanwhile=None, patches=()):
        self.now += timedelta(hours=hours) + SOON
        pending = [meanwhile] if meanwhile else []

        def write_slowly(*args, **context):
            if pending:
                pending.pop()()
            return write(*args, **context)

        if meanwhile:
            patches = [patch.object(composing, "write", write_slowly)]
        with ExitStack() as stack:
            stack.enter_context(clock.stopped_at(self.now))
            for one in patches:
                stack.enter_context(one)
            with unit_of_work():
                enqueue("digests.start", {})
            try:
                worker.drain()
            except Killed:
                db.session.remove()
        self.check()

    def check(self):
        """Compare the mails since last time with what is known."""
        sent = mails()
        for mail in sent[self.seen :]:
            titles = TITLE.findall(mail.text)
            assert titles, "never empty"
            for title in set(titles):
                kind, where, _row = self.things[title]
                wanted = self.cadence(kind, where)
                assert self.mailed[title] == 0, "at most once"
                assert title not in self.read
                assert self.is_seen(kind, where)
                assert wanted == {"notices": "now"}.get(mail.name, mail.list_id)
                self.mailed[title] += 1
        self.seen = len(sent)
        times = [mail.created_at for mail in sent if mail.name == "notices"]
        assert all(b - a >= timedelta(hours=1) for a, b in pairwise(times))

    def end(self):
        """Let a week go by: what nothing spoke against has been mailed."""
        for hours in (2, 24 * 8, 2):
            self.run(hours)
        assert self.told - self.excused <= set(self.mailed)


def one_of(*acts):
    """Choose an act and its arguments: `one_of(("tell", KIND, WHERE))`."""
    return st.one_of(*(st.tuples(st.just(name), *arguments) for name, *arguments in acts))


KIND = st.sampled_from(["events", "openings"])
WHERE = st.sampled_from(["bygg", "hidden"])
CADENCE = st.sampled_from(["now", "daily", "weekly", "never"])
HOURS = st.sampled_from([0, 1, 20, 24, 48, 170])
TELLING = one_of(("tell", KIND, WHERE, st.booleans()))
CHANGE = one_of(
    ("read_all",),
    ("choose", KIND, WHERE | st.none(), CADENCE),
    ("choose", KIND, st.none(), CADENCE),
    ("mute_or_not", WHERE),
    ("pause_or_not",),
    ("leave_or_join_the_hidden_one",),
    ("leave_a_list",),
    ("choose", KIND, st.none(), st.just("now")),
)
WORK = one_of(
    ("work", HOURS),
    ("work", HOURS),
    ("choose_meanwhile", HOURS, KIND),
    ("two_workers", HOURS),
    ("killed", HOURS, st.integers(0, 5)),
)
ROUND = st.tuples(
    st.lists(TELLING, min_size=1, max_size=3),
    st.lists(CHANGE, max_size=1),
    st.lists(TELLING, max_size=1),
    st.tuples(WORK),
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(rounds=st.lists(ROUND, min_size=2, max_size=5))
def test_the_laws_hold_whatever_happens(portal, database, rounds):
    laws = Laws(database)
    for acts in rounds:
        for name, *arguments in chain(*acts):
            getattr(laws, name)(*arguments)
    laws.end()
    session().rollback()
