"""PNG: the picture of what changes."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import FormatProblem, Meta
from designer.evolution.formats.picture import svg
from exporters.contract import ExportProblem
from exporters.raster import to_png


class Png:
    """PNG."""

    name = "png"
    title = "PNG picture"
    text = "the same picture for places that show no SVG"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one picture. Raises FormatProblem where it cannot be drawn."""
        drawn = svg(up, meta.title)
        if not drawn:
            return {f"{meta.day}_{meta.slug}.png": b""}
        try:
            return {f"{meta.day}_{meta.slug}.png": to_png(drawn)}
        except ExportProblem as problem:
            raise FormatProblem(str(problem)) from None


FORMAT = Png()
