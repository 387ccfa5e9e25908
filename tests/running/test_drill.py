"""The drill: people edit, a backup is taken meanwhile, all is lost, and it is restored, on PostgreSQL and in SQLite."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
import threading
import zipfile
from pathlib import Path

import psycopg
import pytest

from designer.services import backup
from designer.services.errors import Invalid
from tests.running.conftest import PREFIX, environment, python, wholekey
from tests.running.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.postgres

AFTERWARDS = """
import json, sys, pathlib
from django.test import Client
from django.urls import reverse
from designer.models import Branch
from designer.services import backup
from designer.services.replaying import fingerprint
from designer.services.states import design_at
backup.write(pathlib.Path({again!r}))
heads = sorted(fingerprint(design_at(each, each.head)) for each in Branch.objects.select_related("source"))
main = Branch.objects.get(public_id={main!r})
client = Client(SERVER_NAME="erd.example.org")
def log_in(password):
    return client.post("/login", {{"login": "owner", "password": password}}, secure=True).status_code
refused, let_in = log_in("another password"), log_in({password!r})
change = {{"added": {{"after": {{"kind": "schema", "id": "after", "parent": "model", "name": "after"}}}}}}
body = {{"base": 1, "key": "after", "label": "x", "change": change}}
answer = client.post(reverse("api-changes", args=[main.public_id]), body, content_type="application/json", secure=True)
print(json.dumps([heads, refused, let_in, answer.status_code, answer.json()["version"] - main.head]))
"""
EXTRA = """
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from designer.models import *
from designer.services import branches
from designer.commands.contract import edit, replace
owner = get_user_model().objects.get(username="owner")
main = Branch.objects.get(public_id={main!r})
long = Branch.objects.create(project=main.project, name="long", source=main, forked_at=1, head=1)
with transaction.atomic():
    for number in range(230):
        branches.run_command(owner, long, lambda design: edit(design, "name", [replace(design["model"], name=f"N {{number}}")]))
