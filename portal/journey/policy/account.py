"""What happens to a person's profile and account."""

from portal.journey.policy.telling import Telling
from portal.kernel.text import _l

ACCOUNT: dict[str, Telling] = {
    "PersonArrived": Telling(
        _l("You came here for the first time"),
        staff=_l("Came here for the first time"),
        network=_l("Came here for the first time"),
    ),
    "AccountOpened": Telling(_l("You got an account"), staff=_l("Got an account")),
    "PasswordChanged": Telling(_l("Your password was changed")),
    "ProfileChanged": Telling(_l("You changed your profile"), staff=_l("Changed the profile")),
    "ProfileConfirmed": Telling(
        _l("You said that your profile is right"), staff=_l("Said that the profile is right")
    ),
    "PhotoChanged": Telling(_l("You put up a photo"), staff=_l("Put up a photo")),
    "PhotoRemoved": Telling(_l("You took your photo away"), staff=_l("Took the photo away")),
    "AudienceChosen": Telling(_l("You chose who sees what about you")),
    "DoorSet": Telling(_l("You chose how your door stands")),
    "DoorKept": Telling(_l("You kept your door as it stands")),
    "AddressAdded": Telling(_l("You added an address")),
    "AddressRemoved": Telling(_l("You removed an address")),
    "PrimaryAddressChanged": Telling(_l("You chose where we write to you")),
    "RoleGiven": Telling(_l("You became an administrator"), staff=_l("Became an administrator")),
    "RoleTaken": Telling(
        _l("You are no longer an administrator"), staff=_l("Is no longer an administrator")
    ),
    "PersonSuspended": Telling(_l("Your account was suspended"), staff=_l("Was suspended")),
    "SuspensionLifted": Telling(
        _l("Your account was opened again"), staff=_l("Was welcomed back after a suspension")
    ),
    "PersonsMerged": Telling(
        _l("Two of your accounts here became one"), staff=_l("Two rows about the person became one")
    ),
    "CorrectionAsked": Telling(
        _l("You asked us to put something right"),
        "correction",
        _l("Asked us to put something right"),
    ),
    "CorrectionAnswered": Telling(
        _l("We answered what you wanted put right"),
        "correction",
        _l("Got an answer about something to put right"),
    ),
    # What keeps the account safe is nobody else's.
    "PasswordSet": Telling(_l("You chose a password")),
    "PasswordRemoved": Telling(_l("You took your password away")),
    "PasskeyAdded": Telling(_l("You added a passkey")),
    "PasskeyRemoved": Telling(_l("You removed a passkey")),
    "IdentityLinked": Telling(_l("You linked a sign-in from another organisation")),
    "IdentityUnlinked": Telling(_l("You took away a sign-in from another organisation")),
    "SecondStepTurnedOn": Telling(_l("You turned on the second step when you sign in")),
    "SecondStepTurnedOff": Telling(_l("You turned off the second step when you sign in")),
}
