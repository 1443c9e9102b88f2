"""Read what a journey's pages say, and write down what happened."""

import re
from datetime import timedelta
from html import unescape

from sqlalchemy import select

from portal.kernel import clock
from portal.kernel.db import session, unit_of_work
from portal.kernel.facts import FactSubject, record

ENTRY = re.compile(r'<li id="entry-(\d+)">\s*<time[^>]*>([^<]*)</time>\s*<p>(.*?)</p>', re.DOTALL)
OTHERS = re.compile(r"<li><time[^>]*>[^<]*</time><p>(.*?)</p>")
HEAD = re.compile(r'<h3 class="chapter-head[^"]*">(.*?)</h3>', re.DOTALL)
MORE = re.compile(r'rel="next" href="([^"#]+)#history" hx-get="([^"]+)"')
BOTH = (False, True)


def plain(markup):
    """The words without their markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", markup)).split())


def told(answer):
    """The sentences of one's own story, latest first."""
    return [plain(words) for _id, _day, words in ENTRY.findall(answer.text)]


def heads(answer):
    """The headings of its chapters."""
    return [plain(words) for words in HEAD.findall(answer.text)]


def read_by_others(answer):
    """The sentences that others read."""
    return [plain(words) for words in OTHERS.findall(answer.text)]


def happens(fact, days_ago=0):
    """Write a fact down quietly; return its number."""
    with unit_of_work():
        record(fact, clock.now() - timedelta(days=days_ago), quietly=True)
        newest = select(FactSubject.fact_id).order_by(FactSubject.fact_id.desc()).limit(1)
        return session().scalar(newest)


def latest(person, name):
    """The number of the latest fact of a kind about a person."""
    session().rollback()
    query = select(FactSubject.fact_id).where(
        FactSubject.kind == "person",
        FactSubject.subject_id == person.id,
        FactSubject.name == name,
    )
    return session().scalar(query.order_by(FactSubject.fact_id.desc()).limit(1))
