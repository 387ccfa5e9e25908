"""Every address with every kind of visitor, by every method. An address that the table does not name fails the test."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Collection, Iterator

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from designer.services.permissions import Right
from tests.web.cast import IN_TEAM, NO_ACCOUNT, RIGHTS, Cast, gathered, undone

ALL = "WHOLEKEY_EXAMPLES" in os.environ
"""Whether everybody asks for everything, as `make nightly` does."""
VIEW, COMMENT, EDIT, MANAGE = "view", "comment", "edit", "manage"
"""What is asked of a visitor in the project, by his role or by a link."""
ROLE = "a role in the project"
TEAM, TEAM_MANAGE, TEAM_OWN = "a member of the workspace", "an administrator of the workspace", "its owner"
OWN_ONLY = "whoever started it"
EDITOR = "an editor of any workspace"
COPY = "an editor of the project and of any workspace"
ACCOUNT = "anybody with an account"
GUEST = "anybody who is let in anywhere"
ANYBODY = "anybody"

# name -> (method, who may)
ADDRESSES = {
    "design": [("get", VIEW)],
    "api-design": [("get", VIEW)],
    "api-changes": [("get", VIEW), ("post", EDIT)],
    "api-stream": [("get", VIEW)],
    "api-presence": [("post", VIEW)],
    "api-keep": [("post", EDIT)],
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
    "request-rules-preview": [("post", MANAGE)],
    "request-checks": [("get", VIEW)],
    "request-checks-act": [("post", COMMENT)],
    "request": [("get", VIEW)],
    "request-migration": [("get", VIEW)],
    "request-act": [("post", COMMENT)],
    "branches": [("get", VIEW)],
    "branch-create": [("post", EDIT)],
    "branch-change": [("post", EDIT)],
    "branch-merge": [("get", VIEW), ("post", EDIT)],
    "import-into": [("get", EDIT), ("post", EDIT)],
    "project-preview": [("get", VIEW)],
    "project-rename": [("get", EDIT), ("post", EDIT)],
    "project-duplicate": [("post", COPY)],
    "project-delete": [("get", MANAGE), ("post", MANAGE)],
    "job": [("get", OWN_ONLY)],
    "job-cancel": [("post", OWN_ONLY)],
    "projects": [("get", GUEST)],
    "project-new": [("get", EDITOR), ("post", EDITOR)],
    "samples": [("get", EDITOR), ("post", EDITOR)],
    "sample-picture": [("get", ANYBODY)],
    "import": [("get", EDITOR), ("post", EDITOR)],
    "import-query": [("get", EDITOR)],
    "api-talk": [("get", VIEW)],
    "api-talk-people": [("get", COMMENT)],
    "talk-new": [("get", COMMENT)],
    "talk-say": [("post", COMMENT)],
    "talk-apply": [("post", EDIT)],
    "talk-thread": [("get", VIEW)],
    "talk-act": [("post", COMMENT)],
    "notices": [("get", ACCOUNT), ("post", ACCOUNT)],
    "notices-count": [("get", ANYBODY)],
    "help": [("get", ANYBODY)],
    "open": [("get", ANYBODY)],
    "login": [("get", ANYBODY), ("post", ANYBODY)],
    "logout": [("get", ANYBODY), ("post", ANYBODY)],
    "workspace-new": [("get", ACCOUNT), ("post", ACCOUNT)],
    "workspace": [("get", TEAM)],
    "workspace-rename": [("get", TEAM_MANAGE), ("post", TEAM_MANAGE)],
    "workspace-delete": [("get", TEAM_OWN), ("post", TEAM_OWN)],
    "workspace-leave": [("get", TEAM), ("post", TEAM)],
    "workspace-member": [("post", TEAM_MANAGE)],
    "workspace-invite": [("post", TEAM_MANAGE)],
    "workspace-invitation": [("post", TEAM_MANAGE)],
    "project-people": [("get", ROLE)],
    "project-person": [("post", MANAGE)],
    "project-invite": [("post", MANAGE)],
    "project-invitation": [("post", MANAGE)],
    "link-new": [("post", MANAGE)],
    "link-change": [("post", MANAGE)],
    "invitation": [("get", ANYBODY), ("post", ANYBODY)],
    "invitation-open": [("get", ANYBODY)],
    "link-open": [("get", ANYBODY)],
    "link-enter": [("get", ANYBODY), ("post", ANYBODY)],
    "account": [("get", ACCOUNT), ("post", ACCOUNT)],
    "welcome": [("get", ANYBODY), ("post", ANYBODY)],
    "account_login": [("get", ANYBODY), ("post", ANYBODY)],
    "account_logout": [("get", ANYBODY), ("post", ANYBODY)],
    "account_signup": [("get", ANYBODY), ("post", ANYBODY)],
    "account_inactive": [("get", ANYBODY)],
    "account_reauthenticate": [("get", ACCOUNT), ("post", ACCOUNT)],
    "account_email": [("get", ACCOUNT), ("post", ACCOUNT)],
    "account_email_verification_sent": [("get", ANYBODY)],
    "account_confirm_email": [("get", ANYBODY), ("post", ANYBODY)],
    "account_change_password": [("get", ACCOUNT), ("post", ACCOUNT)],
    "account_set_password": [("get", ACCOUNT), ("post", ACCOUNT)],
    "account_reset_password": [("get", ANYBODY), ("post", ANYBODY)],
    "account_reset_password_done": [("get", ANYBODY)],
    "account_reset_password_from_key": [("get", ANYBODY), ("post", ANYBODY)],
    "account_reset_password_from_key_done": [("get", ANYBODY)],
    "usersessions_list": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_index": [("get", ACCOUNT)],
    "mfa_authenticate": [("get", ANYBODY), ("post", ANYBODY)],
    "mfa_reauthenticate": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_activate_totp": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_deactivate_totp": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_view_recovery_codes": [("get", ACCOUNT)],
    "mfa_generate_recovery_codes": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_download_recovery_codes": [("get", ACCOUNT)],
    "mfa_list_webauthn": [("get", ACCOUNT)],
    "mfa_add_webauthn": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_reauthenticate_webauthn": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_login_webauthn": [("get", ANYBODY), ("post", ANYBODY)],
    "mfa_remove_webauthn": [("get", ACCOUNT), ("post", ACCOUNT)],
    "mfa_edit_webauthn": [("get", ACCOUNT), ("post", ACCOUNT)],
    "socialaccount_connections": [("get", ACCOUNT), ("post", ACCOUNT)],
    "socialaccount_signup": [("get", ANYBODY), ("post", ANYBODY)],
    "socialaccount_login_cancelled": [("get", ANYBODY)],
    "socialaccount_login_error": [("get", ANYBODY)],
}
IN_PROJECT = {
    VIEW: Right.VIEW, ROLE: Right.VIEW, COMMENT: Right.COMMENT, EDIT: Right.EDIT, MANAGE: Right.MANAGE,
    COPY: Right.EDIT,
}  # fmt: skip
OF_TEAM = {TEAM: Right.VIEW, TEAM_MANAGE: Right.MANAGE, TEAM_OWN: Right.OWN}
EDITS_SOMEWHERE = {"stranger", "editor", "admin", "owner", "lowered", "shut out"}
"""Whose role in a workspace lets them make projects."""
DONE = (200, 204, 302, 304, 400, 409, 422, 429)
"""What whoever may is answered: done, or what he sent makes no sense."""
ASKS_FOR_NOTHING = {"samples", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_download_recovery_codes"}
"""Where the empty request of this test names a thing that nobody has."""


def all_patterns(patterns=None, before="") -> Iterator[tuple[str, str]]:
    """Give the name and the whole pattern of every address, those of packages included."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(each, URLResolver):
            yield from all_patterns(each.url_patterns, before + str(each.pattern))
        elif isinstance(each, URLPattern):
            yield each.name or f"nameless {before}{each.pattern}", before + str(each.pattern)


