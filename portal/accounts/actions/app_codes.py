"""Codes that an app shows and changes every 30 seconds (TOTP, RFC 6238)."""

import base64
from datetime import datetime

from pyotp import HOTP
from sqlalchemy import update

from portal.accounts.models import SecondStep
from portal.accounts.policy import digits_of, time_steps
from portal.kernel import keys
from portal.kernel.db import changed


def secret_of(step: SecondStep) -> str:
    """Return the secret that an app makes its codes of (base32, 160 bits); only our key knows it."""
    return base64.b32encode(bytes.fromhex(keys.keyed("second step", step.nonce))[:20]).decode()


def code_at(step: SecondStep, time_step: int) -> str:
    """Return the code that the app shows during a time step."""
    return HOTP(secret_of(step)).at(time_step)


def use_app_code(step: SecondStep, typed: str, at: datetime) -> bool:
    """Take a code of this time step or its neighbours, each at most once, never an older one."""
    digits = digits_of(typed)
    found = [one for one in time_steps(at) if keys.same(code_at(step, one), digits)]
    if not found:
        return False
    later = update(SecondStep).where(
        SecondStep.person_id == step.person_id, SecondStep.last_step < found[0]
    )
    return changed(later.values(last_step=found[0])) > 0
