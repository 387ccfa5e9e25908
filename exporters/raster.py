"""PNG of a drawing, rendered in this process by resvg (Reizner and others), without a browser."""

from __future__ import annotations

import math
import re
from importlib import import_module
from types import ModuleType

from exporters import fonts
from exporters.contract import ExportProblem

MOST_SIDE = 16_384
"""Pixels; beyond this few programs open a PNG. The renderer takes eight bytes of memory for each."""
DEFAULT_SCALE = 2.0
_SIZE = re.compile(r'(<svg\b[^>]*?) width="([\d.]+)" height="([\d.]+)"')
_FAMILY = re.compile(r'font-family="')


def to_png(svg: str, scale: float | None = None, width: int | None = None, most_pixels: int = MOST_SIDE**2) -> bytes:
    """Return a drawing as PNG: `scale` pixels for each of the drawing, or `width` pixels wide.

    Without either it is drawn at 2, or as large as a PNG may be. Raises ExportProblem where the renderer or its font is
    missing, the drawing has no size, or what was asked for has too many pixels; it says then what is possible.
    """
    resvg = renderer("resvg_py", "resvg-py", "PNG")
    files = fonts.files_for(svg)
    zoom = _zoom(size_of(svg), scale, width, most_pixels)
    try:
        return bytes(
            resvg.svg_to_bytes(
                svg_string=in_our_font(svg), zoom=zoom, font_files=files,
                sans_serif_family=fonts.FAMILY, font_family=fonts.FAMILY,
            )
        )  # fmt: skip
    except ValueError as error:
        raise ExportProblem(f"the drawing cannot be turned into a PNG: {error}") from None


def pixels_of(size: tuple[float, float], scale: float) -> tuple[int, int]:
    """Return the pixels of a drawing of that size, as the renderer rounds them."""
    return round(size[0] * scale), round(size[1] * scale)


def largest_scale(size: tuple[float, float], most_pixels: int = MOST_SIDE**2) -> float:
    """Return the largest scale that a drawing can have as a PNG."""
    width, height = size
    return min(math.sqrt(most_pixels / (width * height)), MOST_SIDE / max(width, height))


def _zoom(size: tuple[float, float], scale: float | None, width: int | None, most_pixels: int) -> float:
    most = largest_scale(size, most_pixels)
    if width is not None:
        scale = width / size[0]
    if scale is None:
        return min(DEFAULT_SCALE, most)
    if scale <= most:
        return scale
    wide, high = pixels_of(size, scale)
    possible = int(most * 100) / 100 or most
    widest = int(size[0] * possible)
    raise ExportProblem(
        f"this PNG would have {wide:,} × {high:,} pixels, and at most {MOST_SIDE:,} a side and "
        f"{most_pixels // 10**6:,} million in all are possible; take a scale of {possible:g} "
        f"({widest:,} pixels wide) or less, or export SVG or PDF, which are sharp at any size"
    )


def size_of(svg: str) -> tuple[float, float]:
    """Return width and height of a drawing in pixels. Raises ExportProblem where it says none."""
    found = _SIZE.search(svg[:2000])
    if found is None or not float(found.group(2)) or not float(found.group(3)):
        raise ExportProblem("the drawing has no size, so it cannot be rendered; export it as SVG instead")
    return float(found.group(2)), float(found.group(3))


def in_our_font(svg: str) -> str:
    """Return the drawing with our font before the others, so that it looks the same on every machine."""
    return _FAMILY.sub(f'font-family="{fonts.FAMILY}, ', svg, count=1)


def renderer(module: str, package: str, what: str) -> ModuleType:
    """Return a module that renders. Raises ExportProblem with what to install where it is missing."""
    try:
        return import_module(module)
    except ImportError:
        raise ExportProblem(
            f"{what} needs the package {package}, which is not installed; "
            f"install it with: pip install {package}, or export SVG"
        ) from None
