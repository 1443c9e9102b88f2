"""A rule's answer: yes, or no with a reason that the reader understands."""

import pytest

from portal.kernel.decisions import ALLOW, Decision, NotAllowed, deny, require
from portal.kernel.text import Lazy


def test_yes_is_true_and_has_no_reason() -> None:
    assert ALLOW
    assert ALLOW.reason is None
    require(ALLOW)


def test_no_is_false_and_says_why() -> None:
    decision = deny(Lazy("You may not do this."))
    assert not decision
    with pytest.raises(NotAllowed) as refused:
        require(decision)
    assert refused.value.reason == Lazy("You may not do this.")
    assert str(refused.value) == "You may not do this."


def test_a_no_without_words_still_says_something() -> None:
    with pytest.raises(NotAllowed) as refused:
        require(Decision(False))
    assert str(refused.value)


def test_a_decision_can_be_compared_in_a_table() -> None:
    assert deny(Lazy("Full.")) == deny(Lazy("Full."))
    assert deny(Lazy("Full.")) != deny(Lazy("Over."))
