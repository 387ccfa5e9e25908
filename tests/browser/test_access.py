"""What axe finds on every page and in every state of the design page: nothing; and the colours of the canvas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import FRESH, KEPT, Kept, Server
from tests.browser.desk import Desk

AXE = Path(__file__).parents[1] / "node/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = {"desk": (1440, 900), "phone": (390, 844)}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed; npm install --prefix tests/node")
    return AXE.read_text()


DEVICES = [
    pytest.param(("phone", "dark", False), id="phone-dark-parts"),
    *(
        pytest.param((size, theme, True), id=f"{size}-{theme}", marks=pytest.mark.slow)
        for size in SIZES
        for theme in ("light", "dark")
    ),
]
"""Each run looks at a page once as a whole, and of what opens over it at that part only; the nightly run at everything."""


@pytest.fixture(scope="module", params=DEVICES)
def wanted(request: pytest.FixtureRequest) -> tuple[str, str, bool]:
    """A size, a theme, and whether all of the page is looked at each time."""
    chosen: tuple[str, str, bool] = request.param
    return chosen


@pytest.fixture(scope="module")
def device(wanted: tuple[str, str, bool], chromium: Browser, server: Server) -> Iterator[BrowserContext]:
    size, theme, _ = wanted
    width, height = SIZES[size]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=theme, has_touch=size == "phone", bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    context.new_page().goto(server.address + KEPT)
    yield context
    context.close()


@pytest.fixture
def page(device: BrowserContext) -> Iterator[Page]:
    device.clear_cookies()
    opened = device.new_page()
    opened.add_init_script(FRESH)
    yield opened
    opened.close()


STILL = """() => !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
  && document.getAnimations().every((each) => each.playState !== "running")"""
"""Nothing is on its way from the server, and nothing is fading: colours in between are nobody's choice."""


def violations(page: Page, axe: str, part: str = "") -> list[str]:
    """Return what axe objects to, on a page or on what a selector finds there: rule, element, and why."""
    page.wait_for_function(STILL)
    if not page.evaluate("typeof window.axe === 'object'"):
        page.evaluate(axe)
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate(
        "([part, options]) => axe.run(part || document, options).then((r) => r.violations)", [part, options]
    )
    return [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]


def test_axe_finds_nothing_on_the_pages_before_a_design(
    page: Page, server: Server, axe: str, wanted: tuple[str, str, bool]
) -> None:
    page.goto(server.address)
    expect(page.get_by_role("button", name="Open a sample")).to_be_visible()
    assert violations(page, axe) == []
    for name in ("Open a sample", "Start empty"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("#dialog")).to_be_visible()
        assert violations(page, axe, "" if wanted[2] else "#dialog") == [], name
        page.keyboard.press("Escape")
    page.goto(f"{server.address}import")
    assert violations(page, axe) == []


def _nothing(desk: Desk) -> None:
    desk.page.locator("#canvas").focus()


def _table(desk: Desk) -> None:
    desk.ask("w.select([argument])", desk.id_of("table", "orders"))
    if desk.page.viewport_size and desk.page.viewport_size["width"] < 900:
        desk.page.locator("[data-drawer=inspector]").click()
    expect(desk.page.locator("#inspector .title-input")).to_have_value("orders")


def _outline(desk: Desk) -> None:
    if desk.page.viewport_size and desk.page.viewport_size["width"] < 900:
        desk.page.locator("[data-drawer=outline]").click()
    desk.page.locator("#outline-filter").fill("or")
    expect(desk.page.locator("#outline [role=treeitem]").first).to_be_visible()


def _key(name: str, shown: str) -> Callable[[Desk], None]:
    def act(desk: Desk) -> None:
        desk.page.locator("#canvas").focus()
        desk.page.keyboard.press(name)
        expect(desk.page.locator(shown).first).to_be_visible()

    return act


def _menu(desk: Desk) -> None:
    desk.ask("w.select([argument])", desk.id_of("table", "orders"))
    _key("Shift+F10", ".context-menu")(desk)


def _palette(desk: Desk) -> None:
    _key("Control+k", ".palette")(desk)
    desk.page.keyboard.type("or")


def _dialog(action: str) -> Callable[[Desk], None]:
    def act(desk: Desk) -> None:
        desk.page.locator(f"#toolbar [data-action={action}]").click()
        expect(desk.page.locator("#dialog[open]")).to_be_visible()

    return act


