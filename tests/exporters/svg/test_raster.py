"""PNG and PDF of drawings."""

from __future__ import annotations

import struct
import sys

import pytest

from exporters import raster
from exporters.contract import ExportProblem, Options
from exporters.svg import EXPORTER
from tests.layout.schemas import made_up, shop
from tests.nasty import nasty_design

pytest.importorskip("resvg_py")
pytest.importorskip("svg2pdf_py")

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the header of a PNG."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_a_png_has_the_size_of_the_drawing_times_the_scale() -> None:
    svg = EXPORTER.export(shop(), Options()).text
    width, height = raster.size_of(svg)
    assert png_size(raster.to_png(svg, 1)) == (width, height)
    assert png_size(raster.to_png(svg, 2)) == (2 * width, 2 * height)


def test_names_are_in_the_picture() -> None:
    svg = EXPORTER.export(shop(), Options()).text
    assert len(raster.to_png(svg, 1)) > 1.3 * len(
        raster.to_png(svg.replace("<text", "<desc").replace("</text", "</desc"), 1)
    )


def test_a_pdf() -> None:
    data = raster.to_pdf(EXPORTER.export(shop(), Options(theme="dark")).text)
    assert data.startswith(b"%PDF-")
    assert data.rstrip().endswith(b"%%EOF")
    assert b"/Font" in data


def test_no_script_or_emoji_stops_it() -> None:
    svg = EXPORTER.export(nasty_design(), Options()).text
    assert png_size(raster.to_png(svg, 0.1))
    assert raster.to_pdf(svg).startswith(b"%PDF-")


def test_a_huge_drawing_is_scaled_down_and_not_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "MOST_PIXELS", 1_000_000)
    width, height = png_size(raster.to_png(SQUARE.format(900_000), 4))
    assert width == height == 1000
    assert raster.to_pdf(SQUARE.format(900_000)).startswith(b"%PDF-")


def test_three_hundred_tables() -> None:
    svg = EXPORTER.export(made_up(300), Options()).text
    assert png_size(raster.to_png(svg, 0.2))


@pytest.mark.parametrize("bad", ["", "<svg/>", SQUARE.format(0), SQUARE.format(9)[:-20]])
def test_what_is_no_drawing_is_refused(bad: str) -> None:
    for render in (raster.to_png, raster.to_pdf):
        with pytest.raises(ExportProblem):
            render(bad)


@pytest.mark.parametrize(("module", "package"), [("resvg_py", "resvg-py"), ("svg2pdf_py", "svg2pdf-py")])
def test_a_missing_renderer_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, module: str, package: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    render = raster.to_png if module == "resvg_py" else raster.to_pdf
    with pytest.raises(ExportProblem, match=f"pip install {package}"):
        render(SQUARE.format(9))


def test_a_machine_without_fonts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raster, "has_fonts", lambda: False)
    with pytest.raises(ExportProblem, match="no fonts"):
        raster.to_png(SQUARE.format(9))
