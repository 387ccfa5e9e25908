"""Headers, tokens and hosts."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from designer.models import Branch, Project
from designer.services import projects
from designer.services.short_names import seen
from designer.web.middleware import POLICY

TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.fixture
def editor(everybody, client):
    client.force_login(everybody.editor)
    return client


def test_every_page_sends_the_policy(everybody, editor):
    branch = everybody.branch.public_id
    for url in (
        reverse("projects"),
        reverse("design", args=[branch]),
        reverse("api-design", args=[branch]),
        "/nothing",
    ):
        response = editor.get(url)
        assert response["Content-Security-Policy"] == POLICY
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["X-Frame-Options"] == "DENY"
        assert response["Referrer-Policy"] == "same-origin"


def test_the_policy_allows_nothing_inline():
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\sstyle=", text)
    assert "<style" not in text
    assert not re.search(r"\son[a-z]+=|hx-on|javascript:", text)


def test_posts_need_the_token_of_the_page(everybody):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(everybody.editor)
    branch = everybody.branch
    body = json.dumps({"base": 1, "key": "k", "change": {}})
    for url, data in (
        (reverse("api-changes", args=[branch.public_id]), {"data": body, "content_type": "application/json"}),
        (reverse("inspector-edit", args=[branch.public_id, "users"]), {"data": {"action": "delete"}}),
        (reverse("project-rename", args=[branch.project.public_id]), {"data": {"name": "x"}}),
        (reverse("import"), {"data": {"text": "CREATE TABLE t (a int);"}}),
    ):
        assert strict.post(url, **data).status_code == 403
    assert Project.objects.get(pk=branch.project.pk).name == "Blog"


def test_the_page_hands_out_a_token_that_works(everybody):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(everybody.editor)
    page = strict.get(reverse("design", args=[everybody.branch.public_id])).content.decode()
    boot = json.loads(re.search(r'<script id="boot" type="application/json">(.*?)</script>', page).group(1))
    body = json.dumps({"base": 1, "key": "k", "change": {}})
    response = strict.post(
        boot["urls"]["changes"], body, content_type="application/json", headers={"X-CSRFToken": boot["csrf"]}
    )
    assert response.status_code == 200


HOSTILE = "</script><script>alert(1)</script>\"'`{{ 7|add:7 }}\n\u202e🗝"


def test_hostile_names_stay_text(everybody, editor):
    branch = projects.create(everybody.editor, seen(HOSTILE), HOSTILE)
    for url in (
        reverse("projects"),
        reverse("design", args=[branch.public_id]),
        reverse("history", args=[branch.public_id]),
    ):
        page = editor.get(url).content.decode()
        assert "<script>alert" not in page
        assert "{{ 7" in page or "\\u007b" in page or "history" in url
    response = editor.get(reverse("export-file", args=[branch.public_id]), {"format": "json"})
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', response["Content-Disposition"])


def test_an_svg_of_ours_can_run_nothing(everybody, editor):
    response = editor.get(reverse("export-file", args=[everybody.branch.public_id]), {"format": "svg", "show": "1"})
    assert response["Content-Type"].startswith("image/svg+xml")
    assert "script-src" not in response["Content-Security-Policy"]
    assert response["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in response["Content-Security-Policy"]


class TestLocalMode:
    @pytest.fixture(autouse=True)
    def local(self, settings, db):
        settings.WHOLEKEY_LOCAL = True
        settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]

    def test_the_first_request_finds_a_demo(self, client):
        page = client.get("/", headers={"host": "localhost"})
        assert page.status_code == 200
        assert b"Demo" in page.content
        client.get("/", headers={"host": "localhost"})
        assert Project.objects.count() == 1

    def test_a_deleted_demo_stays_deleted(self, client):
        client.get("/", headers={"host": "localhost"})
        project = Project.objects.get()
        client.post(reverse("project-delete", args=[project.public_id]), headers={"host": "localhost"})
        page = client.get("/", headers={"host": "localhost"})
        assert b"No projects yet" in page.content

    @pytest.mark.parametrize("host", ["evil.example", "192.168.0.7:8000", "localhost.evil.example"])
    def test_other_hosts_are_refused(self, client, host):
        assert client.get("/", headers={"host": host}).status_code == 400

    def test_what_a_proxy_forwards_is_refused(self, client):
        response = client.get("/", headers={"host": "localhost", "x-forwarded-for": "203.0.113.9"})
        assert response.status_code == 403
        assert b"WHOLEKEY_HOSTS" in response.content
        assert not Branch.objects.exists()


def test_errors_are_pages_with_a_sentence(everybody, editor):
    page = editor.get("/nothing/here")
    assert page.status_code == 404
    assert b"nothing at this address" in page.content
    api = editor.get(reverse("api-changes", args=["nope"]), headers={"accept": "application/json"})
    assert (api.status_code, set(api.json())) == (404, {"error"})
    panel = editor.get(reverse("inspector", args=["nope", "x"]), headers={"hx-request": "true"})
    assert (panel.status_code, panel["Content-Type"]) == (404, "text/plain; charset=utf-8")


def test_a_fault_of_ours_shows_no_traceback(everybody, editor, monkeypatch):
    def broken(*args):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("designer.services.branches.load", broken)
    editor.raise_request_exception = False
    response = editor.get(reverse("design", args=[everybody.branch.public_id]))
    assert response.status_code == 500
    assert b"secret detail" not in response.content
    assert b"not your fault" in response.content


def test_asking_for_the_icon_sets_no_cookie_of_its_own(client):
    """A browser asks for it beside the first page; a second key for forms would make that page's key invalid."""
    response = client.get("/favicon.ico", follow=True)
    assert response.status_code == 200
    assert not client.cookies


def test_cookies_are_named_by_the_installation(editor):
    editor.get(reverse("import"))
    assert set(editor.cookies) == {settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME}
    assert re.fullmatch(r"wholekey_[0-9a-f]{8}_csrf", settings.CSRF_COOKIE_NAME)
