"""A database that has everything: read, written as a script, made anew, and compared by a reader that is not ours."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator

import psycopg
import pytest

from designer.importers.live import Snapshot, read_snapshot, snapshot_of, take
from designer.importers.live.contract import EVERYTHING, Wanted
from designer.importers.live.postgres import query, script
from designer.importers.sql.postgres.split import split
from tests.proof import pg_equal
from tests.servers import PostgresServer


@pytest.fixture(scope="module")
def snapshot(rich_url: str) -> Snapshot:
    return take(rich_url)


@pytest.fixture(scope="module")
def pasted(rich_url: str) -> str:
    """What a person gets who runs the query."""
    with psycopg.connect(rich_url) as connection:
        connection.execute("SET TRANSACTION READ ONLY")
        row = connection.execute(
            f"SELECT catalogs::text FROM ({query('postgresql').rstrip().rstrip(';')}) q".encode()
        ).fetchone()
        path = connection.execute("SHOW search_path").fetchone()
    assert row is not None
    assert path is not None
    return str(row[0])


def test_the_script_makes_the_same_database(snapshot: Snapshot, rich_url: str, postgres_server: PostgresServer):
    other = postgres_server.new_database()
    with psycopg.connect(other, autocommit=True) as connection:
        connection.execute(script(snapshot, EVERYTHING).encode())
    one, two = pg_equal.snapshot(rich_url), pg_equal.snapshot(other)
    assert len(one) > 350
    assert [pg_equal.sentence(each) for each in pg_equal.compare(one, two, order=True)] == []


def test_a_pasted_result_says_the_same_byte_for_byte(snapshot: Snapshot, pasted: str):
    assert script(snapshot_of(pasted), EVERYTHING) == script(snapshot, EVERYTHING)


def test_the_query_leaves_the_search_path_alone(rich_url: str):
    with psycopg.connect(rich_url, autocommit=True) as connection:
        before = connection.execute("SHOW search_path").fetchone()
        connection.execute(query("postgresql").encode())
        assert connection.execute("SHOW search_path").fetchone() == before


def test_no_secret_leaves_the_server(snapshot: Snapshot, pasted: str):
    assert "topsecret" not in pasted
    assert "topsecret" not in json.dumps(snapshot.sections)
    assert any("secrets were left out" in note["message"] for note in snapshot.sections["notes"])


def statements(text: str) -> Iterator[str]:
    """Yield the statements of a script in one spelling of white space; nothing of the session."""
    for start, end, kind in split(text):
        statement = re.sub(r"\s+", " ", text[start:end]).strip()
        if kind == "statement" and not statement.startswith(("SET ", "SELECT pg_catalog")):
            yield statement


OTHERWISE = (
    r"ALTER TABLE ONLY public\.\w+ ALTER COLUMN \w+ SET DEFAULT",  # stands in CREATE TABLE, or is inherited anyway
    r"CREATE TABLE public\.(serials|dog|people|newest|animal) \(",  # with that default; order of clauses
    r"CREATE (OR REPLACE )?VIEW public\.by_key",  # a stand-in; ours comes after the key that it needs
    r'CREATE MATERIALIZED VIEW public\."Sums"',  # WITH NO DATA, whether it has or not
    r"CREATE SERVER far|CREATE USER MAPPING",  # options in another order; a secret
)
"""What pg_dump says in another way."""


def test_it_says_what_pg_dump_says(snapshot: Snapshot, rich_url: str, postgres_server: PostgresServer):
    dump = subprocess.run(
        [str(postgres_server.bin / "pg_dump"), "--schema-only", "--no-owner", rich_url],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    ours = set(statements(script(snapshot, EVERYTHING)))
    missing = [each for each in statements(dump) if each not in ours and not re.match("|".join(OTHERWISE), each)]
    assert missing == []


def test_only_some_schemas(snapshot: Snapshot):
    text = script(snapshot, Wanted(schemas=("other",)))
    assert "CREATE UNLOGGED TABLE other.cache" in text
    assert "public.people (" not in text
    assert not re.search(r"CREATE (EVENT TRIGGER|PUBLICATION|CAST)", text)


def test_owners_and_privileges_are_a_choice(snapshot: Snapshot):
    plain = script(snapshot, Wanted(privileges=False))
    assert "GRANT" not in plain
    assert "REVOKE" not in plain
    assert "OWNER TO" not in plain
    owned = script(snapshot, Wanted(owners=True))
    assert re.search(r"ALTER TABLE public\.people OWNER TO \w+;", owned)
    assert re.search(r"ALTER FUNCTION public\.add_up\(a text\) OWNER TO \w+;", owned)
    assert "people_id_seq OWNER TO" not in owned  # the sequence of an identity column is its table's


def test_what_is_left_out_is_in_the_report(snapshot: Snapshot):
    report = read_snapshot(snapshot).report
    assert [each.message for each in report.findings if each.what == "user mapping for public on server far"]
