"""Every address, graded: pages, panels, answers to scripts, files, pictures, errors, and what is refused before Django."""

from __future__ import annotations

import pytest
from django.test import Client

from designer import running_settings
from tests import loops
from tests.running.conftest import PREFIX
from tests.running.grading import grade
from tests.web.test_permissions import ADDRESSES, address, ask, cast  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db

FINE = ("A+", [])
CASES = [
    (name, method) for name, each_way in ADDRESSES.items() for method in dict.fromkeys(each[0] for each in each_way)
]


@pytest.fixture(autouse=True)
def as_a_team_has_it(settings, tmp_path):
    settings.WHOLEKEY_LOCAL = False
    settings.WHOLEKEY_BACKGROUND = False
    settings.VAR_DIR = tmp_path
    for name, value in running_settings.https(True).items():
        setattr(settings, name, value)


class Https(Client):
    def request(self, **request):
        return super().request(**{**request, "wsgi.url_scheme": "https", "SERVER_PORT": "443"})


def graded(response, **about) -> tuple[str, list[str]]:
    return grade(dict(response.headers), [each.OutputString() for each in response.cookies.values()], **about)


def test_every_address_is_graded_best(cast):  # noqa: F811
    """As its owner and as nobody, who is mostly answered by a redirect or an error."""
    found = {}
    for visitor in ("owner", "nobody"):
        client = Https(raise_request_exception=False)
        if visitor == "owner":
            client.force_login(cast.people["owner"])
        for name, method in CASES:
            if name in ("logout", "account_logout", "project-delete", "workspace-delete"):
                continue
            response = ask(client, method, address(name, cast), name)
            public = response.status_code == 302
            if graded(response, public=public) != FINE:
                found[visitor, name, method, response.status_code] = graded(response, public=public)
    assert not found, "\n".join(f"{each}: {faults}" for each, faults in found.items())


def test_errors_are_graded_best(cast, monkeypatch, settings):  # noqa: F811
    client = Https(raise_request_exception=False)
    client.force_login(cast.people["owner"])
    answers = {
        "not found": client.get("/nothing"),
        "bad host": client.get("/", headers={"host": "evil.example"}),
        "not allowed": client.put("/help"),
        "no token": Https(enforce_csrf_checks=True).post("/projects/new"),
        "alive": client.get("/healthz"),
        "to https": Client().get("/help"),
    }

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("designer.services.permissions.projects", broken)
    answers["our fault"] = client.get("/")
    found = {what: graded(each, https=what != "to https") for what, each in answers.items()}
    assert {what: answers[what].status_code for what in ("not found", "bad host", "no token", "our fault")} == {
        "not found": 404, "bad host": 400, "no token": 403, "our fault": 500,
    }  # fmt: skip
    assert set(map(str, found.values())) == {str(FINE)}, found


@pytest.mark.parametrize(
    ("length", "encoding", "status"), [(b"999999999999", b"", 413), (b"", b"chunked", 411), (b"x", b"", 413)]
)
def test_what_is_refused_before_django_is_graded_best(settings, length, encoding, status):
    from designer.asgi import limited

    sent = []

    async def send(message):
        sent.append(message)

    headers = [(b"content-length", length)] if length else [(b"transfer-encoding", encoding)]
    loops.run(limited(None, 1000)({"type": "http", "scheme": "https", "headers": headers}, None, send))  # type: ignore[arg-type]
    assert sent[0]["status"] == status
    assert grade({name.decode(): value.decode() for name, value in sent[0]["headers"]}) == FINE


@pytest.mark.slow
@pytest.mark.postgres
def test_a_real_server_is_graded_best(server):
    """Behind a proxy, with what uvicorn adds; static files whole, unchanged, and by their plain names."""
    visitor = server.visitor()
    page = visitor.get(f"{PREFIX}/login")
    style = page.body.partition(f'href="{PREFIX}/static/')[2].partition('"')[0]
    files = {
        "style": visitor.get(f"{PREFIX}/static/{style}"),
        "again": visitor.get(
            f"{PREFIX}/static/{style}",
            **{"If-None-Match": visitor.get(f"{PREFIX}/static/{style}").headers.get("etag", "")},
        ),
        "plain": visitor.get(f"{PREFIX}/static/designer/main.js"),
        "part": visitor.get(f"{PREFIX}/static/designer/main.js", Range="bytes=0-9"),
        "icon": visitor.get(f"{PREFIX}/static/designer/icons/wholekey.svg"),
        "licence": visitor.get(f"{PREFIX}/static/designer/nothing.js"),
    }
    pages = {
        "login": page, "nothing": visitor.get(f"{PREFIX}/nothing"), "refused": visitor.get(f"{PREFIX}/"),
        "too large": visitor.ask("POST", f"{PREFIX}/import", **{"Content-Length": "99999999999"}),
        "ready": visitor.get(f"{PREFIX}/readyz"), "trace": visitor.ask("TRACE", f"{PREFIX}/help"),
    }  # fmt: skip
    assert pages["too large"].status == 413
    graded_pages = {what: grade(each.headers, public=each.status == 302) for what, each in pages.items()}
    graded_files = {what: grade(each.headers, public=True) for what, each in files.items()}
    assert set(map(str, [*graded_pages.values(), *graded_files.values()])) == {str(FINE)}, (graded_pages, graded_files)
    assert grade({}, visitor.set_cookies)[1] == grade({})[1] and visitor.set_cookies


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'"}, "unsafe"),
        ({"content-security-policy": "default-src 'self'"}, "object-src"),
        ({"content-security-policy": "script-src *"}, "allows *"),
        ({"strict-transport-security": "max-age=60"}, "Strict-Transport"),
        ({"access-control-allow-origin": "*"}, "other sites"),
        ({"server": "uvicorn"}, "what runs here"),
        ({"cache-control": "public, max-age=60"}, "keep"),
        ({"permissions-policy": "camera=()"}, "microphone"),
    ],
)
def test_the_grader_sees_faults(changed, fault):
    from designer.web.middleware import SAFE

    fine = {**{name.lower(): value for name, value in SAFE.items()}, "strict-transport-security": "max-age=31536000"}
    assert grade(fine) == FINE
    letter, faults = grade({**fine, **changed})
    assert letter != "A+" and any(fault in each for each in faults)
    assert grade(fine, ["session=1; HttpOnly; SameSite=Lax"])[1] == ["the cookie session is not secure"]
