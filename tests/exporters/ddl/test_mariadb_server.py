"""What we write for MariaDB is applied by a real server, and read back through SHOW CREATE."""

from __future__ import annotations

from pathlib import Path

import pytest

from designer.importers.registry import read_any
from designer.schema import Column, Design, ForeignKey, Table
from exporters.contract import Export, Options
from exporters.registry import get
from tests.exporters.ddl.builder import Builder
from tests.nasty import NAMES, names_for, nasty_design
from tests.proof.my_catalog import Reading, differences, read, run
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb
CASES = Path(__file__).parent / "cases"
NOT_REFERRED_TO = "CON"
"""MariaDB cannot refer to a table by the name of a Windows device: it files it as CON@@@ and does not find it again."""


def export(design: Design, dialect: str | None = None) -> Export:
    return get("ddl").export(design, Options(dialect=dialect))


def applied(server: MariaServer, sql: str) -> Reading:
    parameters = server.new_database()
    run(parameters, sql)
    return read(parameters)


def test_a_script_read_and_written_again_makes_the_same_catalogs(mariadb_server: MariaServer) -> None:
    sql = (CASES / "mariadb.sql").read_text()
    design = read_any(sql, "case.sql", "mariadb").design
    written = export(design).text
    by_hand = "\n".join(_for_server(sql))
    assert differences(applied(mariadb_server, by_hand), applied(mariadb_server, written)) == []
    assert export(read_any(written, "case.sql", "mariadb").design).text == written


def _for_server(sql: str) -> list[str]:
    """Put each program of the hand-written script between DELIMITER lines of its own, as our runner reads them."""
    lines = []
    for line in sql.splitlines():
        if line.endswith(";;") and not line.startswith("DELIMITER"):
            lines += ["DELIMITER ;;", line.removesuffix(";;"), ";;", "DELIMITER ;"]
        elif not line.startswith("DELIMITER"):
            lines.append(line)
    return lines


def test_nasty_names_and_comments_arrive(mariadb_server: MariaServer) -> None:
    names = names_for(64, "characters", astral=False, trailing_space=False, case=False)
    design = nasty_design([name for name in names if name != NOT_REFERRED_TO], target="mariadb")
    found = applied(mariadb_server, export(design).text)
    assert len([key for key in found if key[0] == "table"]) == len(design.of(Table))
    assert len([key for key in found if key[0] == "column"]) == len(design.of(Column))


@pytest.mark.parametrize("target", ["postgresql", "mariadb", "mysql"])
def test_names_that_no_server_holds_apply_with_a_note(mariadb_server: MariaServer, target: str) -> None:
    design = nasty_design([name for name in NAMES if name != NOT_REFERRED_TO], target=target)
    if target != "postgresql":
        return _applies_without_case(mariadb_server, design)
    written = export(design, "mariadb")
    assert {"name", "case"} <= {note.code for note in written.notes}
    assert len([key for key in applied(mariadb_server, written.text) if key[0] == "table"]) == len(design.of(Table))
    return None


def _applies_without_case(server: MariaServer, design: Design) -> None:
    written = export(design)
    assert {"name", "case"} <= {note.code for note in written.notes}
    run(server.new_database(), written.text)


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_designs_of_other_databases_apply(mariadb_server: MariaServer, dialect: str) -> None:
    design = read_any((CASES / f"{dialect}.sql").read_text(), "case.sql", dialect).design
    found = applied(mariadb_server, export(design, "mariadb").text)
    whole = [table for table in design.of(Table) if table.partition_of is None and table.name != "empty"]
    assert len([key for key in found if key[0] == "table"]) == len(whole)


def test_circles_of_foreign_keys_are_closed_at_the_end(mariadb_server: MariaServer) -> None:
    make = Builder("mariadb")
    one = make.table("one", "id int!", "two int")
    two = make.table("two", "id int!", "one int")
    for table in (one, two):
        make.key(table, "id", primary=True)
    make.foreign_key(one, "two", two, "id")
    make.foreign_key(two, "one", one, "id", on_delete="cascade")
    written = export(make.design()).text
    assert written.endswith("ALTER TABLE one ADD FOREIGN KEY (two) REFERENCES two (id);\n")
    assert len([key for key in applied(mariadb_server, written) if "FOREIGN KEY" in key[1]]) == 2


def test_a_foreign_key_to_a_missing_table_is_a_comment(mariadb_server: MariaServer) -> None:
    make = Builder("mariadb")
    table = make.table("t", "id int")
    make.add(ForeignKey, table, columns=(make.of(table, "id"),), missing_table="no\nwhere", missing_columns=("id",))
    written = export(make.design())
    assert [note.code for note in written.notes] == ["missing-table"]
    applied(mariadb_server, written.text)


def test_a_dump_of_mysql_applies(mariadb_server: MariaServer) -> None:
    make = Builder("mysql")
    table = make.table("t", extra={"engine": "InnoDB", "charset": "utf8mb4", "collation": "utf8mb4_0900_ai_ci"})
    make.column(table, "name varchar(40)", collation="utf8mb4_0900_as_cs")
    written = export(make.design(), "mariadb")
    assert [note.code for note in written.notes] == ["collation", "collation"]
    applied(mariadb_server, written.text)
    assert "COLLATE=utf8mb4_0900_ai_ci" in export(make.design()).text
