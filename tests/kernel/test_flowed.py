"""The text of a mail is wrapped as it leaves, and flows together again (RFC 3676)."""

from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.mail.flowed import WIDTH, flowed
from tests.test_mails import unflowed

words = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=90
)
lines = st.lists(words, max_size=40).map(" ".join)
starts = st.sampled_from(["", "    ", "> ", "From "])
texts = st.lists(st.builds(lambda start, line: (start + line).rstrip(" "), starts, lines))


@given(texts.map(lambda text: "\n".join(text) + "\n"))
def test_what_is_wrapped_flows_together_again(text):
    assert unflowed(flowed(text)) == text


@given(texts.map(lambda text: "\n".join(text) + "\n"))
def test_lines_are_short_unless_a_word_is_long(text):
    for line in flowed(text).split("\n"):
        assert len(line) <= WIDTH + 1 or len(line.strip().split(" ")) <= 2


def test_an_address_is_never_broken_and_a_code_stands_alone():
    address = "https://example.com/" + "a-b/" * 40
    text = f"Öppna:\n{address}\n\n    123456\n\n-- \nHej\n"
    assert flowed(text) == f"Öppna:\n{address}\n\n     123456\n\n-- \nHej\n"


def test_what_looks_like_a_quotation_is_none():
    assert flowed("> så\nFrom mig\n") == " > så\n From mig\n"