PATTERNS = dict(all_patterns())


def test_the_table_names_every_address():
    assert set(PATTERNS) == set(ADDRESSES)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def cast(django_db_setup, django_db_blocker) -> Iterator[Cast]:
    with django_db_blocker.unblock(), gathered() as found:
        yield found


def address(name: str, cast: Cast) -> str:
    """Return an address with things in it that are there."""
    traced = PATTERNS[name]
    values = {
        "public_id": cast.branch.public_id, "record": "users", "job": cast.job.public_id, "slug": "shop", "way": "up",
        "number": cast.request.number, "release": cast.named.name, "token": "x" * 32, "link": cast.link.public_id,
        "uidb36": "1", "pk": 1, "model": "model",
    }  # fmt: skip
    if traced.startswith("projects/"):
        values["public_id"] = cast.project.public_id
    if traced.startswith("jobs/"):
        values["public_id"] = cast.job.public_id
    if traced.startswith("w/"):
        values["slug"] = cast.project.workspace.slug
    values |= {
        "branch-merge": {"public_id": cast.side.public_id},
        "timeline-version": {"number": 1},
        "version-forget": {"key": cast.named.pk},
        "version-deployed": {"key": cast.named.pk},
        "talk-thread": {"key": cast.comment.pk},
        "talk-act": {"key": cast.comment.pk},
        "workspace-member": {"key": cast.people["viewer"].pk},
        "project-person": {"key": cast.people["viewer"].pk},
        "workspace-invitation": {"key": cast.invitation.pk},
        "project-invitation": {"key": cast.asked.pk},
        "account_confirm_email": {"key": "abc"},
        "account_reset_password_from_key": {"key": "abc"},
    }.get(name, {})
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", traced)
    return reverse(name, kwargs={each: values[each] for each in wanted}) + QUERIES.get(name, "")


