"""The pages that are measured, and how each is asked for."""

import re
from dataclasses import dataclass
from html import unescape

from flask import Flask

from bench import words
from bench.caller import PARTIAL, Caller, cookie_of
from bench.seeding import World

COUNTY = "14"  # the largest one here: a page of hits is full at every size
FILTER = f"/openings?form=permanent&county={COUNTY}"
TWO_WORDS = f"/openings?q={words.COMMON}+v%C3%A4stra&extent=full_time"


@dataclass(frozen=True)
class Page:
    """A page to measure; `limit` is the goal in milliseconds of CPU, database apart."""

    name: str
    path: str
    signed_in: bool = False
    partial: bool = False
    deep: int = 0  # follow the link to older rows this many times first
    again: bool = False  # ask with the ETag that the page has given
    limit: float = 2.5


PAGES = (
    Page("start page, visitor", "/"),
    Page("start page, visitor, unchanged (304)", "/", again=True, limit=1.25),
    Page("start page, member", "/", signed_in=True),
    Page("openings, visitor", "/openings"),
    Page("openings, visitor, unchanged (304)", "/openings", again=True, limit=1.25),
    Page("openings, member", "/openings", signed_in=True),
    Page("openings, 10 pages on", "/openings", signed_in=True, deep=10),
    Page("openings, closing soon first", "/openings?sort=deadline", signed_in=True),
    Page("filtered: form and county", FILTER, signed_in=True),
    Page("filtered, 7 pages on", f"/openings?county={COUNTY}", signed_in=True, deep=7),
    Page("search: in 60 % of the ads", f"/openings?q={words.COMMON}", signed_in=True, limit=3),
    Page("search: in 1 %", f"/openings?q={words.MEDIUM}", signed_in=True, limit=3),
    Page("search: in 30 ads", f"/openings?q={words.RARE}", signed_in=True, limit=3),
    Page("search: in none", "/openings?q=finnsinte", signed_in=True, limit=3),
    Page("search: part of compounds", f"/openings?q={words.PART}", signed_in=True, limit=3),
    Page("search: two words and a filter", TWO_WORDS, signed_in=True, limit=3),
    Page(
        "openings, fragment for htmx",
        f"/openings?county={COUNTY}",
        signed_in=True,
        partial=True,
        limit=1.25,
    ),
    Page("one opening, visitor", "/openings/opening-500"),
    Page("one opening, member", "/openings/opening-500", signed_in=True),
    Page("networks, visitor", "/networks"),
    Page("networks, member", "/networks", signed_in=True),
    Page("a network, visitor", "/networks/network-10"),
    Page("a network, member", "/networks/network-8", signed_in=True),
    Page("members of a network", "/networks/network-8/members", signed_in=True),
    Page("events, visitor", "/events"),
    Page("events, member", "/events", signed_in=True),
    Page("one event, member", "/events/event-113", signed_in=True),
    Page("people", "/people", signed_in=True),
    Page("people: by name", "/people?q=planst", signed_in=True),
    Page("my journey", "/journey", signed_in=True),
)


def caller_of(app: Flask, world: World, page: Page) -> Caller | None:
    """Prepare to ask for a page; None when it does not exist, or never answers 304."""
    cookie = cookie_of(app, world.token if page.signed_in else "")
    more = PARTIAL if page.partial else {}
    caller = Caller(app, page.path, cookie, **more)
    for _step in range(page.deep):
        older = re.search(r'rel="next" href="([^"]+)"', caller.answer().text)
        if older is None:
            break
        caller = Caller(app, unescape(older[1]).partition("#")[0], cookie, **more)
    answer = caller.answer()
    if page.again:
        if "etag" not in answer.headers:
            return None
        caller = Caller(app, page.path, cookie, HTTP_IF_NONE_MATCH=answer.headers["etag"])
        answer = caller.answer()
    return caller if answer.status in (200, 304) else None
