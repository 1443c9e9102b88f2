"""Who leaves a network gives back the places that only its members may have."""

from sqlalchemy import select

from portal.events.models import Event
from portal.kernel import worker
from portal.kernel.db import session


def taken():
    session().rollback()
    return dict(session().execute(select(Event.slug, Event.taken)).all())


def test_only_what_one_can_no_longer_see_is_given_back_and_only_once(personas, make):
    alice, network = personas.alice, personas.network
    assert personas.mona
    other = make.network("Annat")
    make.membership(alice, other)
    inside = {"audience": "members"}
    for slug, more in {
        "inside": {"network_id": network.id, **inside},
        "open": {"network_id": network.id},
        "elsewhere": {"network_id": other.id, **inside},
    }.items():
        make.registration(alice, make.event(slug=slug, capacity=5, **more))
    personas.browser(alice).post(f"/networks/{network.slug}/departure")
    worker.drain()
    assert taken() == {"inside": 0, "open": 1, "elsewhere": 1}
    worker.drain()
    assert taken()["inside"] == 0


def test_leaving_a_hidden_network_frees_places_at_all_its_events(personas, make):
    hidden = make.network("Hemligt", visibility="hidden")
    make.membership(personas.alice, hidden)
    make.membership(personas.mona, hidden, role="coordinator")
    make.registration(personas.alice, make.event(slug="e", network_id=hidden.id))
    personas.browser(personas.alice).post(f"/networks/{hidden.slug}/departure")
    worker.drain()
    assert taken() == {"e": 0}
