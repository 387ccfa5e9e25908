"""The canvas without the application: the real modules and styles over a generated design, kept in memory.

`python -m tests.browser.canvas.harness.server 3000 --port 8900` shows 3,000 tables. The sequencer here only appends: it is
for looking at the canvas and measuring it, with one visitor.
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.browser.canvas.harness.generated import records

STATIC = Path(__file__).resolve().parents[4] / "static"
PAGE = Path(__file__).with_name("page.html")
POLICY = "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'"


class Branch:
    """A design and its log in memory."""

    def __init__(self, tables: int, can_edit: bool = True):
        self.records = records(tables)
        self.entries: list[dict[str, Any]] = []
        self.can_edit = can_edit
        self.away = False
        self.lock = threading.Lock()

    @property
    def version(self) -> int:
        """The number of changes taken."""
        return len(self.entries)

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
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with a page, a file, the design or its changes."""
        address = urlsplit(self.path)
        if address.path == "/":
            self._send(PAGE.read_bytes().replace(b"__EDIT__", json.dumps(self.branch.can_edit).encode()), "text/html")
        elif address.path.startswith("/static/"):
            self._file(STATIC / address.path.removeprefix("/static/"))
        elif address.path == "/design":
            self._json(self.branch.design())
        elif address.path == "/changes":
            self._json(self.branch.since(int(parse_qs(address.query)["since"][0])))
        else:
            self._send(b"", "text/plain", 404)

    def do_POST(self) -> None:
        """Take a change; say that nothing is there while the branch is away."""
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        if self.branch.away or self.path != "/changes":
            self._send(b"{}", "application/json", 503)
        else:
            self._json(self.branch.post(json.loads(body)))

    def _file(self, path: Path) -> None:
        if STATIC in path.resolve().parents and path.is_file():
            self._send(path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream")
        else:
            self._send(b"", "text/plain", 404)

    def _json(self, data: object) -> None:
        self._send(json.dumps(data).encode(), "application/json")

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def start(tables: int, port: int = 0, can_edit: bool = True) -> tuple[ThreadingHTTPServer, Branch]:
    """Serve a generated design in a thread of its own; returns the server and what it serves."""
    branch = Branch(tables, can_edit)
    handler = type("BoundHandler", (Handler,), {"branch": branch})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, branch


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
