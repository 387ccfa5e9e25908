"""Import from live databases, pasted catalogs and SQLite files in the browser's forms, and what must never get out."""

from __future__ import annotations

import contextlib
import logging
import re
import socket
import sqlite3
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from designer.importers.live import engine
from designer.importers.live.registry import ENGINES
from designer.models import Job, Project
from designer.schema import Column, Model, Table
from designer.services import branches, connecting, imports, jobs
from designer.services.errors import Invalid
from tests.forwarding import forwarded
from tests.servers import MariaServer, PostgresServer

PASSWORD = "s3cret-of-nobody"
GUEST = "wk_web_guest"
NO_MARKS = {"hx-request": "true"}


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


@dataclass(frozen=True)
class Guarded:
    """A database on a port whose user needs the password."""

    port: int
    name: str


@pytest.fixture(scope="module")
def guarded(postgres_server: PostgresServer) -> Iterator[Guarded]:
    import psycopg

    url = postgres_server.new_database()
    with psycopg.connect(url, autocommit=True) as connection:
        hba = Path(str(connection.execute("SHOW hba_file").fetchone()[0]))
        hba.write_text(f"local all {GUEST} scram-sha-256\n" + hba.read_text())
        connection.execute(f"CREATE ROLE {GUEST} LOGIN PASSWORD '{PASSWORD}'; SELECT pg_reload_conf()")
        connection.execute("CREATE SCHEMA app; CREATE TABLE app.members (id int PRIMARY KEY, name text)")
        connection.execute("CREATE TABLE notes (id int PRIMARY KEY); CREATE TABLE users (id int)")
        connection.execute(f"GRANT USAGE ON SCHEMA app TO {GUEST}")
    folder = unquote(re.search(r"host=([^&]+)", url)[1])
    with forwarded(f"{folder}/.s.PGSQL.5432") as port:
        yield Guarded(port, url.partition("?")[0].rpartition("/")[2])


def fields(guarded: Guarded, **other: str) -> dict[str, str]:
    return {
        "way": "live", "dialect": "postgresql", "host": "127.0.0.1", "port": str(guarded.port), "user": GUEST,
        "password": PASSWORD, "database": guarded.name, "privileges": "1", **other,
    }  # fmt: skip


def asked(client: Client, address: str = "", **data: object) -> Job:
    response = client.post(address or reverse("import"), data)
    assert response.status_code == 302, response.content[:2000]
    return Job.objects.get(public_id=response["Location"].rstrip("/").rpartition("/")[2])


def names(job: Job) -> set[str]:
    assert job.state == "done", job.message
    return {table.name for table in branches.load(job.branch)[0].of(Table)}


# Live


@pytest.mark.postgres
def test_a_live_database_becomes_a_project(everybody, editor, guarded, settings):
    settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.1:{guarded.port}"
    job = asked(editor, **fields(guarded))
    assert names(job) == {"members", "notes", "users"}
    assert job.branch.project.name == guarded.name
    (model,) = branches.load(job.branch)[0].of(Model)
    assert (model.name, model.target, model.version) == (guarded.name, "postgresql", "18")
    page = editor.get(reverse("job", args=[job.public_id])).content.decode()
    assert f"Import of {guarded.name} at 127.0.0.1:{guarded.port}" in page
    assert "CREATE TABLE app.members" in page
    assert '<th scope="col">Line</th>' not in page
    assert "a setting of the session" not in page.lower()


@pytest.mark.postgres
def test_a_url_stands_for_the_fields_and_schemas_are_chosen(everybody, editor, guarded, settings):
    settings.WHOLEKEY_DATABASE_HOSTS = f"localhost:{guarded.port}"
    url = f"postgresql://{GUEST}@127.0.0.1:{guarded.port}/{guarded.name}?sslmode=disable"
    job = asked(editor, way="live", url=url, password=PASSWORD, schemas=" app ", host="ignored.example.org")
    assert names(job) == {"members"}


