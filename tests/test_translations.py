"""Every text has its Swedish, in one way, and no Swedish is left over."""

import re
from pathlib import Path

import pytest

from portal.kernel.text import LANGUAGES, Lazy, _n, catalogue, speaking
from tests.support import translations

PLACEHOLDER = re.compile(r"%\((\w+)\)")


def test_every_text_has_its_swedish() -> None:
    problems = translations.faults()
    assert not problems, "\n".join(problems)


def test_the_same_values_are_filled_into_both() -> None:
    for file, msgid, swedish, english in translations.translated():
        lost = set(PLACEHOLDER.findall(swedish)) - set(PLACEHOLDER.findall(english))
        assert not lost, (file, msgid, lost)


def test_swedish_keeps_the_blanks_and_the_full_stop() -> None:
    for file, msgid, swedish, english in translations.translated():
        assert (swedish[0] == " ", swedish[-1] == " ") == (english[0] == " ", english[-1] == " "), (
            msgid
        )
        assert english.endswith(".") == swedish.endswith("."), (file, msgid, swedish)


@pytest.mark.parametrize("text", ["Å, ä, ö", "%(num)d things", "100 %"])
def test_a_text_without_translation_is_shown_as_it_stands(text: str) -> None:
    for language in LANGUAGES:
        with speaking(language):
            assert str(Lazy(text)) == text


def test_one_is_singular_and_all_else_plural() -> None:
    with speaking("en"):
        said = [_n("%(num)d seat", "%(num)d seats", number) for number in (0, 1, 2)]
    assert said == ["0 seats", "1 seat", "2 seats"]


def test_a_value_that_is_missing_in_the_swedish_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "portal/translations/sv"
    folder.mkdir(parents=True)
    (folder / "planted.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Hello %(name)s"\nmsgstr "Hej"\n',
        "utf-8",
    )
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "used", dict[str, str])
    found = translations.faults()
    assert any("%(name)s is lost" in one for one in found)
    assert any("no longer used" in one for one in found)


def test_english_needs_no_catalogue() -> None:
    assert catalogue("en").texts == {}
