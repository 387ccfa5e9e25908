"""Pictures out of a real browser: few clicks, the right pixels, the clipboard, and paper."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from playwright.sync_api import Download, Locator, Page, expect
from pypdf import PdfReader

from tests.browser.desk import Desk
from tests.browser.menus import choose

pytestmark = pytest.mark.browser

SVG = "{http://www.w3.org/2000/svg}"
STAY_OPEN = """() => {
  document.body.removeAttribute("data-printed");
  window.print = () => document.body.setAttribute("data-printed", "yes");
}"""
IMAGE = """async () => {
  const [item] = await navigator.clipboard.read();
  const image = await createImageBitmap(await item.getType("image/png"));
  return [item.types, image.width, image.height];
}"""


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The demo, with the right to use the clipboard and a printer that does nothing."""
    desk.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.page.evaluate(STAY_OPEN)
    return desk


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def open_dialog(page: Page) -> None:
    """Open the export dialog and wait for the preview."""
    page.locator("#toolbar").get_by_role("button", name="Export").click()
    expect(page.locator(".picture-preview[aria-busy='false'] img[src]")).to_be_visible(timeout=30_000)


def form(page: Page) -> Locator:
    """Return the picture half of the dialog."""
    return page.locator("form[data-picture]")


def names(svg: bytes) -> set[str]:
    """Return the names of the boxes in an SVG."""
    root = ET.fromstring(svg)
    return {group.findtext(f"{SVG}title", "") for group in root.iter(f"{SVG}g")} - {""}


def test_a_newcomer_has_a_png_after_two_clicks(desk: Desk) -> None:
    page = desk.page
    page.locator("#toolbar").get_by_role("button", name="Export").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download PNG").click()
    assert saved.value.suggested_filename.endswith(".png")
    shown = page.locator(".picture-size")
    expect(shown).to_contain_text("pixels")
    width, height = struct.unpack(">II", content(saved.value)[16:24])
    assert shown.inner_text() == f"{width:,} × {height:,} pixels"


