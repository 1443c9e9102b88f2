"""Foreign markup: nothing dangerous comes through, nothing readable is lost."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.kernel.markup import clean_html, clean_line, markdown, plain_text, text_to_html

REL = 'rel="ugc nofollow noopener"'
TAGS = """
    <p> </p> <p/> <b> </b> <strong> </strong> <i> </i> <em> </em> <br> <br/> <ul> </ul> <ol> </ol>
    <li> </li> <h1> </h1> <h2> </h2> <h3> </h3> <h4> </h4> <h6> </h6> <hr> <div> </div> <span>
    </span> <script> </script> <style> </style> <svg> </svg> <math> <template> </template> <table>
    <tr> <td> </table> <a> </a> <textarea> <title> <noscript> <select> <option> <plaintext> <!-- -->
    <![CDATA[ ]]> &nbsp; &#160; &shy; &#8203; &lt; &gt; &amp; &lt;script&gt; < > " ' a bb ccc
"""
LINES = """<a href="https://x.se/?a=1&b=2">
<a href="javascript:alert(1)">\n<a href="jav&#x09;ascript:alert(1)">\n<a href="//evil.se">
<a href="/logout">\n<a href="mailto:a@x.se" onclick="x()">\n<img src=x onerror="x()">
<p style="color:red" onmouseover="x()" hx-get="/x">\n<iframe src="javascript:x()">
<li value="3" data-hx-on:click="x()">"""
CHARACTERS = ["\u00a0\u00a0", "\u200d", " ", "\r\n", "\x00", "\ud800"]
PIECES = st.sampled_from(TAGS.split() + LINES.split("\n") + CHARACTERS)
SOUP = st.lists(PIECES | st.text(max_size=6), max_size=30).map("".join)


class Reader(HTMLParser):
    """Notes every tag and attribute, and whether each end has its start."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.stack = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "br":
            self.stack.append(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag


def assert_harmless(html, tags):
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert not reader.stack
    assert set(reader.tags) <= tags
    assert {name for name, _ in reader.attributes} <= {"href", "rel"}
    for name, value in reader.attributes:
        assert name != "href" or re.match("(?i)https?:|mailto:", value)
        assert name != "rel" or value == "ugc nofollow noopener"


@given(SOUP)
def test_nothing_but_the_allowed_tags_comes_through(soup):
    allowed = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a"}
    assert_harmless(clean_html(soup), allowed)


@given(SOUP)
def test_cleaning_twice_changes_nothing(soup):
    once = clean_html(soup)
    assert clean_html(once) == once


@given(SOUP)
def test_markdown_is_as_harmless(soup):
    more = {"blockquote", "code", "pre"}
    allowed = {"p", "br", "strong", "em", "ul", "ol", "li", "h3", "h4", "a"} | more
    assert_harmless(markdown(soup), allowed)


@given(SOUP)
def test_plain_text_keeps_every_character_as_text(soup):
    assert plain_text(text_to_html(soup)).split() or not clean_line(soup)
    assert_harmless(text_to_html(soup), {"p", "br", "ul", "li"})


@pytest.mark.parametrize(
    ("given_html", "cleaned"),
    [
        ("<b>a</b> <i>b</i>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<h1>A</h1><h2>B</h2><h5>C</h5>", "<h3>A</h3><h4>B</h4><h4>C</h4>"),
        ("<h2> </h2><h4>A</h4>", "<h3>A</h3>"),
        ('<p class="paragraph"></p><hr><p>&nbsp;</p><p>a</p>', "<p>a</p>"),
        ("<p>a&nbsp;&nbsp; b</p>", "<p>a b</p>"),
        ('<p><span style="x"><span>a</span></span></p>', "<p>a</p>"),
        ("<p>a<br><br>b<br></p>", "<p>a</p><p>b</p>"),
        ("<b>a<p>b</p></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
        ("<ul><li><p>a</p></li><li> </li></ul>", "<ul><li>a</li></ul>"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "<ul><li>a<br>b</li></ul>"),
        ("<li>a</li><p>b</p>", "<ul><li>a</li></ul><p>b</p>"),
        ("<script>x</script><style>y</style>a", "<p>a</p>"),
        ("<strong></strong>a<strong>b</strong><strong>c</strong>", "<p>a<strong>bc</strong></p>"),
        ("<a href='/x'>a</a> <a href='//y.se'>b</a>", "<p>a b</p>"),
        ("<img src=x onerror=y>", ""),
        ("a\u00ad\u200bb", "<p>ab</p>"),
        ("", ""),
    ],
)
def test_soup_becomes_plain_blocks(given_html, cleaned):
    assert clean_html(given_html) == cleaned


def test_links_go_outside_without_our_blessing():
    html = clean_html('<a href="https://x.se" target="_blank" rel="follow">x</a>')
    assert html == f'<p><a href="https://x.se" {REL}>x</a></p>'


def test_headings_can_start_at_another_level():
    assert clean_html("<h1>A</h1><h2>B</h2>", top=2) == "<h2>A</h2><h3>B</h3>"


def test_a_tower_of_lists_is_flattened_not_fatal():
    html = clean_html("<ul><li>" * 3000 + "a")
    assert html.count("<ul>") <= 5
    assert plain_text(html) == "- a"


def test_text_ads_become_paragraphs_and_lists():
    text = "Hej\r\nrad <två>\r\n\r\n- a\r\n- b & c\n\n* d\nSlut"
    assert text_to_html(text) == (
        "<p>Hej<br>rad &lt;två&gt;</p><ul><li>a</li><li>b &amp; c</li><li>d</li></ul><p>Slut</p>"
    )


def test_plain_text_breaks_lines_between_blocks():
    html = "<h2>Om</h2><p>a<br>b &amp; c</p><ul><li>x</li><li>y</li></ul><p>z</p>"
    assert plain_text(html) == "Om\n\na\nb & c\n- x\n- y\n\nz"


def test_markdown_knows_links_lists_and_headings_but_no_html_or_images():
    html = markdown("# A\n### B\nse example.com\n\n- x\n- y\n\n<b>c</b> ![d](https://x.se/d.png)")
    assert "<h3>A</h3>\n<h4>B</h4>" in html
    assert f'<a href="http://example.com" {REL}>example.com</a>' in html
    assert "&lt;b&gt;c&lt;/b&gt;" in html
    assert "<img" not in html


def test_markdown_refuses_script_links():
    assert "href" not in markdown("[x](javascript:alert(1)) [y](data:text/html,x) [z](/logout)")


def test_titles_lose_what_nobody_sees():
    assert clean_line(" Sjuk\u00adsköterska\u200b\xa0 till \u202eIVA\u2069\r\n ") == (
        "Sjuksköterska till IVA"
    )
    assert clean_line("\ud800\x00\ufeff") == ""