@pytest.mark.postgres
def test_a_live_database_joins_a_model(everybody, editor, guarded, settings):
    settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.0/8:{guarded.port}"
    job = asked(editor, reverse("import-into", args=[everybody.branch.public_id]), **fields(guarded, diagram="diagram"))
    assert names(job) == {"users", "posts", "members", "notes"}


@pytest.mark.mariadb
def test_a_live_mariadb_becomes_a_project(everybody, editor, mariadb_server: MariaServer, settings):
    import pymysql

    database = mariadb_server.new_database()
    with pymysql.connect(**database) as connection, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (id int AUTO_INCREMENT PRIMARY KEY)")
        cursor.execute(f"CREATE OR REPLACE USER {GUEST}@localhost IDENTIFIED BY '{PASSWORD}'")
        cursor.execute(f"GRANT SELECT ON {database['database']}.* TO {GUEST}@localhost")
    with forwarded(mariadb_server.socket) as port:
        settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.1:{port}"
        place = fields(Guarded(port, database["database"]), dialect="mysql")
        assert names(asked(editor, **place)) == {"notes"}
        wrong = asked(editor, **{**place, "password": "s3cret-wrong"})
    assert wrong.state == "failed"
    assert "password" in wrong.message
    assert "s3cret" not in wrong.message


def everything_stored() -> str:
    rows = [str(row) for model in apps.get_models() for row in model.objects.values_list()]
    return "\n".join(rows)


@pytest.mark.postgres
@pytest.mark.parametrize("given", [PASSWORD, "s3cret-and-wrong"])
@pytest.mark.parametrize("as_url", [False, True])
def test_the_password_is_kept_nowhere(everybody, editor, guarded, settings, caplog, tmp_path, given, as_url):
    settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.1:{guarded.port}"
    caplog.set_level(logging.DEBUG)
    url = f"postgresql://{GUEST}:{given}@127.0.0.1:{guarded.port}/{guarded.name}"
    data = {"way": "live", "url": url} if as_url else fields(guarded, password=given)
    job = asked(editor, **data)
    assert job.state == ("done" if given == PASSWORD else "failed")
    answers = [
        editor.get(reverse("job", args=[job.public_id])),
        editor.get(reverse("job", args=[job.public_id]), {"part": "state"}),
        editor.get(reverse("import")),
        *([editor.get(reverse("api-design", args=[job.branch.public_id]))] if job.branch else []),
    ]
    for answer in answers:
        assert b"s3cret" not in answer.content
        assert "s3cret" not in str(answer.headers)
    assert "s3cret" not in everything_stored()
    assert "s3cret" not in str([job.__dict__, jobs.result_of(job)])
    assert "s3cret" not in caplog.text
    assert "s3cret" not in str(dict(editor.session))
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and b"s3cret" in path.read_bytes()]


@pytest.mark.postgres
def test_an_error_in_the_server_itself_has_no_password(everybody, editor, guarded, settings, caplog, monkeypatch):
    settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.1:{guarded.port}"
    monkeypatch.setattr(imports, "decode", lambda data: 1 / 0)
    job = asked(editor, **fields(guarded))
    assert job.state == "failed"
    assert "ZeroDivisionError" in caplog.text
    assert "s3cret" not in caplog.text + job.message + everything_stored()


def test_a_form_that_is_wrong_comes_back_without_the_password(everybody, editor, settings):
    settings.WHOLEKEY_DATABASE_HOSTS = "127.0.0.1"
    data = fields(Guarded(5432, ""), host="db.example.org")
    response = editor.post(reverse("import"), data)
    assert response.status_code == 400
    page = response.content.decode()
    assert "Name the database." in page
    assert 'value="db.example.org"' in page
    assert 'id="tab-import-live" aria-controls="import-way-live" aria-selected="true"' in page
    assert "s3cret" not in page
    assert "s3cret" not in editor.post(reverse("import"), {**data, "url": f"x://a:{PASSWORD}@h"}).content.decode()
    assert b"s3cret" not in editor.post(reverse("import"), data, headers=NO_MARKS).content


