"""`wholekey verify`: what it says, and how it ends, on real servers."""

from __future__ import annotations

import pytest

from designer.cli import main
from designer.proof.contract import Piece
from designer.proof.mariadb.server import programs
from designer.proof.proving import prove
from designer.proof.script import Script
from designer.schema import Column, Design, Model, Table
from tests.compare.designs import design
from tests.compare.test_mutations import BASE
from tests.servers import not_here
from tests.verify.scratch import QUICK, needs_postgres

LITE = """
CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT, n text NOT NULL DEFAULT 'x', x int CHECK (x > 0), UNIQUE (n));
CREATE INDEX i ON a (lower(n)) WHERE x > 1;
CREATE VIEW v AS SELECT * FROM a;
CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET x = 1; END;
"""
MARIA = """
CREATE TABLE a (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, n varchar(20) NOT NULL DEFAULT 'x', j json, b boolean,
  t timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, KEY kn (n(5))) COMMENT='hi';
CREATE TABLE b (id integer unsigned PRIMARY KEY, aid int, CONSTRAINT fk FOREIGN KEY (aid) REFERENCES a (id));
"""


@pytest.fixture
def verify(tmp_path, capsys):
    def run(sql: str, *arguments: str) -> tuple[int, str, str]:
        path = tmp_path / "schema.sql"
        path.write_text(sql)
        code = main(["verify", str(path), *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.mark.postgres
def test_postgresql_gives_back_what_was_meant(verify):
    needs_postgres()
    code, out, _ = verify(BASE, "--from", "postgresql")
    assert (code, out.splitlines()[1:]) == (0, [])
    assert out.startswith("Proven on PostgreSQL 18") and "4 tables" in out


@pytest.mark.postgres
def test_what_the_server_refuses_is_told_with_its_line_and_record(verify):
    needs_postgres()
    broken = "CREATE TABLE u (b int);\nCREATE TABLE t (a no_such_type);"
    code, out, _ = verify(broken, "--from", "postgresql")
    assert code == 1
    assert "1 refused statement;" in out.splitlines()[0]
    assert 'line 5 of the DDL (t): CREATE TABLE t ( a no_such_type ): type "no_such_type" does not exist' in out


@pytest.mark.postgres
def test_what_the_ddl_leaves_out_is_told(verify):
    needs_postgres()
    code, out, _ = verify("CREATE TABLE u (b int); CREATE VIEW v AS SELECT nothing FROM u;", "--from", "postgresql")
    assert code == 0 and "left out of the DDL: v is left out: there is no column nothing" in out


@pytest.mark.postgres
def test_an_extension_that_is_not_there_is_no_fault(verify):
    needs_postgres()
    code, out, err = verify("CREATE EXTENSION postgis; CREATE TABLE t (a geometry); CREATE TABLE u (a int);")
    assert code == 0
    assert "not proven here: line 3 of the DDL (t)" in out
    assert "it may need what is not there: postgis" in out
    assert "2 statements could not be proven here" in err


@pytest.mark.postgres
def test_a_translation_is_proven_on_its_own_database(verify):
    needs_postgres()
    code, out, _ = verify("CREATE TABLE t (a int PRIMARY KEY, b boolean)", "--from", "mysql", "--dialect", "postgresql")
    assert code == 0 and "PostgreSQL 18" in out


def test_sqlite_gives_back_what_was_meant(verify):
    code, out, _ = verify(LITE, "--from", "sqlite")
    assert code == 0 and out.startswith("Proven on SQLite 3")


@pytest.mark.postgres
def test_a_translation_that_leaves_nothing_is_told(verify):
    code, out, err = verify("CREATE SEQUENCE s;", "--from", "postgresql", "--dialect", "sqlite")
    assert (code, out) == (2, "") and "the DDL is empty" in err and "Traceback" not in err


@pytest.mark.mariadb
def test_mariadb_gives_back_what_was_meant(verify):
    if programs() is None:
        not_here("no MariaDB server is installed (Debian: apt install mariadb-server)")
    code, out, _ = verify(MARIA, "--from", "mariadb")
    assert code == 0 and out.startswith("Proven on MariaDB ") and out.count("\n") == 1
    other = "CREATE DEFINER=`someone`@`%` FUNCTION f() RETURNS integer DETERMINISTIC RETURN 1;"
    code, out, _ = verify(other, "--from", "mariadb")
    assert code == 0 and "1 function" in out


@pytest.mark.postgres
def test_a_database_is_made_and_dropped_on_the_server_of_a_dsn(verify, postgres_server):
    import psycopg

    def known() -> tuple[list, list]:
        with psycopg.connect(postgres_server.url) as connection:
            return (connection.execute("SELECT datname FROM pg_database").fetchall(),
                    connection.execute("SELECT rolname FROM pg_roles").fetchall())  # fmt: skip

    before = known()
    code, out, _ = verify("CREATE TABLE t (a int); GRANT SELECT ON t TO bob", "--dsn", postgres_server.url)
    assert code == 0 and "1 grant" in out
    assert known() == before


def test_the_password_of_a_dsn_is_never_said(verify):
    code, out, err = verify(
        "CREATE TABLE t (a int)", "--from", "postgresql", "--dsn", "postgresql://a:s3cretpw@127.0.0.1:1/x"
    )
    assert code == 2 and "s3cretpw" not in out + err
    assert "no connection to the server" in err


def test_a_dsn_of_another_kind_is_refused(verify):
    code, _, err = verify("CREATE TABLE t (a int)", "--from", "postgresql", "--dsn", "mysql://a@b/c")
    assert code == 2 and "postgresql://user@host/database" in err


def test_without_a_server_it_says_what_to_install(verify, monkeypatch):
    monkeypatch.setattr("designer.proof.postgres.cluster.installed", lambda: None)
    code, _, err = verify("CREATE TABLE t (a int)", "--from", "postgresql")
    assert code == 2 and "pip install 'wholekey[proof]'" in err and "--dsn" in err


@pytest.mark.postgres
def test_a_fault_of_the_exporter_is_a_difference(monkeypatch):
    needs_postgres()
    subject = design("CREATE TABLE t (a int NOT NULL); CREATE INDEX i ON t (a)")
    whole = Script.pieces

    def without_index(self: Script, text: str) -> list[Piece]:
        return [each for each in whole(self, text.replace(" NOT NULL", "")) if "INDEX" not in each.text]

    monkeypatch.setattr(Script, "pieces", without_index)
    proof = prove(subject, limits=QUICK)
    assert not proof.holds
    assert {(each.about, each.field) for each in proof.differences} == {
        ("column public.t.a", "nullable"),
        ("index i on public.t", ""),
    }


def test_every_statement_knows_its_record():
    subject = design(BASE)
    script = Script(subject, "postgresql")
    names = {
        "CREATE TABLE s.orders (id int)": "orders",
        "CREATE INDEX by_user ON s.orders (user_id)": "by_user",
        "CREATE POLICY own ON users USING (true)": "own",
        "COMMENT ON COLUMN users.email IS 'x'": "email",
        'ALTER TABLE ONLY "users" ADD CONSTRAINT email_once UNIQUE (email)': "email_once",
        "CREATE TYPE mood AS ENUM ()": "mood",
        "CREATE MATERIALIZED VIEW rich AS SELECT 1": "rich",
    }
    assert {text: getattr(subject[script.about(text) or ""], "name", "") for text in names} == names
    assert script.about("SET x = 1") is None


def test_what_the_target_keeps_nowhere_is_no_difference():
    model = Model(id="model00001", name="m", target="sqlite")
    table = Table(id="table00001", parent=model.id, name="t", comment="Why it is there")
    column = Column(id="column0001", parent=table.id, name="c", type="integer", comment="What it holds")
    proof = prove(Design([model, table, column]))
    assert (proof.comparison.real, [note for note, _ in proof.notes]) == (
        [],
        ["SQLite keeps no comments; 2 are left out"],
    )
