"""Which passwords will do: long, not common, not personal. Pure rules, without a database."""

from datetime import timedelta
from time import process_time

import pytest
from zxcvbn.frequency_lists import FREQUENCY_LISTS

from portal.accounts.models import SignInRequest
from portal.accounts.policy import (
    CODE_LIFE,
    MOST_TRIES,
    SHORTEST_PASSWORD,
    is_recent,
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


def until_long(word, tail):
    """Write a word out until it is long enough: what people do when a rule wants length."""
    while len(word) < SHORTEST_PASSWORD:
        word += tail
    return word


PADDINGS = {
    "over and over": lambda word: until_long(word, word),
    "with digits": lambda word: (
        word + "1234567890123456789"[: max(1, SHORTEST_PASSWORD - len(word))]
    ),
    "with years": lambda word: until_long(word, "2026"),
    "with marks": lambda word: until_long(word, "!"),
    "as rules of old wanted it": lambda word: until_long(word, word).capitalize() + "1!",
}


@pytest.mark.parametrize("padding", PADDINGS.values(), ids=PADDINGS)
def test_the_three_thousand_commonest_are_refused_however_they_are_made_long(padding):
    common = [padding(word) for word in FREQUENCY_LISTS["passwords"][:3000]]
    assert len(common) == 3000
    assert min(map(len, common)) >= SHORTEST_PASSWORD
    assert [word for word in common if may_use_password(word, PERSONAL)] == []


@pytest.mark.parametrize("length", range(SHORTEST_PASSWORD))
def test_fewer_than_fifteen_characters_are_refused(length):
    decision = may_use_password("vN8#qL2!zR5@tW9%"[:length], PERSONAL)
    assert "minst 15 tecken" in str(decision.reason)


@pytest.mark.parametrize("length", [15, 16, 64, 72, 73, 80, 128, 256])
@pytest.mark.parametrize("kind", ["letters", "words", "emoji"])
def test_fifteen_and_more_are_taken_whatever_they_are_made_of(length, kind):
    """No rule wants capitals, digits or marks."""
    whole = {
        "letters": "qvwzjxkfgyhupbdmrcltns" * 12,
        "words": "vattentorn kexchoklad trumpet lagun mössa " * 7,
        "emoji": "🐢🦊🎺🌲🧶🪁🎻🦉🍄🪐🧭🎈🐝🌊🍋🪴" * 16,
    }[kind][:length]
    assert may_use_password(whole.rstrip().ljust(length, "ö"), PERSONAL)


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
    asked = SignInRequest(created_at=NOW, tries=tries)
    asked.used_at, asked.superseded_at = NOW if used else None, NOW if superseded else None
    assert bool(may_use_code(asked, NOW + age)) is allowed


def test_a_proof_is_fresh_for_half_an_hour():
    assert is_recent(NOW, NOW + timedelta(minutes=30) - timedelta(microseconds=1))
    assert not is_recent(NOW, NOW + timedelta(minutes=30))
