"""A tab as the server sees it: posts edits, listens to the stream, and keeps the design that it knows."""

from __future__ import annotations

import contextlib
import http.client
import json
import socket
import threading
import time
import urllib.request
from typing import Any

from designer.change import apply, change_decode
from designer.schema import Design
from designer.schema.codec import record_from

PATIENCE = 20
"""Seconds."""


class Tab:
    """One tab of a browser, without the browser."""

    def __init__(self, address: str, branch: str, name: str, cookies: dict[str, str]):
        self.address, self.branch, self.name, self.cookies = address.rstrip("/"), branch, name, cookies
        self.events: list[tuple[str, Any]] = []
        self.changed = threading.Condition()
        self.version, self.design = 0, Design()
        self.connection: http.client.HTTPConnection | None = None
        self.ended = False

    def load(self) -> Tab:
        """Read the whole design."""
        about = json.loads(self._ask("records"))
        self.version = about["version"]
        self.design = Design([record_from(each) for each in about["records"]])
        return self

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, path: str, data: Any = None, more: dict[str, str] | None = None) -> bytes:
        headers = {"Accept": "application/json", "X-Wholekey-Client": self.name, "Cookie": self.cookie}
        body = None
        if data is not None:
            token = next(value for name, value in self.cookies.items() if name.endswith("csrf"))
            headers |= {"Content-Type": "application/json", "X-CSRFToken": token, **(more or {})}
            body = json.dumps(data).encode()
        request = urllib.request.Request(f"{self.address}/d/{self.branch}/{path}", body, headers)
        return urllib.request.urlopen(request, timeout=PATIENCE).read()

    def post(self, change: Any, key: str, label: str = "Edit") -> dict[str, Any]:
        """Post a change that was made on what this tab knows."""
        return json.loads(self._ask("changes", {"base": self.version, "key": key, "label": label, "change": change}))

    def here(self, headers: dict[str, str] | None = None, **about: Any) -> None:
        """Tell the others where this tab is."""
        self._ask("presence", about, headers)

    def listen(self) -> Tab:
        """Open the stream; what comes is taken in by a thread."""
        host = self.address.removeprefix("http://")
        self.connection = http.client.HTTPConnection(host, timeout=60)
        headers = {"Cookie": self.cookie, "Accept": "text/event-stream"}
        self.connection.request(
            "GET", f"/d/{self.branch}/stream?since={self.version}&client={self.name}", headers=headers
        )
        answer = self.connection.getresponse()
        assert answer.status == 200, answer.read()
        threading.Thread(target=self._read, args=(answer,), daemon=True).start()
        return self

    def _read(self, answer: http.client.HTTPResponse) -> None:
        event, data = "", ""
        try:
            for line in answer:
                text = line.decode().rstrip("\n")
                if text.startswith("event: "):
                    event = text[7:]
                elif text.startswith("data: "):
                    data = text[6:]
                elif not text and event:
                    self._take(event, json.loads(data))
                    event, data = "", ""
        except (OSError, http.client.HTTPException, AttributeError, ValueError):
            pass
        with self.changed:
            self.ended = True
            self.changed.notify_all()

    def _take(self, event: str, data: Any) -> None:
        with self.changed:
            if event == "changes":
                for entry in data["entries"]:
                    self.take_entry(entry)
            self.events.append((event, data))
            self.changed.notify_all()

    def take_entry(self, entry: dict[str, Any]) -> None:
        """Apply what was accepted; the numbers must have no gap."""
        if entry["version"] <= self.version:
            return
        assert entry["version"] == self.version + 1, (entry["version"], self.version)
        self.design = apply(self.design, change_decode(json.dumps(entry["change"]).encode()))
        self.version = entry["version"]

    def wait(self, until: Any, seconds: float = PATIENCE) -> None:
        """Wait until `until(tab)` holds."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while not until(self):
                left = deadline - time.monotonic()
                assert left > 0, (self.name, self.version, self.events[-3:])
                self.changed.wait(left)

    def leave(self) -> None:
        """Close the stream."""
        if self.connection is not None and self.connection.sock is not None:
            with contextlib.suppress(OSError):  # it may have been left, or cut, already
                self.connection.sock.shutdown(socket.SHUT_RDWR)  # closing would wait for the thread that reads
