"""Whom the rule of sight lets see a person, and by which words a name is found."""

from dataclasses import dataclass

import pytest

from portal.kernel.actors import VISITOR, Actor
from portal.people.policy import EVERY_AUDIENCE, is_seen, name_words, reached, sort_key

ADMINISTRATOR = Actor(9, roles=frozenset({"administrator"}))


@dataclass
class Named:
    name_shown: str


@pytest.mark.parametrize(
    ("actor", "near", "suspended", "audiences"),
    [
        (VISITOR, False, False, set()),
        (VISITOR, True, False, set()),
        (Actor(2), False, False, {"members"}),
        (Actor(2), True, False, {"members", "networks"}),
        (Actor(2), True, True, set()),
        (Actor(1), False, False, EVERY_AUDIENCE),
        (Actor(1), False, True, EVERY_AUDIENCE),
        (ADMINISTRATOR, False, False, EVERY_AUDIENCE),
        (ADMINISTRATOR, False, True, EVERY_AUDIENCE),
    ],
)
def test_the_audiences_somebody_belongs_to(actor, near, suspended, audiences):
    assert reached(actor, 1, near=near, suspended=suspended) == audiences


def test_nobody_is_themselves_for_a_visitor():
    assert reached(VISITOR, None, near=True) == frozenset()


@pytest.mark.parametrize(
    ("shown", "share", "member", "visitor"),
    [
        ("nobody", True, False, False),
        ("nobody", False, False, False),
        ("networks", True, True, False),
        ("networks", False, False, False),
        ("members", True, True, False),
        ("members", False, True, False),
    ],
)
def test_a_name_is_seen_by_those_whom_the_person_chose(shown, share, member, visitor):
    def sees(actor):
        return is_seen(Named(shown), "name", reached(actor, 1, near=share))

    assert sees(Actor(2)) is member
    assert sees(VISITOR) is visitor
    assert sees(Actor(1))
    assert sees(ADMINISTRATOR)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Åsa Öberg", [b"asa", b"oberg"]),
        ("ÅSA  öberg", [b"asa", b"oberg"]),
        ("Anna-Lena O'Brien", [b"anna", b"brien", b"lena", b"o"]),
        ("Anna Anna", [b"anna"]),
        ("Łukasz Großmann", [b"grossmann", b"lukasz"]),
        ("Арсений", ["арсении".encode()]),
        ("!?", []),
    ],
)
def test_a_name_is_found_by_its_folded_words(name, words):
    assert name_words(name) == words


def test_names_sort_the_swedish_way():
    names = ["Örjan", "Ärla", "Åsa", "Zeta", "Émile", "Anna"]
    assert sorted(names, key=sort_key) == ["Anna", "Émile", "Zeta", "Åsa", "Ärla", "Örjan"]
