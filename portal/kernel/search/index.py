"""An index of one kind of thing: FTS5 on SQLite, tsvector on PostgreSQL, the same hits from both.

A row's number is its place in the newest-first order, so that the newest hits are found without
sorting all of them. Filters are labels in the same index. Compounds ("utvecklare" in
"Systemutvecklare") are found through a vocabulary searched by trigram.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    String,
    UniqueConstraint,
    bindparam,
    text,
)
from sqlalchemy import column as sql_column
from sqlalchemy import table as sql_table
from sqlalchemy.orm import Mapped, mapped_column

from portal.kernel.db import Model, Query, insert_new, is_sqlite, session
from portal.kernel.search.analysis import stem, tokens, words
from portal.kernel.search.fitting import fits
from portal.kernel.search.newest import (
    Step,
    counted,
    counted_after,
    in_order,
    joined,
    window_then_index,
)
from portal.kernel.search.terms import Term, both, but_not, either, phrase

SHORTEST_PART = 4
SHORTEST_COMPOUND = 6
MOST_COMPOUNDS = 40
# tsvector keeps no positions above this; what stands later in a text is still found as a word.
LAST_POSITION = 16383


class SearchWord(Model):
    """A word seen in an index, folded; searched by trigram to find compounds."""

    __tablename__ = "search_word"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    index_name: Mapped[str] = mapped_column(String(30))
    word: Mapped[str] = mapped_column(String(40))
    __table_args__ = (UniqueConstraint("index_name", "word"),)


@dataclass(frozen=True)
class Document:
    """What is put into an index: its number, its text, its filter labels."""

    number: int
    text: str
    labels: Sequence[Term]


class SearchIndex:
    """The index `name`; its tables are made by a migration (`search_tables`)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.table = sql_table(name, sql_column("rowid", BigInteger), sql_column("terms"))
        self.number: ColumnElement[int] = self.table.c.rowid

    def put(self, documents: Iterable[Document]) -> None:
        """Write documents anew; one that is there already is replaced."""
        batch = list(documents)
        if not batch:
            return
        self.remove([document.number for document in batch])
        rows = [{"number": document.number, "terms": _terms(document)} for document in batch]
        value = ":terms" if is_sqlite() else "CAST(:terms AS tsvector)"
        statement = f"INSERT INTO {self.name} (rowid, terms) VALUES (:number, {value})"  # noqa: S608
        session().execute(text(statement), rows)
        self._learn(batch)

    def remove(self, numbers: Sequence[int]) -> None:
        """Take documents out."""
        statement = text(f"DELETE FROM {self.name} WHERE rowid = :number")  # noqa: S608
        if numbers:
            session().execute(statement, [{"number": number} for number in numbers])

    def asked(self, query: Query, number: Any, name: str) -> Query:
        """Narrow a query over the rows with this `number` to the hits of the question `name`.

        The question is a parameter, in the words of `written`: the query can be built beforehand.
        """
        rows = query.select_from(self.table).join(number.table, number == joined(self.table))
        return rows.where(fits(self.table.c.terms, _question(name)))

    def newest(self, query: Query, number: Any, step: Step) -> list[CTE]:
        """Return the steps that find the newest hits of the question that `step` names."""
        if is_sqlite():
            return in_order(self.table, query, number, step, _question(step.name))
        return window_then_index(self.table, query, number, step, _question(step.name))

    def counted(self, hits: Query, most: int, first: CTE) -> ColumnElement[int]:
        """Count hits, but no further than `most`; `first` is the first step of `newest`."""
        return counted(hits, most) if is_sqlite() else counted_after(first, hits, most)

    def written(self, term: Term) -> str:
        """Write a question as the database at hand reads it."""
        return term.for_fts5() if is_sqlite() else term.for_tsquery()

    def with_compounds(self, found: list[Term]) -> tuple[Term | None, Term | None]:
        """Return the exact question, and what compounds add to it (None when they add nothing)."""
        exact = both(found)
        compounds = self._compounds([term.word for term in found if _may_be_part(term.word)])
        if exact is None or not compounds:
            return exact, None
        wide = [either([term, *map(_phrase_of, compounds.get(term.word, []))]) for term in found]
        everything = both([term for term in wide if term is not None])
        return exact, but_not(everything, exact) if everything else None

    def _compounds(self, parts: list[str]) -> dict[str, list[str]]:
        """Look up, in one query, the words of the vocabulary that contain each part."""
        if not parts:
            return {}
        selects, values = [], {"index_name": self.name}
        for number, part in enumerate(parts):
            holds = f'"{_core(part)}"' if is_sqlite() else f"%{_core(part)}%"
            values |= {f"part{number}": part, f"holds{number}": holds}
            selects.append(_CONTAINING[is_sqlite()].format(n=number, most=MOST_COMPOUNDS))
        compounds: dict[str, list[str]] = {}
        for part, word in session().execute(text(" UNION ALL ".join(selects)), values):
            if word != part:
                compounds.setdefault(part, []).append(word)
        return compounds

    def _learn(self, batch: list[Document]) -> None:
        seen = {word for document in batch for word in words(document.text)}
        rows = [
            {"index_name": self.name, "word": word}
            for word in sorted(seen)
            if len(word) >= SHORTEST_COMPOUND and word.isalpha()
        ]
        if rows:
            session().execute(insert_new(SearchWord), rows)


