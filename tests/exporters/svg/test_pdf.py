"""PDF of drawings: its pages, and text that can be selected."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from exporters import fonts, pdf
from exporters.contract import ExportProblem, Options
from exporters.pdf import MM, Sheet, tiles_of, to_pdf
from exporters.svg import EXPORTER
from tests.exporters.svg.test_raster import SQUARE
from tests.layout.schemas import made_up, shop
from tests.nasty import nasty_design

pytest.importorskip("svg2pdf_py")


def pages(data: bytes) -> PdfReader:
    """Return the pages of a PDF, read strictly."""
    return PdfReader(io.BytesIO(data), strict=True)


def drawn(**options: str) -> str:
    return EXPORTER.export(shop(), Options(**options)).text


def test_one_page_of_the_size_of_the_drawing() -> None:
    read = pages(to_pdf(SQUARE.format(400), title="Größe (1)"))
    assert [tuple(map(float, page.mediabox)) for page in read.pages] == [(0, 0, 300, 300)]
    assert read.metadata is not None
    assert read.metadata.title == "Größe (1)"


def test_names_can_be_selected_and_searched() -> None:
    (page,) = pages(to_pdf(drawn(theme="dark"))).pages
    words = set(page.extract_text().split())
    assert {"orders", "shipping_address_id", "numeric(12,2)", "PK"} <= words


@pytest.mark.parametrize("name", ["orders", "Клиент"])
def test_bold_is_bold(name: str) -> None:
    (page,) = pages(to_pdf(drawn().replace("orders", name))).pages
    assert name in page.extract_text()
    fonts_used = page["/Resources"]["/XObject"]["/D"]["/Resources"]["/Font"].values()
    assert {"Arimo-Bold" in each.get_object()["/BaseFont"] for each in fonts_used} == {True, False}


@pytest.mark.parametrize(("sheet", "size"), [(Sheet("A4"), (210, 297)), (Sheet("A3", landscape=True), (420, 297))])
def test_fitted_to_a_sheet_of_paper(sheet: Sheet, size: tuple[int, int]) -> None:
    (page,) = pages(to_pdf(drawn(), sheet)).pages
    assert (round(float(page.mediabox.width) / MM), round(float(page.mediabox.height) / MM)) == size
    assert "orders" in page.extract_text()


@pytest.mark.slow
def test_tiles_have_names_and_hold_the_drawing_once() -> None:
    svg = EXPORTER.export(made_up(40), Options()).text
    tiled, single = to_pdf(svg, Sheet("A4", tiles=True)), to_pdf(svg)
    read = pages(tiled)
    assert len(read.pages) > 4
    marks = [page.extract_text().split("\n")[-1] for page in read.pages]
    assert marks[0].startswith("A1 of ")
    assert len(set(marks)) == len(marks)
    assert len(tiled) < len(single) + 3000 * len(read.pages)


def test_a_poster_has_the_sheets_that_were_asked_for() -> None:
    for tiles in ((3, 2), (1, 4), (5, 5)):
        wide = SQUARE.format(1000).replace('height="1000"', 'height="600"', 1)
        count = len(pages(to_pdf(wide, Sheet("A4", tiles=tiles))).pages)
        assert count <= tiles[0] * tiles[1]
        assert count >= min(tiles)


def test_tiles_overlap_and_cover_everything() -> None:
    room = (500.0, 700.0)
    tiles, last = tiles_of((1400.0, 1900.0), room)
    assert last == "C3"
    assert [tile.name for tile in tiles[:4]] == ["A1", "B1", "C1", "A2"]
    assert tiles[1].x == pytest.approx(room[0] - pdf.OVERLAP)
    assert tiles[-1].x + room[0] >= 1400
    assert tiles[-1].y + room[1] >= 1900
    assert tiles_of((500.0, 700.0), room)[1] == "A1"


def test_too_many_tiles_are_refused_with_what_to_do() -> None:
    with pytest.raises(ExportProblem, match="columns and rows"):
        to_pdf(SQUARE.format(100_000), Sheet("A4", tiles=True))


def test_a_page_is_never_longer_than_readers_show() -> None:
    (page,) = pages(to_pdf(SQUARE.format(900_000))).pages
    assert float(page.mediabox.width) == pytest.approx(14_400)


@pytest.mark.slow
def test_the_same_drawing_gives_the_same_bytes() -> None:
    svg = EXPORTER.export(nasty_design(), Options()).text
    assert to_pdf(svg, Sheet(tiles=True)) == to_pdf(svg, Sheet(tiles=True))


def test_the_fonts_are_made_where_there_is_no_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    fonts._cut.cache_clear()
    made = [Path(each) for each in fonts.files_for("Latin")]
    fonts._cut.cache_clear()
    assert all(each.stat().st_size > 10_000 for each in made)
    assert not any(each.is_relative_to(blocked) for each in made)


@pytest.mark.parametrize("bad", ["", "<svg/>", SQUARE.format(0), SQUARE.format(9)[:-20]])
def test_what_is_no_drawing_is_refused(bad: str) -> None:
    with pytest.raises(ExportProblem):
        to_pdf(bad)


def test_a_missing_renderer_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "svg2pdf_py", None)
    with pytest.raises(ExportProblem, match="pip install svg2pdf-py"):
        to_pdf(SQUARE.format(9))


def test_paper_that_is_not_known() -> None:
    with pytest.raises(ExportProblem, match="A4, A3, letter"):
        to_pdf(SQUARE.format(9), Sheet("B7"))
