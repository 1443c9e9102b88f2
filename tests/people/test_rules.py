"""Whose name may be seen, and by which words a name is found."""

from dataclasses import dataclass

import pytest

from portal.kernel.actors import VISITOR, Actor
from portal.people.policy import may_see_name, name_words, sort_key

ADMINISTRATOR = Actor(9, roles=frozenset({"administrator"}))


@dataclass
class Named:
    person_id: int
    name_shown: str


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
    person = Named(1, shown)
    assert may_see_name(Actor(2), person, share_network=share) is member
    assert may_see_name(VISITOR, person, share_network=share) is visitor
    assert may_see_name(Actor(1), person, share_network=share)
    assert may_see_name(ADMINISTRATOR, person, share_network=share)


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
