"""A person as a file for one's address book: what their page shows, and nothing else."""

from flask import Response, abort

from portal.directory import queries
from portal.directory.queries import SeenPerson
from portal.directory.views.blueprint import directory
from portal.directory.views.showing import count_profile
from portal.kernel import clock
from portal.kernel.text import _
from portal.kernel.vcard import Card, file_name, write_card
from portal.taxonomy.places import name_of
from portal.web.guards import signed_in
from portal.web.links import absolute
from portal.web.rendering import actor


@directory.get("/people/<public_id>/contact.vcf")
@signed_in
def contact(public_id: str) -> Response:
    """Give a person's card, as far as the reader sees them."""
    count_profile()
    found = queries.found_person(public_id, actor())
    seen = queries.profile_of(found.person, found.reach) if found else None
    if seen is None:
        abort(404)
    name = file_name(seen.name)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(write_card(card_of(seen)), headers=headers, mimetype="text/vcard")


def card_of(seen: SeenPerson) -> Card:
    """Return the card of a person as somebody sees them."""
    address = absolute(f"/people/{seen.public_id}")
    now = next((work for work in seen.told.work if work.ended_on is None), None)
    place = name_of(seen.municipality) or ""
    ways = seen.told.contact
    return Card(
        uid=address,
        url=address,
        name=seen.name,
        changed_at=clock.now(),
        title=now.title if now else seen.headline,
        organisation=now.workplace if now else "",
        place=place,
        country=_("Sweden") if place else "",
        emails=tuple(way.value for way in ways if way.kind == "email"),
        phones=tuple(way.value for way in ways if way.kind == "phone"),
        links=tuple(link.url for link in seen.told.links),
        languages=tuple(one.code for one in seen.told.languages),
    )
