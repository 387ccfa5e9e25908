"""The file format of Wholekey itself: nothing is lost, and the same design always gives the same bytes."""

from __future__ import annotations

from designer.schema import Design
from designer.schema.codec import encode
from exporters.contract import Export, Options


class JsonExporter:
    """Writes the whole design, all models and diagrams of it, whatever the options say."""

    name = "json"
    title = "Wholekey design file"
    extension = ".wholekey.json"
    media_type = "application/json"
    can = ("everything: all models, diagrams, traces and governance, one record a line, made to live in git",)
    cannot = ("history: who changed what, and when",)

    def export(self, design: Design, options: Options) -> Export:  # noqa: ARG002 - the file holds the whole design
        """Return `design.wholekey.json`."""
        return Export({"design.wholekey.json": encode(design).decode("utf-8")})


EXPORTER = JsonExporter()
