"""When a relation may begin, end and be put right; which kinds and organisations there may be."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from portal.kernel.actors import VISITOR, Actor
from portal.kernel.text import speaking
from portal.people.policy.duties import (
    may_give_role,
    may_lift,
    may_merge,
    may_suspend,
    may_take_role,
)
from portal.people.policy.kinds import code_of_kind, may_retire_kind
from portal.people.policy.merging import audiences, filled_in
from portal.people.policy.organisations import may_own_domain
from portal.people.policy.relations import (
    LEGAL_BASES,
    PURPOSES,
    SOURCES,
    ToldRelation,
    coded,
    may_be_dated,
    may_end,
    may_stand,
    worded,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
KIM = Actor(9, "Kim", frozenset({"administrator"}))
OTHERS = (VISITOR, Actor(2), Actor(3, is_coordinator=True))


@dataclass
class Somebody:
    id: int = 1
    suspended_at: datetime | None = None


@dataclass
class Written:
    began_on: date = date(2020, 1, 1)
    ended_on: date | None = None
    corrected_at: datetime | None = None
    kind: str = "consultant"
    organisation_id: int = 7


def told(began, ended=None, kind="consultant", organisation=7):
    return ToldRelation(kind, organisation, date(began, 1, 1), date(ended, 1, 1) if ended else None)


@pytest.mark.parametrize(
    ("new", "there", "allowed"),
    [
        (told(2020), [], True),
        (told(2020), [told(2020)], False),
        (told(2020), [told(2020, kind="employee")], True),
        (told(2020), [told(2020, organisation=8)], True),
        (told(2020), [told(2016, 2019)], True),
        (told(2019), [told(2016, 2019)], True),  # one takes over from the other
        (told(2018), [told(2016, 2019)], False),
        (told(2016, 2017), [told(2016, 2019)], False),
        (told(2010, 2012), [told(2016)], True),
        (told(2010, 2017), [told(2016)], False),
        (told(2017, 2018), [told(2016)], False),
    ],
)
def test_the_same_relation_goes_on_once_at_a_time_and_any_others_beside_it(new, there, allowed):
    decision = may_stand(new, there)
    assert bool(decision) is allowed
    assert allowed or decision.reason


@pytest.mark.parametrize(
    ("relation", "day", "allowed"),
    [
        (Written(), date(2026, 1, 1), True),
        (Written(), TODAY + timedelta(days=40), True),
        (Written(), date(2020, 1, 1), True),
        (Written(), date(2019, 12, 31), False),
        (Written(ended_on=date(2024, 1, 1)), date(2024, 1, 1), True),  # a second click
        (Written(ended_on=date(2024, 1, 1)), date(2025, 1, 1), False),
        (Written(corrected_at=NOW), date(2026, 1, 1), False),
    ],
)
def test_a_relation_ends_once(relation, day, allowed):
    assert bool(may_end(relation, day)) is allowed


@pytest.mark.parametrize(
    ("began", "ended", "allowed"),
    [
        (date(1999, 1, 1), None, True),
        (TODAY + timedelta(days=365), None, True),
        (date(1899, 1, 1), None, False),
        (date(9999, 1, 1), None, False),
        (date(2020, 1, 1), date(2019, 1, 1), False),
        (date(2020, 1, 1), date(2020, 1, 1), True),
        (date(2020, 1, 1), date(9999, 1, 1), False),
    ],
)
def test_days_are_within_a_working_life(began, ended, allowed):
    assert bool(may_be_dated(began, ended, TODAY)) is allowed


def test_known_words_are_kept_as_what_they_mean_and_read_in_each_language():
    for known in (PURPOSES, LEGAL_BASES, SOURCES):
        for code in known:
            for language in ("sv", "en"):
                with speaking(language):
                    shown = str(worded(known, code))
                    assert shown
                    assert coded(known, shown.upper()) == code
    assert coded(PURPOSES, " egna ord ") == "egna ord"
    assert worded(PURPOSES, "egna ord") == "egna ord"


def test_only_administrators_decide_and_never_against_the_last_of_them():
    one = Somebody()
    assert may_give_role(KIM, one, has_it=False)
    assert not may_give_role(KIM, one, has_it=True)
    assert not may_give_role(KIM, Somebody(suspended_at=NOW), has_it=False)
    assert may_take_role(KIM, has_it=True, others=True)
    assert not may_take_role(KIM, has_it=True, others=False)
    assert not may_take_role(KIM, has_it=False, others=True)
    assert may_suspend(KIM, one, leads=False, others=False)
    assert may_suspend(KIM, one, leads=True, others=True)
    assert not may_suspend(KIM, one, leads=True, others=False)
    assert not may_suspend(KIM, Somebody(id=9), leads=True, others=True)
    assert not may_suspend(KIM, Somebody(suspended_at=NOW), leads=False, others=True)
    assert may_lift(KIM, Somebody(suspended_at=NOW))
    assert not may_lift(KIM, one)
    for other in OTHERS:
        assert not may_give_role(other, one, has_it=False)
        assert not may_take_role(other, has_it=True, others=True)
        assert not may_suspend(other, one, leads=False, others=True)
        assert not may_lift(other, Somebody(suspended_at=NOW))
        assert not may_merge(other, one, Somebody(4), walled=False)


@pytest.mark.parametrize(
    ("kept", "gone", "walled", "allowed"),
    [
        (1, 4, False, True),
        (1, 1, False, False),
        (9, 4, False, False),
        (1, 9, False, False),
        (1, 4, True, False),
    ],
)
def test_nobody_merges_themselves_or_what_they_may_not_see(kept, gone, walled, allowed):
    assert bool(may_merge(KIM, Somebody(kept), Somebody(gone), walled=walled)) is allowed


@pytest.mark.parametrize(
    ("domain", "allowed"),
    [
        ("nordbygg.se", True),
        ("mail.nordbygg.se", True),
        ("nordbygg.co.uk", True),
        ("gmail.com", False),
        ("co.uk", False),
        ("se", False),
    ],
)
def test_a_domain_is_one_organisations_own(domain, allowed):
    assert bool(may_own_domain(domain)) is allowed


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Mentor", "mentor"),
        ("Board member", "board_member"),
        ("Ångström & Öst", "angstrom_ost"),
        ("A very long name of a kind of relation", "a_very_long_name_of"),
        ("!?", ""),
    ],
)
def test_a_kinds_code_is_made_of_its_name(name, code):
    assert code_of_kind(name) == code


def test_kinds_the_portal_came_with_are_not_retired():
    @dataclass
    class Kind:
        is_built_in: bool
        retired_at: datetime | None = None

    assert may_retire_kind(Kind(False))
    assert not may_retire_kind(Kind(True))
    assert not may_retire_kind(Kind(False, NOW))


class Row:
    """A person's row with one audience for all its fields."""

    def __init__(self, shown, **told):
        self.shown = shown
        for name, empty in (
            ("photo", None),
            ("headline", ""),
            ("municipality", None),
            ("about", ""),
        ):
            setattr(self, name, told.get(name, empty))

    def __getattr__(self, name):
        return self.shown


@pytest.mark.parametrize(
    ("kept", "gone", "kept_chose", "gone_chose", "shown"),
    [
        ("members", "nobody", True, False, "members"),  # an import has chosen nothing
        ("nobody", "members", False, True, "members"),
        ("members", "networks", True, True, "networks"),
        ("networks", "members", False, False, "networks"),
        ("nobody", "members", True, True, "nobody"),
    ],
)
def test_a_merge_shows_what_was_chosen_the_more_private_of_two(
    kept, gone, kept_chose, gone_chose, shown
):
    found = audiences(Row(kept), Row(gone), kept_chose=kept_chose, gone_chose=gone_chose)
    assert set(found.values()) == {shown}


def test_what_is_lent_is_shown_to_no_more_people_than_before():
    kept, gone = Row("members", headline="Mitt"), Row("nobody", headline="Ditt", about="Text")
    assert filled_in(kept, gone) == {"about": "Text"}
    found = audiences(kept, gone, kept_chose=True, gone_chose=False)
    assert found["about"] == "nobody"
    assert found["headline"] == found["name"] == "members"