@pytest.mark.parametrize("ending", ["cancelled", "failed"])
def test_a_server_that_never_answers_holds_nothing_up(everybody, editor, settings, monkeypatch, ending):
    """Cancelled by the person, or given up after the time that an import may take: the connection is gone."""
    told = jobs.Watch.__call__

    def cancel(watch, fraction, message):
        Job.objects.update(cancel_asked=True)
        told(watch, fraction, message)

    if ending == "cancelled":
        monkeypatch.setattr(jobs.Watch, "__call__", cancel)
    settings.WHOLEKEY_IMPORT_SECONDS = 2
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        settings.WHOLEKEY_DATABASE_HOSTS = f"127.0.0.1:{port}"
        started = time.monotonic()
        job = asked(editor, **fields(Guarded(port, "shop")))
        assert time.monotonic() - started < 10
        assert job.state == ending
        assert "s3cret" not in job.message
        silent.settimeout(0)
        with contextlib.suppress(BlockingIOError):  # cancelled before it was connected
            connection = silent.accept()[0]
            connection.settimeout(5)
            while connection.recv(4096):
                pass


# Not allowed


def test_without_the_operator_nothing_is_connected_to(everybody, editor):
    page = editor.get(reverse("import")).content.decode()
    assert "WHOLEKEY_DATABASE_HOSTS" in page
    assert 'name="password"' not in page
    response = editor.post(reverse("import"), fields(Guarded(5432, "shop")))
    assert response.status_code == 400
    assert "WHOLEKEY_DATABASE_HOSTS" in response.content.decode()
    assert not Job.objects.exists()


@pytest.mark.parametrize("host", [
    "169.254.169.254", "127.0.0.1", "::ffff:127.0.0.1", "::1", "0.0.0.0", "2130706433", "0x7f.1", "localhost",
    "no-such-host.invalid",
])  # fmt: skip
def test_servers_that_are_not_on_the_list_are_refused_before_a_byte_is_sent(everybody, editor, settings, host):
    settings.WHOLEKEY_DATABASE_HOSTS = "10.0.0.5, db.example.invalid"
    job = asked(editor, **fields(Guarded(5432, "shop"), host=host))
    assert job.state == "failed"
    assert "may not connect" in job.message
    assert "s3cret" not in job.message


@pytest.mark.postgres
def test_a_port_that_is_not_on_the_list_is_refused(everybody, editor, guarded, settings):
    for allowed in ("127.0.0.1", f"127.0.0.1:{guarded.port + 1}"):
        settings.WHOLEKEY_DATABASE_HOSTS = allowed
        job = asked(editor, **fields(guarded))
        assert (job.state, "may not connect" in job.message) == ("failed", True)


BAD_PLACES = {
    "a socket": {"host": "/tmp"},
    "a socket in percent signs": {"url": "postgresql://ann@%2Ftmp/shop"},
    "two hosts": {"host": "127.0.0.1,169.254.169.254"},
    "two hosts in a URL": {"url": "postgresql://ann@127.0.0.1,169.254.169.254/shop"},
    "another address": {"url": "postgresql://ann@127.0.0.1/shop?hostaddr=169.254.169.254"},
    "another host": {"url": "postgresql://ann@127.0.0.1/shop?host=169.254.169.254"},
    "a certificate of the server": {"url": "postgresql://ann@127.0.0.1/shop?sslrootcert=/etc/passwd"},
    "a key of the server": {"url": "postgresql://ann@127.0.0.1/shop?sslkey=/etc/shadow"},
    "a service": {"url": "postgresql://ann@127.0.0.1/shop?service=x"},
    "passwords of the server": {"url": "postgresql://ann@127.0.0.1/shop?passfile=/root/.pgpass"},
    "options": {"url": "postgresql://ann@127.0.0.1/shop?options=-csearch_path%3Dx"},
    "a socket of MySQL": {"url": "mysql://ann@127.0.0.1/shop?unix_socket=/run/mysqld.sock"},
    "files of MySQL": {"url": "mysql://ann@127.0.0.1/shop?local_infile=1"},
    "a certificate of MySQL": {"url": "mysql://ann@127.0.0.1/shop?ssl_ca=/etc/passwd"},
    "a file": {"url": "sqlite:////etc/passwd"},
    "a file in the field": {"dialect": "sqlite"},
    "another protocol": {"url": "http://169.254.169.254/latest"},
    "no number": {"port": "5432x"},
    "a huge number": {"port": "99999999999999"},
    "a line end": {"host": "127.0.0.1\nsslmode=disable"},
    "a zero": {"user": "ann\0"},
    "a zero in percent signs": {"url": "postgresql://ann%00@127.0.0.1/shop"},
    "a zone": {"host": "fe80::1%eth0"},
    "no user": {"user": ""},
    "nonsense": {"url": "postgresql://[::1/shop"},
}


