"""`wholekey render`: pictures without a browser."""

from __future__ import annotations

import io
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from pypdf import PdfReader

from designer.schema import Design, Diagram, Model, Placement, Table
from designer.schema.codec import encode
from tests.cli.conftest import Wholekey

SVG = "{http://www.w3.org/2000/svg}"


def titles(path: Path) -> set[str]:
    """Return the names of the boxes in an SVG."""
    root = ET.parse(path).getroot()
    return {each.findtext(f"{SVG}title", "") for each in root.iter(f"{SVG}g")} - {""}


def png_size(path: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", path.read_bytes()[16:24])
    return width, height


@pytest.fixture
def several(tmp_path: Path) -> Path:
    """Return a design with three diagrams, two of the same name and one with a name that no file can have."""
    path = tmp_path / "several.wholekey.json"
    records = [Model(id="model1", name="m"), Table(id="table1", parent="model1", name="users")]
    for at, name in enumerate(["Sales", "sales", "../../etc/passwd\x00"]):
        records.append(Diagram(id=f"diag{at}", parent="model1", name=name, order=str(at + 1)))
        records.append(Placement(id=f"place{at}", parent=f"diag{at}", element="table1"))
    path.write_bytes(encode(Design(records)))
    return path


def test_a_selection_by_name_and_pattern(wholekey: Wholekey, shop_sql: Path, tmp_path: Path) -> None:
    assert wholekey("render", "shop.sql", "-o", "a.svg", "--select", "ord*").code == 0
    assert titles(tmp_path / "a.svg") == {"orders"}
    ran = wholekey("render", "shop.sql", "-o", "a.svg", "--select", "customers", "nothing")
    assert ran.code == 2
    assert "nothing is named nothing; there are, for example: customers, orders" in ran.err


def test_how_it_looks(forked: Wholekey, shop_sql: Path, tmp_path: Path) -> None:
    look = ("--theme", "dark", "--background", "transparent", "--detail", "keys", "--title", "--margin", "0")
    assert forked("render", "shop.sql", "-o", "a.svg", *look, "--links", "https://erd.example/?select=").code == 0
    text = (tmp_path / "a.svg").read_text()
    assert "email" in text
    assert "total" not in text
    assert 'href="https://erd.example/?select=' in text
    assert "#12171e" not in text.partition("<g")[0]


def test_pixels_of_a_png(forked: Wholekey, shop_sql: Path, tmp_path: Path) -> None:
    assert forked("render", "shop.sql", "-o", "a.png", "--width", "1234").code == 0
    assert png_size(tmp_path / "a.png")[0] == 1234
    assert forked("render", "shop.sql", "-o", "one.png", "--scale", "1").code == 0
    assert forked("render", "shop.sql", "-o", "two.png").code == 0
    once, twice = png_size(tmp_path / "one.png"), png_size(tmp_path / "two.png")
    assert twice == (2 * once[0], 2 * once[1])


@pytest.mark.parametrize(
    ("options", "pages", "size"),
    [
        (["--page", "A4"], 1, (595, 842)),
        (["--page", "letter", "--landscape"], 1, (792, 612)),
        (["--tiles", "2x1"], 2, (595, 842)),
        (["--page", "A3", "--tiles"], 1, (842, 1191)),
    ],
)
def test_pages_of_a_pdf(
    forked: Wholekey, shop_sql: Path, tmp_path: Path, options: list[str], pages: int, size: tuple[int, int]
) -> None:
    assert forked("render", "shop.sql", "-o", "a.pdf", *options).code == 0
    read = PdfReader(io.BytesIO((tmp_path / "a.pdf").read_bytes()))
    assert len(read.pages) == pages
    assert (round(read.pages[0].mediabox.width), round(read.pages[0].mediabox.height)) == size
    assert "customers" in read.pages[0].extract_text()


def test_each_diagram_in_a_file_of_its_own(forked: Wholekey, several: Path, tmp_path: Path) -> None:
    ran = forked("render", several.name, "-o", "all", "--all-diagrams")
    assert ran.code == 0, ran.err
    assert {each.name for each in (tmp_path / "all").iterdir()} == {"sales.svg", "sales-2.svg", "etc-passwd.svg"}
    ran = forked("render", several.name, "-o", "two", "--diagram", "Sales", "--diagram", "sales", "--to", "png")
    assert ran.code == 0, ran.err
    assert {each.name for each in (tmp_path / "two").iterdir()} == {"sales.png", "sales-2.png"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["-o", "a.svg", "--scale", "2"], "--scale and --width are for PNG"),
        (["-o", "a.png", "--page", "A4"], "are for PDF"),
        (["-o", "a.png", "--scale", "99"], "--scale takes a number from 0.01 to 20"),
        (["-o", "a.png", "--width", "20000"], "at most 16,384 a side"),
        (["-o", "a.png", "--width", "0"], "at least 1"),
        (["-o", "a.pdf", "--tiles", "3by4"], "for example --tiles 3x2"),
        (["-o", "a.svg", "--links", "javascript:alert(1)"], "links must start with"),
        (["-o", "shop.sql", "--all-diagrams"], "the design has no diagrams"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(forked: Wholekey, shop_sql: Path, arguments: list[str], says: str) -> None:
    ran = forked("render", "shop.sql", *arguments)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert len(ran.err.strip().split("\n")) == 1


def test_several_diagrams_do_not_go_into_a_file(forked: Wholekey, several: Path, tmp_path: Path) -> None:
    ran = forked("render", several.name, "-o", several.name, "--all-diagrams")
    assert ran.code == 2
    assert "this is a file; name another" in ran.err
