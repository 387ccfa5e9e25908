"""An edit that was acknowledged survives `kill -9` of the server, in a real process on a real file."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest
from django.conf import settings

from tests import prepared

ROOT = Path(settings.BASE_DIR)


class Server:
    """A server process with its own data, and a browser's share of talking to it."""

    def __init__(self, var: Path):
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("WHOLEKEY_", "DATABASE_URL"))},
            "WHOLEKEY_VAR": str(var),
            "WHOLEKEY_LOCAL": "1",
            "WHOLEKEY_ONE_TIME": "0",
            "DJANGO_SETTINGS_MODULE": "designer.settings",
        }
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def start(self) -> None:
        arguments = ["--port", str(self.port), "--log-level", "warning"]
        command = [sys.executable, "-m", "uvicorn", "designer.asgi:application", *arguments]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                self.opener.open(f"http://127.0.0.1:{self.port}/help", timeout=5)
                return
            except OSError:
                time.sleep(0.1)
        raise AssertionError("the server did not start")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def get(self, path: str) -> str:
        return self.opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=30).read().decode()

    def boot(self) -> dict:
        branch = re.search(r"/d/(\w+)/", self.get("/")).group(0)
        return json.loads(re.search(r'id="boot" type="application/json">(.*?)</script>', self.get(branch)).group(1))

    def post(self, boot: dict, body: dict) -> dict:
        headers = {
            "Content-Type": "application/json",
            "X-CSRFToken": boot["csrf"],
            "Origin": f"http://127.0.0.1:{self.port}",
        }
        url = f"http://127.0.0.1:{self.port}{boot['urls']['changes']}"
        request = urllib.request.Request(url, json.dumps(body).encode(), headers)
        return json.loads(self.opener.open(request, timeout=30).read())


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="module")
def server(folder):
    made = Server(folder)
    prepared.database_in(folder)
    made.start()
    yield made
    made.kill()


def test_acknowledged_edits_survive_a_kill(server):
    boot = server.boot()
    design = json.loads(server.get(boot["urls"]["design"]))
    table = next(record for record in design["records"] if record["kind"] == "table")
    name, version = table["name"], design["version"]
    for round_number in range(2):
        for number in range(5):
            new = f"renamed_{round_number}_{number}"
            change = {"changed": {table["id"]: {"name": [name, new]}}}
            key = f"key-{round_number}-{number}"
            answer = server.post(boot, {"base": version, "key": key, "label": "Rename", "change": change})
            name, version = new, answer["accepted"]
        server.kill()
        server.start()
        boot = server.boot()
        after = json.loads(server.get(boot["urls"]["design"]))
        assert after["version"] == version
        assert next(record["name"] for record in after["records"] if record["id"] == table["id"]) == name
    again = server.post(boot, {"base": version, "key": key, "label": "Rename", "change": change})
    assert (again["accepted"], again["version"]) == (version, version)


def test_the_data_is_readable_by_its_owner_only(server, folder):
    assert (folder / "secret-key").stat().st_mode & 0o777 == 0o600
