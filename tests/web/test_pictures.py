"""The pictures that the page asks the server for."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from designer.services import pictures
from designer.services.errors import Invalid
from designer.services.picture_worker import Task

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def ask(everybody):
    """Return a function that asks for a picture as the viewer."""
    client = Client()
    client.force_login(everybody.viewer)
    url = reverse("export-picture", args=[everybody.branch.public_id])
    return lambda **wanted: client.post(url, wanted, content_type="application/json")


def test_a_png_with_its_size(ask):
    response = ask(part="diagram", format="png", scale=3)
    assert response["Content-Type"] == "image/png"
    width, height, largest = map(float, response["X-Wholekey-Size"].split())
    assert struct.unpack(">II", response.content[16:24]) == (3 * width, 3 * height)
    assert largest > 3
    assert response["X-Wholekey-Name"].endswith(".png")


def test_a_pdf_of_tiles(ask):
    response = ask(part="diagram", format="pdf", paper="A4", tiles=[2, 1])
    assert response["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(response.content)).pages) == 2


def test_a_selection_as_svg_can_run_nothing(ask):
    response = ask(part="diagram", format="svg", elements=["users"], links="https://erd.example/?select=")
    root = ET.fromstring(response.content)
    assert [link.get("href") for link in root.iter(f"{SVG}a")] == ["https://erd.example/?select=users"]
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"part": "diagram", "elements": ["gone"]}, "Nothing of what was chosen"),
        ({"part": "diagram", "links": "javascript:alert(1)"}, "Links must start with"),
        ({"part": "diagram", "width": 999_999}, "at most 16,384 a side"),
        ({"format": "gif"}, "not a valid request"),
        ({"scale": -1}, "not a valid request"),
        ({"region": [1, 2, 3]}, "not a valid request"),
        ({"surprise": 1}, "not a valid request"),
    ],
)
def test_what_cannot_be_drawn_is_one_sentence(ask, wanted, says):
    response = ask(**wanted)
    assert response.status_code == 400
    assert says in response.json()["error"]


def test_a_renderer_that_dies_costs_one_picture_only(monkeypatch):
    monkeypatch.setattr(pictures, "MEMORY", 200 * 1024**2)
    big = '<svg xmlns="http://www.w3.org/2000/svg" width="9000" height="9000"></svg>'
    task = Task("png", seconds=20, memory=pictures.MEMORY, most_pixels=pictures.MOST_PIXELS, scale=1)
    with pytest.raises(Invalid, match="more memory or time"):
        pictures._rendered(big, task)
    small = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>'
    fine = Task("png", seconds=20, memory=3 * 1024**3, most_pixels=1000, scale=1)
    assert pictures._rendered(small, fine).startswith(b"\x89PNG")


def test_only_so_many_are_rendered_at_once(monkeypatch):
    monkeypatch.setattr(pictures, "_WAIT", 0)
    for _ in range(pictures.AT_ONCE):
        assert pictures._TURNS.acquire(timeout=0)
    try:
        with ThreadPoolExecutor() as pool, pytest.raises(pictures.Busy, match="in a minute"):
            pool.submit(pictures._rendered, "<svg/>", Task("png", 1, 1, 1)).result()
    finally:
        for _ in range(pictures.AT_ONCE):
            pictures._TURNS.release()


def test_the_dialog_shows_pictures_first(everybody):
    client = Client()
    client.force_login(everybody.viewer)
    page = client.get(reverse("export", args=[everybody.branch.public_id])).content.decode()
    assert page.index("tab-picture") < page.index("tab-files")
    assert 'data-do="download" autofocus' in page
    assert 'value="svg"' not in page.partition('id="export-format"')[2].partition("</select>")[0]
