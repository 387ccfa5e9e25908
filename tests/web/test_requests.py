"""The pages of change requests, as people use them."""

from __future__ import annotations

import pytest

from designer.commands.contract import edit, replace
from designer.models import Branch, ChangeRequest
from designer.services import branches, branching
from designer.services.markdown import rendered
from designer.web.http import whole
from tests.accounts import people

pytestmark = pytest.mark.django_db


def rename(user, branch: Branch, table: str, name: str) -> None:
    branches.run_command(user, branch, lambda design: edit(design, "x", [replace(design[table], name=name)]))


def test_the_whole_way_of_a_request(client):
    team = people()
    side = branching.create(team.editor, team.branch, "side")
    rename(team.editor, side, "posts", "articles")
    client.force_login(team.editor)
    here = f"/d/{side.public_id}/requests"
    opened = client.post(f"{here}/new", {"title": "Articles", "description": "We **say** so. <script>x</script>"})
    assert opened.headers["Location"] == f"{here}/1"
    assert "open already" in client.post(f"{here}/new", {"title": "Again"}).content.decode()
    page = client.get(f"{here}/1").content.decode()
    assert "We <strong>say</strong> so. &lt;script&gt;" in page
    assert "articles" in page
    assert "Nothing stands in the way." in page
    assert "1 step, 1 back." in page
    client.force_login(team.reviewer)
    refused = client.post(f"{here}/1/act", {"do": "review", "verdict": "changes", "body": "", "version": "2"})
    assert (refused.status_code, "Say what should be changed." in refused.content.decode()) == (422, True)
    client.post(f"{here}/1/act", {"do": "review", "verdict": "changes", "body": "Entries!", "version": "2"})
    client.post(f"{here}/1/act", {"do": "comment", "body": "On `posts`", "element": "posts"})
    page = client.get(f"{here}/1").content.decode()
    assert "reviewer asked for changes." in page
    assert "<code>posts</code>" in page
    assert "table articles" in page
    client.force_login(team.editor)
    seen = f"{Branch.objects.get(pk=team.branch.pk).head}-{Branch.objects.get(pk=side.pk).head}"
    stopped = client.post(f"{here}/1/act", {"do": "merge", "seen": seen})
    assert "It cannot be merged yet. reviewer asked for changes." in stopped.content.decode()
    client.force_login(team.reviewer)
    client.post(f"{here}/1/act", {"do": "review", "verdict": "approved", "body": "", "version": "2"})
    client.force_login(team.editor)
    assert client.post(f"{here}/1/act", {"do": "merge", "seen": seen}).status_code == 302
    assert ChangeRequest.objects.get().state == "merged"
    assert "merged" in client.get(f"{here}/1").content.decode()
    assert "Articles" in client.get(f"/d/{team.branch.public_id}/requests?state=merged").content.decode()


def test_the_rules_are_set_by_those_who_manage(client):
    team = people()
    client.force_login(team.owner)
    here = f"/d/{team.branch.public_id}/requests/rules"
    assert "from 0 to 10" in client.post(here, {"approvals": "99", "lint": ""}).content.decode()
    client.post(here, {"approvals": "2", "lint": "warning", "definitions": "on"})
    team.branch.project.refresh_from_db()
    assert team.branch.project.review_rules == {"approvals": 2, "lint": "warning", "forms": False, "definitions": True}


@pytest.mark.parametrize("text", [
    "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))", "![a](javascript:alert(1))",
    "<svg/onload=alert(1)>", "[a](data:text/html;base64,PHNjcmlwdD4=)", "<a href='vbscript:x'>y</a>", "[a](<javascript:alert(1)>)",
    "[a]: javascript:alert(1)\n\n[a]", "<javascript:alert(1)>", "`</code><script>alert(1)</script>`", "[x](&#106;avascript:alert(1))",
    "| <script>a</script> |\n|---|\n| <b onclick=x> |", "[a](https://e.org \"\\\" onmouseover=alert(1)\")", "<!--><script>alert(1)</script>-->",
])  # fmt: skip
def test_nothing_that_people_write_becomes_a_script(text):
    from html.parser import HTMLParser

    seen: list[tuple[str, list[tuple[str, str | None]]]] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag, attrs):
            seen.append((tag, attrs))

    Tags().feed(str(rendered(text)))
    allowed = {
        "p",
        "a",
        "code",
        "pre",
        "strong",
        "em",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "s",
        "ul",
        "ol",
        "li",
        "br",
        "hr",
    }
    assert {tag for tag, _ in seen} <= allowed
    for tag, attributes in seen:
        assert {name for name, _ in attributes} <= {"href", "rel", "title", "style"}, (tag, attributes)
        address = dict(attributes).get("href") or ""
        assert not address.lower().strip().startswith(("javascript", "vbscript", "data")), address


@pytest.mark.parametrize("said", ["²", "9" * 5000, "-1", ""])
def test_what_only_looks_like_a_number_is_answered_with_a_sentence(said):
    assert whole(said) is None
