"""The drill: people edit, a backup is taken meanwhile, all is lost, and it is restored, on PostgreSQL and in SQLite."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import psycopg
import pytest

from designer.services import backup
from designer.services.errors import Invalid
from tests.running.conftest import PREFIX, ROOT, environment, python, team, wholekey
from tests.running.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.postgres

DESIGNS = """
import json, hashlib
from designer.models import Branch, LogEntry
from designer.services.states import design_at
from designer.schema.codec import encode
print(json.dumps({
    each.public_id: [each.head, LogEntry.objects.filter(branch=each).count(), hashlib.sha256(encode(design_at(each, each.head))).hexdigest()]
    for each in Branch.objects.select_related("source")
}))
"""
EXTRA = """
from django.contrib.auth import get_user_model
from django.utils import timezone
from designer.models import *
from designer.services import branches
from designer.commands.contract import edit, replace
owner = get_user_model().objects.get(username="owner")
main = Branch.objects.get(public_id={main!r})
long = Branch.objects.create(project=main.project, name="long", source=main, forked_at=1, head=1)
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


def test_everything_comes_back_on_another_postgresql_and_goes_on(drilled, postgres_server, tmp_path):
    archive, _, _ = drilled
    url = postgres_server.new_database()
    told = team(tmp_path, url)
    done = wholekey(told, "restore", str(archive))
    assert done.returncode == 0, done.stderr
    wholekey(told, "backup", str(tmp_path / "again.zip"))
    assert rows(tmp_path / "again.zip") == rows(archive)
    designs = json.loads(python(told, DESIGNS))
    assert _heads(archive) == sorted(digest for _, _, digest in designs.values())
    with PlainUvicorn(told, tmp_path) as port:
        visitor = Visitor(port, PREFIX)
        assert not visitor.log_in("owner", "another password")
        assert visitor.log_in("owner", PASSWORD)
        main = next(each for each, (head, _, _) in designs.items() if f"/d/{each}/" in visitor.get(f"{PREFIX}/").body)
        answer = visitor.edit(main, "afterwards", designs[main][0])
        assert answer["version"] == designs[main][0] + 1
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT count(*) FROM designer_snapshot").fetchone() == (1,)  # of the long log
    refused = wholekey(told, "restore", str(archive))
    assert refused.returncode == 2 and "--replace" in refused.stderr
    refused = wholekey(told, "restore", str(archive), "--replace")
    assert refused.returncode == 2 and "--yes" in refused.stderr


def _heads(archive: Path) -> list[str]:
    with zipfile.ZipFile(archive) as file:
        return sorted(each["sha256"] for each in json.loads(file.read("manifest.json"))["heads"])


class PlainUvicorn:
    """`uvicorn designer.asgi:application`, without our command."""

    def __init__(self, told: dict[str, str], folder: Path):
        self.told, self.folder = told, folder

    def __enter__(self) -> int:
        from tests.running.proxy import proxy

        socket = str(self.folder / "u")
        command = [sys.executable, "-m", "uvicorn", "designer.asgi:application", "--uds", socket, "--proxy-headers",
                   "--no-server-header"]  # fmt: skip
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.told, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr is not None
        said = iter(self.process.stderr.readline, "")
        assert any("running on" in line for line in said)
        self.proxy = proxy(socket)
        return self.proxy.__enter__()

    def __exit__(self, *about: object) -> None:
        self.proxy.__exit__(None, None, None)
        self.process.terminate()
        self.process.wait(20)


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
    before = (tmp_path / "wholekey.sqlite3").read_bytes()
    forged(archive, cut, lambda name, lines: lines[:-1] if "LogEntry" in name else lines)
    refused = wholekey(told, "restore", str(cut), "--replace", "--yes")
    assert refused.returncode == 2 and "its head is" in refused.stderr
    assert (tmp_path / "wholekey.sqlite3").read_bytes() == before
    assert not list(tmp_path.glob("*.restoring*"))


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
