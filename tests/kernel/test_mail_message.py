"""A mail as it goes over the line: without a defect, to one reader, signed."""

import email
import re
import subprocess
from dataclasses import replace
from email import policy
from pathlib import Path

import dkim
import pytest

from portal.kernel.mail import MailClass
from portal.kernel.mail.message import as_message, envelope_sender
from portal.kernel.mail.outcomes import Step, Unreachable
from portal.kernel.mail.signing import as_bytes
from tests.support.post_office import BASE, one_mail

LONG = "https://natverk." + "much-too-long." * 6 + "example.com"
HOSTILE = ["A\r\nBcc: all@example.com", "A\nSubject: x", "A\u2028Bcc: y", "A\x85B\x0bC\x1dD\x00E"]


@pytest.fixture
def settings(portal):
    known = portal.extensions["settings"]
    return replace(known, base_url=BASE, mail_from="hej@kundidat.example", brand="Kundidat")


def sent(mail, settings):
    """Write a mail and read it back as a mail program does."""
    raw = as_bytes(as_message(mail, settings), settings)
    return raw, email.message_from_bytes(raw, policy=policy.default)


@pytest.mark.parametrize("base", [BASE, LONG])
@pytest.mark.parametrize("name", ["Varje dag", 'Förfrågningar: "Bygg", <anläggning> & 構築 ' * 4])
def test_every_header_is_read_back_as_it_was_written(settings, base, name):
    settings = replace(settings, base_url=base, brand="Kundidat – åäö, (AB)")
    mail = one_mail(subject="Åtta nya svar i tråden om 構築 " * 8, list_name=name)
    raw, message = sent(mail, settings)
    for part in message.walk():
        assert part.defects == []
        assert all(header.defects == () for header in part.values())
    assert message["Subject"].strip() == mail.subject.strip()
    assert [one.addr_spec for one in message["From"].addresses] == ["hej@kundidat.example"]
    assert "Kundidat – åäö, (AB)" in str(message["From"])
    assert [one.addr_spec for one in message["To"].addresses] == ["stina@example.com"]
    assert message["Message-ID"] == mail.message_id
    assert message["Date"].datetime == mail.created_at
    assert f"List-Unsubscribe: <{base}/mail/lists/x>\r\n".encode() in raw
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in raw
    assert message["List-Id"].endswith(f" <daily.{base.removeprefix('https://')}>")
    plain = name.translate({ord(char): None for char in '"<>'})
    assert " ".join(plain.split()) in str(message["List-Id"]).replace('"', "")
    head = raw.partition(b"\r\n\r\n")[0].split(b"\r\n")
    assert max(map(len, head)) <= 998
    assert all(len(line) <= 78 for line in head if not re.search(rb"https://|<daily", line))
    assert raw.isascii()


def test_only_mails_that_are_chosen_have_a_list_and_only_those_to_many_are_bulk(settings):
    _raw, message = sent(one_mail(off_path="", urgency=MailClass.CRITICAL), settings)
    assert not [name for name in message if name.startswith(("List-", "Precedence"))]
    assert message["Auto-Submitted"] == "auto-generated"
    _raw, message = sent(one_mail(urgency=MailClass.BULK), settings)
    assert message["Precedence"] == "bulk"


@pytest.mark.parametrize("evil", HOSTILE)
def test_nothing_in_a_name_or_title_makes_a_header(settings, evil):
    _raw, clean = sent(one_mail(), settings)
    mail = one_mail(subject=evil, list_name=evil)
    raw, message = sent(mail, replace(settings, brand=evil))
    assert message.keys() == clean.keys()
    assert message["Bcc"] is None
    assert "\x00" not in str(message["Subject"])
    assert raw.count(b"\r\nSubject:") <= 1


@pytest.mark.parametrize(
    "evil", ["a@b.se, c@d.se", "a@b.se\r\nBcc: c@d.se", "<a@b.se>", "å@b.se", ""]
)
def test_a_mail_is_to_one_address_or_to_none(settings, evil):
    with pytest.raises(ValueError):
        as_message(one_mail(address=evil), settings)


def test_what_comes_back_names_the_mail_if_there_is_an_address_for_it(settings):
    mail = one_mail()
    assert envelope_sender(mail, settings) == "hej@kundidat.example"
    token = mail.message_id[1:].partition("@")[0]
    settings = replace(settings, bounce_address="bounces@in.kundidat.example")
    assert envelope_sender(mail, settings) == f"bounces+{token}@in.kundidat.example"


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("dkim") / "key.pem"
    command = ["openssl", "genrsa", "-out", str(path), "1024"]
    subprocess.run(command, check=True, capture_output=True)
    return path


def public(key: Path) -> bytes:
    command = ["openssl", "rsa", "-in", str(key), "-pubout"]
    shown = subprocess.run(command, check=True, capture_output=True).stdout
    return b"v=DKIM1; k=rsa; p=" + b"".join(shown.splitlines()[1:-1])


def test_a_signature_covers_what_matters_and_nobody_can_add_to_it(settings, key):
    asked = []

    def record(name, timeout=5):
        asked.append(name)
        return public(key)

    settings = replace(settings, dkim_selector="mail2026", dkim_key=key)
    raw, message = sent(one_mail(subject="Åäö " * 40, list_name="Förfrågningar"), settings)
    assert dkim.verify(raw, dnsfunc=record)
    assert set(asked) == {b"mail2026._domainkey.kundidat.example."}
    tags = dict(re.findall(r"(\w+)=([^;]*)", "".join(str(message["DKIM-Signature"]).split())))
    covered = tags["h"].split(":")
    assert {"list-unsubscribe", "list-unsubscribe-post", "to", "subject", "date"} <= set(covered)
    assert covered.count("from") == 2
    assert tags["c"] == "relaxed/relaxed"
    assert "l" not in tags
    assert not dkim.verify(b"From: Other <o@example.com>\r\n" + raw, dnsfunc=record)
    assert not dkim.verify(raw.replace(b"/mail/lists/x", b"/mail/lists/y"), dnsfunc=record)
    assert not dkim.verify(raw.replace(b"Hej", b"Nej"), dnsfunc=record)


def test_a_key_that_is_none_says_so(settings, tmp_path):
    broken = tmp_path / "key.pem"
    broken.write_text("-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n")
    settings = replace(settings, dkim_selector="mail2026", dkim_key=broken)
    with pytest.raises(Unreachable) as caught:
        as_bytes(as_message(one_mail(), settings), settings)
    assert caught.value.step == Step.SIGNED
