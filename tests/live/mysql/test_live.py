"""A live MariaDB: the same design as its dump's, the same database on the other side, and what is not allowed is told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pymysql
import pytest

from designer.compare import compare
from designer.importers.contract import Outcome
from designer.importers.live import LiveProblem, PasswordRefused, Wanted, engine, read_pasted, read_url
from designer.importers.live.mysql.address import address_of
from designer.importers.live.mysql.connection import connected
from designer.importers.sql import read as read_text
from designer.schema import Design, Model, Schema, Trigger
from exporters.contract import Options
from exporters.registry import get
from tests.importers.mysql.server import Filled, filled, run_script
from tests.proof import my_equal
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb


def url_of(parameters: dict[str, Any], user: str = "root", database: str | None = None) -> str:
    name = parameters["database"] if database is None else database
    return f"mariadb://{user}@localhost/{name}?socket={quote(parameters['unix_socket'], safe='')}"


def ddl(design: Design) -> str:
    return get("ddl").export(design, Options(dialect="mariadb")).text


@pytest.fixture(scope="module")
def rich(mariadb_server: MariaServer) -> Filled:
    """The database of every construct that the importer's tests know."""
    return filled(mariadb_server.new_database())


@pytest.fixture
def reader(mariadb_server: MariaServer, rich: Filled) -> Iterator[str]:
    """The URL for an account that may read tables, and neither bodies of programs nor queries of views."""
    name = rich.parameters["database"]
    with pymysql.connect(unix_socket=mariadb_server.socket, user="root", autocommit=True) as admin:
        admin.cursor().execute("CREATE USER reader@localhost IDENTIFIED BY 'p@ss word'")
        admin.cursor().execute(f"GRANT SELECT, EXECUTE ON `{name}`.* TO reader@localhost")
        yield url_of(rich.parameters, "reader:p%40ss%20word")
        admin.cursor().execute("DROP USER reader@localhost")


def test_the_live_way_and_the_way_of_the_dump_give_the_same_design(rich: Filled) -> None:
    live = read_url(url_of(rich.parameters)).design
    assert compare(live, read_text(rich.dump, "dump.sql", "mariadb").design, dialect="mariadb") == []


def test_it_is_the_same_database_on_a_server_with_another_default(mariadb_server: MariaServer, rich: Filled) -> None:
    target = mariadb_server.new_database()
    with pymysql.connect(**target) as connection, connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {target['database']} CHARACTER SET latin1 COLLATE latin1_german1_ci")
    run_script(target, ddl(read_url(url_of(rich.parameters)).design))
    assert my_equal.compare(my_equal.snapshot(rich.parameters), my_equal.snapshot(target)) == []


def test_settings_of_programs_are_kept(mariadb_server: MariaServer) -> None:
    source, target = mariadb_server.new_database(), mariadb_server.new_database()
    run_script(
        source,
        "CREATE TABLE t (a varchar(9)); SET sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', collation_connection = utf8mb4_bin;\n"
        "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.\"a\" = 'b' || 'c';\n"
        "SET sql_mode = ''; CREATE FUNCTION f() RETURNS int RETURN 1;",
    )
    design = read_url(url_of(source)).design
    assert [each.extra["sql_mode"] for each in design.of(Trigger)] == ["PIPES_AS_CONCAT,ANSI_QUOTES"]
    run_script(target, ddl(design))
    assert my_equal.compare(my_equal.snapshot(source), my_equal.snapshot(target)) == []


def test_several_databases(mariadb_server: MariaServer) -> None:
    one, two = (mariadb_server.new_database() for _ in "ab")
    run_script(one, "CREATE TABLE t (id int PRIMARY KEY); CREATE VIEW v AS SELECT id FROM t;")
    run_script(
        two,
        f"CREATE TABLE t (a int, FOREIGN KEY (a) REFERENCES {one['database']}.t (id));\n"
        f"CREATE VIEW v AS SELECT t.a FROM t JOIN {one['database']}.t o ON o.id = t.a;\n"
        "CREATE TRIGGER x BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1;\n"
        "CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM t;",
    )
    names = (one["database"], two["database"])
    design = read_url(url_of(one, database=""), Wanted(schemas=names)).design
    assert [each.name for each in design.of(Schema)] == list(names)
    before = [my_equal.snapshot(each) for each in (one, two)]
    with pymysql.connect(unix_socket=mariadb_server.socket, user="root") as admin:
        for name in reversed(names):
            admin.cursor().execute(f"DROP DATABASE {name}")
    run_script({**one, "database": "mysql"}, ddl(design))
    after = [my_equal.snapshot(each) for each in (one, two)]
    assert [my_equal.compare(*pair) for pair in zip(before, after, strict=True)] == [[], []]


