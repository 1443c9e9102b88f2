"""Openings in bulk: rows as the import would write them, and the index's own format beside them."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench import words
from bench.loading import Loader, PostgresLoader
from portal.kernel.search.analysis import words as words_of
from portal.kernel.search.index import SHORTEST_COMPOUND
from portal.openings.policy import REMOTE_KINDS, position
from portal.taxonomy.employment import EXTENTS, FORMS
from portal.taxonomy.occupations import occupation_field
from portal.taxonomy.places import county, municipalities

COLUMNS = (
    "id slug position state audience source external_id title company organisation_id place_text "
    "places forms extents remote duration occupation_field ssyk occupation department salary_text "
    "language body apply_text standing published_at expires_at updated_at closed_at closed_as"
).split()
SUBJECT = "kind subject_id fact_id at name"
DAYS = 120
HITS_OF_RARE = 30
NETWORKS = 200


@dataclass(frozen=True)
class Made:
    """One opening: its row, the parts of its index entry, the network it stands in."""

    row: tuple[Any, ...]
    number: int
    head: str
    body: int
    labels: list[str]
    network_id: int | None
    is_open: bool


def made(count: int, now: datetime) -> Iterator[Made]:
    """Make `count` openings, oldest first; the same ones each time."""
    chance = random.Random(17)
    step = timedelta(days=DAYS) / count
    towns, groups = municipalities(), words.occupations()
    for id in range(1, count + 1):
        at = (now - step * (count - id + 1)).replace(microsecond=0)
        slug = f"opening-{id}"
        ssyk, occupation, field = chance.choice(groups)
        town = towns[min(int(chance.expovariate(1 / 40)), len(towns) - 1)]
        title = occupation if id % max(1, count // HITS_OF_RARE) else f"{occupation}, {words.RARE}"
        company = chance.randrange(len(words.companies()))
        body = chance.randrange(words.BODIES)
        remote = chance.choices(("none", *REMOTE_KINDS), (8, 1, 1))[0]
        form, extent = chance.choice(FORMS).code, EXTENTS[id % 4 == 0].code
        network_id = chance.randint(1, NETWORKS) if id % 10 == 0 else None
        audience = "networks" if id % 200 == 0 else "public"
        closed = chance.random() < 0.1
        expires = (
            None if id % 25 == 0 else at + timedelta(days=chance.randint(DAYS - 20, DAYS + 60))
        )
        place = (
            f'{{"city": "{town.name}", "municipality_code": "{town.code}", '
            f'"county_code": "{town.county_code}", "country": "SE"}}'
        )
        number = position(at, slug)
        row = (
            id, slug, number, "closed" if closed else "published", audience, "bench", str(id),
            title, words.companies()[company], company + 1, town.name, f"[{place}]",
            f'["{form}"]', f'["{extent}"]', remote, "open_ended", field, ssyk, occupation, "", "",
            "sv", words.bodies()[body].html, "", expires is None, at, expires, at,
            at if closed else None, "filled" if closed else None,
        )  # fmt: skip
        labels = [words.label_of("form", form), words.label_of("extent", extent)]
        labels += [words.label_of("network", str(network_id))] if network_id else []
        labels += [
            words.label_of("municipality", town.code),
            words.label_of("county", town.county_code),
        ]
        labels += [words.label_of("remote", remote)] if remote in REMOTE_KINDS else []
        labels.append(words.label_of("field", field))
        head = _head(
            title, words.companies()[company], occupation, town.name, town.county_code, field
        )
        yield Made(row, number, head, body, labels, network_id, not closed)


def write(loader: Loader, openings: list[Made]) -> None:
    """Write openings, their networks and their index entries."""
    loader.write("opening", COLUMNS, (one.row for one in openings))
    shown = [(one.network_id, one.row[0]) for one in openings if one.network_id]
    loader.write("opening_network", ("network_id", "opening_id"), shown)
    entries = [one for one in openings if one.is_open]
    if isinstance(loader, PostgresLoader):
        loader.write(
            "bench_entry",
            ("number", "head", "body", "labels"),
            ((one.number, vector(one.head), one.body, _bare(one.labels)) for one in entries),
        )
        return
    bodies = words.bodies()
    loader.write(
        "opening_search",
        ("rowid", "terms"),
        (
            (one.number, " ".join([one.head, bodies[one.body].terms, *one.labels]))
            for one in entries
        ),
    )


def write_facts(loader: Loader, openings: list[Made], last: int) -> int:
    """Write what happened for openings shown in networks; returns the last fact's number."""
    told = list(enumerate((one for one in openings if one.network_id), start=last + 1))
    bodies = (
        (id, "OpeningPublished", one.row[COLUMNS.index("published_at")], _told(one))
        for id, one in told
    )
    loader.write("fact", ("id", "name", "at", "body"), bodies)
    subjects = (
        (kind, subject, id, one.row[COLUMNS.index("published_at")], "OpeningPublished")
        for id, one in told
        for kind, subject in (("network", one.network_id), ("opening", one.row[0]))
    )
    loader.write("fact_subject", SUBJECT.split(), subjects)
    return last + len(told)


def begin_index(loader: Loader) -> None:
    """Lay out PostgreSQL's entries in parts: it puts texts together faster than we can."""
    if isinstance(loader, PostgresLoader):
        loader.run("DROP INDEX ix_opening_search_terms")
        loader.run("CREATE TEMP TABLE bench_body (body int PRIMARY KEY, terms tsvector)")
        loader.run(
            "CREATE TEMP TABLE bench_entry (number bigint, head text, body int, labels text)"
        )
        parts = ((number, vector(one.terms)) for number, one in enumerate(words.bodies()))
        loader.write("bench_body", ("body", "terms"), parts)


def finish_index(loader: Loader) -> None:
    """Put the entries together, and fill the vocabulary."""
    if isinstance(loader, PostgresLoader):
        loader.run(
            "INSERT INTO opening_search (rowid, terms) "
            "SELECT number, CAST(head AS tsvector) || terms || CAST(labels AS tsvector) "
            "FROM bench_entry JOIN bench_body USING (body) ORDER BY number"
        )
        loader.run("CREATE INDEX ix_opening_search_terms ON opening_search USING gin (terms)")
    texts = [one.html.replace("<p>", " ").replace("</p>", " ") for one in words.bodies()]
    texts += [name for _ssyk, name, _field in words.occupations()] + [
        *words.companies(),
        words.RARE,
    ]
    seen = {word for text in texts for word in words_of(text)}
    known = sorted(word for word in seen if len(word) >= SHORTEST_COMPOUND and word.isalpha())
    loader.write("search_word", ("index_name", "word"), (("opening_search", w) for w in known))


def vector(terms: str) -> str:
    """Write tokens as PostgreSQL reads a tsvector."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(terms.split(), start=1):
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(at)}" for token, at in places.items())


def _told(one: Made) -> str:
    return f'{{"opening_id": {one.row[0]}, "network_id": {one.network_id}}}'


def _bare(labels: list[str]) -> str:
    return " ".join(f"'{label}'" for label in labels)


def _head(
    title: str, company: str, occupation: str, town: str, county_code: str, field: str
) -> str:
    """Return the tokens that `index_openings` reads before the body, in the same order."""
    lan, area = county(county_code), occupation_field(field)
    names = f"{area.name_sv} {area.name_en}" if area else ""
    texts = (title, company, occupation, town, town, lan.name_sv if lan else "", names)
    return " ".join(filter(None, map(words.analysed, texts)))
