"""Every fact about a person has words: for them, and for those others who may know."""

import re
from dataclasses import fields

import pytest
from sqlalchemy import select

from portal.journey.policy import (
    GROUP_NAMES,
    RELATION_WORDS,
    SEEN_BY,
    TELLINGS,
    UNSEEN,
    names_told,
    seen_by,
    words_of,
)
from portal.kernel.db import session
from portal.kernel.facts import Fact
from portal.kernel.text import LANGUAGES, speaking
from portal.people.models import RelationKind

# What keeps somebody's account safe, what they look at and whom they show themselves to.
SECRET = re.compile(
    "Password|Passkey|Session|Signed|Identity|SecondStep|Code|Proof|Address|Door|Saved|Exclu"
    "|Audience|Shown|Alert|Search"
)
TOLD_TO_NETWORK = {
    "RelationBegan",
    "RelationEnded",
    "NetworkJoined",
    "PlaceTaken",
    "MemoryAdded",
    "PersonArrived",
}
YOU = re.compile(r"\b(you|your|yours|du|dig|din|ditt|dina|er|ert|era)\b", re.IGNORECASE)


def ours():
    return {n: kind for n, kind in Fact.kinds.items() if kind.__module__.startswith("portal.")}


def names_of_fields(name):
    return {field.name for field in fields(ours()[name])}


def all_words():
    """Every sentence there is, with who reads it."""
    for name, telling in TELLINGS.items():
        told = {"me": telling.mine, "staff": telling.staff, "network": telling.network}
        yield from ((name, sight, words) for sight, words in told.items() if words)
    for (name, kind), words in RELATION_WORDS.items():
        yield f"{name} {kind}", "me", words.mine
        yield f"{name} {kind}", "staff", words.others


def test_every_fact_about_a_person_has_words():
    about_people = {name for name in ours() if "person_id" in names_of_fields(name)}
    silent = about_people - TELLINGS.keys()
    assert not silent, f"no words in journey.policy.around or account: {silent}"
    assert TELLINGS.keys() <= about_people, "words of no fact, or of one without person_id"


@pytest.mark.parametrize("name", TELLINGS)
def test_words_fit_what_the_fact_is_about(name):
    telling = TELLINGS[name]
    assert telling.group in GROUP_NAMES
    for words in (telling.mine, telling.staff, telling.network):
        wanted = set(re.findall(r"%\((\w+)\)s", words.msgid)) if words else set()
        assert wanted <= ({"name", "kind"} if telling.about == "relation" else {"name"})
        assert not wanted or telling.about
    if telling.about:
        assert f"{telling.about}_id" in names_of_fields(name)
        assert telling.about in UNSEEN
    if telling.told_with:
        assert names_of_fields(telling.told_with) <= names_of_fields(name)


def test_words_are_in_both_languages():
    for name, _sight, words in all_words():
        spoken = []
        for language in LANGUAGES:
            with speaking(language):
                spoken.append(str(words))
        assert len(set(spoken)) == len(LANGUAGES), f"{name}: no Swedish for {words.msgid!r}"


def test_others_are_not_spoken_to_as_if_they_were_the_person():
    for language in LANGUAGES:
        with speaking(language):
            for name, sight, words in all_words():
                assert sight == "me" or not YOU.search(str(words)), f"{name}: {words}"


def test_what_is_the_persons_own_has_no_words_for_others():
    for name, telling in TELLINGS.items():
        if SECRET.search(name):
            assert telling.seen_by == "me", name
            assert telling.staff is None
            assert telling.network is None
    assert {"PasswordChanged", "OpeningSaved", "AudienceChosen"} <= {
        name for name in TELLINGS if SECRET.search(name)
    }


def test_what_the_network_reads_is_what_we_mean_it_to():
    assert set(names_told("network")) == TOLD_TO_NETWORK
    assert all(TELLINGS[name].staff for name in TOLD_TO_NETWORK)


def test_a_kind_that_nobody_thought_of_stays_with_the_person():
    own, left = TELLINGS["PasswordChanged"], TELLINGS["NetworkLeft"]
    with pytest.raises(KeyError):
        own.words("staff")
    with pytest.raises(KeyError):
        left.words("network")


def test_who_may_read_more_reads_all_that_the_others_do():
    me, staff, network = (set(names_told(sight)) for sight in ("me", "staff", "network"))
    assert network < staff < me
    assert {name for group in GROUP_NAMES for name in names_told("me", group)} == me


def test_an_approved_request_is_told_once():
    assert "MembershipApproved" not in names_told("me")
    assert "NetworkJoined" in names_told("me")


def test_kinds_we_brought_along_have_words_of_their_own(portal):
    codes = session().scalars(select(RelationKind.code).where(RelationKind.is_built_in))
    assert {code for name, code in RELATION_WORDS if name == "RelationBegan"} == set(codes)
    assert words_of("RelationBegan", "mentor", "me") == TELLINGS["RelationBegan"].mine
    assert words_of("RelationBegan", "alumnus", "me") != TELLINGS["RelationBegan"].mine


@pytest.mark.parametrize(
    ("sight", "audiences", "hidden", "told"),
    [
        ("me", ["members"], False, "me"),
        ("staff", ["members"], False, "staff"),
        ("network", ["nobody"], False, "staff"),
        ("network", ["networks"], False, "networks"),
        ("network", ["members"], False, "members"),
        ("network", ["members", "networks"], False, "networks"),
        ("network", ["members", "nobody"], False, "staff"),
        ("network", ["members"], True, "staff"),
        ("network", [], False, "staff"),
    ],
)
def test_the_strictest_choice_counts(sight, audiences, hidden, told):
    assert seen_by(sight, audiences, hidden=hidden) == told
    assert told in SEEN_BY