def test_what_the_account_may_not_see_is_told(reader: str) -> None:
    report = read_url(reader).report
    told = {each.what for each in report.findings if each.outcome is Outcome.WARNING}
    assert {"view totals", "routine tax", "routine clean up"} <= told
    assert any(each.what == "CREATE TABLE Kunde" for each in report.findings)


def test_a_wrong_password_is_told_as_such(reader: str) -> None:
    with pytest.raises(PasswordRefused) as caught:
        read_url(reader.replace("p%40ss", "sekrit"))
    assert "sekrit" not in str(caught.value)


def test_a_database_that_is_not_there(rich: Filled) -> None:
    with pytest.raises(LiveProblem, match="no database 'nowhere'"):
        read_url(url_of(rich.parameters, database="nowhere"))


def test_the_session_cannot_write(rich: Filled) -> None:
    with connected(address_of(url_of(rich.parameters))) as connection, pytest.raises(LiveProblem, match="READ ONLY"):
        connection.ask(f"CREATE TABLE {rich.parameters['database']}.written (a int)")


def test_an_object_that_is_refused_costs_no_other(rich: Filled) -> None:
    with connected(address_of(url_of(rich.parameters))) as connection:
        connection.run(f"USE {rich.parameters['database']}")
        answers = list(
            connection.each(["SHOW CREATE TABLE `line`", "SHOW CREATE TABLE nix", "SHOW CREATE TABLE `order`"])
        )
    assert [isinstance(each, dict) for each in answers] == [True, False, True]
    assert "nix" in str(answers[1])


def test_a_broken_view_is_still_there(mariadb_server: MariaServer) -> None:
    source = mariadb_server.new_database()
    run_script(
        source, "CREATE TABLE t (a int); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT 1; DROP TABLE t;"
    )
    what = {each.what for each in read_url(url_of(source)).report.findings}
    assert {"CREATE VIEW v", "CREATE VIEW w"} <= what


def test_bytes_in_a_default_are_kept(mariadb_server: MariaServer) -> None:
    source, target = mariadb_server.new_database(), mariadb_server.new_database()
    run_script(source, "CREATE TABLE t (a varbinary(9) DEFAULT x'00ff275c0a', b varchar(9) DEFAULT 'é''x');")
    run_script(target, ddl(read_url(url_of(source)).design))
    assert my_equal.compare(my_equal.snapshot(source), my_equal.snapshot(target)) == []


# The pasted way


def pasted(parameters: dict[str, Any]) -> str:
    with pymysql.connect(**parameters) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        cursor.execute(engine("mariadb").query("mariadb").rstrip(";"))
        rows = cursor.fetchall()
        assert len(rows) == 1
        return str(rows[0][0])


_UNSAID = {
    ("trigger", "before_order"), ("procedure", "clean up"),  # how the head was spelled
    ("key", "Kunde.mail"), ("key", "in memory.h"), ("key", "in memory.u"),  # USING that is the default
    ("sequence", "numbers"),
}  # fmt: skip
"""What information_schema does not say of the rich database."""


def test_what_is_pasted_gives_the_same_database(mariadb_server: MariaServer, rich: Filled) -> None:
    target = mariadb_server.new_database()
    result = read_pasted(pasted(rich.parameters))
    run_script(target, ddl(result.design))
    found = my_equal.compare(my_equal.snapshot(rich.parameters), my_equal.snapshot(target))
    assert {(kind, name) for kind, name, _, _ in found} == _UNSAID
    assert [each.what for each in result.report.findings if each.outcome is Outcome.WARNING] == ["table numbers"]
    [model] = result.design.of(Model)
    assert (model.name, model.version) == (rich.parameters["database"], "10.11")


def test_an_answer_that_the_server_cut_is_told(rich: Filled) -> None:
    whole = pasted(rich.parameters)
    cut = whole.replace('"views": [{"count": 3', '"views": [{"count": 4')
    assert cut != whole
    with pytest.raises(LiveProblem, match="3 of 4 rows of views"):
        read_pasted(cut)


def test_run_outside_a_database(mariadb_server: MariaServer) -> None:
    with pytest.raises(LiveProblem, match="USE name"):
        read_pasted(pasted({"unix_socket": mariadb_server.socket, "user": "root", "charset": "utf8mb4"}))