def _files(desk: Desk) -> None:
    _dialog("export")(desk)
    desk.page.get_by_role("tab", name="SQL and files").click()
    expect(desk.page.locator("#export-preview")).to_contain_text("CREATE TABLE")


def _comment(desk: Desk) -> None:
    desk.ask("w.select([argument])", desk.id_of("table", "orders"))
    _key("k", "#toolbar [data-action=comment][aria-pressed=true]")(desk)
    desk.page.keyboard.press("Enter")
    desk.page.locator(".talk-suggest summary").click()


def _tour(desk: Desk) -> None:
    _key("Control+k", ".palette")(desk)
    desk.page.keyboard.type("take the tour")
    desk.page.keyboard.press("Enter")
    expect(desk.page.locator(".tour-step")).to_be_visible()


STATES: dict[str, tuple[Callable[[Desk], None], str]] = {
    "nothing selected": (_nothing, ""),
    "table selected": (_table, "#inspector"),
    "outline": (_outline, "#outline"),
    "menu": (_menu, ".context-menu"),
    "palette": (_palette, ".palette"),
    "help": (_key("?", "#dialog[open]"), "#dialog"),
    "export picture": (_dialog("export"), "#dialog"),
    "export files": (_files, "#dialog"),
    "import": (_dialog("import"), "#dialog"),
    "history": (_dialog("history"), "#dialog"),
    "comment": (_comment, ".talk-card"),
    "filter": (_key("Shift+L", ".filter-panel"), ".filter-panel"),
    "tour": (_tour, ".tour-step"),
}
"""How each state is reached, and what has opened then."""


def test_axe_finds_nothing_on_the_design_page(
    device: BrowserContext, server: Server, axe: str, wanted: tuple[str, str, bool]
) -> None:
    tab, address = Kept(device), server.demo
    found: dict[str, list[str]] = {}
    for state, (reach, part) in STATES.items():
        page = tab.show(address)
        reach(Desk(page))
        found[state] = violations(page, axe, "" if wanted[2] else part)
        tab.rest()
    tab.close()
    assert {state: problems for state, problems in found.items() if problems} == {}
    assert tab.errors == []


def test_axe_finds_nothing_on_an_empty_design(page: Page, server: Server, axe: str) -> None:
    page.goto(server.address)
    page.get_by_role("button", name="Start empty").click()
    page.get_by_role("button", name="Create").click()
    Desk(page).wait_ready()
    expect(page.locator(".stage-choice")).to_have_count(3)
    assert violations(page, axe) == []


TOKENS = ("table-bg", "table-header", "table-header-text", "text", "text-muted", "pk", "fk", "edge", "edge-hover",
          "selection", "canvas-bg", "note-bg", "danger", "line-strong", "surface", "area-1", "area-2", "area-3",
          "area-4", "area-5", "area-6")  # fmt: skip
TEXTS = [
    ("text", "table-bg"), ("text-muted", "table-bg"), ("pk", "table-bg"), ("fk", "table-bg"), ("text", "note-bg"),
    ("table-header-text", "table-header"), ("danger", "surface"), *((("text", f"area-{n}")) for n in range(1, 7)),
]  # fmt: skip
SIGNS = [("edge", "canvas-bg"), ("edge-hover", "canvas-bg"), ("selection", "canvas-bg"), ("selection", "table-bg"),
         ("line-strong", "surface")]  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return how much two colours differ, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def tokens(theme: str) -> dict[str, str]:
    """Return the colours of a theme as the style sheet has them."""
    text = (Path(__file__).parents[2] / "static/designer/css/tokens.css").read_text()
    light, dark = text.split(':root[data-theme="dark"]')
    pattern = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
    found = dict(pattern.findall(light))
    return found if theme == "light" else found | dict(pattern.findall(dark))


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_the_canvas_draws_can_be_told_from_its_ground(theme: str) -> None:
    colours = tokens(theme)
    assert set(TOKENS) <= set(colours)
    words = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXTS}
    signs = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SIGNS}
    assert {pair: ratio for pair, ratio in words.items() if ratio < 4.5} == {}
    assert {pair: ratio for pair, ratio in signs.items() if ratio < 3} == {}


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
