"""Every text has its Swedish, in one way, and no Swedish is left over."""

from pathlib import Path

import pytest

from portal.kernel.text import LANGUAGES, Lazy, _n, catalogue, speaking
from tests.support import translations


def test_every_text_has_its_swedish() -> None:
    problems = translations.faults()
    assert not problems, "\n".join(problems)


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


@pytest.mark.parametrize(
    ("english", "swedish", "fault"),
    [
        ("Hello %(name)s", "Hej", "%(name)s is lost"),
        ("Hello (%(name)s)", "Hej (du)", "%(name)s is lost"),
        ("Hello %(name)s", "Hej %(name) du", "%(name)s is lost"),
        ("Hello %(name)s", "Hej %(namn)s", "%(namn)s is made up"),
        ("Hello %(name)s", "", "no Swedish"),
        ("Hello %(name)s", "Hej %(name)s", "no longer used"),
    ],
)
def test_a_fault_in_the_swedish_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, english: str, swedish: str, fault: str
) -> None:
    folder = tmp_path / "portal/translations/sv"
    folder.mkdir(parents=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    entry = f'msgid "{english}"\nmsgstr "{swedish}"\n'
    (folder / "planted.po").write_text(head + entry, "utf-8")
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "used", dict[str, str])
    assert any(fault in one for one in translations.faults())


def test_english_needs_no_catalogue() -> None:
    assert catalogue("en").texts == {}
