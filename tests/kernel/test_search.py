"""The same questions find the same numbers in both databases: FTS5 and tsvector are one search."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import literal, select

from portal.kernel.db import session, unit_of_work
from portal.kernel.search import Term, both, fold, label, read, tokens
from portal.kernel.search.fitting import fits
from portal.kernel.search.index import Document
from portal.kernel.search.terms import LONGEST_QUESTION
from portal.openings.models import opening_index

TEXTS = {
    1: "Sjuksköterska till akuten i Umeå",
    2: "Specialistsjuksköterska, anestesi",
    3: "Undersköterskor till hemtjänsten",
    4: "Systemutvecklare C++ och Python",
    5: "Utvecklare i C# och .NET",
    6: "Utvecklaren som kan C",
    7: "Webbutvecklare med öga för form",
    8: "Åsa söker en kollega",
    9: "Asfaltläggare i Åsele",
    10: "Projektledare bygg, Göteborg",
    11: "Project managers wanted in Gothenburg",
    12: "Manager for a small project",
    13: "Byggprojektledare vid Trafikverket",
    14: "Café-biträde på Öland",
    15: "Cafébiträden sökes till sommaren",
    16: "Lärare i svenska och engelska",
    17: "Lärarna i matematik behöver dig",
    18: "Teacher of English",
    19: "IT-tekniker, första linjen",
    20: "Chef för it",
    21: "Lastbilschaufför, C-kort",
    22: "Truckförare natt och helg",
    23: "Ingenjör el och kraft",
    24: "Elingenjör",
    25: "Husvagnsförsäljare",
    26: "Konsult inom R&D",
    27: "Müller & Söhne GmbH söker säljare",
    28: "Sæther og Bjørn, Ålesund",
    29: "Kock 100 % till Restaurang Hjärtat",
    30: "Kocken och bagaren",
    31: "en och i på",
}
LABELS = {4: [label("form", "permanent")], 5: [label("form", "permanent"), label("remote", "full")]}

QUESTIONS = {
    # accents, case, inflection
    "åsa": ([8], []),
    "asa": ([8], []),
    "ÅSA": ([8], []),
    "A\u030asa": ([8], []),
    "sjukskoterska": ([1], [2]),
    "Sjuksköterskor": ([1], [2]),
    "lärare": ([17, 16], []),
    "larare": ([17, 16], []),
    "muller": ([27], []),
    "bjorn": ([28], []),
    "saether": ([28], []),
    "göteborg": ([10], []),
    "projects": ([12, 11], []),
    "teacher": ([18], []),
    "teachers": ([], [18]),
    # signs that belong to a word, and signs that do not
    "C++": ([4], []),
    "c#": ([5], []),
    "C": ([21, 6], []),
    "r&d": ([26], []),
    "café-biträde": ([14], [15]),
    "100 %": ([29], []),
    ".net": ([5], []),
    # several words, all of them
    "kock restaurang": ([29], []),
    "project manager": ([12, 11], []),
    "kock bagare": ([30], []),
    "kock lärare": ([], []),
    # words in quotes stand together
    '"project manager"': ([11], []),
    '"manager project"': ([], []),
    '"el och kraft"': ([23], []),
    '"och kraft" ingenjör': ([23], []),
    '"C++ och Python"': ([4], []),
    # compounds come below what is exact
    "utvecklare": ([6, 5], [7, 4]),
    "projektledare": ([10], [13]),
    "sköterska": ([], [3, 2, 1]),
    "sköterskor": ([], [3, 2, 1]),
    "försäljare": ([], [25]),
    "utvecklare python": ([], [4]),
    # shorter than a part of a compound may be
    "el": ([23], []),
    "bil": ([], []),
    # words that say nothing are left out, unless there is nothing else
    "kock till restaurang": ([29], []),
    "chef för it": ([20], []),
    "en": ([31, 8], []),
    "och i": ([31, 16, 5], []),
}
HOSTILE = (
    '"', '" OR *', "NEAR(", "NEAR(a b, 5)", ":*", "'", "''", '"""', "a:*", "a & b", "a | !b", "(((", ")",
    "terms:kock", "-kock", "^kock", "kock*", "{kock}", "kock + bagare", "\\", "\\'", "%", "_", "%%%%", "____",
    "'; DROP TABLE opening_search; --", "AND", "OR", "NOT", "kock AND", "NOT kock", "<->", "kock <2> bagare",
    "\x00", "kock\x00bagare", "\ud800", "\u202e", "🙂", "İstanbul", "ß", "ﬁ", "½", "²", "٣", "字", "x" * 500,
    "kock " * 60, '"' + "a " * 150,
)  # fmt: skip


