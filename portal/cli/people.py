"""Commands for people: add the first one, make one administrator."""

import click
from flask.cli import AppGroup

from portal.kernel import clock
from portal.kernel.db import unit_of_work
from portal.people.actions import appoint_administrator, confirm_address, receive_person
from portal.people.queries import is_administrator, person_by_address

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
            appoint_administrator(person, clock.now())
        click.echo(f"{person.name} is administrator")
