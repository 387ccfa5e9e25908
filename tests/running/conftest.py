"""One team server for all: PostgreSQL, two workers on a socket, a proxy in front that speaks for https."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.running.proxy import proxy
from tests.running.visitor import HOST, PASSWORD, Visitor

ROOT = Path(__file__).parents[2]
PREFIX = "/erd"


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """What docs/deploy.md has a server told, and nothing of what this process was told."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("WHOLEKEY_", "DATABASE_URL", "DJANGO_ALLOW_"))
    }
    told = {"WHOLEKEY_VAR": str(folder), "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT)}
    return {**kept, **told, **({"DATABASE_URL": database} if database else {}), **more}


def team(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    return environment(folder, database, WHOLEKEY_HOSTS=HOST, WHOLEKEY_HTTPS="1", WHOLEKEY_PREFIX=PREFIX, **more)


def wholekey(told: dict[str, str], *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "designer.cli", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=120, input=given)
    assert "Traceback" not in done.stderr, done.stderr
    return done


def python(told: dict[str, str], text: str) -> str:
    """Run a program with Django set up on the server's database, and return what it prints."""
    text = "import django; django.setup()\n" + text
    told = {**told, "DJANGO_SETTINGS_MODULE": "designer.settings"}
    done = subprocess.run([sys.executable, "-c", text], cwd=ROOT, env=told, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


PEOPLE = f"""
import json
from django.db import transaction
from tests.accounts import people
from designer.services import branching, branches, requests, versions
from designer.commands.contract import edit, replace
with transaction.atomic():
    made = people()
    made.owner.set_password({PASSWORD!r})
    for each in (made.owner, made.editor, made.viewer):
        each.password = made.owner.password
        each.save()
    side = branching.create(made.owner, made.branch, "side")
    branches.run_command(made.owner, side, lambda design: edit(design, "x", [replace(design["model"], name="Sidé 🗝")]))
    side.refresh_from_db()
    requests.open_one(made.owner, side, "Side")
print(json.dumps([made.branch.public_id, side.public_id]))
"""


@dataclass
class Server:
    process: subprocess.Popen[str]
    port: int  # of the proxy
    told: dict[str, str]
    branches: list[str]

    def visitor(self) -> Visitor:
        return Visitor(self.port, PREFIX)


@dataclass
class Made:
    """A database that several processes brought up to date at once, and what each of them said."""

    url: str
    said: list[str]


@pytest.fixture(scope="session")
def made(postgres_server, tmp_path_factory) -> Made:
    url = postgres_server.new_database()
    told = environment(tmp_path_factory.mktemp("race"), url)
    command = [sys.executable, "-m", "designer.cli", "migrate"]
    running = [subprocess.Popen(command, cwd=ROOT, env=told, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    return Made(url, said)


@pytest.fixture(scope="session")
def server(made, tmp_path_factory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("team")
    told = team(folder, made.url)
    socket = str(folder / "s")
    command = [sys.executable, "-m", "designer.cli", "serve", "--workers", "2", "--socket", socket]
    process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None and "ready" in process.stdout.readline()
        branches = json.loads(python(told, PEOPLE))
        with proxy(socket) as port:
            yield Server(process, port, told, branches)
    finally:
        process.terminate()
        process.wait(30)
