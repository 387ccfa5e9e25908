"""PDF of a drawing: one page of its size, fitted to a sheet of paper, or tiled over sheets to be glued together.

svg2pdf (Reizner and others) turns the drawing into vectors and text; pypdf puts that once into the file and shows it on
each page, as far as it belongs there.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache
from typing import Any

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    StreamObject,
)

from exporters import fonts
from exporters.contract import ExportProblem
from exporters.raster import in_our_font, renderer, size_of

POINT = 0.75
"""Points (1/72 inch) in a pixel, of which CSS has 96 in an inch."""
MM = 72 / 25.4
LONGEST_PAGE = 14_400
"""In points: the largest page that readers must show (ISO 32000-1, annex C)."""
PAPERS = {"A4": (210 * MM, 297 * MM), "A3": (297 * MM, 420 * MM), "letter": (612.0, 792.0)}
BORDER = 10 * MM
OVERLAP = 10 * MM
MOST_TILES = 400
CROP_MARK = 5 * MM
GAP = 2
MARK_SIZE = 8
MARK_Y = 3.5 * MM


@dataclass(frozen=True, slots=True)
class Sheet:
    """Paper that a drawing is fitted to, or with `tiles` spread over: True at its own size, else (columns, rows)."""

    paper: str = "A4"
    landscape: bool = False
    tiles: bool | tuple[int, int] = False

    def size(self) -> tuple[float, float]:
        """Return width and height in points. Raises ExportProblem for paper that is not known."""
        if self.paper not in PAPERS:
            raise ExportProblem(f"there is no paper {self.paper!r}; choose one of: {', '.join(PAPERS)}")
        width, height = PAPERS[self.paper]
        return (height, width) if self.landscape else (width, height)


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet of several: its name, and the corner of the drawing that it shows, in points from the top left."""

    name: str
    x: float
    y: float


def to_pdf(svg: str, sheet: Sheet | None = None, title: str = "") -> bytes:
    """Return a drawing as PDF with text that can be selected; without a sheet one page of the drawing's size.

    Raises ExportProblem where the renderer or its font is missing, the drawing has no size, or takes too many
    sheets.
    """
    width, height = size_of(svg)
    drawing = (width * POINT, height * POINT)
    pages = _Pages(_converted(svg), title)
    if sheet is None:
        scale = min(1.0, LONGEST_PAGE / max(drawing))
        pages.add((drawing[0] * scale, drawing[1] * scale), scale, (0, 0))
    elif not sheet.tiles:
        _fit(pages, drawing, sheet.size())
    else:
        _tile(pages, drawing, sheet)
    return pages.written()


def _converted(svg: str) -> bytes:
    svg2pdf = renderer("svg2pdf_py", "svg2pdf-py", "PDF")
    try:
        return bytes(svg2pdf.svg_to_pdf(in_our_font(svg), _database(svg2pdf, *fonts.files_for(svg))))
    except (ValueError, RuntimeError) as error:
        raise ExportProblem(f"the drawing cannot be turned into a PDF: {error}") from None


@cache
def _database(svg2pdf: Any, *files: str) -> Any:
    """Return our fonts, and those of the machine for what ours lack."""
    found = svg2pdf.FontDatabase.system()
    for each in files:
        found.load_font_file(each)
    return found


def _fit(pages: _Pages, drawing: tuple[float, float], paper: tuple[float, float]) -> None:
    """Add one sheet with the whole drawing in its middle, made smaller where it has to be."""
    room = (paper[0] - 2 * BORDER, paper[1] - 2 * BORDER)
    scale = min(1.0, room[0] / drawing[0], room[1] / drawing[1])
    corner = tuple(BORDER + (room[side] - drawing[side] * scale) / 2 for side in (0, 1))
    pages.add(paper, scale, (corner[0], corner[1]))


def _tile(pages: _Pages, drawing: tuple[float, float], sheet: Sheet) -> None:
    paper = sheet.size()
    room = (paper[0] - 2 * BORDER, paper[1] - 2 * BORDER)
    scale = _poster_scale(drawing, room, sheet.tiles) if isinstance(sheet.tiles, tuple) else 1.0
    window = (BORDER, BORDER, *room)
    tiles, last = tiles_of((drawing[0] * scale, drawing[1] * scale), room)
    for tile in tiles:
        pages.add(paper, scale, (BORDER - tile.x, BORDER - tile.y), window, f"{tile.name} of {last}")


def _poster_scale(drawing: tuple[float, float], room: tuple[float, float], counts: tuple[int, int]) -> float:
    """Return the scale at which a drawing fills so many sheets."""
    scales = (
        (count * side - (count - 1) * OVERLAP) / length
        for count, side, length in zip(counts, room, drawing, strict=True)
    )
    return float(min(scales))


