"""PNG and PDF of a drawing, rendered in this process by resvg and svg2pdf (Reizner and others), without a browser.

Both take whatever fonts the machine has for scripts that its sans-serif font lacks, and leave a character out that no
font has.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from types import ModuleType

from exporters.contract import ExportProblem

MOST_PIXELS = 64_000_000
"""A picture takes four bytes a pixel in memory, and the renderer ends the whole process where it gets none."""
MOST_SIDE = 32_000
LONGEST_PAGE = 14_400 * 4 / 3
"""In CSS pixels: 14,400 points, the largest page that PDF 1.7 readers must show (ISO 32000-1, annex C)."""

_SIZE = re.compile(r'(<svg\b[^>]*?) width="([\d.]+)" height="([\d.]+)"')
_PROBE = '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">{}</svg>'


def to_png(svg: str, scale: float = 2.0) -> bytes:
    """Return a drawing as PNG, `scale` pixels for each pixel of the drawing; less where that were too many.

    Raises ExportProblem where the renderer or every font is missing, or the drawing has no size.
    """
    resvg = _renderer("resvg_py", "resvg-py", "PNG")
    _check_fonts()
    width, height = size_of(svg)
    fitted = min(scale, (MOST_PIXELS / (width * height)) ** 0.5, MOST_SIDE / max(width, height))
    try:
        return bytes(resvg.svg_to_bytes(svg_string=svg, zoom=fitted))
    except ValueError as error:
        raise ExportProblem(f"the drawing cannot be turned into a PNG: {error}") from None


def to_pdf(svg: str) -> bytes:
    """Return a drawing as a PDF of one page, with text that can be searched; scaled down to the largest legal page.

    Raises ExportProblem where the renderer or every font is missing, or the drawing has no size.
    """
    svg2pdf = _renderer("svg2pdf_py", "svg2pdf-py", "PDF")
    _check_fonts()
    width, height = size_of(svg)
    shrunk = min(1.0, LONGEST_PAGE / max(width, height))
    if shrunk < 1:
        svg = _SIZE.sub(rf'\g<1> width="{width * shrunk:.2f}" height="{height * shrunk:.2f}"', svg, count=1)
    try:
        return bytes(svg2pdf.svg_to_pdf(svg, svg2pdf.FontDatabase.system()))
    except (ValueError, RuntimeError) as error:
        raise ExportProblem(f"the drawing cannot be turned into a PDF: {error}") from None


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in pixels. Raises ExportProblem where it says none."""
    found = _SIZE.search(svg[:2000])
    if found is None or not float(found.group(2)) or not float(found.group(3)):
        raise ExportProblem("the drawing has no size, so it cannot be rendered; export it as SVG instead")
    return float(found.group(2)), float(found.group(3))


def _renderer(module: str, package: str, what: str) -> ModuleType:
    try:
        return import_module(module)
    except ImportError:
        raise ExportProblem(
            f"{what} needs the package {package}, which is not installed; "
            f"install it with: pip install {package}, or export SVG"
        ) from None


@cache
def has_fonts() -> bool:
    """Tell whether the renderer finds any font here: without one it leaves text out and says nothing."""
    resvg = _renderer("resvg_py", "resvg-py", "PNG")
    empty, written = (resvg.svg_to_bytes(svg_string=_PROBE.format(body)) for body in ("", "<text y='15'>Hg</text>"))
    return bool(empty != written)


def _check_fonts() -> None:
    if not has_fonts():
        raise ExportProblem(
            "this machine has no fonts, so every name would be missing from the picture; install one, for example "
            "the package fonts-liberation or fonts-dejavu, or export SVG"
        )
