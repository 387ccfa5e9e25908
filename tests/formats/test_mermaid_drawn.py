"""Mermaid in a real browser: names are shown as they are, and none of them does anything."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from designer.schema import Column, ForeignKey, Table
from exporters.contract import Options
from exporters.mermaid import EXPORTER
from tests.formats.node import FOLDER, need_node
from tests.nasty import NAMES, nasty_design

_SCRIPT = FOLDER / "node_modules" / "mermaid" / "dist" / "mermaid.min.js"
_LOOKS_LIKE_MERMAID_ITSELF = (
    "\ufb02\u00b0\u00b035\u00b6\u00df"  # Mermaid decodes its internal form once more at the end
)
_DRAW = """async (text) => {
  mermaid.initialize({ startOnLoad: false, maxTextSize: 10_000_000, maxEdges: 10_000 });
  const { svg } = await mermaid.render("diagram", text);
  document.body.innerHTML = svg;
  const texts = (root, selector) => [...root.querySelectorAll(selector)].map((each) => each.textContent);
  return {
    entities: [...document.querySelectorAll(".node")].map((node) => ({
      name: texts(node, ".label.name")[0] ?? node.textContent,
      comments: texts(node, ".label.attribute-comment"),
    })),
    labels: texts(document, ".edgeLabels .edgeLabel .label"),
  };
}"""


def _drawn(chromium: Browser, text: str) -> dict[str, Any]:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.set_content("<body></body>")
    page.add_script_tag(path=_SCRIPT)
    drawn: dict[str, Any] = page.evaluate(_DRAW, text)
    assert page.locator("script:not(head script), img, b").count() == 0
    page.close()
    assert not asked
    return drawn


def _folded(text: str) -> str:
    """Return text as HTML shows it: with runs of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


@pytest.mark.node
@pytest.mark.browser
def test_nasty_names_are_shown_as_they_are(chromium: Browser) -> None:
    need_node()
    design = nasty_design([name for name in NAMES if name != _LOOKS_LIKE_MERMAID_ITSELF])
    drawn = _drawn(chromium, EXPORTER.export(design, Options()).text)
    tables = design.of(Table)
    assert [_folded(entity["name"]) for entity in drawn["entities"]] == [_folded(table.name) for table in tables]
    comments = drawn["entities"][-1]["comments"]
    for column, comment in zip(design.of(Column, tables[-1].id), comments, strict=True):
        assert _folded(comment) in (_folded(column.comment), _folded(f"{column.name}: {column.comment}"))
    assert {_folded(key.name) for key in design.of(ForeignKey)} <= {_folded(label) for label in drawn["labels"]}
