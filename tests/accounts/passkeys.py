"""What the tests about passkeys share: adding one, signing in with it, and those that are kept."""

from sqlalchemy import select

from portal.accounts.models import Passkey
from portal.kernel.db import session


def asked(browser, path="/account/passkeys"):
    answer = browser.post(f"{path}/challenge")
    assert answer.status_code == 200, answer.text
    return answer.json


def add(browser, device, name="Min telefon", *, htmx=False, **client):
    form = {"name": name, "credential": device.make(asked(browser), **client)}
    return browser.post("/account/passkeys", form, htmx=htmx)


def enter(browser, device, *, next_path="", htmx=False, **client):
    told = asked(browser, "/sign-in/passkey")
    form = {"credential": device.show(told, **client), "next": next_path}
    return browser.post("/sign-in/passkey", form, htmx=htmx)


def kept():
    session().rollback()
    return session().scalars(select(Passkey).order_by(Passkey.id)).all()