def tiles_of(drawing: tuple[float, float], room: tuple[float, float]) -> tuple[list[Tile], str]:
    """Return the sheets of a drawing, row by row, and the name of the last. Raises ExportProblem for too many."""
    columns, rows = (_count(length, side) for length, side in zip(drawing, room, strict=True))
    if columns * rows > MOST_TILES:
        raise ExportProblem(
            f"this would take {columns * rows:,} sheets, and {MOST_TILES} are the most; take larger paper, or say how "
            "many columns and rows of sheets the drawing may fill, for example 4x3"
        )
    steps = [side - OVERLAP for side in room]
    tiles = [
        Tile(f"{_letters(column)}{row + 1}", column * steps[0], row * steps[1])
        for row in range(rows)
        for column in range(columns)
    ]
    return tiles, tiles[-1].name


def _count(length: float, side: float) -> int:
    return max(1, -int(-(length - OVERLAP - 0.01) // (side - OVERLAP)))


def _letters(number: int) -> str:
    """Return A, B, … Z, AA as spreadsheets name their columns."""
    found = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


class _Pages:
    """A PDF that holds one drawing once, and pages that show parts of it. Lengths are points."""

    def __init__(self, converted: bytes, title: str):
        self._writer = PdfWriter()
        self._writer.add_metadata({"/Title": title or "Diagram", "/Producer": "Wholekey"})
        page = PdfReader(io.BytesIO(converted)).pages[0]
        self._height = float(page.mediabox.height)
        self._form = self._writer._add_object(_form_of(page, self._writer))

    def add(
        self,
        paper: tuple[float, float],
        scale: float,
        corner: tuple[float, float],
        window: tuple[float, float, float, float] | None = None,
        mark: str = "",
    ) -> None:
        """Add a page with the drawing's top left at `corner` from the page's own, cut to the window (x, y, w, h)."""
        page = self._writer.add_blank_page(*paper)
        shown = scale * POINT
        bottom = paper[1] - corner[1] - self._height * shown
        content = f"q {_clip(window)}{shown:.5f} 0 0 {shown:.5f} {corner[0]:.3f} {bottom:.3f} cm /D Do Q\n"
        resources = DictionaryObject({NameObject("/XObject"): DictionaryObject({NameObject("/D"): self._form})})
        if window:
            content += (
                _crop_marks(window) + f"BT /F {MARK_SIZE} Tf 0.4 g {window[0]:.3f} {MARK_Y:.3f} Td ({mark}) Tj ET"
            )
            resources[NameObject("/Font")] = DictionaryObject({NameObject("/F"): _helvetica()})
        page[NameObject("/Resources")] = resources
        stream = DecodedStreamObject()
        stream.set_data(content.encode("ascii"))
        page[NameObject("/Contents")] = self._writer._add_object(stream.flate_encode())

    def written(self) -> bytes:
        """Return the file."""
        out = io.BytesIO()
        self._writer.write(out)
        return out.getvalue()


def _form_of(page: PageObject, writer: PdfWriter) -> StreamObject:
    """Return a page as an object that other pages can show."""
    contents = page.get_contents()
    form = DecodedStreamObject()
    form.set_data(b"" if contents is None else contents.get_data())
    packed = form.flate_encode()
    packed[NameObject("/Type")] = NameObject("/XObject")
    packed[NameObject("/Subtype")] = NameObject("/Form")
    packed[NameObject("/BBox")] = ArrayObject(FloatObject(each) for each in page.mediabox)
    _in_order(page["/Resources"])
    for key in ("/Resources", "/Group"):
        if key in page:
            packed[NameObject(key)] = page[key].clone(writer)
    return packed


def _in_order(resources: Any) -> None:
    """Sort what a page uses by name: the converter lists it in any order, and files should be the same every time."""
    for kind in [each for each in resources if isinstance(resources[each], DictionaryObject)]:
        unsorted = resources[kind]
        resources[kind] = DictionaryObject({key: unsorted.raw_get(key) for key in sorted(unsorted)})


def _helvetica() -> DictionaryObject:
    """Return one of the fonts that every reader has (ISO 32000-1, 9.6.2.2), for the names of sheets."""
    names = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    return DictionaryObject({NameObject(key): NameObject(value) for key, value in names.items()})


def _clip(window: tuple[float, float, float, float] | None) -> str:
    return "{:.3f} {:.3f} {:.3f} {:.3f} re W n ".format(*window) if window else ""


def _crop_marks(window: tuple[float, float, float, float]) -> str:
    """Return short lines that point at the corners of the window: where to cut before gluing."""
    x, y, w, h = window
    lines = [(x + out * GAP, at, x + out * CROP_MARK, at) for x, out in ((x, -1), (x + w, 1)) for at in (y, y + h)]
    lines += [(at, y + out * GAP, at, y + out * CROP_MARK) for y, out in ((y, -1), (y + h, 1)) for at in (x, x + w)]
    path = "".join("{:.3f} {:.3f} m {:.3f} {:.3f} l ".format(*line) for line in lines)
    return f"q 0.6 G 0.5 w {path}S Q\n"
