"""DOT: real Graphviz draws what was exported."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from designer.schema import Column, Design, ForeignKey, Table
from exporters.contract import ExportProblem, Options
from exporters.dot import EXPORTER
from exporters.dot.text import label
from tests.formats import golden
from tests.formats.random_designs import random_design
from tests.formats.samples import empty_model, library, shop
from tests.nasty import nasty_design

_SVG = "{http://www.w3.org/2000/svg}"
_PURE = Path(sys.executable).parent / "graphviz-pure"


def _programs() -> list[str]:
    """Return the Graphviz programs of this machine: the system's, and the one from the wheel."""
    found = [path for path in (shutil.which("dot"), shutil.which("graphviz-pure"), str(_PURE)) if path]
    return list(dict.fromkeys(path for path in found if Path(path).exists()))


# The wheel is always there; the system's own program is tried as well where it is.
@pytest.fixture(params=[*(["dot"] if shutil.which("dot") else []), "graphviz-pure"])
def graphviz(request: pytest.FixtureRequest) -> str:
    for path in _programs():
        if Path(path).name == request.param:
            return path
    message = f"needs the program {request.param}"
    if os.environ.get("WHOLEKEY_REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)


def _text(design: Design, theme: str = "light") -> str:
    return EXPORTER.export(design, Options(theme=theme)).text


def _drawn(graphviz: str, text: str) -> ElementTree.Element:
    done = subprocess.run([graphviz, "-Tsvg"], input=text.encode(), capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    assert b"rror" not in done.stderr, done.stderr.decode()
    return ElementTree.fromstring(done.stdout)


def _count(picture: ElementTree.Element, kind: str) -> int:
    return sum(1 for group in picture.iter(_SVG + "g") if group.get("class") == kind)


def _words(picture: ElementTree.Element) -> set[str]:
    return {"".join(text.itertext()) for text in picture.iter(_SVG + "text")}


def test_nasty_names_are_drawn(graphviz: str) -> None:
    design = nasty_design()
    picture = _drawn(graphviz, _text(design))
    assert _count(picture, "node") == len(design.of(Table))
    assert _count(picture, "edge") == len(design.of(ForeignKey))
    words = {word.replace("\u00a0", " ").replace("\u2060", "").strip() for word in _words(picture)}
    for name in ('say "hi"', "</script>", "\\n\\N\\G\\L", "ends with \\", "&amp;", "a|b", "\u7528\u6237\u8868"):
        assert name in words, name


def test_random_designs_are_drawn(graphviz: str) -> None:
    for seed in range(20):
        design = random_design(seed)
        picture = _drawn(graphviz, _text(design))
        assert _count(picture, "node") == len(design.of(Table))
        assert _count(picture, "edge") == sum(1 for key in design.of(ForeignKey) if key.ref_table)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_samples_are_drawn(graphviz: str, theme: str) -> None:
    picture = _drawn(graphviz, _text(shop(), theme))
    assert (_count(picture, "node"), _count(picture, "edge"), _count(picture, "cluster")) == (5, 4, 1)
    picture = _drawn(graphviz, _text(library(), theme))
    assert (_count(picture, "node"), _count(picture, "edge")) == (6, 3 + 3 + 2)
    assert _count(_drawn(graphviz, _text(empty_model(), theme)), "node") == 0


def test_golden() -> None:
    golden.check("shop.dot", _text(shop()))
    golden.check("library.dot", _text(library()))


def test_every_line_ends_at_the_port_of_its_column() -> None:
    design = shop()
    text = _text(design)
    for key in design.of(ForeignKey):
        if key.ref_table:
            start, end = f'"{key.ref_table}":"{key.ref_columns[0]}"', f'"{key.parent}":"{key.columns[0]}"'
            assert f"{start} -> {end}" in text
    for column in design.of(Column):
        assert f'PORT="{column.id}"' in text


def test_labels_are_xml() -> None:
    for name in ("a\x01b", "\uffff", "</TD>", "a\nb", '"&'):
        ElementTree.fromstring(f"<TD>{label(name)}</TD>")
    assert html.unescape(label("a & <b>")) == "a & <b>"


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(ExportProblem, match="light, dark"):
        EXPORTER.export(shop(), Options(theme="sepia"))
