"""Whatever people are told has words and is looked up; else nobody would be shown it, or told why."""

import ast
from collections.abc import Iterator

import pytest

from portal.kernel.facts import Fact
from portal.notifications.policy import KINDS
from portal.notifications.policy.telling import SAID, SAID_OF_MANY
from portal.notifications.queries.things import THINGS
from tests.support import architecture

TELLERS = {"News", "_news", "show_answer"}  # what jobs tell by, with the name of a fact


def told(source: str) -> Iterator[str]:
    """Give the names of the facts that a module tells people of."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TELLERS:
            values = (one.value for one in node.args if isinstance(one, ast.Constant))
            yield from (value for value in values if value in Fact.kinds)


TOLD = sorted({name for source in architecture.modules().values() for name in told(source)})


@pytest.mark.parametrize("name", sorted({*TOLD, *SAID, *THINGS}))
def test_a_fact_that_is_told_has_words_and_is_found(name):
    assert name in Fact.kinds, "there is no such fact"
    assert name in TOLD, "no job tells it"
    assert name in SAID, "no words in notifications.policy.telling.SAID"
    assert name in THINGS, "nothing finds it in notifications.queries.things.THINGS"


@pytest.mark.parametrize("code", sorted(kind.code for kind in KINDS.values() if kind.cadence))
def test_a_kind_that_rolls_up_has_words_for_many(code):
    assert code in SAID_OF_MANY, "no words in notifications.policy.telling.SAID_OF_MANY"
