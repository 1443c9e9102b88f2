"""The people of the tests, signed in, around one network."""

from functools import cached_property

from flask import Flask

from portal.networks.models import Network
from portal.people.models import Person
from tests.support.browser import Browser
from tests.support.make import Make


class Personas:
    """Alice belongs, Bob is new, Charlie is outside, Mona coordinates, Kim administers."""

    def __init__(self, app: Flask, make: Make) -> None:
        self.app = app
        self.make = make

    def browser(self, person: Person) -> Browser:
        """Open a browser where `person` is signed in."""
        return Browser(self.app).sign_in(person)

    @cached_property
    def network(self) -> Network:
        """The network of Alice and Mona: seen by all, joined on request."""
        return self.make.network("Bygg", slug="bygg", admission="on_request")

    @cached_property
    def alice(self) -> Person:
        person = self.make.person("Alice Åkerlund", address="alice@example.com")
        self.make.membership(person, self.network)
        return person

    @cached_property
    def bob(self) -> Person:
        return self.make.person("Bob Berg", address="bob@example.com")

    @cached_property
    def charlie(self) -> Person:
        return self.make.person("Charlie Cederlund", address="charlie@example.com")

    @cached_property
    def mona(self) -> Person:
        person = self.make.person("Mona Lindqvist", address="mona@example.com")
        self.make.membership(person, self.network, role="coordinator")
        return person

    @cached_property
    def kim(self) -> Person:
        return self.make.administrator()