DataSample.objects.create(branch=main, element="users", source="users.csv", found=bytes(range(256)), sketches=b"", author_name="x")
named = NamedVersion.objects.create(branch=main, version=1, name="1.0 ✓", checksum="0" * 64, author_name="x")
Deployment.objects.create(named=named, place="production", author_name="x")
request = ChangeRequest.objects.get()
request.reviewers.add(owner)
Comment.objects.create(branch=main, request=request, x=1.5, y=-2.25, body="\u202e \U0001f5dd 'quoted' \\\\", author=owner, author_name="x")
Notice.objects.create(project=main.project, user=owner, kind="mention", request=request)
ShareLink.objects.create(project=main.project, token_hash="0" * 64, created_by=owner, created_by_name="x", expires=timezone.now())
"""


class Writer(threading.Thread):
    """Somebody who edits all the time; `acknowledged` are the keys of edits that the server said it has."""

    def __init__(self, visitor: Visitor, branch: str):
        super().__init__(daemon=True)
        self.visitor, self.branch = visitor, branch
        self.acknowledged: list[str] = []
        self.over = threading.Event()

    def run(self) -> None:
        token = json.loads(
            re.search(r'<script id="boot" type="application/json">(.*?)</script>', self.visitor.page(self.branch))[1]
        )["csrf"]
        number = 0
        while not self.over.is_set():
            key = f"drill{number:04}"
            self.visitor.post_change(self.branch, token, key, 1)
            self.acknowledged.append(key)
            number += 1


def rows(archive: Path) -> dict[str, list[str]]:
    """Return all lines of all tables, but for lengths of tails, which a restore counts anew."""
    with zipfile.ZipFile(archive) as file:
        found = {name: file.read(name).decode().splitlines() for name in file.namelist() if name.startswith("tables/")}
    for name in ("tables/designer.Branch.jsonl",):
        columns, *lines = map(json.loads, found[name])
        counted = [columns.index(each) for each in ("tail_entries", "tail_bytes")]
        found[name] = [json.dumps([v for i, v in enumerate(line) if i not in counted]) for line in [columns, *lines]]
    return found


@pytest.fixture(scope="module")
def drilled(server, tmp_path_factory) -> tuple[Path, set[str], set[str]]:
    """Return an archive that was taken while somebody edited, and the edits acknowledged before and after it was."""
    python(server.told, EXTRA.format(main=server.branches[0]))
    archive = tmp_path_factory.mktemp("drill") / "backup.zip"
    editor = server.visitor()
    assert editor.log_in("editor")
    writer = Writer(editor, server.branches[0])
    writer.start()
    try:
        while len(writer.acknowledged) < 5:
            writer.join(0.05)
            assert writer.is_alive()
        before = set(writer.acknowledged)
        done = wholekey(server.told, "backup", str(archive))
        assert done.returncode == 0, done.stderr
    finally:
        writer.over.set()
        writer.join(20)
    assert len(writer.acknowledged) > len(before) + 1, "nobody edited while the backup was taken"
    return archive, before, set(writer.acknowledged)


def test_the_backup_is_of_one_moment_and_whole(server, drilled):
    archive, before, after = drilled
    lines = rows(archive)
    columns, *entries = map(json.loads, lines["tables/designer.LogEntry.jsonl"])
    kept = {entry[columns.index("key")] for entry in entries if entry[columns.index("key")].startswith("drill")}
    assert before <= kept <= after
    done = wholekey(server.told, "backup", "--check", str(archive))
    assert done.returncode == 0 and "every log leads to its head" in done.stderr
    assert archive.stat().st_mode & 0o077 == 0
    assert not {name for name in lines if "Session" in name or "Snapshot" in name or "OneTime" in name}


def test_everything_comes_back_on_another_postgresql_and_goes_on(server, drilled, postgres_server, tmp_path):
    """The designs, the password, and the log to which edits are appended."""
    archive, _, _ = drilled
    url = postgres_server.new_database()
    told = environment(tmp_path, url, WHOLEKEY_HOSTS="erd.example.org", WHOLEKEY_HTTPS="1")
    done = wholekey(told, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    again = str(tmp_path / "again.zip")
    said = python(told, AFTERWARDS.format(again=again, main=server.branches[0], password=PASSWORD))
    assert json.loads(said) == [_heads(archive), 200, 302, 200, 1]
    assert rows(tmp_path / "again.zip") == rows(archive)
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM designer_snapshot").fetchone() == (1,)  # of the long log


@pytest.mark.slow
def test_nothing_is_overwritten_by_accident(server, drilled):
    for arguments, said in ((), "--replace"), (("--replace",), "--yes"):
        refused = wholekey(server.told, "restore", str(drilled[0]), *arguments)
        assert refused.returncode == 2 and said in refused.stderr
    assert server.visitor().get(f"{PREFIX}/readyz").status == 200


def _heads(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as file:
        return sorted(each["sha256"] for each in json.loads(file.read("manifest.json"))["heads"])


@pytest.mark.slow
def test_everything_comes_back_in_sqlite(drilled, tmp_path):
    archive, _, _ = drilled
    told = environment(tmp_path)
    cut = tmp_path / "cut.zip"
    cut.write_bytes(archive.read_bytes()[:-100])
    refused = wholekey(told, "restore", str(cut))
    assert refused.returncode == 2 and refused.stderr.count("\n") == 1
    assert not (tmp_path / "wholekey.sqlite3").exists()
    done = wholekey(told, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    wholekey(told, "backup", str(tmp_path / "again.zip"))
    assert rows(tmp_path / "again.zip") == rows(archive)
    assert _heads(tmp_path / "again.zip") == _heads(archive)
    before = content(tmp_path / "wholekey.sqlite3")
    forged(archive, cut, lambda name, lines: lines[:-1] if "LogEntry" in name else lines)
    refused = wholekey(told, "restore", str(cut), "--replace", "--yes")
    assert refused.returncode == 2 and "its head is" in refused.stderr
    assert content(tmp_path / "wholekey.sqlite3") == before
    assert not list(tmp_path.glob("*.restoring*"))


def content(file: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(file)) as database:
        return list(database.iterdump())


def forged(archive: Path, target: Path, change, *, sums: bool = True, **about) -> Path:
    """Write an archive with other lines, and sums that fit them unless told otherwise."""
    with zipfile.ZipFile(archive) as file, zipfile.ZipFile(target, "w") as other:
        manifest = json.loads(file.read("manifest.json")) | about
        for table in manifest["tables"]:
            lines = change(table["file"], file.read(table["file"]).splitlines(keepends=True))
            if sums:
                table["rows"] = len(lines) - 1
                table["sha256"] = hashlib.sha256(b"".join(lines)).hexdigest()
            other.writestr(table["file"], b"".join(lines))
        other.writestr("manifest.json", json.dumps(manifest))
    return target


def _last(wanted: str, old: bytes, new: bytes):
    def change(name: str, lines: list[bytes]) -> list[bytes]:
        return [*lines[:-1], lines[-1].replace(old, new)] if wanted in name else lines

    return change


@pytest.mark.parametrize(
    ("change", "sums", "about", "said"),
    [
        (_last("auth.User.", b"stranger", b"STRANGER"), False, {}, "damaged"),
        (lambda name, lines: lines[:-1] if "LogEntry" in name else lines, False, {}, "damaged"),
        (lambda name, lines: lines[:-1] if "LogEntry" in name else lines, True, {}, "its head is"),
        (lambda name, lines: [lines[0], *lines[2:]] if "LogEntry" in name else lines, True, {}, "goes from version 0 to 2"),
        (lambda name, lines: lines[:-1] if "designer.Branch." in name else lines, True, {}, "not there"),
        (_last("LogEntry", b"N 229", b"N 23O"), True, {}, "not, at version"),
        (lambda name, lines: [*lines, b"{\n"] if "auth.User." in name else lines, True, {}, "damaged"),
        (lambda name, lines: lines, True, {"format": "tar"}, "no backup"),
        (lambda name, lines: lines, True, {"format_version": 9}, "newer"),
        (lambda name, lines: lines, True, {"tables": 3}, "cannot be read"),
    ],
)  # fmt: skip
def test_damage_is_seen_by_the_check(drilled, tmp_path, change, sums, about, said):
    tables = about.pop("tables", None)
    damaged = forged(drilled[0], tmp_path / "damaged.zip", change, sums=sums, **about)
    if tables is not None:
        with zipfile.ZipFile(damaged, "a") as file:
            file.writestr("manifest.json", json.dumps({"format": "wholekey-backup", "tables": tables}))
    with pytest.raises(Invalid, match=said):
        backup.check(damaged)


@pytest.mark.parametrize("bytes_of", [b"", b"PK\x03\x04", b"hello" * 1000])
def test_what_is_no_archive_is_refused(tmp_path, bytes_of):
    (tmp_path / "x.zip").write_bytes(bytes_of)
    with pytest.raises(Invalid, match="no whole backup"):
        backup.check(tmp_path / "x.zip")
    with pytest.raises(Invalid, match="cannot be read"):
        backup.check(tmp_path / "nothing.zip")


STOPPED = """
import pathlib, sys
from django.db import connection
from designer.services import restoring
def stop(fraction, message):
    if fraction > {when}:
        raise KeyboardInterrupt
