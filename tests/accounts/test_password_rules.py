"""Which passwords will do: long, not common, not personal. Pure rules, without a database."""

from time import process_time

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal.accounts.policy import (
    CODE_LIFE,
    MOST_TRIES,
    RECENT,
    SHORTEST_PASSWORD,
    is_recent,
    may_change_password,
    may_remove_password,
    may_use_code,
    may_use_password,
)
from tests.conftest import NOW

PERSONAL = ["Alice Åkerlund", "alice.akerlund@bygghuset.se", "Kundidat"]

REFUSED = [
    "",
    "kort",
    "x" * 14,
    "passwordpassword1",
    "PasswordPassword",
    "sommaren2026sommaren",
    "Sommaren2026!Sommaren",
    "kundidatkundidat",
    "Kundidat2026Kundidat",
    "alice åkerlund 1987",
    "alice.akerlund@bygghuset.se",
    "qwertyuiopasdfghjk",
    "qwertyuiopåasdfghjklöä",
    "aaaaaaaaaaaaaaaa",
    "ababababababababab",
    "abcabcabcabcabcabc",
    "123456789012345678",
    "stockholmstockholm",
    "hejsanhejsanhejsan",
    "lösenordlösenord123",
    "jagälskardigjagälskardig",
    "välkommenvälkommen1",
    "                    ",
    "abcdefghijklmnopqrstuvwxyz",
    "x" * 257,
]
TAKEN = [
    "trumpet lagun vattentorn kexchoklad",
    "gäddhäng-snöskoter-lingonvecka",
    "correct turtle lamp brewery",
    "vN8#qL2!zR5@tW9%",
    "🐢🦊🎺 lagun vattentorn",
    "en blå moped i hallonsnåren",
    "Jag åt tre semlor på Hisingen",
    "trumpet lagun vattentorn kexchoklad " * 7,
]


@pytest.mark.parametrize("password", REFUSED)
def test_easy_passwords_are_refused(password):
    decision = may_use_password(password, PERSONAL)
    assert not decision
    assert str(decision.reason)


@pytest.mark.parametrize("password", TAKEN)
def test_good_passwords_are_taken(password):
    assert may_use_password(password, PERSONAL)


@pytest.mark.parametrize("password", ["Åkerlund trumpet bygghuset", "alice akerlund kundidat"])
def test_personal_words_are_named_as_the_reason(password):
    decision = may_use_password(password, PERSONAL)
    assert "namn" in str(decision.reason)


def test_the_commonest_long_passwords_are_all_refused():
    common = [word for word in FREQUENCY_LISTS["passwords"] if len(word) >= SHORTEST_PASSWORD]
    assert len(common) > 20
    assert [word for word in common if may_use_password(word, PERSONAL)] == []


def test_common_words_written_twice_are_refused():
    twice = [word * 2 for word in FREQUENCY_LISTS["passwords"][:3000] if len(word) >= 8]
    assert len(twice) > 300
    assert [word for word in twice if may_use_password(word, PERSONAL)] == []


def test_a_very_long_password_is_judged_quickly():
    began = process_time()
    may_use_password("aB3$" * 64, PERSONAL)
    assert process_time() - began < 2


@pytest.mark.parametrize(
    ("used", "superseded", "tries", "age", "allowed"),
    [
        (False, False, 0, CODE_LIFE * 0, True),
        (False, False, MOST_TRIES - 1, CODE_LIFE * 0.99, True),
        (True, False, 0, CODE_LIFE * 0, False),
        (False, True, 0, CODE_LIFE * 0, False),
        (False, False, MOST_TRIES, CODE_LIFE * 0, False),
        (False, False, 0, CODE_LIFE, False),
    ],
)
def test_when_a_code_may_be_used(used, superseded, tries, age, allowed):
    assert bool(may_use_code(NOW, used, superseded, tries, NOW + age)) is allowed


@pytest.mark.parametrize(
    ("has", "fits", "recent", "change", "remove"),
    [
        (True, True, True, True, True),
        (True, True, False, True, True),
        (True, False, True, False, True),
        (True, False, False, False, False),
        (False, False, True, True, True),
        (False, False, False, False, False),
    ],
)
def test_who_may_change_or_remove_a_password(has, fits, recent, change, remove):
    assert bool(may_change_password(has, fits, recent)) is change
    assert bool(may_remove_password(fits, recent)) is remove


def test_a_sign_in_is_fresh_for_half_an_hour():
    assert is_recent(NOW, NOW + RECENT * 0.99)
    assert not is_recent(NOW, NOW + RECENT)
