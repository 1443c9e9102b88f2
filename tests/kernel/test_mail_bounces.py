"""What comes back is read: for good, for now, unwanted, or nothing; and nothing breaks the reader."""

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.kernel.mail import Report, read_json, read_report
from portal.kernel.mail.bounces import LARGEST
from portal.kernel.mail.statuses import is_for_good, is_nobody
from tests.support import bounced
from tests.support.bounced import DOMAIN, TOKEN, copy_of, report, status

ALICE = frozenset({"alice@example.com"})
NO_PROOF = copy_of(token="x" * 8)


def named(maker):
    return maker.__name__


@pytest.mark.parametrize("sample", bounced.HARD, ids=named)
def test_that_nobody_is_there_is_read_from_servers_of_all_sorts(sample):
    assert read_report(sample()) == Report("hard", (TOKEN,), ALICE)


@pytest.mark.parametrize("sample", bounced.SOFT, ids=named)
def test_what_fails_for_now_is_told_apart(sample):
    assert read_report(sample()) == Report("soft", (TOKEN,))


@pytest.mark.parametrize(
    ("answer", "kind"),
    [("Over quota (#5.2.2)", "soft"), ("552 mailbox is full", "soft"), ("550 no such", "hard")],
)
def test_words_for_people_are_told_apart_too(answer, kind):
    found = read_report(bounced.qmail_like(answer))
    assert found is not None
    assert found.kind == kind


def test_an_answer_of_somebody_who_is_away_is_no_bounce():
    assert read_report(bounced.away()) is None


@pytest.mark.parametrize("kind", ["abuse", "opt-out"])
def test_a_complaint_is_read_and_names_nobody(kind):
    assert read_report(bounced.complaint(kind)) == Report("complaint", (TOKEN,))


@pytest.mark.parametrize("kind", ["not-spam", "virus", ""])
def test_another_feedback_is_no_complaint(kind):
    assert read_report(bounced.complaint(kind)) is None


def test_the_mailbox_it_came_to_is_the_first_proof():
    other = "srqp98765432nmkjhgfedcba"
    [upper] = read_report(report(status(), to=f"Bounces+{TOKEN.upper()}@{DOMAIN}", copy="")).tokens
    assert upper == TOKEN
    both = read_report(report(status(), to=f"bounces+{other}@{DOMAIN}"))
    assert both.tokens == (other, TOKEN)


@pytest.mark.parametrize(
    "raw",
    [report(status(), copy=NO_PROOF), report(status(), copy=""), b"", b"\0", b"Hej\n\nHej"],
    ids=["no token", "no copy", "empty", "zero", "a letter"],
)
def test_without_a_proof_there_is_nothing_to_tell(raw):
    assert read_report(raw) is None


@pytest.mark.parametrize(
    ("code", "answer", "nobody"),
    [
        ("5.1.1", "", True),
        ("5.0.0", "smtp; 550 No such user here", True),
        ("5.0.0", "smtp; 554 Something else", False),
        ("5.0.0", "smtp; 550 Mailbox full", False),
        ("5.1.1", "smtp; 550 5.7.1 Refused", False),
        ("5.4.1", "smtp; 550 5.4.1 Recipient address rejected: Access denied", True),
        ("5.1.8", "smtp; 550 5.1.8 Sender not known", False),
        ("4.1.1", "smtp; 450 4.1.1 User unknown", False),
        ("", "smtp; 550 5.1.1 No", True),
        ("5.3.4", "", False),
        ("5.0.0", "smtp; 10.5.1.1 closed the line", False),
    ],
)
def test_the_finest_code_decides(code, answer, nobody):
    assert is_nobody(code, answer) is nobody


@pytest.mark.parametrize(
    ("text", "good"),
    [("User unknown", True), ("Error 550", True), ("Error 554", False), ("over quota", False)],
)
def test_words_decide_when_there_is_no_code(text, good):
    assert is_for_good(text) is good


def test_an_adapter_may_tell_it_in_json():
    told = {"kind": "bounce", "message_id": f"<{TOKEN}@{DOMAIN}>", "address": "alice@example.com"}
    assert read_json(json.dumps(told).encode()) == Report("hard", (TOKEN,), ALICE)
    bare = {"kind": "complaint", "message_id": f"{TOKEN}@{DOMAIN}"}
    assert read_json(json.dumps(bare).encode()) == Report("complaint", (TOKEN,))
    assert read_json(b'{"kind": "bounce", "message_id": "foreign@example.com"}').tokens == ()


@pytest.mark.parametrize(
    "raw",
    [b"", b"[]", b"{", b'"x"', b"\xff", b"[" * 100_000, b'{"kind": "bounce"}', b"1" * 5000,
     b'{"kind": "open", "message_id": "x"}', b'{"kind": {}, "message_id": "x"}',
     b'{"kind": "bounce", "message_id": 1}', b'{"kind": "bounce", "message_id": "x", "address": 1}'],
)  # fmt: skip
def test_json_that_is_not_as_documented_is_refused(raw):
    with pytest.raises(ValueError):
        read_json(raw)


@settings(max_examples=60)
@given(st.data())
def test_broken_reports_break_nothing(data):
    makers = (*bounced.HARD, *bounced.SOFT, bounced.complaint)
    raw = bytearray(data.draw(st.sampled_from(makers))())
    for _change in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=6))
    found = read_report(bytes(raw))
    assert found is None or found.tokens


@pytest.mark.parametrize(
    "body",
    [
        "\n" * 900_000,
        "did not reach the following recipient\n" + "SMTP=" * 180_000,
        "Hi. This is the\n\n" + "<a@b.c>:\n" * 90_000,
        "".join(
            f"--b{n}\nContent-Type: multipart/mixed; boundary=b{n + 1}\n\n" for n in range(5000)
        ),
    ],
    ids=["blank lines", "exchange", "qmail", "nested"],
)
def test_what_is_made_to_take_long_does_not(body):
    head = f"From: x@example.com\nTo: bounces+{TOKEN}@{DOMAIN}\nContent-Type: {{}}\n\n"
    kind = "multipart/mixed; boundary=b0" if body.startswith("--b0") else "text/plain"
    before = time.process_time()
    read_report((head.format(kind) + body).encode()[:LARGEST])
    assert time.process_time() - before < 5
