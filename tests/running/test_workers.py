"""Several workers: they start together, serve as one, are replaced, and stop without cutting anything off."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from designer.web import lifespan
from tests import loops
from tests.running.conftest import PREFIX, ROOT, environment, python, wholekey
from tests.running.visitor import until

pytestmark = pytest.mark.postgres


def workers(parent: int) -> set[int]:
    """Return the children of a server that serve: one more of them only watches."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return {int(pid) for pid in children if "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()}


@pytest.mark.slow
def test_two_workers_give_the_same_addresses_of_static_files(server):
    visitor = server.visitor()
    pages = [visitor.get(f"{PREFIX}/login").body for _ in range(6)]
    found = {each for page in pages for each in re.findall(rf"{PREFIX}/static/([0-9a-f]{{16}})/", page)}
    assert len(found) == 1
    address = re.search(rf'"({PREFIX}/static/[0-9a-f]{{16}}/[^"]+\.css)"', pages[0])[1]
    answers = [visitor.get(address) for _ in range(6)]
    assert {each.status for each in answers} == {200} and len({each.body for each in answers}) == 1
    assert all("immutable" in each.headers["cache-control"] for each in answers)


@pytest.mark.slow
def test_an_edit_reaches_a_stream_through_the_proxy_at_once(server):
    owner = server.visitor()
    assert owner.log_in("owner")
    branch = server.branches[0]
    stream = owner.open("GET", f"{PREFIX}/d/{branch}/stream?since=1&client=one")
    assert (stream.status, stream.getheader("X-Accel-Buffering")) == (200, "no")
    heard: list[bytes] = []
    threading.Thread(target=lambda: heard.extend(iter(stream.readline, b"")), daemon=True).start()
    for number in range(4):  # whichever of the two workers takes each
        owner.edit(branch, f"live{number}", 1)
        until(lambda wanted=number: any(b"Add live%d" % wanted in line for line in heard), 5)


@pytest.mark.slow
def test_a_worker_that_stops_ends_its_streams_and_is_replaced(server):
    viewer = server.visitor()
    assert viewer.log_in("viewer")
    path = f"{PREFIX}/d/{server.branches[0]}/stream?since=1&client="
    streams = [viewer.open("GET", f"{path}{number}") for number in range(8)]
    ended: list[int] = []

    def listen(number: int) -> None:
        streams[number].read()  # comes to an end, and is not cut off
        ended.append(number)

    for number in range(len(streams)):
        assert streams[number].status == 200
        threading.Thread(target=listen, args=(number,), daemon=True).start()
    before = workers(server.process.pid)
    assert len(before) == 2
    start = time.monotonic()
    for stopped in sorted(before):
        os.kill(stopped, signal.SIGTERM)
        until(lambda gone=stopped: gone not in workers(server.process.pid), 10)
        assert time.monotonic() - start < 5
        if ended:
            break
    assert ended
    until(lambda: len(workers(server.process.pid)) == 2)


@pytest.mark.slow
def test_a_killed_worker_is_replaced_and_hangup_replaces_all(server):
    victim = min(workers(server.process.pid))
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(workers(server.process.pid) - {victim}) == 2)
    first = workers(server.process.pid)
    server.process.send_signal(signal.SIGHUP)
    until(lambda: not workers(server.process.pid) & first and len(workers(server.process.pid)) == 2, 90)
    assert server.visitor().get(f"{PREFIX}/readyz").status == 200


def test_processes_that_start_together_migrate_once(made):
    assert sum("migrations were run" in words for words in made.said) == 1, made.said
    assert sum("up to date" in words.splitlines()[-1] for words in made.said) == 1, made.said


def test_several_workers_refuse_sqlite(tmp_path):
    refused = wholekey(environment(tmp_path), "serve", "--workers", "2", "--port", "0")
    assert (refused.returncode, "DATABASE_URL" in refused.stderr) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "variable", "count"),
    [
        (["--workers", "2"], "", 2), (["--port", "1", "--workers=3"], "", 3), ([], "4", 4), (["--workers", "1"], "4", 1),
        ([], "", 1), (["--workers"], "", 1), (["--workers", "many"], "", 1),
    ],
)  # fmt: skip
def test_plain_uvicorn_refuses_them_likewise(monkeypatch, arguments, variable, count):
    """Its workers have its arguments, and are told before they serve anybody."""
    monkeypatch.setattr(sys, "argv", ["uvicorn", "designer.asgi:application", *arguments])
    monkeypatch.setenv("WEB_CONCURRENCY", variable)
    assert lifespan.asked_workers() == count
    assert bool(lifespan.refusal()) == (count > 1)
    told = []

    async def receive():
        return {"type": "lifespan.startup"}

    async def send(message):
        told.append(message["type"])

    if count > 1:
        loops.run(lifespan.with_lifespan(None)({"type": "lifespan"}, receive, send))
        assert told == ["lifespan.startup.failed"]


JOB = """
import signal, threading, time
from designer.services import jobs
from designer.models import Job
from django.contrib.auth import get_user_model
user = get_user_model().objects.get(username="owner")
begun = threading.Event()
def polite(watch):
    begun.set()
    while True:
        watch.check()
        time.sleep(0.01)
def stubborn(watch):
    time.sleep(60)
made = [jobs.start(user, "polite", polite), jobs.start(user, "stubborn", stubborn), jobs.start(user, "waits", polite)]
begun.wait(5)
start = time.monotonic()
jobs.stop(0.5)
assert time.monotonic() - start < 5
for each in made:
    each.refresh_from_db()
    print(each.state, each.message)
import os
os._exit(0)
"""


@pytest.mark.slow
def test_jobs_are_ended_or_marked_when_the_server_stops(server):
    lines = python(server.told, JOB.replace("os._exit(0)", "import sys; sys.stdout.flush(); os._exit(0)")).splitlines()
    assert len(lines) == 3
    assert all(line.startswith("failed The server was stopped") for line in lines), lines


@pytest.mark.slow
def test_a_single_worker_ends_its_streams_on_a_signal(server):
    told = {**server.told, "WHOLEKEY_VAR": server.told["WHOLEKEY_VAR"]}
    command = [sys.executable, "-m", "designer.cli", "serve", "--port", "0"]
    process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = int(re.search(r":(\d+)/", process.stdout.readline())[1])
        visitor = server.visitor()
        assert visitor.log_in("viewer")
        visitor.port = port
        head = {"X-Forwarded-Proto": "https"}
        stream = visitor.open("GET", f"{PREFIX}/d/{server.branches[0]}/stream?since=1&client=two", **head)
        assert stream.status == 200 and stream.readline()
        start = time.monotonic()
        process.send_signal(signal.SIGTERM)
        stream.read()  # comes to its end, and is not cut off
        assert process.wait(15) in (0, -signal.SIGTERM)
        assert time.monotonic() - start < 5
    finally:
        process.kill()
        process.wait(10)
