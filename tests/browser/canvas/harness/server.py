"""The canvas without the application: the real modules and styles over a generated design, kept in memory.

`python -m tests.browser.canvas.harness.server 3000 --port 8900` shows 3,000 tables. The sequencer here only appends: it is
for looking at the canvas and measuring it, with one visitor.
"""

from __future__ import annotations

import argparse
import itertools
import json
import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.browser.canvas.harness.generated import records
from tests.browser.canvas.harness.one_file import one_file

STATIC = Path(__file__).resolve().parents[4] / "static"
MODULES = STATIC / "designer" / "main.js"
PAGE = Path(__file__).with_name("page.html")
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'"
FORGET = b"localStorage.clear(); sessionStorage.clear();"

NUMBERS = itertools.count(1)


class Branch:
    """A design and its log in memory."""

    def __init__(self, tables: int, can_edit: bool = True):
        self.records = records(tables)
        self.entries: list[dict[str, Any]] = []
        self.can_edit = can_edit
        self.changes = f"/changes/{next(NUMBERS)}"  # what a page that is being left still sends is for no other branch
        self.away = False
        self.shown = False
        self.lock = threading.Lock()

    @property
    def version(self) -> int:
        """The number of changes taken."""
        return len(self.entries)

    def page(self) -> bytes:
        """Return the page that shows it."""
        page = PAGE.read_bytes().replace(b"/changes/__BRANCH__", self.changes.encode())
        return page.replace(b"__EDIT__", json.dumps(self.can_edit).encode())

    def forgets(self) -> bytes:
        """Return a script for the head of the page: its first document finds nothing that the branch before has left."""
        script, self.shown = b"" if self.shown else FORGET, True
        return script

    def design(self) -> dict[str, Any]:
        """Return the answer to GET design, as of version 0: the page catches up by the log."""
        return {
            "branch": "harness",
            "version": 0,
            "name": "Generated",
            "records": self.records,
            "can_edit": self.can_edit,
        }

    def since(self, version: int) -> dict[str, Any]:
        """Return the answer to GET changes."""
        return {"version": self.version, "entries": self.entries[version:]}

    def post(self, given: dict[str, Any]) -> dict[str, Any]:
        """Append a change and return the answer to POST changes."""
        with self.lock:
            known = next((entry for entry in self.entries if entry["key"] == given["key"]), None)
            if known is None:
                known = {
                    "version": self.version + 1,
                    "key": given["key"],
                    "author": "you",
                    "label": given["label"],
                    "time": "2026-01-01T00:00:00Z",
                    "change": given["change"],
                    "mine": True,
                }
                self.entries.append(known)
        return {
            "version": self.version,
            "accepted": known["version"],
            "entries": self.entries[given["base"] :],
            "notes": [],
        }


class Handler(BaseHTTPRequestHandler):
    """Serves the page, its static files, and the API of the canvas."""

    disable_nagle_algorithm = True  # with it, each answer waits 40 ms for the browser's acknowledgement
    branch: Branch
    for_many = False
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a page, a file, the design or its changes."""
        address = urlsplit(self.path)
        if address.path == "/":
            self._send(self.branch.page(), "text/html")
        elif address.path.startswith("/static/"):
            self._file(STATIC / address.path.removeprefix("/static/"))
        elif address.path == "/forgets.js":
            self._send(self.branch.forgets(), "text/javascript")
        elif address.path == "/design":
            self._json(self.branch.design())
        elif address.path == self.branch.changes:
            self._json(self.branch.since(int(parse_qs(address.query)["since"][0])))
        else:
            self._send(b"", "text/plain", 404)

    def do_POST(self) -> None:
        """Take a change; say that nothing is there while the branch is away."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.branch.away or self.path != self.branch.changes:
            self._send(b"{}", "application/json", 503)
        else:
            self._json(self.branch.post(json.loads(body)))

    def _file(self, path: Path) -> None:
        if STATIC in path.resolve().parents and path.is_file():
            kept = "max-age=3600" if self.for_many else "no-cache"
            body = one_file(path).encode() if self.for_many and path == MODULES else path.read_bytes()
            self._send(body, mimetypes.guess_type(path.name)[0] or "application/octet-stream", kept=kept)
        else:
            self._send(b"", "text/plain", 404)

    def _json(self, data: object) -> None:
        self._send(json.dumps(data).encode(), "application/json")

    def _send(self, body: bytes, kind: str, status: int = 200, kept: str = "no-store") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Cache-Control", kept)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


class Served(ThreadingHTTPServer):
    """A server of one branch at a time; `for_many` loads, the modules are one script and browsers keep the static files."""

    def __init__(self, branch: Branch, port: int = 0, for_many: bool = False):
        self.handler = type("BoundHandler", (Handler,), {"branch": branch, "for_many": for_many})
        super().__init__(("127.0.0.1", port), self.handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.server_port}/"

    def show(self, branch: Branch) -> None:
        """Serve another branch from now on."""
        self.handler.branch = branch


def start(tables: int, port: int = 0, can_edit: bool = True) -> tuple[Served, Branch]:
    """Serve a generated design in a thread of its own; returns the server and what it serves."""
    branch = Branch(tables, can_edit)
    return Served(branch, port), branch


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tables", type=int, nargs="?", default=300)
    parser.add_argument("--port", type=int, default=8900)
    given = parser.parse_args()
    server, _ = start(given.tables, given.port)
    print(f"http://127.0.0.1:{server.server_port}/")
    threading.Event().wait()


if __name__ == "__main__":
    main()
