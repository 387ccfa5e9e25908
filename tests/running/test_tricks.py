"""What visitors try at the door: addresses of others, hosts of others, other methods, lines in headers, ways out, uploads."""

from __future__ import annotations

import io
import json

import pytest
from django.test import Client
from django.urls import reverse

from designer import running_settings
from designer.services import import_process
from designer.web.proxies import through
from tests.accounts import people

OURS = running_settings.proxies("127.0.0.0/8, ::1, 10.0.0.0/8, fd00::/8")


def seen(peer: str | None, **headers: str) -> tuple[str | None, str, dict[str, str]]:
    """Return whom and what an application sees: the visitor's address, the scheme, and the headers left."""
    scope = {
        "type": "http", "scheme": "http", "client": (peer, 4711) if peer else None,
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip
    found = through(scope, OURS)
    client = found["client"]
    return client and client[0], found["scheme"], {name.decode(): value.decode() for name, value in found["headers"]}


@pytest.mark.parametrize(
    ("peer", "chain", "visitor"),
    [
        ("10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("10.0.0.1", "203.0.113.9:4711", "203.0.113.9"),
        ("10.0.0.1", "[2001:db8::7]:4711", "2001:db8::7"),
        ("10.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("10.0.0.1", "198.51.100.66, 203.0.113.9", "203.0.113.9"),  # the first was made up
        ("10.0.0.1", "198.51.100.66, 203.0.113.9, 10.0.0.7", "203.0.113.9"),  # through two of ours
        ("10.0.0.1", "127.0.0.1, 203.0.113.9", "203.0.113.9"),  # nor does anybody become one of ours
        ("10.0.0.1", "10.9.9.9", "10.9.9.9"),
        ("10.0.0.1", "nonsense, 10.0.0.7", "10.0.0.7"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("10.0.0.1", "203.0.113.9,", "10.0.0.1"),
        ("::ffff:10.0.0.1", "203.0.113.9", "203.0.113.9"),
        ("fd00::1", "::ffff:203.0.113.9", "203.0.113.9"),
        (None, "203.0.113.9", "203.0.113.9"),  # a Unix socket: whoever may write to it is ours
        ("203.0.113.9", "198.51.100.66", "203.0.113.9"),  # not one of ours: nothing is believed
        ("203.0.113.9", "127.0.0.1", "203.0.113.9"),
    ],
)
def test_an_address_is_believed_from_our_proxies_only(peer, chain, visitor):
    found, scheme, left = seen(peer, x_forwarded_for=chain, x_forwarded_proto="https", cookie="a=b")
    assert found == visitor
    assert scheme == ("http" if peer == "203.0.113.9" else "https")
    assert left == {"cookie": "a=b"}


@pytest.mark.parametrize("told", ["https, http", "javascript", "", "HTTPS"])
def test_a_scheme_is_one_of_two(told):
    assert seen("10.0.0.1", x_forwarded_proto=told)[1] == ("https" if told == "HTTPS" else "http")


def test_no_claim_gets_through():
    claims = dict.fromkeys(
        ("forwarded", "x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "x_forwarded_prefix", "x_real_ip",
         "x_client_ip", "true_client_ip", "cf_connecting_ip", "x_forwarded_port"), "127.0.0.1",
    )  # fmt: skip
    for peer in ("203.0.113.9", "10.0.0.1"):
        assert seen(peer, **claims, host="erd.example.org")[2] == {"host": "erd.example.org"}


@pytest.mark.parametrize(
    ("function", "written"),
    [(running_settings.proxies, "10.0.0.0/99"), (running_settings.proxies, "nginx"), (running_settings.prefix, "/a b")],
)
def test_settings_that_make_no_sense_are_named(function, written):
    with pytest.raises(ValueError, match="WHOLEKEY_"):
        function(written)


def test_a_prefix_is_written_in_any_way():
    assert {running_settings.prefix(each) for each in ("erd", "/erd", "/erd/", "//erd")} == {"/erd"}
    assert running_settings.prefix("/") == running_settings.prefix("") == ""


@pytest.fixture
def team(db, settings, tmp_path):
    settings.WHOLEKEY_LOCAL, settings.WHOLEKEY_BACKGROUND = False, False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ALLOWED_HOSTS = ["erd.example.org", ".internal.example", "testserver"]
    settings.VAR_DIR = tmp_path
    return people()


@pytest.mark.parametrize(
    "host",
    ["evil.example", "erd.example.org.evil.example", "evil.example#.erd.example.org", "erd.example.org\t", "a b", ""],
)
def test_other_hosts_are_refused(team, host):
    assert Client().get("/help", headers={"host": host}).status_code == 400


def test_our_hosts_are_not(team):
    for host in ("erd.example.org", "erd.example.org:8443", "a.internal.example", "ERD.example.org"):
        assert Client().get("/healthz", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND", "PUT", "DELETE"])
def test_other_methods_get_nothing_and_echo_nothing(team, method):
    client = Client()
    client.force_login(team.owner)
    for path in ("/", "/help", reverse("design", args=[team.branch.public_id])):
        answer = client.generic(method, path, headers={"x-secret": "echo-me"})
        assert answer.status_code in (400, 403, 404, 405), (path, answer.status_code)
        assert b"echo-me" not in answer.content
        assert team.branch.entries.count() == 1


AWAY = (
    "https://evil.example/", "//evil.example/", "/\\evil.example/", "\\\\evil.example", "https:evil.example",
    "javascript:alert(1)", "/%5cevil.example", "///evil.example", "https://erd.example.org@evil.example/", " //evil.example",
    "/\t/evil.example", "http:///evil.example", "data:text/html,x",
)  # fmt: skip


@pytest.mark.parametrize("away", AWAY)
def test_nobody_is_sent_away_after_a_login(team, away):
    team.owner.set_password("a horse, a staple")
    team.owner.save()
    client = Client()
    for path in {reverse("account_login"), "/login"}:
        answer = client.post(f"{path}?next={away}", {"login": "owner", "password": "a horse, a staple", "next": away})
        if answer.status_code == 302:
            assert not away_from_us(answer["Location"]), answer["Location"]
        answer = client.get(path, {"next": away})
        assert b'href="javascript' not in answer.content
        if answer.status_code == 302:
            assert not away_from_us(answer["Location"]), answer["Location"]
    assert client.session.get("_auth_user_id") == str(team.owner.pk)


def away_from_us(location: str) -> bool:
    """Say whether a browser that gets this leaves: browsers drop blanks and take a backslash for a slash."""
    from urllib.parse import urljoin, urlsplit

    plain = "".join(each for each in location.strip() if each not in "\t\r\n").replace("\\", "/")
    return urlsplit(urljoin("https://erd.example.org/login", plain)).netloc != "erd.example.org"


@pytest.mark.parametrize("line", ["a\r\nSet-Cookie: x=1", "a\nX-Evil: 1", "a%0d%0aX-Evil:%201", "\r\n\r\n<script>"])
def test_no_header_gets_a_line_of_a_visitor(team, line):
    client = Client(raise_request_exception=False)
    client.force_login(team.owner)
    main = team.branch.public_id
    answers = [
        client.get(reverse("export-file", args=[main]), {"format": "json", "model": line}),
        client.get("/login", {"next": line}),
        client.get(f"/{line}"),
        client.post(
            reverse("project-rename", args=[team.branch.project.public_id]), {"name": line, "description": line}
        ),
        client.get(reverse("export-file", args=[main]), {"format": "json"}),
    ]
    for answer in answers:
        assert answer.status_code < 500
        assert not {"set-cookie", "x-evil"} & {name.lower() for name in answer.headers}
        assert all("\n" not in value and "\r" not in value for value in answer.headers.values())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("../../../etc/passwd", b"CREATE TABLE t (a int);"),
        ("x" * 4000 + ".sql\x00.html", b"<script>alert(1)</script>"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.zip", b"PK\x03\x04" + bytes(1000)),
    ],
    ids=["path", "name", "picture", "archive"],
)
def test_uploads_are_read_and_never_served(team, settings, tmp_path, name, data):
    client = Client()
    client.force_login(team.owner)
    file = io.BytesIO(data)
    file.name = name or "x"
    answer = client.post(reverse("import"), {"file": file})
    assert answer.status_code in (200, 302, 400, 413, 422), answer.status_code
    assert b"<script>alert" not in answer.content
    left = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert all(tmp_path in each.resolve().parents for each in left)


def test_processes_that_read_uploads_know_no_secret(monkeypatch):
    secrets = ("DATABASE_URL", "WHOLEKEY_SECRET_KEY", "WHOLEKEY_EMAIL_URL", "WHOLEKEY_OIDC_CLIENT_SECRET", "PGPASSWORD")
    for name in secrets:
        monkeypatch.setenv(name, "a secret")
    assert "a secret" not in import_process.environment().values()


def test_an_answer_is_never_for_another_site(team):
    client = Client()
    client.force_login(team.owner)
    for origin in ("https://evil.example", "null"):
        answer = client.get(reverse("api-design", args=[team.branch.public_id]), headers={"origin": origin})
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(team.owner)
    body = json.dumps({"base": 1, "key": "k", "change": {}})
    answer = strict.post(
        reverse("api-changes", args=[team.branch.public_id]), body, content_type="application/json",
        headers={"origin": "https://evil.example", "x-csrftoken": "x" * 32},
    )  # fmt: skip
    assert answer.status_code == 403