@pytest.mark.parametrize("case", BAD_PLACES)
def test_what_is_no_plain_server_is_refused_at_once(everybody, editor, settings, case):
    settings.WHOLEKEY_DATABASE_HOSTS = "127.0.0.0/8, ::1"
    response = editor.post(reverse("import"), fields(Guarded(5432, "shop"), **BAD_PLACES[case]), headers=NO_MARKS)
    assert response.status_code == 400, case
    assert 10 < len(response.content.decode()) < 200
    assert not Job.objects.exists()


def test_the_address_that_was_checked_is_the_one_connected_to(settings):
    settings.WHOLEKEY_DATABASE_HOSTS = "db.example.org"
    given = {"host": "db.example.org", "user": "a b", "password": "p@:/?#", "database": "s/h&p"}
    place = connecting.place_of(given)
    assert (
        place.url("10.1.2.3") == "postgresql://a%20b:p%40%3A%2F%3F%23@db.example.org:5432/s%2Fh%26p?hostaddr=10.1.2.3"
    )
    place = connecting.place_of({**given, "dialect": "mysql", "port": "3307"})
    assert place.url("fd00::7") == "mysql://a%20b:p%40%3A%2F%3F%23@[fd00::7]:3307/s%2Fh%26p"
    assert "p@" not in repr(place) + place.called


def test_a_wrong_list_of_the_operator_is_told(everybody, editor, settings):
    settings.WHOLEKEY_DATABASE_HOSTS = "10.0.0.0/99"
    response = editor.post(reverse("import"), fields(Guarded(5432, "shop")), headers=NO_MARKS)
    assert response.status_code == 400
    assert "10.0.0.0/99" in response.content.decode()


def test_the_process_has_none_of_the_operators_ways_into_databases(monkeypatch):
    from designer.services.import_process import environment

    for name in ("PGPASSWORD", "PGPASSFILE", "PGSERVICE", "PGHOSTADDR", "MYSQL_PWD", "KRB5CCNAME", "DATABASE_URL"):
        monkeypatch.setenv(name, "of-the-operator")
    found = environment()
    assert "of-the-operator" not in found.values()
    assert found["HOME"] == "/nonexistent"
    assert found["PATH"]


@pytest.mark.parametrize("visitor", ["viewer", "reviewer", "stranger"])
def test_only_editors_may_import_into_a_design(everybody, client, settings, visitor):
    settings.WHOLEKEY_DATABASE_HOSTS = "127.0.0.1"
    client.force_login(getattr(everybody, visitor))
    url = reverse("import-into", args=[everybody.branch.public_id])
    assert client.post(url, fields(Guarded(5432, "shop"))).status_code in (403, 404)
    assert not Job.objects.exists()


@pytest.mark.parametrize("name", ["import", "import-query"])
def test_visitors_without_an_account_get_no_form(everybody, client, name):
    assert client.get(reverse(name), {"of": "sqlite"}).status_code == 302
    client.force_login(everybody.viewer)
    assert client.get(reverse(name), {"of": "sqlite"}).status_code in (200, 403)


