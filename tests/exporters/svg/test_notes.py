"""Notes in pictures: Markdown as text, links that lead somewhere safe, valid XML for any text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from designer.schema import Note
from exporters.svg.notes import drawn_note
from exporters.svg.theme import theme_named
from tests.nasty import NAMES

LIGHT = theme_named("light")


def parsed(text: str, **more: int) -> ElementTree.Element:
    """Return the drawing of a note as XML."""
    return ElementTree.fromstring(drawn_note(Note(id="n", parent="d", text=text, **more), LIGHT))


def test_headings_bold_and_lists_are_drawn_as_text() -> None:
    drawn = parsed("# Title\n- **one** and _two_")
    runs = [(each.text, each.get("font-weight"), each.get("font-style")) for each in drawn.iter("text")]
    assert runs == [
        ("Title", "600", None), ("•", None, None), ("one", "600", None), (" and ", None, None), ("two", None, "italic"),
    ]  # fmt: skip


def test_only_safe_links_can_be_followed() -> None:
    drawn = parsed("[a](https://example.org/x?y=1&z=2) [b](javascript:alert(1)) [c](data:text/html,x)", w=600)
    assert [each.get("href") for each in drawn.iter("a")] == ["https://example.org/x?y=1&z=2"]


def test_what_does_not_fit_ends_with_an_ellipsis() -> None:
    words = [each.text for each in parsed("\n".join("line" for _ in range(40)), h=80).iter("text")]
    assert len(words) < 8
    assert words[-1] == "…"


@pytest.mark.parametrize("name", NAMES)
def test_any_text_makes_valid_xml(name: str) -> None:
    parsed(f"# {name}\n- {name}\n[{name}](https://e.org) `{name}`", w=900, h=900)
