"""The command line contract: what goes to stdout, what to stderr, and the exit codes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from designer.schema import ForeignKey, Table, codec
from tests.cli.conftest import Wholekey


def test_import_writes_a_design_and_a_report(wholekey: Wholekey, shop_sql: Path, tmp_path: Path) -> None:
    ran = wholekey("import", "shop.sql", "-o", "shop.wholekey.json", "--report", "report.json")
    assert ran.code == 0, ran.err
    assert ran.out == b""
    design = codec.decode((tmp_path / "shop.wholekey.json").read_bytes())
    assert {table.name for table in design.of(Table)} == {"customers", "orders"}
    assert design.of(ForeignKey)[0].on_delete == "cascade"
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["dialect"] == "postgresql"
    assert report["counts"]["imported"] == 3
    assert report["counts"]["skipped"] == 1
    assert report["counts"]["verbatim"] == 1
    by_what = {finding["outcome"]: finding for finding in report["findings"]}
    assert by_what["skipped"]["line"] == 12
    assert by_what["verbatim"]["file"] == "shop.sql"


def test_import_twice_gives_the_same_bytes(wholekey: Wholekey, shop_sql: Path) -> None:
    one, two = wholekey("import", "shop.sql"), wholekey("import", "shop.sql")
    assert one.code == 0
    assert one.out == two.out
    assert codec.encode(codec.decode(one.out)) == one.out


def test_export_by_pipe(wholekey: Wholekey, shop_sql: Path) -> None:
    ran = wholekey("export", "-", "--to", "mermaid", stdin=shop_sql.read_bytes())
    assert ran.code == 0, ran.err
    assert ran.text.startswith("erDiagram") or "\nerDiagram" in ran.text
    design = wholekey("import", "-", stdin=shop_sql.read_bytes())
    again = wholekey("export", "-", "--to", "ddl", stdin=design.out)
    assert again.code == 0, again.err
    assert "CREATE TABLE customers" in again.text
    assert again.text == wholekey("export", "shop.sql", "--to", "ddl").text


def test_export_to_another_database(forked: Wholekey, shop_sql: Path) -> None:
    ran = forked("export", "shop.sql", "--to", "ddl", "--dialect", "mysql")
    assert ran.code == 0, ran.err
    assert "AUTO_INCREMENT" in ran.text.upper()
    assert "note:" in ran.err
    assert forked("export", "shop.sql", "--to", "ddl", "--dialect", "mysql", "--strict").code == 1


def test_export_to_a_file(forked: Wholekey, shop_sql: Path, tmp_path: Path) -> None:
    assert forked("export", "shop.sql", "--to", "dbml", "-o", "out.dbml").code == 0
    assert "Table" in (tmp_path / "out.dbml").read_text()
    assert not list(tmp_path.glob(".wholekey-*"))


def test_several_sources_are_one_script(forked: Wholekey, tmp_path: Path) -> None:
    (tmp_path / "1.sql").write_text("CREATE TABLE parent (id int PRIMARY KEY);")
    (tmp_path / "2.sql").write_text(
        "\n\nCREATE TABLE child (parent_id int REFERENCES parent);\nCREATE TABLE broken (;\n"
    )
    ran = forked("import", "1.sql", "2.sql", "--report", "r.json")
    assert ran.code == 0, ran.err
    design = codec.decode(ran.out)
    assert design.of(ForeignKey)[0].ref_table is not None
    assert "2.sql:4" in ran.err
    findings = json.loads((tmp_path / "r.json").read_text())["findings"]
    assert [(f["file"], f["line"]) for f in findings] == [("1.sql", 1), ("2.sql", 3), ("2.sql", 4)]


def test_a_live_sqlite_database(forked: Wholekey, tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "live.db") as base:
        base.execute("CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, b TEXT NOT NULL)")
        base.execute("CREATE INDEX by_b ON a (b)")
    base.close()
    ran = forked("export", "sqlite:///live.db", "--to", "ddl")
    assert ran.code == 0, ran.err
    assert "AUTOINCREMENT" in ran.text
    assert "sqlite_sequence" not in ran.text
    missing = forked("export", "sqlite:///nothing.db", "--to", "ddl")
    assert missing.code == 2
    assert "there is no file" in missing.err


@pytest.mark.parametrize("suffix", ["svg", "png", "pdf"])
def test_render(forked: Wholekey, shop_sql: Path, tmp_path: Path, suffix: str) -> None:
    ran = forked("render", "shop.sql", "-o", f"out.{suffix}")
    assert ran.code == 0, ran.err
    start = (tmp_path / f"out.{suffix}").read_bytes()[:300]
    assert {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF"}[suffix] in start


def test_formats_lists_everything(wholekey: Wholekey) -> None:
    ran = wholekey("formats")
    assert ran.code == 0
    for word in ("ddl", "mermaid", "dbml", "json", "dot", "svg", "postgresql", "mariadb", "sqlite", "cannot:"):
        assert word in ran.text
    listed = json.loads(wholekey("formats", "--to", "json").out)
    assert {each["name"] for each in listed["exports"]} >= {"ddl", "mermaid", "dbml", "json", "dot", "svg"}


def test_names_that_are_not_there_are_answered_with_those_that_are(forked: Wholekey, shop_sql: Path) -> None:
    ran = forked("export", "shop.sql", "--to", "nonsense")
    assert ran.code == 2
    assert "mermaid" in ran.err
    ran = forked("export", "shop.sql", "--to", "svg", "--diagram", "Nowhere")
    assert ran.code == 2
    assert "diagram" in ran.err
    ran = forked("render", "shop.sql", "-o", "out.docx")
    assert ran.code == 2
    assert "FILE.svg" in ran.err


def test_an_output_that_cannot_be_written(wholekey: Wholekey, shop_sql: Path) -> None:
    ran = wholekey("import", "shop.sql", "-o", "no/such/folder/x.json")
    assert ran.code == 2
    assert ran.err.startswith("no/such/folder/x.json: this cannot be written")