def test_a_forged_form_connects_to_nothing(everybody, settings):
    settings.WHOLEKEY_DATABASE_HOSTS = "127.0.0.1"
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(everybody.editor)
    assert forged.post(reverse("import"), fields(Guarded(5432, "shop"))).status_code == 403
    assert not Job.objects.exists()


# Pasted and uploaded


@pytest.mark.parametrize("dialect", list(ENGINES))
def test_the_query_of_each_database_is_shown(everybody, editor, dialect):
    page = editor.get(reverse("import-query"), {"of": dialect}).content.decode()
    assert "wholekey_catalog" in page
    assert 'data-copy="#catalog-query"' in page
    assert "<html" not in page


def test_there_is_no_query_for_other_databases(everybody, editor):
    assert editor.get(reverse("import-query"), {"of": "oracle"}, headers=NO_MARKS).status_code == 400


def library(path: Path) -> Path:
    with sqlite3.connect(path) as base:
        base.executescript("CREATE TABLE books (id INTEGER PRIMARY KEY, title TEXT); CREATE TABLE users (id INTEGER);")
    base.close()
    return path


def pasted(path: Path) -> str:
    with sqlite3.connect(library(path)) as base:
        value = str(base.execute(engine("sqlite").query("sqlite")).fetchone()[0])
    base.close()
    return f"wholekey\n{value}\n"


@pytest.mark.parametrize("way", ["query", "text", ""])
def test_a_pasted_value_becomes_a_project_of_the_databases_name(everybody, editor, tmp_path, way):
    job = asked(editor, way=way, text=pasted(tmp_path / "library.db"))
    assert names(job) == {"books", "users"}
    assert job.branch.project.name == "library"


def test_a_pasted_value_joins_a_model(everybody, editor, tmp_path):
    url = reverse("import-into", args=[everybody.branch.public_id])
    job = asked(editor, url, way="query", text=pasted(tmp_path / "library.db"), diagram="diagram")
    assert names(job) == {"users", "posts", "books", "users_2"}


def test_a_cut_value_is_told_with_where_it_ends(everybody, editor, tmp_path):
    job = asked(editor, way="query", text=pasted(tmp_path / "library.db")[:-60])
    assert job.state == "failed"
    assert "ends in the middle" in job.message
    other = asked(editor, way="query", text="CREATE TABLE t (id int);")
    assert (other.state, "wholekey_catalog" in other.message) == ("failed", True)
    response = editor.post(reverse("import"), {"way": "query", "text": " "}, headers=NO_MARKS)
    assert response.content.decode() == "Paste the result of the query, or choose a file."


@pytest.mark.parametrize("name", ["library.db", "library.sqlite3", "library"])
def test_an_sqlite_file_is_imported_as_it_is(everybody, editor, tmp_path, settings, name):
    data = library(tmp_path / "made.db").read_bytes()
    job = asked(editor, file=SimpleUploadedFile(name, data), dialect="auto")
    assert names(job) == {"books", "users"}
    assert job.branch.project.name == "library"
    design, _ = branches.load(job.branch)
    assert [model.name for model in design.of(Model)] == ["library"]
    assert {column.name for column in design.of(Column)} == {"id", "title"}
    assert not list((settings.VAR_DIR / "uploads").glob("*"))


@pytest.mark.parametrize("damage", ["cut", "noise", "head alone"])
def test_a_damaged_sqlite_file_is_refused_in_one_sentence(everybody, editor, tmp_path, damage):
    data = library(tmp_path / "made.db").read_bytes()
    torn = {"cut": data[:5000], "noise": data[:100] + b"\xff" * (len(data) - 100), "head alone": data[:16]}[damage]
    job = asked(editor, file=SimpleUploadedFile("torn.db", torn), dialect="auto")
    assert job.state == "failed"
    assert job.message.count("\n") == 0
    assert not Project.objects.filter(name="torn").exists()


def test_a_place_is_refused_where_no_server_is_named(settings):
    settings.WHOLEKEY_DATABASE_HOSTS = " "
    with pytest.raises(Invalid, match="off"):
        connecting.place_of({"host": "127.0.0.1"})
