"""Commands for people: add the first one, make one administrator, help one who can't get in."""

import click
from flask.cli import AppGroup

from portal.accounts.actions import forget_second_step
from portal.kernel import clock
from portal.kernel.actors import PORTAL
from portal.kernel.db import unit_of_work
from portal.people.actions import confirm_address, give_role, make_primary, receive_person
from portal.people.queries import is_administrator, mailbox, person_by_address

people = AppGroup("people", help="Add people and give them roles.")


@people.command("add")
@click.argument("name")
@click.argument("address")
def add(name: str, address: str) -> None:
    """Add a person; they sign in with a code mailed to ADDRESS."""
    with unit_of_work():
        if person_by_address(address):
            raise click.ClickException(f"{address} belongs to somebody already.")
        confirm_address(receive_person(name, clock.now()), address, clock.now())
    click.echo(f"{name} can sign in with {address}")


@people.command("promote")
@click.argument("address")
def promote(address: str) -> None:
    """Make the person with ADDRESS administrator."""
    with unit_of_work():
        person = person_by_address(address)
        if person is None:
            raise click.ClickException(f"Nobody has the address {address}.")
        if not is_administrator(person.id):
            give_role(PORTAL, person, clock.now())
        click.echo(f"{person.name} is administrator")


@people.command("address")
@click.argument("known")
@click.argument("new")
@click.option("--primary", is_flag=True, help="Let mails go to NEW from now on.")
def address(known: str, new: str, primary: bool) -> None:
    """Give the person with the address KNOWN the address NEW, too.

    For somebody who can't read KNOWN any more. Be sure who it is first: with NEW they sign in.
    """
    with unit_of_work():
        person, taken = person_by_address(known), mailbox(new)
        if person is None:
            raise click.ClickException(f"Nobody has the address {known}.")
        if taken and taken.person_id != person.id:
            raise click.ClickException(f"{new} belongs to somebody else.")
        owned = taken or confirm_address(person, new, clock.now())
        if primary and not owned.is_primary:
            make_primary(person.id, owned.id, clock.now())
    click.echo(f"{person.name} can sign in with {new}")


@people.command("second-step-off")
@click.argument("address")
def second_step_off(address: str) -> None:
    """Turn the second step of the person with ADDRESS off.

    For somebody whose phone and printed codes are gone. Be sure who it is first: from then on one
    step lets them in. They are told by mail, and it stands in their log.
    """
    with unit_of_work():
        person = person_by_address(address)
        if person is None:
            raise click.ClickException(f"Nobody has the address {address}.")
        if not forget_second_step(person.id, clock.now()):
            raise click.ClickException(f"{person.name} has no second step.")
    click.echo(f"{person.name} signs in with one step")
