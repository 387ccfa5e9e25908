"""Pictures as files: a drawing as SVG, PNG or PDF, the same for the command line and the web."""

from __future__ import annotations

from dataclasses import dataclass

from exporters.contract import ExportProblem
from exporters.pdf import Sheet, to_pdf
from exporters.raster import MOST_SIDE, to_png

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Form:
    """What a drawing becomes. `scale` or `width` in pixels are for PNG, the sheet is for PDF; None is what suits it."""

    format: str = "svg"
    scale: float | None = None
    width: int | None = None
    sheet: Sheet | None = None
    title: str = ""
    most_pixels: int = MOST_SIDE**2


def rendered(svg: str, form: Form) -> bytes:
    """Return the file of a drawing. Raises ExportProblem where it cannot be made, with what to do."""
    if form.format == "svg":
        return svg.encode("utf-8")
    if form.format == "png":
        return to_png(svg, form.scale, form.width, form.most_pixels)
    if form.format == "pdf":
        return to_pdf(svg, form.sheet, form.title)
    raise ExportProblem(f"there is no picture format {form.format!r}; choose one of: {', '.join(MEDIA_TYPES)}")
