"""Reports in text, Markdown and HTML: they show the work, and no name breaks them."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from designer.normalization.analysis import analyse, judged
from designer.normalization.codec import relation_of, schemas_of
from designer.normalization.report import html, markdown, text
from designer.normalization.report.blocks import Grid, Heading, Items, Paragraph, code
from designer.normalization.report.entry import Entry
from designer.normalization.report.story import story
from tests.nasty import NAMES

WRITERS = {"text": text.written, "markdown": markdown.written, "html": html.written}
ORDERS = relation_of(
    "orders",
    ["order_id", "line_no", "customer_id", "zip", "city"],
    [[["order_id"], ["customer_id"]], [["customer_id"], ["zip"]], [["zip"], ["city"]]],
)
ADDRESS = relation_of("address", ["street", "city", "zip"], [[["street", "city"], ["zip"]], [["zip"], ["city"]]])
COURSE = relation_of("course", ["course", "teacher", "book"], (), [[["course"], ["teacher"]]])


def entry(relation, decomposition=None):
    cut = judged(relation, schemas_of(relation, decomposition)) if decomposition else None
    return Entry(relation.name, analyse(relation), cut)


def report(to, *entries, proofs=False):
    return WRITERS[to](story(entries, proofs=proofs))


@pytest.mark.parametrize("to", WRITERS)
def test_a_report_shows_keys_violations_and_the_way_out(to):
    shown = report(to, entry(ORDERS)).replace("<code>", "").replace("</code>", "").replace("`", "").replace("&gt;", ">")
    for words in (
        "It is in 1NF only",
        "customer_id, zip, city depend on order_id, which is only a part of the key order_id, line_no",
        "city depends on zip, which is not a key, and is in no key",
        "joining the relations gives back exactly the rows",
        "what they share, order_id, determines customer_id",
        "Every functional dependency can be checked within single relations",
        "Would these rows be allowed?",
    ):
        assert words in " ".join(shown.split()), words
    assert "3NF or BCNF" not in shown


@pytest.mark.parametrize("to", WRITERS)
def test_a_trade_off_is_shown_where_there_is_one_with_rows_that_pass_unseen(to):
    shown = " ".join(report(to, entry(ADDRESS)).split())
    assert "3NF or BCNF" in shown
    assert "No relation objects to its part of these rows" in shown


def test_a_lossy_proposal_is_shown_by_rows():
    shown = report("text", entry(ADDRESS, [["street", "city"], ["city", "zip"]]))
    assert "Lossy: these rows satisfy every dependency," in shown
    assert "this row comes back with them" in shown


def test_formal_steps_are_shown_where_they_are_asked_for():
    assert "transitivity" not in report("text", entry(ORDERS))
    assert "transitivity" in report("text", entry(ORDERS), proofs=True)


def test_multivalued_dependencies_are_told_in_words():
    shown = " ".join(report("text", entry(COURSE)).split())
    assert "For each course there are all combinations of teacher with the rest, and course is not a key." in shown
    assert "In 4NF: 2 relations" in shown


def test_more_relations_have_a_summary_and_a_bad_one_its_sentence():
    shown = report("text", entry(ORDERS), Entry("bad", error="unknown attribute Z in the dependency A -> Z"))
    assert "bad       unknown attribute Z in the dependency A -> Z" in shown
    assert "Unknown attribute Z in the dependency A -> Z." in shown


def hostile():
    names = list(
        dict.fromkeys([*NAMES, "\ud800", "line\nbreak", "tab\t", "\x02\x03", "\u202e", "", " ", "|", "`", "``"])
    )
    for at in range(0, len(names), 6):
        some = names[at : at + 6]
        yield some, entry(relation_of(some[0], some, [[some[:1], some[1:2]], [some[1:2], some[2:3]]]))


def test_no_name_sends_anything_to_a_terminal():
    for _, each in hostile():
        shown = report("text", each)
        assert all(letter.isprintable() for letter in shown if letter != "\n")


class Page(HTMLParser):
    """The elements and attributes of a page, and its text."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes, self.text = set(), set(), ""

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {(name, value) for name, value in attrs}

    def handle_data(self, data):
        self.text += data


ELEMENTS = {"html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "div"}
ELEMENTS |= {"table", "thead", "tbody", "tr", "th", "td", "details", "summary", "code", "span"}


def test_no_name_becomes_markup_and_the_page_needs_no_other_file():
    for names, each in hostile():
        page = Page()
        page.feed(report("html", each))
        assert page.tags <= ELEMENTS
        assert {name for name, _ in page.attributes} <= {"lang", "charset", "name", "content", "class", "scope"}
        assert all(name in page.text for name in names if name.isprintable() and '"' not in name)


def test_a_page_is_fit_for_dark_screens_and_paper():
    page = report("html", entry(ORDERS))
    assert "color-scheme: light dark" in page and "prefers-color-scheme: dark" in page and "@media print" in page
    assert "url(" not in page and "src=" not in page and "http" not in page


def test_markdown_keeps_names_in_code_and_cells_in_their_rows():
    blocks = [
        Heading(2, code("a`b"), "<b>|"),
        Paragraph(f"*x* {code('``')} [1](y)"),
        Items((code("`"), "<i>")),
        Grid((code("a|b"), "c"), ((code("x`|"), "d|e"),)),
    ]
    assert markdown.written(blocks).split("\n\n") == [
        "## ``a`b`` — &lt;b&gt;\\|",
        "\\*x\\* ``` `` ``` \\[1\\]\\(y\\)",
        "- `` ` ``\n- &lt;i&gt;",
        "| `a\\|b` | c |\n| --- | --- |\n| ``x`\\|`` | d\\|e |\n",
    ]


def test_every_line_of_a_markdown_table_has_as_many_cells():
    for _, each in hostile():
        width = 0
        for line in report("markdown", each).splitlines():
            bars = line.replace("\\|", "").count("|") if line.startswith("| ") else 0
            assert not (width and bars) or bars == width
            width = bars


def test_a_wide_relation_is_cut_short_and_not_drawn_whole():
    names = [f"c{number}" for number in range(800)]
    wide = relation_of("wide", names, [[[a], [b]] for a, b in zip(names[::2], names[1::2], strict=True)])
    assert len(report("html", entry(wide))) < 1_500_000