try:
    restoring.restore(pathlib.Path({archive!r}), progress=stop)
except KeyboardInterrupt:
    print(len(connection.introspection.table_names()), len(list(pathlib.Path({folder!r}).glob("*.restoring*"))))
"""


@pytest.mark.slow
@pytest.mark.parametrize("when", [0.0, 0.5])
def test_whoever_stops_a_restore_leaves_nothing_half(drilled, postgres_server, tmp_path, when):
    for url in ("", postgres_server.new_database()):
        told = environment(tmp_path, url)
        assert python(told, STOPPED.format(when=when, archive=str(drilled[0]), folder=str(tmp_path))).split() == [
            "0",
            "0",
        ]


@pytest.mark.slow
def test_a_database_in_use_is_left_alone(drilled, postgres_server, tmp_path):
    told = environment(tmp_path)
    assert wholekey(told, "restore", str(drilled[0])).returncode == 0
    with contextlib.closing(sqlite3.connect(tmp_path / "wholekey.sqlite3")) as open_elsewhere:
        open_elsewhere.execute("SELECT count(*) FROM auth_user").fetchall()
        refused = wholekey(told, "restore", str(drilled[0]), "--replace", "--yes")
    assert refused.returncode == 2 and "in use" in refused.stderr
    url = postgres_server.new_database()
    told = environment(tmp_path, url)
    assert wholekey(told, "migrate").returncode == 0
    with psycopg.connect(url) as connection:
        connection.execute("SELECT 1 FROM designer_branch")  # in a transaction that goes on
        refused = wholekey(told, "restore", str(drilled[0]))
    assert refused.returncode == 2 and "in use" in refused.stderr
