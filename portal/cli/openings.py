"""Commands for openings: take in ads from files and addresses, write the search anew."""

import itertools
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import click
from flask.cli import AppGroup

from portal.kernel import clock
from portal.kernel.db import db, unit_of_work
from portal.openings.actions import Tally, take_in, write_search_anew
from portal.openings.formats import FORMATS, Parsed, UnreadableSource, parse

BATCH = 100
LARGEST = 200 * 1024 * 1024  # bytes
PATIENCE = 60  # seconds

openings = AppGroup("openings", help="Take in openings from other systems.")


@openings.command("import")
@click.argument("format", type=click.Choice(sorted(FORMATS)))
@click.argument("origins", metavar="FILE|URL…", nargs=-1, required=True)
@click.option("--source", help="Name of the source, when there are several of one format.")
@click.option("--company", default="", help="Employer, where the ads name none.")
def import_openings(
    format: str, origins: tuple[str, ...], source: str | None, company: str
) -> None:
    """Take in job ads; the same twice is once. Exit code 1 when something could not be read."""
    total, unreadable = Tally(), 0
    for origin in origins:
        try:
            records = parse(format, _fetch(origin), source=source, company=company)
            total.add(_take_in_all(origin, records))
        except (UnreadableSource, OSError) as error:
            unreadable += 1
            click.echo(f"{origin}: could not be read: {error}", err=True)
    for broken in total.broken:
        click.echo(f"broken: {broken.external_id or f'record {broken.position}'}: {broken.reason}")
    click.echo(
        f"{total.new} new, {total.changed} changed, {total.unchanged} unchanged, "
        f"{total.removed} removed, {len(total.broken)} broken"
    )
    if unreadable or total.broken:
        raise SystemExit(1)


@openings.command("reindex")
def reindex() -> None:
    """Write the search index anew from the openings."""
    with unit_of_work():
        count = write_search_anew()
    click.echo(f"{count} openings in the search")


def _take_in_all(origin: str, records: Iterator[Parsed]) -> Tally:
    """Store records a batch at a time, so that a stop in the middle loses nothing that was shown."""
    total = Tally()
    with click.progressbar(records, label=Path(origin).name, show_pos=True) as shown:
        steps = iter(shown)
        while batch := list(itertools.islice(steps, BATCH)):
            with unit_of_work():
                tally = take_in(batch, clock.now())
            total.add(tally)
            db.session.remove()
    return total


def _fetch(origin: str) -> bytes:
    """Read a file, or an address (http and https only), up to LARGEST bytes. Raises OSError."""
    if not origin.startswith(("http://", "https://")):
        return Path(origin).read_bytes()
    request = urllib.request.Request(origin, headers={"Accept": "*/*"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
        body: bytes = answer.read(LARGEST + 1)
    if len(body) > LARGEST:
        raise OSError("more than 200 MB")
    return body