QUERIES = {
    "versions-prove": "?rows-users=many",  # which is refused before anything starts
    "api-changes": "?since=0",
    "api-stream": "?since=0",
    "api-past-steps": "?first=1&last=1",
    "api-past-records": "?version=1",
    "past-file": "?version=1&what=design",
}


def ask(client: Client, method: str, url: str, name: str, **headers: str) -> HttpResponse:
    """Send a request that would do little where it is let through."""
    if method != "post":
        return getattr(client, method)(url, headers=headers)
    if not name.startswith("api-"):
        return client.post(url, {}, headers=headers)
    body = json.dumps({"base": 1, "key": "k", "label": "", "change": {}, "diagram": "diagram"})
    return client.post(url, body, content_type="application/json")


def expected(visitor: str, who: str) -> str:
    """Return what becomes of a visitor: `done`, `denied` where he knows of the thing, else `unknown`."""
    if who in OF_TEAM:
        held, needed = IN_TEAM.get(visitor), OF_TEAM[who]
    elif who in IN_PROJECT:
        held, needed = RIGHTS[visitor], IN_PROJECT[who]
        if who == ROLE and visitor in NO_ACCOUNT and held:
            return "denied"
    else:
        lets_in = {
            OWN_ONLY: visitor == "owner", ACCOUNT: visitor not in NO_ACCOUNT, EDITOR: visitor in EDITS_SOMEWHERE,
            GUEST: visitor not in NO_ACCOUNT or RIGHTS[visitor] is not None, ANYBODY: True,
        }  # fmt: skip
        return "done" if lets_in[who] else "unknown" if who == OWN_ONLY else "denied or unknown"
    if who == COPY and visitor not in EDITS_SOMEWHERE and held == Right.EDIT:
        return "denied"
    if held is None:
        return "unknown"
    return "done" if held >= needed else "denied"


def wrong(response: HttpResponse, outcome: str, who: str, name: str = "") -> str:
    """Return what is wrong with an answer, nothing where it is as it must be."""
    status = response.status_code
    to_login = status == 302 and response["Location"].startswith(resolve_url(settings.LOGIN_URL))
    if who == ANYBODY:
        return "" if status < 500 else f"{status}"
    fine = {
        "done": (status in DONE or (status == 404 and name in ASKS_FOR_NOTHING)) and not to_login,
        "denied": status == 403,
        "unknown": status == 404 or to_login,
        "denied or unknown": status in (403, 404) or to_login,
    }[outcome]
    return "" if fine else f"{status} instead of {outcome}"


