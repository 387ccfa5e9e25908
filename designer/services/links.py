"""Links for guests: addresses by which people without an account look at a project, or comment on it.

Whether a link holds is asked of the database at every request (`permissions.right_of`); a session keeps only by which
links its visitor came, and which password was said.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from designer.models import Branch, Project, ShareLink, Workspace
from designer.services import limits, permissions, tokens
from designer.services.branches import display_name
from designer.services.errors import Invalid, NotFound
from designer.services.permissions import AnyUser, Grant, Right, key_of
from designer.services.short_names import seen, short_name

LIFETIMES = {"1": "1 day", "7": "7 days", "30": "30 days", "90": "90 days", "": "until it is revoked"}
"""How long a link may hold, in days, in the words of the form."""
LONGEST_LABEL = 200
LONGEST_PASSWORD = 200
SHORTEST_PASSWORD = 6
LONGEST_NAME = 60
MOST = 100
"""How many links of one project may hold at once."""
MAKING = "30/h,100/d"
OPENING = "30/m,200/h"
TRYING = "10/m,60/h"
TRYING_TOGETHER = "300/h"
"""How many passwords may be tried at one link by everybody together: an attacker has many addresses."""
ASKED, GRANTS = "wholekey_links_asked", "wholekey_grants"
MOST_KEPT = 20
"""How many links one session remembers, the last ones."""
GONE = "This link does not lead anywhere. Copy the whole address, or ask whoever sent it for another one."


# Those who share


def create(
    user: AnyUser, project: Project, *, label: str = "", may_comment: bool = False, expires: datetime | None = None,
    password: str = "", branch: Branch | None = None,
) -> tuple[ShareLink, str]:  # fmt: skip
    """Make a link and return it with its token, which nobody can be told later. It opens on `branch`."""
    permissions.require_role(user, project, Right.MANAGE, "project")
    if expires is not None and expires <= timezone.now():
        raise Invalid("A link ends in the future; choose a later day.", "until")
    if branch is not None and branch.project_id != project.pk:
        raise Invalid("Choose a branch of this project.", "branch")
    if permissions.links_that_hold().filter(project=project).count() >= MOST:
        raise Invalid(f"{MOST} links to this project hold already; revoke some of them first.")
    kept_label, secret = _label(label), _secret(password)
    limits.hit("link-create", str(key_of(user)), MAKING)
    token, kept = tokens.fresh()
    made = ShareLink.objects.create(
        project=project, branch=branch, label=kept_label, token_hash=kept, may_comment=may_comment, password=secret,
        created_by_id=user.pk, created_by_name=display_name(user), expires=expires,
    )  # fmt: skip
    return made, token


def _label(text: str) -> str:
    said = text[:LONGEST_LABEL]
    return short_name(said, LONGEST_LABEL, "", "label") if said.strip() else ""


def _secret(password: str) -> str:
    """Return what is kept of a password; of none, nothing."""
    if not password:
        return ""
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Invalid(f"A password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.", "password")
    return make_password(password)


def expiry(said: Mapping[str, str]) -> datetime | None:
    """Return when a link ends by a form: after some days, or at the end of a day (UTC); None is never."""
    until, days = said.get("until", "").strip(), said.get("days", "")
    if until:
        try:
            day = date.fromisoformat(until) + timedelta(days=1)
            return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
        except (ValueError, OverflowError):
            raise Invalid("Write the last day as 2026-12-31.", "until") from None
    if days not in LIFETIMES:
        raise Invalid("Choose how long the link holds.", "days")
    return timezone.now() + timedelta(days=int(days)) if days else None


def revoke(user: AnyUser, link: ShareLink) -> None:
    """Let a link hold no longer, whoever came by it included."""
    permissions.require_role(user, link.project, Right.MANAGE, "project")
    ShareLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now())


def change_password(user: AnyUser, link: ShareLink, password: str) -> None:
    """Give a link another password, which whoever came by it has to say as well, or take it away."""
    permissions.require_role(user, link.project, Right.MANAGE, "project")
    secret = _secret(password)
    ShareLink.objects.filter(pk=link.pk).update(
        password=secret, secret_version=F("secret_version") + (1 if secret else 0)
    )


def of_project(user: AnyUser, project: Project) -> list[ShareLink]:
    """Return the links of a project that are not revoked, the newest first."""
    permissions.require_role(user, project, Right.MANAGE, "project")
    return list(project.links.filter(revoked=None).select_related("branch").order_by("-pk"))


def of_workspace(user: AnyUser, workspace: Workspace) -> list[ShareLink]:
    """Return the links of a workspace's projects that are not revoked, of those that the user administers."""
    permissions.require_in(user, workspace, Right.MANAGE)
    rows = ShareLink.objects.filter(project__workspace=workspace, revoked=None).select_related("project", "branch")
    return [each for each in rows.order_by("-pk") if (permissions.by_role(user, each.project) or 0) >= Right.MANAGE]


