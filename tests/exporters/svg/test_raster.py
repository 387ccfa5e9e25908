"""PNG of drawings."""

from __future__ import annotations

import struct
import sys
import zlib

import pytest

from exporters import fonts, raster
from exporters.contract import ExportProblem, Options
from exporters.svg import EXPORTER
from tests.layout.schemas import made_up, shop
from tests.nasty import nasty_design

pytest.importorskip("resvg_py")

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
WORD = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40" font-family="{}"><text x="9" y="30">customer</text></svg>'


def png_size(data: bytes) -> tuple[int, int]:
    """Return width and height from the header of a PNG."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def first_pixel(data: bytes) -> tuple[int, ...]:
    """Return red, green, blue and alpha of the top left pixel: no filter of PNG changes the first one."""
    assert data[24:26] == b"\x08\x06"  # eight bits each, with alpha
    at, packed = 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        packed += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    return tuple(zlib.decompress(packed)[1:5])


def test_a_png_has_the_size_of_the_drawing_times_the_scale() -> None:
    svg = EXPORTER.export(shop(), Options()).text
    width, height = raster.size_of(svg)
    assert png_size(raster.to_png(svg, 1)) == (width, height)
    assert png_size(raster.to_png(svg)) == (2 * width, 2 * height)
    assert png_size(raster.to_png(svg, width=500))[0] == 500


@pytest.mark.parametrize(
    ("options", "colour"),
    [
        (Options(), (255, 255, 255, 255)),
        (Options(theme="dark"), (0x12, 0x17, 0x1E, 255)),
        (Options(theme="dark", background="white"), (255, 255, 255, 255)),
        (Options(background="transparent"), (0, 0, 0, 0)),
    ],
)
def test_the_background(options: Options, colour: tuple[int, ...]) -> None:
    assert first_pixel(raster.to_png(EXPORTER.export(shop(), options).text, 0.2)) == colour


@pytest.mark.parametrize("family", ["Helvetica, sans-serif", "No Such Font", "serif", "monospace"])
def test_text_is_drawn_whatever_fonts_the_machine_has(family: str) -> None:
    without = raster.to_png(WORD.format(family).replace("customer", ""), 1)
    assert raster.to_png(WORD.format(family), 1) != without


def test_our_font_is_the_one_by_which_boxes_are_measured() -> None:
    from fontTools.ttLib import TTFont

    from designer.layout.text import advance

    regular, _ = fonts.files_for("Latin")
    font = TTFont(regular)
    names, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    for character in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ (),.":
        assert abs(widths[names[ord(character)]][0] * 1000 / unit - advance(ord(character))) <= 1, character


def test_letters_of_other_scripts_come_from_the_whole_font() -> None:
    assert fonts.files_for("Größe Łódź …") == fonts.files_for("x")
    for word in ("Клиент", "Πελάτης", "לקוח"):
        assert fonts.files_for(word) != fonts.files_for("x")
        drawn = raster.to_png(WORD.format("Arial").replace("customer", word), 1)
        tofu = raster.to_png(WORD.format("Arial").replace("customer", "\U0010fffd" * len(word)), 1)
        assert drawn != tofu


def test_no_script_or_emoji_stops_it() -> None:
    assert png_size(raster.to_png(EXPORTER.export(nasty_design(), Options()).text, 0.1))


def test_without_a_wish_a_huge_drawing_becomes_as_large_as_a_png_may_be() -> None:
    width, height = png_size(raster.to_png(SQUARE.format(900_000), most_pixels=1_000_000))
    assert width == height == 1000
    long = SQUARE.format(100).replace('width="100"', 'width="90000"', 1)
    assert png_size(raster.to_png(long))[0] == raster.MOST_SIDE


def test_more_pixels_than_there_may_be_are_refused_with_what_is_possible() -> None:
    with pytest.raises(ExportProblem, match=r"20,000 × 20,000 pixels.* scale of 163\.84 \(16,384 pixels wide\)"):
        raster.to_png(SQUARE.format(100), width=20_000)
    with pytest.raises(ExportProblem, match="export SVG or PDF"):
        raster.to_png(SQUARE.format(1000), 2, most_pixels=1_000_000)


@pytest.mark.slow
def test_sixteen_thousand_pixels_a_side() -> None:
    assert png_size(raster.to_png(SQUARE.format(100), width=raster.MOST_SIDE)) == (raster.MOST_SIDE, raster.MOST_SIDE)


def test_three_hundred_tables() -> None:
    svg = EXPORTER.export(made_up(300), Options()).text
    assert png_size(raster.to_png(svg, 0.2))


@pytest.mark.parametrize("bad", ["", "<svg/>", SQUARE.format(0), SQUARE.format(9)[:-20]])
def test_what_is_no_drawing_is_refused(bad: str) -> None:
    with pytest.raises(ExportProblem):
        raster.to_png(bad)


def test_a_missing_renderer_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(ExportProblem, match="pip install resvg-py"):
        raster.to_png(SQUARE.format(9))


def test_a_missing_font_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_variable", lambda: None)
    with pytest.raises(ExportProblem, match="pip install fontpkg-arimo"):
        raster.to_png(SQUARE.format(9))