@pytest.mark.slow
def test_enter_downloads_from_the_keyboard_alone(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert content(saved.value).startswith(b"\x89PNG")


@pytest.mark.slow
def test_pixels_that_were_asked_for(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    form(page).get_by_label("Size", exact=True).select_option("width")
    form(page).get_by_label("Pixels wide", exact=True).fill("777")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download PNG").click()
    assert struct.unpack(">II", content(saved.value)[16:24])[0] == 777


@pytest.mark.slow
def test_more_pixels_than_a_png_can_have_are_refused_in_words(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    form(page).get_by_label("Size", exact=True).select_option("width")
    form(page).get_by_label("Pixels wide", exact=True).fill("16384")
    page.locator("form[data-picture]").evaluate("(form) => { form.noValidate = true; }")
    form(page).get_by_label("Pixels wide", exact=True).fill("99999")
    expect(page.locator(".picture-size")).to_contain_text("too large for a PNG")
    page.get_by_role("button", name="Download PNG").click()
    expect(page.locator("[data-problem]")).to_contain_text("at most 16,384 a side")


@pytest.mark.slow
def test_what_is_in_view_is_cut_at_its_edges(desk: Desk) -> None:
    page = desk.page
    orders = desk.box(desk.id_of("table", "orders"))
    page.mouse.move(orders["x"] + 10, orders["y"] + 10)
    for _ in range(8):
        page.keyboard.down("Control")
        page.mouse.wheel(0, -240)
        page.keyboard.up("Control")
    page.wait_for_timeout(400)
    open_dialog(page)
    page.get_by_role("radio", name="SVG").check()
    form(page).get_by_label("What", exact=True).select_option("view")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download SVG").click()
    assert "orders" in names(content(saved.value))
    assert len(names(content(saved.value))) < len(desk.names("table"))


def test_the_preview_follows_the_choices(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    preview = page.locator(".picture-preview")
    before = preview.locator("img").get_attribute("src")
    form(page).get_by_label("Background", exact=True).select_option("transparent")
    expect(preview).to_have_attribute("data-ground", "transparent")
    assert preview.locator("img").get_attribute("src") != before
    form(page).get_by_label("Colours", exact=True).select_option("dark")
    form(page).get_by_label("Background", exact=True).select_option("theme")
    expect(preview).to_have_attribute("data-ground", "dark")


def test_a_pdf_on_paper(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    page.get_by_role("radio", name="PDF").check()
    form(page).get_by_label("Page", exact=True).select_option("A4")
    form(page).get_by_label("Over several sheets", exact=True).check()
    expect(page.locator(".picture-size")).to_contain_text("over as many A4 sheets")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download PDF").click()
    sheets = PdfReader(io.BytesIO(content(saved.value))).pages
    assert len(sheets) >= 2
    assert "orders" in sheets[0].extract_text()


def test_copy_as_image_from_the_dialog(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    page.get_by_role("button", name="Copy as image").click()
    expect(page.locator(".picture-preview [role='status']")).to_contain_text("Copied", timeout=30_000)
    types, width, height = page.evaluate(IMAGE)
    assert types == ["image/png"]
    assert page.locator(".picture-size").inner_text() == f"{width:,} × {height:,} pixels"


def test_copy_the_selection_from_the_context_menu(desk: Desk) -> None:
    page = desk.page
    x, y = desk.centre(desk.id_of("table", "orders"))
    top = desk.box(desk.id_of("table", "orders"))["y"]
    page.mouse.click(x, top + 10, button="right")
    choose(page, "Copy the selection as an image")
    expect(page.locator(".toast")).to_contain_text("Copied as an image", timeout=30_000)
    types, width, height = page.evaluate(IMAGE)
    assert types == ["image/png"]
    assert width < 1200
    assert height < 1200


def test_copy_says_what_to_do_where_the_browser_forbids_it(desk: Desk) -> None:
    page = desk.page
    page.evaluate("() => { window.taken = window.ClipboardItem; delete window.ClipboardItem; }")
    open_dialog(page)
    page.get_by_role("button", name="Copy as image").click()
    expect(page.locator("[data-problem]")).to_contain_text("only over https or on localhost; download the picture")
    page.evaluate("() => { window.ClipboardItem = window.taken; }")


@pytest.mark.slow
def test_copy_svg_text(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    page.get_by_role("radio", name="SVG").check()
    page.get_by_role("button", name="Copy SVG text").click()
    expect(page.locator(".picture-preview [role='status']")).to_contain_text("Copied", timeout=30_000)
    assert "orders" in names(page.evaluate("navigator.clipboard.readText()").encode())


def test_printing_puts_the_drawing_on_paper_and_nothing_else(desk: Desk) -> None:
    page = desk.page
    page.locator("#canvas").focus()
    page.keyboard.press("Control+p")
    expect(page.locator("body[data-printed]")).to_be_attached(timeout=30_000)
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    text = sheet.extract_text()
    assert {"orders", "customers", "numeric(12,2)"} <= set(text.split())
    assert "Export" not in text
    assert "Filter" not in text
    assert sheet.mediabox.width > sheet.mediabox.height
    expect(page.locator("#print-sheet")).to_have_count(0)


@pytest.mark.slow
def test_the_browsers_own_command_prints_the_canvas(desk: Desk) -> None:
    page = desk.page
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheet.images) == 1
    assert "Export" not in sheet.extract_text()
    orders = desk.id_of("table", "orders")
    page.mouse.click(desk.centre(orders)[0], desk.box(orders)["y"] + 10)
    assert desk.ask("[...w.editor.selection]") == [orders]


def test_what_was_just_typed_is_in_the_picture(desk: Desk) -> None:
    page = desk.page
    reviews = desk.id_of("table", "reviews")
    desk.ask("w.select([argument])", reviews)
    page.locator("#canvas").focus()
    page.keyboard.press("F2")
    page.keyboard.type('<opinions> & "more"')
    page.keyboard.press("Enter")
    open_dialog(page)
    page.get_by_role("radio", name="SVG").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download SVG").click()
    assert '<opinions> & "more"' in names(content(saved.value))
    page.keyboard.press("Escape")
    page.locator("#canvas").focus()
    page.keyboard.press("Control+z")
    desk.saved()


def test_a_long_drawing_can_be_cancelled(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    held = []
    page.route("**/export/picture", lambda route: held.append(route))
    page.get_by_role("button", name="Download PNG").click()
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".picture-preview [role='status']")).to_have_text("Cancelled.")
    expect(page.locator("[data-do='cancel']")).to_be_hidden()
    page.unroute("**/export/picture")


def test_tabs_by_keyboard_and_remembered(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    page.get_by_role("tab", name="Picture").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#export-format")).to_be_visible()
    page.keyboard.press("Escape")
    page.locator("#toolbar").get_by_role("button", name="Export").click()
    expect(page.locator("#export-format")).to_be_visible()


@pytest.mark.slow
def test_a_message_over_the_dialog_can_be_seen_and_pressed(desk: Desk) -> None:
    page = desk.page
    open_dialog(page)
    page.get_by_role("tab", name="Picture").focus()
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Copy", exact=True).click()
    toast = page.locator("#dialog .toast")
    expect(toast).to_contain_text("Copied.")
    toast.get_by_role("button", name="Dismiss").click()
    expect(toast).to_have_count(0)
    assert "CREATE TABLE" in page.evaluate("navigator.clipboard.readText()")


def test_the_selection_as_svg_with_links(desk: Desk) -> None:
    page = desk.page
    orders = desk.id_of("table", "orders")
    desk.ask("w.select([argument])", orders)
    open_dialog(page)
    page.get_by_role("radio", name="SVG").check()
    form(page).get_by_label("What", exact=True).select_option("selection")
    form(page).get_by_label("Link tables to this page", exact=True).check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download SVG").click()
    data = content(saved.value)
    assert names(data) == {"orders"}
    (link,) = [each.get("href", "") for each in ET.fromstring(data).iter(f"{SVG}a")]
    page.goto(link)
    desk.wait_ready()
    assert desk.ask("[...w.editor.selection]") == [orders]
