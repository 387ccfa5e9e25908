"""Invitations: an address in a letter makes its reader a member of a workspace, or gives a role in one project of it.

An invitation holds for a week, once, and only as long as whoever sent it might send it still. Its token is in the
letter and is shown once to whoever invites; only its hash is kept.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from designer.models import Invitation, Membership, Project, ProjectRole, Workspace
from designer.services import limits, mailing, permissions, tokens
from designer.services.branches import display_name
from designer.services.errors import Denied, Invalid, NotFound
from designer.services.permissions import RIGHTS, AnyUser, Right, key_of
from designer.services.project_roles import GIVEN, NONE, WORDS
from designer.services.short_names import apart

LIFETIME = timedelta(days=7)
SESSION_KEY = "wholekey_invitation"
"""Under this key a session keeps the hash of the token by which its visitor came."""
RATE = "30/h,100/d"
"""How many invitations one person may send."""
RATE_TO_ONE = "5/d"
"""How many letters of this server one address may get from invitations."""
LONGEST_EMAIL = 254
LETTER = "designer/teams/mail/invitation.txt"
UNKNOWN = "This is not an invitation of this server. Copy the whole address from the letter, or ask for another one."


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation as its sender gets it: the address is shown this once. `mailed`: a mail server took the letter."""

    invitation: Invitation
    address: str
    mailed: bool


AddressOf = Callable[[str], str]
"""Returns the whole address of an invitation with this token."""


def invite(
    user: AnyUser, workspace: Workspace, email: str, role: str, address_of: AddressOf, project: Project | None = None
) -> Sent:
    """Invite the reader of an e-mail address to a workspace, or to one project of it, and send the letter."""
    _may_invite(user, workspace, project, role)
    to = _valid_email(email)
    _not_here_yet(workspace, project, to)
    limits.hit("invite", str(key_of(user)), RATE)
    token, kept = tokens.fresh()
    made = Invitation.objects.create(
        workspace=workspace, project=project, email=to, role=role, token_hash=kept, invited_by_id=user.pk,
        invited_by_name=display_name(user), expires=timezone.now() + LIFETIME,
    )  # fmt: skip
    return _send(made, address_of(token))


def _may_invite(user: AnyUser, workspace: Workspace, project: Project | None, role: str) -> None:
    if project is not None:
        permissions.require_role(user, project, Right.MANAGE, "project")
        if role not in GIVEN:
            raise Invalid("Choose a role from the list.", "role")
        return
    held = permissions.require_in(user, workspace, Right.MANAGE)
    if role not in RIGHTS:
        raise Invalid("Choose a role from the list.", "role")
    if RIGHTS[role] > held:
        raise Denied("Only an owner makes somebody an owner.")


def _valid_email(email: str) -> str:
    plain = email.strip()
    try:
        validate_email(plain)
        if len(plain) > LONGEST_EMAIL:
            raise ValidationError("")
    except ValidationError:
        raise Invalid("This is no e-mail address; it looks like ada@example.org.", "email") from None
    return plain


def _not_here_yet(workspace: Workspace, project: Project | None, email: str) -> None:
    if Membership.objects.filter(workspace=workspace, user__email__iexact=email).exists():
        raise Invalid(f"{email} is a member of the workspace already; change the role in the list.", "email")
    if project and ProjectRole.objects.filter(project=project, user__email__iexact=email).exists():
        raise Invalid(f"{email} has a role in this project already; change it in the list.", "email")
    if open_ones(Invitation.objects.filter(workspace=workspace, project=project, email__iexact=email)).exists():
        raise Invalid(f"{email} has an invitation already; send it again, or take it back.", "email")


def _send(invitation: Invitation, address: str) -> Sent:
    limits.hit("invited", invitation.email.casefold(), RATE_TO_ONE)
    team, by = apart(invitation.workspace.name), apart(invitation.invited_by_name)
    to = apart(invitation.project.name) if invitation.project else team
    role = WORDS[invitation.role].lower()
    words = {"invitation": invitation, "by": by, "team": team, "to": to, "role": role, "address": address}
    subject = f"{by} invites you to {to}"
    return Sent(invitation, address, mailing.send(invitation.email, subject[:150], LETTER, words))


def send_again(user: AnyUser, invitation: Invitation, address_of: AddressOf) -> Sent:
    """Send an invitation with another token, for a week from now; the address before holds no longer."""
    _may_invite(user, invitation.workspace, invitation.project, invitation.role)
    if invitation.accepted or invitation.revoked:
        raise Invalid("This invitation is used or taken back; make another one.")
    limits.hit("invite", str(key_of(user)), RATE)
    token, invitation.token_hash = tokens.fresh()
    invitation.expires = timezone.now() + LIFETIME
    invitation.invited_by_id, invitation.invited_by_name = user.pk, display_name(user)
    invitation.save(update_fields=["token_hash", "expires", "invited_by", "invited_by_name"])
    return _send(invitation, address_of(token))


def take_back(user: AnyUser, invitation: Invitation) -> None:
    """Let an invitation hold no longer."""
    _may_manage(user, invitation)
    Invitation.objects.filter(pk=invitation.pk, accepted=None, revoked=None).update(revoked=timezone.now())


