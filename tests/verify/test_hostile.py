"""What a script that means harm comes to: it is refused or stopped, in time, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from designer.proof.contract import Limits, ProofProblem
from designer.proof.postgres.scratch import PostgresScratch
from tests.verify.scratch import QUICK, apply, needs_postgres, run

pytestmark = pytest.mark.postgres
OUT = "/tmp/wholekey-was-here"
REFUSED = {
    "program": f"COPY (SELECT 1) TO PROGRAM 'touch {OUT}'",
    "from program": "CREATE TABLE t (x text); COPY t FROM PROGRAM 'id'",
    "to file": f"COPY (SELECT 1) TO '{OUT}'",
    "c function": "CREATE FUNCTION evil() RETURNS int LANGUAGE c AS 'libc.so.6', 'system'",
    "internal function": "CREATE FUNCTION evil2(text) RETURNS text LANGUAGE internal AS 'pg_read_file'",
    "alter system": "ALTER SYSTEM SET archive_command = 'touch /tmp/x'",
    "read file": "SELECT pg_catalog.pg_read_file('/etc/passwd')",
    "list files": "SELECT pg_catalog.pg_ls_dir('/')",
    "large object in": "SELECT pg_catalog.lo_import('/etc/passwd')",
    "large object out": f"SELECT pg_catalog.lo_export(1, '{OUT}')",
    "load": "LOAD '/lib/x86_64-linux-gnu/libc.so.6'",
    "own role": "ALTER ROLE CURRENT_USER SUPERUSER",
    "pg role": "GRANT pg_execute_server_program TO CURRENT_USER",
    "new database": "CREATE DATABASE more",
    "tablespace": "CREATE TABLESPACE s LOCATION '/tmp'",
    "event trigger": "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()",
    "untrusted language": "CREATE EXTENSION plpython3u",
    "kill": "SELECT pg_catalog.pg_reload_conf()",
    "preload": "SET session_preload_libraries = 'evil'",
    "log": "SET log_min_messages = debug5",
    "dblink": "SELECT dblink('dbname=postgres', 'SELECT 1')",
    "sleep": "SELECT pg_catalog.pg_sleep(1e9)",
    "loop": "DO $$ BEGIN LOOP END LOOP; END $$",
    "temporary files": "SELECT count(*) FROM (SELECT md5(g::text) FROM generate_series(1, 100000000) g ORDER BY 1) s",
}


@pytest.fixture(scope="module")
def scratch():
    needs_postgres()
    limits = Limits(seconds=90, statement_seconds=1, disk=QUICK.disk)
    with PostgresScratch(limits) as one:
        yield one


@pytest.fixture(scope="module")
def refusals(scratch):
    Path(OUT).unlink(missing_ok=True)
    setting = "CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN END $$"
    applied = apply(scratch, setting, *REFUSED.values())
    return {each.piece.text: each for each in applied.refusals}


@pytest.mark.parametrize("name", REFUSED)
def test_what_reaches_out_of_the_database_is_refused(refusals, name):
    assert REFUSED[name] in refusals
    assert not Path(OUT).exists()


@pytest.mark.parametrize("name", ["program", "c function", "alter system", "event trigger", "tablespace"])
def test_what_needs_a_superuser_is_no_fault_of_the_design(refusals, name):
    assert "superuser" in refusals[REFUSED[name]].unproven


@pytest.mark.parametrize("name", ["loop", "sleep"])
def test_what_does_not_end_is_a_fault_of_the_design(refusals, name):
    assert refusals[REFUSED[name]].unproven == ""
    assert "timeout" in refusals[REFUSED[name]].message


@pytest.mark.parametrize("statement", ["SET ROLE admin", "RESET SESSION AUTHORIZATION", "RESET ROLE",
                                       "SET SESSION AUTHORIZATION DEFAULT", "SET SESSION AUTHORIZATION postgres"])  # fmt: skip
def test_no_statement_makes_a_script_more_than_it_was(scratch, refusals, statement):
    applied = apply(scratch, statement, "ALTER ROLE CURRENT_USER CREATEDB", "ALTER SYSTEM SET work_mem = '1GB'")
    assert [each.piece.line for each in applied.refusals][-2:] == [2, 3]


def test_a_role_that_a_script_creates_may_do_nothing(scratch, refusals):
    made = apply(scratch, "CREATE ROLE boss SUPERUSER LOGIN", "CREATE TABLE t1 (id int)", "GRANT SELECT ON t1 TO boss")
    with scratch.cluster.connect(scratch.cluster.admin, scratch.database) as admin:
        great = admin.execute("SELECT rolname FROM pg_roles WHERE rolsuper OR rolcreatedb OR rolcreaterole").fetchall()
        may_log_in = admin.execute("SELECT rolcanlogin FROM pg_roles WHERE rolname = 'boss'").fetchone()
    assert made.refusals == []
    assert great == [(scratch.cluster.admin,)]
    assert may_log_in == (False,)


def test_the_other_databases_take_no_connection_of_the_role(scratch, refusals):
    with pytest.raises(Exception, match="permission denied for database"):
        scratch.cluster.connect(scratch.role, "postgres")
    with pytest.raises(Exception, match="permission denied for database"):
        scratch.cluster.connect(scratch.role, "template1")


def test_a_loop_that_sets_the_timeout_aside_costs_the_server():
    needs_postgres()
    limits = Limits(seconds=60, statement_seconds=1, disk=QUICK.disk)
    began = time.monotonic()
    with pytest.raises(ProofProblem, match="took more than 1 seconds"):
        run("postgresql", "SET statement_timeout = 0", "DO $$ BEGIN LOOP END LOOP; END $$", limits=limits)
    assert time.monotonic() - began < 15


def test_a_script_that_fills_the_disk_loses_the_server():
    needs_postgres()
    limits = Limits(seconds=60, statement_seconds=30, disk=64 * 1024 * 1024)
    fill = "CREATE TABLE big AS SELECT repeat(md5(g::text), 30) AS x FROM generate_series(1, 1000000000) g"
    try:
        applied = run("postgresql", fill, limits=limits)
    except ProofProblem as problem:
        assert "to the disk" in str(problem)
    else:
        assert "too large" in applied.refusals[0].message or "extend" in applied.refusals[0].message


@pytest.fixture
def open_folder(monkeypatch):
    """A folder for temporary files that every user of this machine may enter."""
    folder = Path(tempfile.mkdtemp(prefix="wk-"))
    folder.chmod(0o711)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("WHOLEKEY_VAR", raising=False)
    yield folder
    shutil.rmtree(folder)


def test_nothing_is_left_behind(open_folder):
    needs_postgres()
    run("postgresql", "CREATE TABLE t (id int)")
    run("sqlite", "CREATE TABLE t (id int)")
    assert list(open_folder.iterdir()) == []


HOLD = """
from designer.proof.contract import Limits
from designer.proof.postgres.cluster import Cluster
import time
cluster = Cluster(Limits())
print(cluster._process.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no signal for the death of a parent")
def test_a_server_dies_with_the_process_that_started_it(open_folder):
    needs_postgres()
    environment = {**os.environ, "TMPDIR": str(open_folder)}
    with subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True, env=environment) as holder:
        number = int(holder.stdout.readline())
        holder.kill()
    until = time.monotonic() + 10
    while _runs(number) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _runs(number)


def _runs(number: int) -> bool:
    try:
        return "postgres" in Path(f"/proc/{number}/cmdline").read_text()
    except OSError:
        return False


OUTSIDE = [
    "ATTACH DATABASE '/tmp/wholekey-was-here' AS x", "VACUUM INTO '/tmp/wholekey-was-here'",
    "SELECT load_extension('/lib/x')", "PRAGMA temp_store_directory = '/tmp'", "PRAGMA writable_schema = 1",
    "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT count(*) FROM r",
    "CREATE TABLE big AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT hex(zeroblob(1000)) FROM r",
]  # fmt: skip


def test_sqlite_is_closed_to_other_files_and_ends_in_time():
    limits = Limits(seconds=30, statement_seconds=0.5, disk=8 * 1024 * 1024)
    applied = run("sqlite", *OUTSIDE, "CREATE TABLE t (id int)", limits=limits)
    assert [each.piece.text for each in applied.refusals] == OUTSIDE
    assert not Path(OUT).exists()
