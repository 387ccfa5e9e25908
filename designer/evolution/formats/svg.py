"""SVG: the picture of what changes."""

from __future__ import annotations

from designer.evolution.contract import Migration
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.picture import svg


class Svg:
    """SVG."""

    name = "svg"
    title = "SVG picture"
    text = "what changes, as a picture: new green, gone red, changed amber"

    def files(self, up: Migration, down: Migration, meta: Meta) -> dict[str, str | bytes]:
        """Return one picture; an empty file where no table or view differs."""
        return {f"{meta.day}_{meta.slug}.svg": svg(up, meta.title)}


FORMAT = Svg()
