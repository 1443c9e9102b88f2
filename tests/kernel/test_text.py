"""Words in the reader's language."""

from threading import Thread

import pytest
from markupsafe import Markup

from portal.kernel import text
from portal.kernel.text import Catalogue, Lazy, _, _n, speak, speaking


@pytest.fixture(autouse=True)
def small_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue of our own, so that no feature's words are leaned on."""
    plurals = {"%(num)d day": ("%(num)d dag", "%(num)d dagar")}
    swedish = Catalogue({"Yes": "Ja", "Hello %(name)s": "Hej %(name)s"}, plurals)
    known = {"sv": swedish, "en": Catalogue({}, {})}
    monkeypatch.setattr(text, "catalogue", known.__getitem__)


def test_a_lazy_text_is_in_the_language_of_the_moment() -> None:
    said = Lazy("Yes")
    with speaking("sv"):
        assert str(said) == "Ja"
        with speaking("en"):
            assert str(said) == "Yes"
        assert str(said) == "Ja"


def test_values_are_filled_in_after_translation() -> None:
    with speaking("sv"):
        assert _("Hello %(name)s", name="Åsa") == "Hej Åsa"
        assert str(Lazy("Hello %(name)s", name="Åsa")) == "Hej Åsa"
        assert Lazy("Hello %(name)s") % {"name": "Åsa"} == "Hej Åsa"


def test_a_per_cent_sign_without_values_is_left_alone() -> None:
    assert _("100 % sure") == "100 % sure"


@pytest.mark.parametrize(("number", "swedish"), [(0, "0 dagar"), (1, "1 dag"), (2, "2 dagar")])
def test_the_number_chooses_the_form(number: int, swedish: str) -> None:
    with speaking("sv"):
        assert _n("%(num)d day", "%(num)d days", number) == swedish


def test_a_lazy_text_is_escaped_in_markup() -> None:
    hostile = Lazy("Hello %(name)s", name="<script>")
    assert "<script>" not in Markup("<p>{}</p>").format(hostile)
    with speaking("en"):
        assert hostile.__html__() == "Hello &lt;script&gt;"


def test_lazy_texts_are_equal_when_they_say_the_same() -> None:
    assert Lazy("Yes") == Lazy("Yes")
    assert hash(Lazy("Yes")) == hash(Lazy("Yes"))
    assert Lazy("Hello %(name)s", name="A") != Lazy("Hello %(name)s", name="B")
    assert Lazy("Yes") != "Yes"


def test_each_thread_speaks_for_itself() -> None:
    heard: list[str] = []
    with speaking("en"):
        thread = Thread(target=lambda: heard.append(text.language()))
        thread.start()
        thread.join()
    assert heard == ["sv"]


def test_speak_holds_until_something_else_is_chosen() -> None:
    before = text.language()
    speak("en")
    assert text.language() == "en"
    speak(before)
