"""A new way in, and a weaker one, are told by mail at once, in the person's own language."""

import pytest

from portal.accounts import facts
from portal.kernel.db import unit_of_work
from portal.kernel.facts import record
from tests.conftest import NOW
from tests.support.browser import Browser

TOLD = {
    "PasskeyAdded": ("En passnyckel lades till", "A passkey was added"),
    "PasskeyRemoved": ("En passnyckel togs bort", "A passkey was removed"),
    "PasskeyRefused": ("En av dina passnycklar godtogs inte", "One of your passkeys was refused"),
    "SecondStepTurnedOn": (
        "Din inloggning har nu ett andra steg",
        "Your sign-in has a second step",
    ),
    "SecondStepTurnedOff": ("Det andra steget stängdes av", "The second step was turned off"),
    "SecondStepFailed": ("Någon försökte logga in som du", "Somebody tried to sign in as you"),
    "PrintedCodesMade": ("Du har nya koder att skriva ut", "You have new printed codes"),
    "PrintedCodeUsed": ("En utskriven kod användes", "A printed code was used"),
    "IdentityLinked": (
        "En organisations inloggning kopplades till",
        "An organisation's sign-in was",
    ),
    "IdentityUnlinked": ("En organisations inloggning kopplades bort", "An organisation's sign-in"),
}


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", TOLD)
def test_it_is_told_in_the_persons_language(portal, personas, mailbox, name, language):
    alice = Browser(portal).sign_in(personas.alice, language)
    kind = getattr(facts, name)
    further = {"passkey_id": 1, "identity_id": 1, "person_id": personas.alice.id}
    further["account_id"] = personas.alice.id
    fields = {key: value for key, value in further.items() if key in kind.__annotations__}
    with unit_of_work():
        record(kind(**fields), NOW)
    [mail] = mailbox.to("alice@example.com")
    subject = TOLD[name][language == "en"]
    assert mail.subject.startswith(subject)
    where, hello = ("/account", {"sv": "Var det", "en": "Was it"}[language])
    assert where in mail.text
    assert hello in mail.text
    assert f'lang="{language}"' in mail.html
    assert alice.get("/account/log").status_code == 200