@pytest.fixture
def indexed(portal: Flask) -> Flask:
    with unit_of_work():
        opening_index.put(Document(n, text, LABELS.get(n, [])) for n, text in TEXTS.items())
    return portal


def numbers(term: Term | None) -> list[int]:
    """Return what fits, newest first."""
    if term is None:
        return []
    question = literal(opening_index.written(term))
    query = select(opening_index.number).where(fits(opening_index.table.c.terms, question))
    return list(session().scalars(query.order_by(opening_index.number.desc())))


def ask(question: str) -> tuple[list[int], list[int]]:
    """Return the exact hits, and those that compounds add."""
    exact, wider = opening_index.with_compounds(read(question))
    return numbers(exact), numbers(wider)


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_finds(indexed: Flask, question: str) -> None:
    assert ask(question) == QUESTIONS[question]


@pytest.mark.parametrize("question", HOSTILE)
def test_a_hostile_question_is_only_a_question(indexed: Flask, question: str) -> None:
    exact, wider = ask(question)
    assert not set(exact) & set(wider)
    assert len(numbers(both(read("kock")))) == 2


@given(st.text(max_size=250) | st.text("\"'*:()&|!<>-+^{}# aAåCc", max_size=60))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_breaks_the_search(indexed: Flask, question: str) -> None:
    exact, wider = ask(question)
    assert set(exact) | set(wider) <= TEXTS.keys()


@given(st.text(max_size=80))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_can_be_kept_and_is_found_by_each_of_its_words(portal: Flask, text: str) -> None:
    with unit_of_work():
        opening_index.put([Document(77, text, [])])
    for token in tokens(text)[:5]:
        assert numbers(Term("all", parts=(Term("phrase", tokens=(token,)),))) == [77]
    with unit_of_work():
        opening_index.remove([77])


def test_a_label_narrows_and_is_never_found_by_typing_it(indexed: Flask) -> None:
    permanent = label("form", "permanent")
    assert numbers(both([permanent])) == [5, 4]
    assert numbers(both([*read("python"), permanent])) == [4]
    assert ask("form_permanent") == ([], [])
    assert ask("permanent") == ([], [])


def test_a_document_written_anew_is_found_by_its_new_words_alone(indexed: Flask) -> None:
    with unit_of_work():
        opening_index.put([Document(29, "Bagare", [])])
    assert ask("restaurang") == ([], [])
    assert 29 in ask("bagare")[0]
    with unit_of_work():
        opening_index.remove([29])
    assert 29 not in ask("bagare")[0]


def test_a_long_question_is_read_up_to_its_limit(indexed: Flask) -> None:
    question = "kock " * 39 + "abcde" + " finnsinte"
    assert len(question[:LONGEST_QUESTION]) == LONGEST_QUESTION
    assert ask(question[:195]) == ([30, 29], [])
    assert read("a" * 300)[0].word == "a" * 40


@pytest.mark.parametrize("words", ["", " ", "?!", '""', "-"])
def test_nothing_asked_is_no_question(words: str) -> None:
    assert both(read(words)) is None


def test_a_text_longer_than_positions_reach_is_found_to_its_end(portal: Flask) -> None:
    with unit_of_work():
        opening_index.put([Document(1, "fyll " * 20_000 + "nålen", [])])
    assert ask("nålen")[0] == [1]


@given(st.text(max_size=60))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
