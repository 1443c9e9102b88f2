"""What the security log tells, in which words, and what is told by mail at once.

The one place: a feature that adds a fact about somebody's safety adds its words here, a higher one
(`admin`) does so from its own policy with `SECURITY_WORDS.update(…)` and `ALARMS.update(…)`. The
fact needs `person_id` or, when it is no part of the person's journey, `account_id`. A fact of
ALARMS is mailed when its feature's jobs say `on(TheFact)(mail_alarm)`.
"""

from dataclasses import dataclass

from portal.kernel.text import Lazy, _l


@dataclass(frozen=True)
class Alarm:
    """A mail to the person: its subject, and what happened in a sentence.

    `%(address)s` is filled in from the fact's address_id.
    """

    subject: Lazy
    sentence: Lazy


# How somebody came in: UserSession.way.
WAYS: dict[str, Lazy] = {
    "code": _l("with a code by mail"),
    "link": _l("with the link in a mail"),
    "password": _l("with the password"),
    "passkey": _l("with a passkey"),
    "organisation": _l("with an organisation's sign-in"),
    "demo": _l("with one click in the demo"),
}
SECURITY_WORDS: dict[str, Lazy] = {
    "AccountOpened": _l("Your account was opened"),
    "SignedIn": _l("You signed in"),
    "CodeMailed": _l("A code to sign in was mailed to you"),
    "PasswordRefused": _l("Somebody tried to sign in with a wrong password"),
    "CodeRefused": _l("Somebody tried to sign in with a wrong code"),
    "ProofGiven": _l("You showed again that it is you"),
    "SessionEnded": _l("A browser was signed out"),
    "EverySessionEnded": _l("You signed out everywhere"),
    "PasswordSet": _l("You chose a password"),
    "PasswordChanged": _l("Your password was changed"),
    "PasswordRemoved": _l("Your password was taken away"),
    "AddressAdded": _l("An address was added"),
    "AddressRemoved": _l("An address was removed"),
    "AddressRefused": _l("A mail to you came back: nobody has that address any more"),
    "AddressReached": _l("Our mails reach you again"),
    "AddressComplained": _l("Your mail provider told us that our mails are unwanted"),
    "AddressAllowed": _l("You let news come by mail again"),
    "PrimaryAddressChanged": _l("Your primary address was changed"),
    "PrimaryChangeUndone": _l("The change of your primary address was undone"),
    "PasskeyAdded": _l("A passkey was added"),
    "PasskeyRenamed": _l("A passkey got another name"),
    "PasskeyRemoved": _l("A passkey was removed"),
    "PasskeyRefused": _l("A passkey was refused, since it may have been copied"),
    "SecondStepTurnedOn": _l("The second step was turned on"),
    "SecondStepTurnedOff": _l("The second step was turned off"),
    "SecondStepFailed": _l("Somebody came as far as the second step, and wrote wrong codes"),
    "PrintedCodesMade": _l("New printed codes were made"),
    "PrintedCodeUsed": _l("A printed code was used"),
    "IdentityLinked": _l("An organisation's sign-in was linked"),
    "IdentityUnlinked": _l("An organisation's sign-in was unlinked"),
    "RoleGiven": _l("You became an administrator"),
    "RoleTaken": _l("You are no longer an administrator"),
    "PersonSuspended": _l("Your account was suspended"),
    "SuspensionLifted": _l("Your account was opened again"),
    "PersonsMerged": _l("Two of your accounts here became one"),
}
# Those that may be a sign of somebody else at work.
WARNINGS = {
    "PasswordRefused",
    "CodeRefused",
    "PasskeyRefused",
    "AddressRefused",
    "SecondStepFailed",
    "PrimaryChangeUndone",
}
ALARMS: dict[str, Alarm] = {
    "PasswordSet": Alarm(
        _l("You have a password now"),
        _l("A password was chosen for your account. All your other browsers were signed out."),
    ),
    "PasswordChanged": Alarm(
        _l("Your password was changed"),
        _l("The password of your account was changed. All your other browsers were signed out."),
    ),
    "PasswordRemoved": Alarm(
        _l("Your password was taken away"),
        _l("The password of your account was taken away. All your other browsers were signed out."),
    ),
    "AddressAdded": Alarm(
        _l("An address was added to your account"),
        _l("The address %(address)s was added to your account. One can sign in with it."),
    ),
    "PrimaryAddressChanged": Alarm(
        _l("Your primary address was changed"),
        _l("Codes and other mails from us now go to %(address)s."),
    ),
    "AddressRemoved": Alarm(
        _l("An address was removed from your account"),
        _l("An address was removed from your account. One can no longer sign in with it."),
    ),
    "PrimaryChangeUndone": Alarm(
        _l("The change of your primary address was undone"),
        _l(
            "Mails from us go to %(address)s again. Every browser was signed out, the password was "
            "taken away, and what had just been added to your account was removed. Sign in with a "
            "code by mail and look through your account."
        ),
    ),
    "PasskeyAdded": Alarm(
        _l("A passkey was added to your account"),
        _l("A passkey was added to your account. One can sign in with it."),
    ),
    "PasskeyRemoved": Alarm(
        _l("A passkey was removed from your account"),
        _l("A passkey was removed from your account. One can no longer sign in with it."),
    ),
    "PasskeyRefused": Alarm(
        _l("One of your passkeys was refused"),
        _l(
            "One of your passkeys was refused, because its counter had gone backwards: it may have "
            "been copied. Remove it from your account, and add a new one."
        ),
    ),
    "SecondStepTurnedOn": Alarm(
        _l("Your sign-in has a second step now"),
        _l(
            "The second step was turned on for your account. All your other browsers were signed "
            "out. Keep your printed codes where you find them without your phone."
        ),
    ),
    "SecondStepTurnedOff": Alarm(
        _l("The second step was turned off"),
        _l("The second step was turned off for your account. One step is enough to sign in."),
    ),
    "SecondStepFailed": Alarm(
        _l("Somebody tried to sign in as you"),
        _l(
            "Somebody came as far as the second step of your account and wrote wrong codes five "
            "times. They were not let in, but they have got hold of your password, your mail or "
            "another way in."
        ),
    ),
    "PrintedCodesMade": Alarm(
        _l("You have new printed codes"),
        _l("New printed codes were made for your account. The old ones open nothing."),
    ),
    "PrintedCodeUsed": Alarm(
        _l("A printed code was used"),
        _l("One of your printed codes was used. Each of them works once."),
    ),
    "IdentityLinked": Alarm(
        _l("An organisation's sign-in was linked to your account"),
        _l("The sign-in of an organisation was linked to your account. It lets you in, too."),
    ),
    "IdentityUnlinked": Alarm(
        _l("An organisation's sign-in was unlinked from your account"),
        _l(
            "The sign-in of an organisation was unlinked from your account. It no longer lets you in."
        ),
    ),
}
