"""The canvas as it looked when somebody looked: each notation, each level of detail, both themes.

Pictures are compared in blocks of 8 × 8 pixels, so that the smoothing of letters, which differs between machines, does not
count, and what is missing, moved or of another colour does. `WHOLEKEY_REWRITE_GOLDEN=1` takes the pictures anew: look at
them before you commit them.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from tests.browser.canvas.conftest import Canvas
from tests.exporters.svg.all_signs import records

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

GOLDEN = Path(__file__).with_name("golden")
NOTATIONS = {
    "crowsfoot": "tables", "idef1x": "tables", "barker": "entities", "uml": "tables", "chen": "entities", "minmax": "entities",
}  # fmt: skip
ZOOMS = {"rows": 0.62, "keys": 0.4, "blocks": 0.2}
BLOCK = 8
APART = 40
"""How much a block may differ, of 255, before it counts as another one."""
MOST_APART = 0.01
"""Which part of the blocks may be other ones: letters of another font fall into other blocks."""


def picture(canvas: Canvas) -> Image.Image:
    """Return what the canvas shows, without the page round it."""
    taken = canvas.page.locator("#canvas").screenshot()
    return Image.open(io.BytesIO(taken)).convert("RGB")


def blocks(image: Image.Image) -> Image.Image:
    """Return the mean colour of each block."""
    return image.resize((image.width // BLOCK, image.height // BLOCK), Image.Resampling.BOX)


def apart(a: Image.Image, b: Image.Image) -> float:
    """Return which part of the blocks differs."""
    if a.size != b.size:
        return 1.0
    difference = ImageChops.difference(blocks(a), blocks(b))
    bands = difference.split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    counts = strongest.histogram()
    return sum(counts[APART:]) / sum(counts)


def look(canvas: Canvas, zoom: float) -> None:
    """Look at the middle of the diagram at a zoom, and wait until it is painted."""
    script = """(zoom) => { const { view, scene } = wholekey; const box = scene.bounds();
        view.zoomBy(zoom / view.transform.k); const at = view.boxOnScreen(box);
        view.panBy(view.size.w / 2 - at.x - at.w / 2, view.size.h / 2 - at.y - at.h / 2); }"""
    canvas.call(script, zoom)
    canvas.page.wait_for_timeout(500)


@pytest.mark.parametrize("theme", ["light", pytest.param("dark", marks=pytest.mark.slow)])
@pytest.mark.parametrize("notation", NOTATIONS)
def test_the_canvas_looks_as_it_did(open_canvas: Open, notation: str, theme: str) -> None:
    options = {"color_scheme": theme, "viewport": {"width": 1200, "height": 720}}
    canvas = open_canvas(1, records=records(NOTATIONS[notation], notation), **options)
    canvas.call("(theme) => document.documentElement.setAttribute('data-theme', theme)", theme)
    canvas.call("localStorage.setItem('wholekey:minimap', 'false')")
    for level, zoom in ZOOMS.items():
        look(canvas, zoom)
        now = picture(canvas)
        kept = GOLDEN / f"{notation}-{level}-{theme}.png"
        if os.environ.get("WHOLEKEY_REWRITE_GOLDEN"):
            kept.parent.mkdir(exist_ok=True)
            now.quantize(64).save(kept, optimize=True)
            continue
        assert kept.exists(), f"{kept.name} is missing; WHOLEKEY_REWRITE_GOLDEN=1 takes it"
        assert apart(now, Image.open(kept).convert("RGB")) <= MOST_APART, f"{kept.name} looks different"


def test_a_difference_is_seen(open_canvas: Open) -> None:
    canvas = open_canvas(1, records=records("tables"), viewport={"width": 1200, "height": 720})
    look(canvas, 0.62)
    before = picture(canvas)
    canvas.call("wholekey.select(['orde'])")
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Delete")
    canvas.page.wait_for_timeout(500)
    assert apart(before, picture(canvas)) > 2 * MOST_APART
    assert apart(before, before) == 0
