"""Every address with every kind of visitor. An address that is not in the table below fails the test."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from designer.commands.contract import edit, replace
from designer.models import Job, NamedVersion
from designer.services import branches, branching, requests, talk

VIEW, COMMENT, EDIT, MANAGE, OWN_ONLY, ANYBODY = "view", "comment", "edit", "manage", "own", "anybody"

# name -> (method, who may, data)
ADDRESSES = {
    "design": [("get", VIEW)],
    "api-design": [("get", VIEW)],
    "api-changes": [("get", VIEW), ("post", EDIT)],
    "api-stream": [("get", VIEW)],
    "api-presence": [("post", VIEW)],
    "api-arrange": [("post", EDIT)],
    "api-paste": [("post", EDIT)],
    "api-copy": [("post", VIEW)],
    "api-findings": [("get", VIEW)],
    "api-findings-fix": [("post", EDIT)],
    "api-arranging": [("get", OWN_ONLY), ("post", OWN_ONLY)],
    "inspector-overview": [("get", VIEW)],
    "inspector-selection": [("get", VIEW), ("post", EDIT)],
    "inspector": [("get", VIEW)],
    "inspector-edit": [("post", EDIT)],
    "words": [("get", VIEW)],
    "words-edit": [("post", EDIT)],
    "export": [("get", VIEW)],
    "export-preview": [("get", VIEW)],
    "export-file": [("get", VIEW)],
    "export-picture": [("post", VIEW)],
    "export-prove": [("get", VIEW), ("post", VIEW)],
    "export-proof": [("get", OWN_ONLY), ("post", OWN_ONLY)],
    "history": [("get", VIEW)],
    "timeline": [("get", VIEW)],
    "timeline-version": [("get", VIEW)],
    "blame": [("get", VIEW)],
    "past": [("get", VIEW)],
    "api-past-log": [("get", VIEW)],
    "api-past-steps": [("get", VIEW)],
    "api-past-records": [("get", VIEW)],
    "past-file": [("get", VIEW)],
    "past-act": [("post", EDIT)],
    "releases": [("get", VIEW)],
    "release": [("get", VIEW), ("post", EDIT)],
    "favicon": [("get", ANYBODY)],
    "api-touched": [("get", VIEW)],
    "api-normalization": [("get", VIEW)],
    "normalization": [("get", VIEW)],
    "normalization-edit": [("post", EDIT)],
    "normalization-preview": [("post", EDIT)],
    "normalization-data": [("post", EDIT)],
    "levels": [("get", VIEW), ("post", EDIT)],
    "api-levels": [("get", VIEW)],
    "levels-derive": [("get", EDIT), ("post", EDIT)],
    "levels-update": [("get", VIEW), ("post", EDIT)],
    "levels-settings": [("get", VIEW), ("post", EDIT)],
    "levels-adopt": [("get", EDIT), ("post", EDIT)],
    "levels-picture": [("post", VIEW)],
    "api-levels-element": [("post", EDIT)],
    "normalize": [("get", ANYBODY)],
    "normalize-analysis": [("post", ANYBODY)],
    "normalize-report": [("post", ANYBODY)],
    "tracing": [("get", VIEW)],
    "tracing-matrix": [("get", VIEW)],
    "tracing-section": [("get", VIEW)],
    "deviation-edit": [("post", EDIT)],
    "impact": [("get", VIEW)],
    "impact-picture": [("get", VIEW)],
    "versions": [("get", VIEW)],
    "versions-picture": [("get", VIEW)],
    "versions-file": [("get", VIEW)],
    "versions-prove": [("post", VIEW)],
    "versions-proof": [("get", OWN_ONLY), ("post", OWN_ONLY)],
    "versions-tool": [("post", EDIT)],
    "version-name": [("post", EDIT)],
    "version-forget": [("post", EDIT)],
    "version-deployed": [("post", EDIT)],
    "reviewing": [("get", VIEW), ("post", COMMENT)],
    "api-reviewing": [("get", VIEW)],
    "requests": [("get", VIEW)],
    "request-new": [("get", EDIT), ("post", EDIT)],
    "request-rules": [("get", MANAGE), ("post", MANAGE)],
    "request": [("get", VIEW)],
    "request-act": [("post", COMMENT)],
    "branches": [("get", VIEW)],
    "branch-create": [("post", EDIT)],
    "branch-change": [("post", EDIT)],
    "branch-merge": [("get", VIEW), ("post", EDIT)],
    "import-into": [("get", EDIT), ("post", EDIT)],
    "project-preview": [("get", VIEW)],
    "project-rename": [("get", EDIT), ("post", EDIT)],
    "project-duplicate": [("post", EDIT)],
    "project-delete": [("get", MANAGE), ("post", MANAGE)],
    "job": [("get", OWN_ONLY)],
    "job-cancel": [("post", OWN_ONLY)],
    "projects": [("get", ANYBODY)],
    "project-new": [("get", ANYBODY), ("post", ANYBODY)],
    "samples": [("get", ANYBODY), ("post", ANYBODY)],
    "sample-picture": [("get", ANYBODY)],
    "import": [("get", ANYBODY), ("post", ANYBODY)],
    "import-query": [("get", ANYBODY)],
    "api-talk": [("get", VIEW)],
    "api-talk-people": [("get", COMMENT)],
    "talk-new": [("get", COMMENT)],
    "talk-say": [("post", COMMENT)],
    "talk-apply": [("post", EDIT)],
    "talk-thread": [("get", VIEW)],
    "talk-act": [("post", COMMENT)],
    "notices": [("get", ANYBODY), ("post", ANYBODY)],
    "notices-count": [("get", ANYBODY)],
    "help": [("get", ANYBODY)],
    "open": [("get", ANYBODY)],
    "login": [("get", ANYBODY)],
    "logout": [("post", ANYBODY)],
}
MAY = {
    VIEW: {"owner", "admin", "editor", "reviewer", "viewer"},
    COMMENT: {"owner", "admin", "editor", "reviewer"},
    EDIT: {"owner", "admin", "editor"},
    MANAGE: {"owner", "admin"},
    OWN_ONLY: {"owner"},
}
VISITORS = ("anonymous", "stranger", "viewer", "reviewer", "editor", "admin", "owner")


def all_names(patterns=None) -> set[str]:
    found: set[str] = set()
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            found |= all_names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and pattern.name:
            found.add(pattern.name)
    return found


def test_the_table_names_every_address():
    assert all_names() == set(ADDRESSES)


def address(name: str, everybody, job: Job) -> str:
    branch = everybody.branch
    if name.startswith("project-") and name != "project-new":
        return reverse(name, args=[branch.project.public_id])
    if name == "versions-prove":
        return reverse(name, args=[branch.public_id]) + "?rows-users=many"  # which is refused before anything starts
    if name in ("job", "job-cancel"):
        return reverse(name, args=[job.public_id])
    if name in ("api-arranging", "export-proof", "versions-proof"):
        return reverse(name, args=[branch.public_id, job.public_id])
    if name in ("version-forget", "version-deployed"):
        named, _ = NamedVersion.objects.get_or_create(
            branch=branch, version=1, defaults={"name": "1.0", "checksum": "0" * 64, "author_name": "Ada"}
        )
        return reverse(name, args=[branch.public_id, named.pk])
    if name in ("request", "request-act"):
        side = branching.create(everybody.owner, branch, "side")
        branches.run_command(
            everybody.owner, side, lambda design: edit(design, "x", [replace(design["model"], name="Side")])
        )
        side.refresh_from_db()
        return reverse(name, args=[branch.public_id, requests.open_one(everybody.owner, side, "Side").number])
    if name == "branch-merge":
        return reverse(name, args=[branching.create(everybody.owner, branch, "side").public_id, "up"])
    if name in ("talk-thread", "talk-act"):
        return reverse(name, args=[branch.public_id, talk.say(everybody.owner, branch, "Why?").pk])
    past = {"api-past-steps": "past/steps?first=1&last=1", "api-past-records": "past/records?version=1"}
    if name in ("timeline-version", "past-file") or name in past:
        there = {"timeline-version": "timeline/1", "past-file": "past/file?version=1&what=design", **past}[name]
        return reverse("design", args=[branch.public_id]) + there
    if name == "release":
        made = {"name": "1.0", "checksum": "0" * 64, "author_name": "Ada"}
        NamedVersion.objects.get_or_create(branch=branch, version=1, defaults=made)
        return reverse(name, args=[branch.public_id, "1.0"])
    traced = ("tracing-section", "deviation-edit", "impact", "impact-picture", "blame")
    if name in ("inspector", "inspector-edit", "words-edit", *traced) or name.startswith("normalization"):
        return reverse(name, args=[branch.public_id, "users"])
    if MAY.get(ADDRESSES[name][0][1]):
        return reverse(name, args=[branch.public_id])
    return reverse(name)


CASES = [(name, *each) for name, each_way in ADDRESSES.items() for each in each_way if each[1] != ANYBODY]


@pytest.mark.parametrize(("name", "method", "right"), CASES)
@pytest.mark.parametrize("visitor", VISITORS)
def test_nobody_gets_further_than_his_role(everybody, name, method, right, visitor):
    job = Job.objects.create(user_id=everybody.owner.pk, title="x", state=Job.State.DONE)
    client = Client()
    if visitor != "anonymous":
        client.force_login(getattr(everybody, visitor))
    url = address(name, everybody, job)
    versions = everybody.branch.entries.count()
    body = json.dumps({"base": 1, "key": "k", "label": "", "change": {}, "diagram": "diagram"})
    posted = {"data": body, "content_type": "application/json"} if name.startswith("api-") else {"data": {}}
    query = {"since": "0"} if name in ("api-changes", "api-stream") else {}
    response = client.get(url, query) if method == "get" else client.post(url, **posted)
    if visitor in MAY[right]:
        assert response.status_code in (200, 204, 302, 400, 422), response.content[:300]
        return
    members = visitor in MAY[VIEW] and right not in (OWN_ONLY,)
    assert response.status_code in ((403,) if members else (404, 302))
    if response.status_code == 302:
        assert response["Location"].startswith(reverse("login"))
    assert everybody.branch.entries.count() == versions


@pytest.mark.parametrize("name", ["projects", "import", "project-new"])
def test_an_anonymous_visitor_sees_no_project(everybody, name):
    response = Client().get(reverse(name))
    assert b"Blog" not in response.content


def test_a_stranger_sees_only_his_own_projects(everybody, client):
    client.force_login(everybody.stranger)
    assert b"Blog" not in client.get(reverse("projects")).content
    client.force_login(everybody.viewer)
    response = client.get(reverse("projects"))
    assert b"Blog" in response.content
    assert reverse("project-delete", args=[everybody.branch.project.public_id]).encode() not in response.content


def test_a_viewer_gets_a_page_without_tools_that_write(everybody, client):
    client.force_login(everybody.viewer)
    page = client.get(reverse("inspector", args=[everybody.branch.public_id, "users"])).content.decode()
    assert "Add to keys" not in page
    assert "Delete this table" not in page