def search_tables(name: str, *, sqlite: bool) -> tuple[str, ...]:
    """Return the statements that make an index's table (for migrations)."""
    if sqlite:
        how = "tokenize=\"ascii tokenchars '_'\", columnsize=0"
        return (f"CREATE VIRTUAL TABLE {name} USING fts5(terms, {how})",)
    return (
        f"CREATE TABLE {name} (rowid bigint PRIMARY KEY, terms tsvector NOT NULL)",
        f"CREATE INDEX ix_{name}_terms ON {name} USING gin (terms)",
    )


def word_tables(*, sqlite: bool) -> tuple[str, ...]:
    """Return the statements that make the vocabulary searchable by trigram (for migrations)."""
    if sqlite:
        return (
            "CREATE VIRTUAL TABLE search_word_trigram USING fts5(word, tokenize='trigram', "
            "content='search_word', content_rowid='id')",
            "CREATE TRIGGER search_word_added AFTER INSERT ON search_word BEGIN "
            "INSERT INTO search_word_trigram (rowid, word) VALUES (new.id, new.word); END",
        )
    return (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX ix_search_word_trigram ON search_word USING gin (word gin_trgm_ops)",
    )


_CONTAINING = {
    True: """SELECT * FROM (SELECT :part{n} AS part, search_word.word FROM search_word_trigram
        JOIN search_word ON search_word.id = +search_word_trigram.rowid
        WHERE search_word_trigram.word MATCH :holds{n} AND index_name = :index_name
        ORDER BY length(search_word.word), search_word.word LIMIT {most})""",
    False: """SELECT * FROM (SELECT CAST(:part{n} AS text) AS part, word FROM search_word
        WHERE word LIKE :holds{n} AND index_name = :index_name
        ORDER BY length(word), word COLLATE "C" LIMIT {most}) AS containing{n}""",
}


def _question(name: str) -> Any:
    return bindparam(name, type_=String())


def _phrase_of(word: str) -> Term:
    return phrase([stem(word)])


def _may_be_part(word: str) -> bool:
    return len(word) >= SHORTEST_PART and word.isalpha()


def _core(word: str) -> str:
    """Cut an ending that compounds may not carry: "sköterskor" is to find "sjuksköterska"."""
    root = stem(word)
    return root if len(root) > SHORTEST_PART and word.startswith(root) else word


def _terms(document: Document) -> str:
    found = tokens(document.text)
    labels = [term.tokens[0] for term in document.labels]
    if is_sqlite():
        return " ".join([*found, *labels])
    places: dict[str, list[str]] = {}
    for place, token in enumerate(found, start=1):
        places.setdefault(token, []).append(str(min(place, LAST_POSITION)))
    written = [f"'{token}':{','.join(at[:255])}" for token, at in places.items()]
    return " ".join(written + [f"'{token}'" for token in labels])
