"""`wholekey serve` as a process, and browsers of the simple kind: cookies and redirects, nothing else."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests import prepared

ROOT = Path(__file__).parents[2]


def environment(var: Path, **more: str) -> dict[str, str]:
    """What a server with its own data is told, and nothing of what this process was told."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WHOLEKEY_", "DATABASE_URL"))}
    return {**kept, "WHOLEKEY_VAR": str(var), "PYTHONUNBUFFERED": "1", **more}


@contextlib.contextmanager
def serving(told: dict[str, str], *arguments: str) -> Iterator[str]:
    """Run a server and give the address that it prints."""
    prepared.database_in(Path(told["WHOLEKEY_VAR"]))
    command = [sys.executable, "-m", "designer.cli", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, f"the server did not start: {line}"
        yield found[0]
    finally:
        process.kill()
        process.wait(10)


def wholekey(told: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one command beside the server."""
    command = [sys.executable, "-m", "designer.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=60)


class Visitor:
    """Somebody with a cookie jar, who follows redirects."""

    def __init__(self) -> None:
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.at = ""

    def get(self, url: str, **headers: str) -> tuple[int, str]:
        """Return the status and the text of a page."""
        return self._sent(urllib.request.Request(url, headers=headers))

    def post(self, url: str, **data: str) -> tuple[int, str]:
        """Post a form with the token of the page that was seen last."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **data}).encode()
        return self._sent(urllib.request.Request(url, body, {"Referer": url}))

    def _sent(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            answer: http.client.HTTPResponse | urllib.error.HTTPError = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        text = answer.read().decode(errors="replace")
        self.at = answer.url
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)
        self.token = found[1] if found else ""
        return int(answer.status or 0), text
