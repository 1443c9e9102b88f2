"""Openings of the demo world."""

from datetime import datetime, timedelta
from typing import Any

from portal.kernel.markup import markdown
from portal.networks.models import Network
from portal.openings.actions import publish_opening
from portal.openings.models import Opening
from portal.openings.policy import position
from portal.people.models import Organisation
from portal.taxonomy.places import municipality

END_OF_DAY = timedelta(hours=22, minutes=59, seconds=59)


def make_openings(
    told: list[dict[str, Any]],
    networks: dict[str, Network],
    organisations: dict[str, Organisation],
    at: datetime,
) -> None:
    """Publish the demo's openings, oldest first; those whose time is up are closed."""
    for number, one in enumerate(sorted(told, key=lambda one: -one["published_days_ago"])):
        published = at - timedelta(days=one["published_days_ago"], minutes=7 * number)
        opening = _opening(one, published, at)
        opening.organisation_id = organisations[one["organisation"]].id
        ids = [networks[slug].id for slug in one["networks"]]
        publish_opening(opening, ids, published, quietly=True)


def _opening(told: dict[str, Any], published: datetime, at: datetime) -> Opening:
    place = municipality(told["municipality_code"] or "")
    expires, closed = None, False
    if told["expires_in_days"] is not None:
        day = (at + timedelta(days=told["expires_in_days"])).replace(hour=0, minute=0, second=0)
        expires = day.replace(microsecond=0) + END_OF_DAY
        closed = expires <= at
    return Opening(
        slug=told["slug"],
        position=position(published, told["slug"]),
        state="closed" if closed else "published",
        closed_at=expires if closed else None,
        closed_as="expired" if closed else None,
        audience=told["audience"],
        title=told["title"],
        company=told["company_name"],
        place_text=told["city"],
        places=[
            {
                "city": told["city"],
                "municipality_code": told["municipality_code"],
                "county_code": place.county_code if place else None,
                "country": told["country"],
            }
        ],
        remote=told["remote"],
        forms=told["forms"],
        extents=told["extents"],
        occupation_field=told["occupation_field_id"],
        ssyk=told["ssyk"],
        salary_text=told["salary_text"] or "",
        vacancies=told["vacancies"],
        language=told["language"],
        body=markdown(told["body"]),
        apply_email=told["apply_email"],
        apply_url=told["apply_url"],
        standing=told["standing"],
        published_at=published,
        expires_at=expires,
        updated_at=published,
        occupation="",
        department="",
        duration="",
        apply_text="",
        source="portal",
    )
