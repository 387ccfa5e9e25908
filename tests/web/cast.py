"""Everybody who may ask for an address, made once: members of every role, exceptions of one project, guests by link."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from designer.commands.contract import edit, replace
from designer.models import Job, Membership, NamedVersion, ProjectRole, Role, ShareLink
from designer.services import branches, branching, invitations, links, projects, requests, talk
from designer.services.cache import DESIGNS, WIRE
from designer.services.permissions import Right
from designer.web import static_files
from tests.accounts import people

RIGHTS: dict[str, Right | None] = {
    "anonymous": None, "stranger": None,
    "guest": Right.VIEW, "commenting guest": Right.COMMENT,
    "guest of an expired link": None, "guest of a revoked link": None, "guest with an old password": None,
    "viewer": Right.VIEW, "reviewer": Right.COMMENT, "editor": Right.EDIT, "admin": Right.MANAGE, "owner": Right.OWN,
    "lowered": Right.VIEW, "raised": Right.EDIT, "shut out": None, "elsewhere": None,
}  # fmt: skip
"""Who asks, and what he may do in the project: by his role in the workspace or the project, or by a link."""
IN_TEAM: dict[str, Right] = {
    "viewer": Right.VIEW, "reviewer": Right.COMMENT, "editor": Right.EDIT, "admin": Right.MANAGE, "owner": Right.OWN,
    "lowered": Right.EDIT, "raised": Right.VIEW, "shut out": Right.EDIT,
}  # fmt: skip
"""What those who belong to the workspace may do in it."""
NO_ACCOUNT = {each for each in RIGHTS if each == "anonymous" or "guest" in each}
SETTINGS = {
    "WHOLEKEY_LOCAL": False, "WHOLEKEY_BACKGROUND": False,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}  # fmt: skip


class Cast:
    """The people, the links, the sessions by which they come, and one of each thing that has an address."""

    def __init__(self) -> None:
        everybody = people()
        self.owner, self.branch = everybody.owner, everybody.branch
        self.project = self.branch.project
        self.people = {role: getattr(everybody, role) for role in ("owner", "admin", "editor", "reviewer", "viewer")}
        self.people["stranger"] = everybody.stranger
        self._exceptions()
        self._things()
        self.sessions = {"anonymous": ""}
        for name, user in self.people.items():
            client = Client()
            client.force_login(user)
            self.sessions[name] = client.cookies[_cookie()].value
        self._guests()

    def _exceptions(self) -> None:
        for name, in_team, role in (
            ("lowered", Role.EDITOR, Role.VIEWER),
            ("raised", Role.VIEWER, Role.EDITOR),
            ("shut out", Role.EDITOR, ProjectRole.NONE),
        ):
            self.people[name] = _user(name)
            Membership.objects.create(workspace=self.project.workspace, user=self.people[name], role=in_team)
            ProjectRole.objects.create(project=self.project, user=self.people[name], role=role)
        self.other = projects.create(self.owner, "Other", workspace=self.project.workspace)
        self.people["elsewhere"] = _user("elsewhere")
        ProjectRole.objects.create(project=self.other.project, user=self.people["elsewhere"], role=Role.ADMIN)

    def _guests(self) -> None:
        def link(**fields: Any) -> tuple[ShareLink, str]:
            return links.create(self.owner, self.project, **fields)

        self.link, self.token = link()
        self.sessions["guest"] = _opened(self.token)
        self.commenting, token = link(may_comment=True)
        self.sessions["commenting guest"] = _opened(token, name="Grace")
        expired, token = link(expires=timezone.now() + timedelta(days=1))
        self.sessions["guest of an expired link"] = _opened(token)
        ShareLink.objects.filter(pk=expired.pk).update(expires=timezone.now() - timedelta(seconds=1))
        revoked, token = link()
        self.sessions["guest of a revoked link"] = _opened(token)
        links.revoke(self.owner, revoked)
        locked, token = link(password="the first one")
        self.sessions["guest with an old password"] = _opened(token, password="the first one")
        links.change_password(self.owner, locked, "the second one")

    def _things(self) -> None:
        made = {"name": "1.0", "checksum": "0" * 64, "author_name": "Ada"}
        self.named = NamedVersion.objects.create(branch=self.branch, version=1, **made)
        self.side = branching.create(self.owner, self.branch, "side")
        branches.run_command(
            self.owner, self.side, lambda design: edit(design, "x", [replace(design["model"], name="Side")])
        )
        self.side.refresh_from_db()
        self.request = requests.open_one(self.owner, self.side, "Side")
        self.comment = talk.say(self.owner, self.branch, "Why?")
        self.job = Job.objects.create(user_id=self.owner.pk, title="x", state=Job.State.DONE)
        sent = invitations.invite(
            self.owner, self.project.workspace, "new@example.org", Role.VIEWER, lambda token: token
        )
        self.invitation, self.invitation_token = sent.invitation, sent.address
        self.asked = invitations.invite(
            self.owner, self.project.workspace, "new@example.org", Role.VIEWER, str, self.project
        ).invitation

    def client(self, visitor: str) -> Client:
        """Return a browser of a visitor."""
        client = Client(raise_request_exception=False)
        if self.sessions[visitor]:
            client.cookies[_cookie()] = self.sessions[visitor]
        return client


def _cookie() -> str:
    from django.conf import settings

    return str(settings.SESSION_COOKIE_NAME)


def _user(name: str) -> Any:
    return get_user_model()._default_manager.create(username=name.replace(" ", "-"), email=f"{len(name)}@example.org")


def _opened(token: str, **said: str) -> str:
    """Return the session of somebody who opened a link and said what it asked for."""
    client = Client()
    response = client.get(reverse("link-open", args=[token]))
    if said:
        response = client.post(response["Location"], said)
    assert response["Location"].startswith("/d/"), response
    return client.cookies[_cookie()].value


@contextmanager
def gathered() -> Iterator[Cast]:
    """Make everybody, and forget them in the end."""
    digest = static_files.DIGEST.now()  # looking at all files anew each second is a tenth of the work
    with override_settings(**SETTINGS), patch.object(static_files.DIGEST, "now", lambda: digest), transaction.atomic():
        yield Cast()
        transaction.set_rollback(True)


@contextmanager
def undone() -> Iterator[list[str]]:
    """Undo whatever is done within, and list the statements by which something was written."""
    written: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip()[:6].upper() in ("INSERT", "UPDATE", "DELETE"):
            written.append(sql)
        return execute(sql, params, many, context)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)
    if written:
        DESIGNS.clear()
        WIRE.clear()