def _may_manage(user: AnyUser, invitation: Invitation) -> None:
    if invitation.project is not None:
        permissions.require_role(user, invitation.project, Right.MANAGE, "project")
    else:
        permissions.require_in(user, invitation.workspace, Right.MANAGE)


def open_ones(rows: QuerySet[Invitation]) -> QuerySet[Invitation]:
    """Return those that are neither used, taken back, nor too old."""
    return rows.filter(accepted=None, revoked=None, expires__gt=timezone.now())


def of_workspace(user: AnyUser, workspace: Workspace) -> list[Invitation]:
    """Return the invitations to a workspace and its projects that are not used or taken back, the newest first."""
    permissions.require_in(user, workspace, Right.MANAGE)
    rows = Invitation.objects.filter(workspace=workspace, accepted=None, revoked=None).select_related("project")
    return [each for each in rows.order_by("-pk") if each.project is None or _manages(user, each.project)]


def of_project(user: AnyUser, project: Project) -> list[Invitation]:
    """Return the invitations to a project that are not used or taken back, the newest first."""
    permissions.require_role(user, project, Right.MANAGE, "project")
    return list(Invitation.objects.filter(project=project, accepted=None, revoked=None).order_by("-pk"))


def find(user: AnyUser, key: int, workspace: Workspace, project: Project | None = None) -> Invitation:
    """Return an invitation to a workspace or to one of its projects. Raises NotFound where there is none."""
    within = Invitation.objects.filter(workspace=workspace) if project is None else project.invitations.all()
    found = within.select_related("workspace", "project").filter(pk=key).first()
    if found is None:
        raise NotFound("There is no such invitation any more.")
    _may_manage(user, found)
    return found


def _manages(user: AnyUser, project: Project) -> bool:
    held = permissions.by_role(user, project)
    return held is not None and held >= Right.MANAGE


# The invited


def keep(session: MutableMapping[str, Any], token: str) -> None:
    """Remember in a session by which invitation its visitor came."""
    session[SESSION_KEY] = tokens.hashed(token)


def pending(session: MutableMapping[str, Any]) -> Invitation | None:
    """Return the invitation by which the visitor of a session came, if it holds: who has one may make an account."""
    try:
        return _holding(session.get(SESSION_KEY, ""))
    except Invalid:
        return None


def look(session: MutableMapping[str, Any]) -> Invitation:
    """Return the invitation by which the visitor of a session came. Raises Invalid saying why it does not hold."""
    return _holding(session.get(SESSION_KEY, ""))


def _holding(token_hash: str) -> Invitation:
    rows = Invitation.objects.select_related("workspace", "project", "invited_by")
    found = rows.filter(token_hash=token_hash).first() if token_hash else None
    if found is None:
        raise Invalid(UNKNOWN)
    if found.accepted:
        raise Invalid("This invitation has been used already. Log in with the account that used it.")
    if found.revoked:
        raise Invalid(f"{found.invited_by_name} has taken this invitation back; ask for another one.")
    if found.expires <= timezone.now():
        raise Invalid(f"This invitation expired on {found.expires:%Y-%m-%d}; ask {found.invited_by_name} for another.")
    if not _meant_still(found):
        raise Invalid(f"{found.invited_by_name} may not invite people here any more; ask somebody else.")
    return found


def _meant_still(invitation: Invitation) -> bool:
    """Whether the sender may invite so still: who was put out must not come back by what he sent before."""
    sender = invitation.invited_by
    if sender is None:
        return False
    if invitation.project is not None:
        return _manages(sender, invitation.project)
    held = permissions.right_in(sender, invitation.workspace_id)
    return held is not None and held >= max(Right.MANAGE, RIGHTS[invitation.role])


def accept(user: AnyUser, session: MutableMapping[str, Any]) -> Invitation:
    """Give the user what the invitation of his session says, once. Raises Invalid where it says nothing new."""
    if not user.is_authenticated:
        raise Denied("Log in, or make an account, to accept an invitation.")
    with transaction.atomic():
        list(Invitation.objects.select_for_update().filter(token_hash=session.get(SESSION_KEY, "")))
        found = look(session)
        _join(user, found)
        found.accepted, found.accepted_by_id = timezone.now(), user.pk
        found.save(update_fields=["accepted", "accepted_by"])
    session.pop(SESSION_KEY, None)
    return found


def _join(user: AnyUser, invitation: Invitation) -> None:
    if invitation.project is not None:
        _join_project(user, invitation.project, invitation.role)
    elif permissions.right_in(user, invitation.workspace_id) is not None:
        raise Invalid(f"You are a member of {invitation.workspace.name} already.")
    else:
        Membership.objects.create(workspace_id=invitation.workspace_id, user_id=key_of(user), role=invitation.role)


def _join_project(user: AnyUser, project: Project, role: str) -> None:
    own = ProjectRole.objects.filter(project=project, user_id=key_of(user)).first()
    if own is not None and own.role == NONE:
        raise Denied("You were shut out of this project; one of its administrators has to let you in again.")
    held = permissions.by_role(user, project)
    if held is not None and held >= RIGHTS[role]:
        raise Invalid(f"You have this role in {project.name} already, or a greater one.")
    ProjectRole.objects.update_or_create(project=project, user_id=key_of(user), defaults={"role": role})