ALIKE = ("anonymous", "guest", "guest of an expired link", "stranger", "viewer", "owner", "shut out")
"""Who is asked for by addresses where roles and rights in the project play no part: one of each kind."""


def visitors(who: str) -> Collection[str]:
    return ALIKE if who in (ACCOUNT, ANYBODY) and not ALL else RIGHTS


CASES = [(name, *each) for name, each_way in ADDRESSES.items() for each in each_way]


@pytest.mark.parametrize(("name", "method", "who"), CASES, ids=lambda each: str(each).replace(" ", "-"))
def test_nobody_gets_further_than_he_may(cast, name, method, who):
    url = address(name, cast)
    found = {}
    for visitor in visitors(who):
        outcome = expected(visitor, who)
        short = (
            {"Accept": "application/json"} if outcome != "done" and visitor != "anonymous" else {}
        )  # no page to draw
        with undone() as written:
            response = ask(cast.client(visitor), method, url, name, **short)
            said = wrong(response, outcome, who, name)
        changed = [sql for sql in written if outcome != "done" and not of_nobody(sql)]
        if said or changed:
            found[visitor] = said or f"wrote {changed[0][:120]}"
    assert found == {}


def of_nobody(sql: str) -> bool:
    """Whether a statement writes what is about the visit itself: his session, and how often he tried."""
    return bool(re.search(r'"(django_session|wholekey_cache|usersessions_\w+)"', sql[:80]))


def test_other_methods_are_refused_even_to_the_owner(cast):
    found = {}
    for name, each_way in ADDRESSES.items():
        url = address(name, cast)
        for method in {"get", "post", "put", "delete", "patch"} - {each for each, _ in each_way}:
            with undone():
                response = getattr(cast.client("owner"), method)(url, headers={"Accept": "application/json"})
            refused = response.status_code == 405 or not wrong(response, "denied or unknown", "")
            if not refused and not (name.startswith(PACKAGES) and response.status_code < 500):
                found[f"{method} {name}"] = response.status_code
    assert found == {}


PACKAGES = ("account_", "mfa_", "usersessions_", "socialaccount_", "login", "logout")
"""How addresses begin whose views come from packages, which take some methods for others."""
PUBLIC = {name for name, each_way in ADDRESSES.items() if any(who == ANYBODY for _, who in each_way)}


LET_IN_BEFORE_A_LOGIN = {
    "favicon", "help", "normalize", "normalize-analysis", "normalize-report", "sample-picture", "notices-count",
    "open", "welcome", "invitation", "invitation-open", "link-open", "link-enter", "login", "logout",
    "account_login", "account_logout", "account_signup", "account_inactive", "account_email_verification_sent",
    "account_confirm_email", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate",
    "mfa_login_webauthn", "socialaccount_signup", "socialaccount_login_cancelled", "socialaccount_login_error",
}  # fmt: skip
"""What anybody may ask for: pages about nobody's design, and those by which people get in."""


def test_only_these_answer_whoever_asks():
    assert PUBLIC == LET_IN_BEFORE_A_LOGIN


def test_an_anonymous_visitor_is_refused_everything_else(cast):
    client = cast.client("anonymous")
    for name in set(ADDRESSES) - PUBLIC:
        for method, _ in ADDRESSES[name]:
            with undone():
                response = ask(client, method, address(name, cast), name)
                assert wrong(response, "denied or unknown", "") == "", name


@pytest.mark.parametrize("name", ["projects", "import", "project-new"])
def test_an_anonymous_visitor_sees_no_project(cast, name):
    assert b"Blog" not in cast.client("anonymous").get(reverse(name)).content


def test_a_stranger_sees_only_his_own_projects(cast):
    assert b"Blog" not in cast.client("stranger").get(reverse("projects")).content
    response = cast.client("viewer").get(reverse("projects"))
    assert b"Blog" in response.content
    assert reverse("project-delete", args=[cast.project.public_id]).encode() not in response.content


def test_a_viewer_gets_a_page_without_tools_that_write(cast):
    page = cast.client("viewer").get(reverse("inspector", args=[cast.branch.public_id, "users"])).content.decode()
    assert "Add to keys" not in page
    assert "Delete this table" not in page