def find(user: AnyUser, project: Project, public_id: str) -> ShareLink:
    """Return a link of a project, for one of its administrators."""
    permissions.require_role(user, project, Right.MANAGE, "project")
    found: ShareLink | None = project.links.select_related("project").filter(public_id=public_id).first()
    if found is None:
        raise NotFound("There is no such link any more.")
    return found


# Those who come


def opened(session: MutableMapping[str, Any], token: str, visitor: str) -> ShareLink:
    """Return the link with a token, and remember that this visitor knows it.

    Raises NotFound saying why it does not hold. `visitor` is where the request comes from: nobody tries without end.
    """
    limits.hit("link-token", visitor, OPENING)
    found = _links().filter(token_hash=tokens.hashed(token)).first()
    if found is None:
        raise NotFound(GONE)
    _must_hold(found)
    session[ASKED] = [*(each for each in session.get(ASKED, []) if each != found.pk), found.pk][-MOST_KEPT:]
    return found


def asked(session: MutableMapping[str, Any], public_id: str) -> ShareLink:
    """Return a link whose token the visitor of a session has shown before."""
    found = _links().filter(public_id=public_id, pk__in=session.get(ASKED, [])).first()
    if found is None:
        raise NotFound(GONE)
    _must_hold(found)
    return found


def _links() -> QuerySet[ShareLink]:
    return ShareLink.objects.select_related("project", "branch")


def _must_hold(link: ShareLink) -> None:
    why = why_not(link)
    if why:
        raise NotFound(why)


def why_not(link: ShareLink) -> str:
    """Return why a link does not hold, or nothing where it does."""
    if link.revoked:
        return "This link was revoked. Ask whoever sent it for another one."
    if link.expires and link.expires <= timezone.now():
        return f"This link expired on {link.expires:%Y-%m-%d %H:%M} UTC. Ask whoever sent it for another one."
    return ""


def asks_something(link: ShareLink) -> bool:
    """Say whether a guest is asked for a password or a name before he gets in."""
    return bool(link.password) or link.may_comment


def enter(session: MutableMapping[str, Any], link: ShareLink, visitor: str, password: str = "", name: str = "") -> None:
    """Let the visitor of a session in by a link that he has shown. Raises Invalid for a wrong password or no name."""
    otherwise = f"Say who you are in 1 to {LONGEST_NAME} characters; it stands at your comments."
    called = short_name(name, LONGEST_NAME, otherwise) if link.may_comment else seen(name)
    if link.password:
        limits.hit("link-password", f"{link.pk} {visitor}", TRYING)
        limits.hit("link-password-of", str(link.pk), TRYING_TOGETHER)
        if not check_password(password[: LONGEST_PASSWORD + 1], link.password):
            raise Invalid("This is not the password of the link. Upper and lower case differ.", "password")
    others = [each for each in session.get(GRANTS, []) if each[0] != link.pk]
    if len(others) == len(session.get(GRANTS, [])):
        ShareLink.objects.filter(pk=link.pk).update(uses=F("uses") + 1, last_used=timezone.now())
    session[GRANTS] = [*others, [link.pk, link.secret_version, called]][-MOST_KEPT:]


def grants(session: Mapping[str, Any]) -> tuple[Grant, ...]:
    """Return by which links the visitor of a session came."""
    return tuple(Grant(int(link), int(secret), str(name)) for link, secret, name in session.get(GRANTS, []))


def ended(user: AnyUser, public_id: str) -> str:
    """Return why a visitor who came by a link to a branch or project gets there no longer, or nothing if he did not."""
    carried = {each.link: each.secret for each in permissions.grants_of(user)}
    if not carried or not public_id:
        return ""
    here = Q(project__public_id=public_id) | Q(project__branches__public_id=public_id)
    for link in ShareLink.objects.filter(here, pk__in=carried).order_by("-pk"):
        if link.secret_version != carried[link.pk]:
            return why_not(link) or "The password of this link was changed. Open the link again and say the new one."
        return why_not(link)
    return ""
