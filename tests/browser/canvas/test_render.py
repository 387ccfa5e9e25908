"""What the canvas shows, looked at in its pixels: dimming, showing only some tables, collapsed areas, large groups on the move."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.canvas.conftest import Canvas
from tests.browser.canvas.harness.generated import table_id

pytestmark = pytest.mark.browser
Open = Callable[..., Canvas]

FIRST, SECOND, AREA = table_id(0), table_id(1), "area000001"
# How far the pixels of a box are from the ground of the canvas, on the average of the three colours.
INK = """id => { const { view, scene } = wholekey; const { x, y, w, h } = view.boxOnScreen(scene.item(id)); const { ratio } = view;
  const { data } = view.canvas.getContext('2d').getImageData(Math.round((x + 4) * ratio), Math.round((y + 4) * ratio),
    Math.round((w - 8) * ratio), 20 * ratio);
  const probe = new OffscreenCanvas(1, 1).getContext('2d'); probe.fillStyle = view.theme.canvasBg; probe.fillRect(0, 0, 1, 1);
  const ground = probe.getImageData(0, 0, 1, 1).data; let sum = 0;
  for (let at = 0; at < data.length; at += 4) for (let c = 0; c < 3; c += 1) sum += Math.abs(data[at + c] - ground[c]);
  return sum / data.length; }"""


def painted(canvas: Canvas) -> None:
    """Wait until no tile is missing any more."""
    canvas.page.wait_for_timeout(500)


def ink(canvas: Canvas, record: str) -> float:
    """Return how much the pixels of a box differ from the ground."""
    return float(canvas.call(INK, record))


def set_area(canvas: Canvas, collapsed: bool) -> None:
    """Collapse or expand the one area there is."""
    script = """async ([area, collapsed]) => { const { store } = wholekey;
      const { setFields } = await import('/static/designer/doc/commands/index.js');
      store.dispatch(setFields(store.design, { id: area, values: { collapsed } })); }"""
    canvas.call(script, [AREA, collapsed])
    painted(canvas)


def place(canvas: Canvas, record: str) -> list[float]:
    """Return where a record stands in the world."""
    return list(canvas.call("id => { const { x, y } = wholekey.scene.item(id); return [x, y]; }", record))


def test_dimmed_tables_keep_a_quarter_of_their_ink(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST, 0.6)
    painted(canvas)
    before = {table: ink(canvas, table) for table in (FIRST, SECOND)}
    canvas.call("id => wholekey.view.dim(new Set([id]))", FIRST)
    painted(canvas)
    assert ink(canvas, FIRST) == pytest.approx(before[FIRST], rel=0.05)
    assert ink(canvas, SECOND) == pytest.approx(before[SECOND] / 4, rel=0.15)
    canvas.call("wholekey.view.dim(null)")
    painted(canvas)
    assert ink(canvas, SECOND) == pytest.approx(before[SECOND], rel=0.01)


def test_tables_left_out_are_not_there(open_canvas: Open) -> None:
    canvas = open_canvas()
    canvas.look_at(FIRST)
    x, y = canvas.title(SECOND)
    canvas.call("id => { wholekey.scene.only([id]); wholekey.view.refresh(); }", FIRST)
    painted(canvas)
    assert canvas.call("id => wholekey.screenOf(id)", SECOND) is None
    canvas.page.mouse.click(x, y)
    assert canvas.selection() == []
    canvas.call("wholekey.scene.only(null); wholekey.view.refresh()")
    canvas.page.mouse.click(x, y)
    assert canvas.selection() == [SECOND]


def test_a_collapsed_area_is_moved_with_what_is_on_it(open_canvas: Open) -> None:
    canvas = open_canvas()
    places = "[...wholekey.store.design.ofKind('placement')].map(({ element, x = 0, y = 0 }) => [element, x, y]).sort()"
    before = canvas.call(places)
    set_area(canvas, collapsed=True)
    assert canvas.call("wholekey.scene.nodes.size") == 3
    canvas.look_at(AREA)
    assert ink(canvas, AREA) > 5
    x, y = canvas.middle(AREA)
    canvas.page.mouse.click(x, y)
    assert canvas.selection() == [AREA]
    canvas.drag((x, y), (x + 80, y + 40))
    canvas.saved()
    moves = [(now[1] - then[1], now[2] - then[2]) for then, now in zip(before, canvas.call(places), strict=True)]
    inside = {move for move in moves if move != (0, 0)}
    assert moves.count((0, 0)) == 3 and len(inside) == 1
    dx, dy = inside.pop()
    assert abs(dx - 80) <= 8 and abs(dy - 40) <= 8
    canvas.page.keyboard.press("Control+z")
    assert canvas.call(places) == before
    set_area(canvas, collapsed=False)
    assert canvas.call("wholekey.scene.nodes.size") == 6


@pytest.mark.parametrize("chosen", ["all of it", "all but one"])
def test_a_large_group_is_seen_on_the_move_and_stays_where_it_is_dropped(open_canvas: Open, chosen: str) -> None:
    canvas = open_canvas(30)
    canvas.look_at(FIRST, 0.6)
    canvas.page.keyboard.press("Control+a")
    if chosen == "all but one":
        canvas.call("wholekey.select([...wholekey.editor.selection].slice(0, -1))")
    painted(canvas)
    x, y = canvas.title(FIRST)
    before = place(canvas, FIRST)
    still = ink(canvas, FIRST)
    canvas.page.mouse.move(x, y)
    canvas.page.mouse.down()
    canvas.page.mouse.move(x + 40, y + 300, steps=4)
    painted(canvas)
    assert ink(canvas, FIRST) < still / 2
    canvas.page.mouse.up()
    painted(canvas)
    assert abs((place(canvas, FIRST)[1] - before[1]) * 0.6 - 300) <= 8
    assert ink(canvas, FIRST) == pytest.approx(still, rel=0.1)
    canvas.page.keyboard.press("Control+z")
    assert place(canvas, FIRST) == before


def test_escape_puts_a_large_group_back(open_canvas: Open) -> None:
    canvas = open_canvas(30)
    canvas.look_at(FIRST, 0.6)
    canvas.page.keyboard.press("Control+a")
    x, y = canvas.title(FIRST)
    before = canvas.box(FIRST)
    canvas.page.mouse.move(x, y)
    canvas.page.mouse.down()
    canvas.page.mouse.move(x + 40, y + 200, steps=4)
    canvas.page.keyboard.press("Escape")
    canvas.page.mouse.up()
    painted(canvas)
    assert canvas.box(FIRST) == before
    assert canvas.branch.entries == []
    assert ink(canvas, FIRST) > 5


# Presses Alt+A and returns how many unlike pictures follow in so many frames. Each frame is worth 20 milliseconds, however
# long a busy machine takes for it: otherwise the way may be over before anybody looks.
PICTURES = """async (frames) => { const { view } = wholekey; const { performance } = window;
  const [now, ask] = [performance.now.bind(performance), window.requestAnimationFrame.bind(window)];
  const start = now(); let at = 0; const seen = new Set();
  const clock = () => start + at * 20;
  performance.now = clock;
  window.requestAnimationFrame = (then) => ask(() => then(clock()));
  const press = { key: 'a', code: 'KeyA', altKey: true, bubbles: true, cancelable: true };
  document.querySelector('#canvas').dispatchEvent(new KeyboardEvent('keydown', press));
  for (; at < frames; at += 1) {
    await new Promise((resolve) => ask(() => setTimeout(resolve)));
    const { data } = view.canvas.getContext('2d').getImageData(0, 0, view.canvas.width, view.canvas.height);
    let sum = 0; for (let pixel = 0; pixel < data.length; pixel += 52) sum = (sum * 31 + data[pixel]) | 0;
    seen.add(sum); }
  delete performance.now; window.requestAnimationFrame = ask;
  return seen.size; }"""


def test_many_tables_that_are_lined_up_are_seen_on_their_way(open_canvas: Open) -> None:
    canvas = open_canvas(30, reduced_motion="no-preference")
    painted(canvas)
    canvas.page.locator("#canvas").focus()
    canvas.page.keyboard.press("Control+a")
    assert canvas.call(PICTURES, 30) > 4


def test_the_picture_has_the_pixels_of_the_screen(open_canvas: Open) -> None:
    canvas = open_canvas(device_scale_factor=2)
    size = canvas.call("[wholekey.view.canvas.width / wholekey.view.size.w, wholekey.view.ratio]")
    assert size == [pytest.approx(2, rel=0.01), 2]
