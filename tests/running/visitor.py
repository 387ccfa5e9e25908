"""A browser of the simple kind, that believes itself on https://erd.example.org."""

from __future__ import annotations

import http.client
import json
import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

HOST = "erd.example.org"
PASSWORD = "a horse, a staple"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Visitor:
    port: int
    prefix: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    set_cookies: list[str] = field(default_factory=list)

    def open(self, method: str, path: str, body: str | None = None, **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        said = {"Host": HOST, "Origin": f"https://{HOST}", "Referer": f"https://{HOST}/", **headers}
        if self.cookies:
            said["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body, said)
        return connection.getresponse()

    def ask(self, method: str, path: str, body: str | None = None, **headers: str) -> Answer:
        answer = self.open(method, path, body, **headers)
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                self.set_cookies.append(value)
                pair = value.partition(";")[0].partition("=")
                self.cookies[pair[0]] = pair[2]
        return Answer(
            answer.status,
            {name.lower(): value for name, value in answer.getheaders()},
            answer.read().decode("utf-8", "replace"),
        )

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, **headers)

    def post(self, path: str, fields: dict[str, str]) -> Answer:
        return self.ask("POST", path, urlencode(fields), **{"Content-Type": "application/x-www-form-urlencoded"})

    def log_in(self, name: str, password: str = PASSWORD) -> bool:
        page = self.get(f"{self.prefix}/login")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body)
        assert token, page.body[:500]
        said = {"csrfmiddlewaretoken": token[1], "login": name, "username": name, "password": password}
        return self.post(f"{self.prefix}/login", said).status == 302

    def edit(self, branch: str, key: str, base: int) -> dict[str, Any]:
        """Post a change that adds a schema, and return the answer."""
        boot = json.loads(re.search(r'<script id="boot" type="application/json">(.*?)</script>', self.page(branch))[1])
        return self.post_change(branch, boot["csrf"], key, base)

    def page(self, branch: str) -> str:
        answer = self.get(f"{self.prefix}/d/{branch}/")
        assert answer.status == 200, (answer.status, answer.headers)
        return answer.body

    def post_change(self, branch: str, token: str, key: str, base: int) -> dict[str, Any]:
        change = {"added": {key: {"kind": "schema", "id": key, "parent": "model", "name": key}}}
        body = json.dumps({"base": base, "key": key, "label": f"Add {key}", "change": change})
        headers = {"Content-Type": "application/json", "X-CSRFToken": token, "Accept": "application/json"}
        answer = self.ask("POST", f"{self.prefix}/d/{branch}/changes", body, **headers)
        assert answer.status == 200, (answer.status, answer.body[:500])
        return json.loads(answer.body)


def until(wanted: Any, seconds: float = 15) -> Any:
    """Return what `wanted` gives as soon as it gives something."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := wanted():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")
