"""Invitations and links as the pages of workspaces and projects list them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from designer.models import Invitation, ShareLink
from designer.services.links import why_not
from designer.services.project_roles import WORDS
from designer.services.words import ago, counted


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation with its words."""

    invitation: Invitation
    role: str
    expired: bool
    until: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link with its words; `ended` where it does not hold any more."""

    link: ShareLink
    ended: bool
    until: str
    used: str


def invitation_rows(found: list[Invitation]) -> list[InvitationRow]:
    """Return invitations as they are listed."""
    now = timezone.now()
    return [InvitationRow(each, WORDS[each.role], each.expires <= now, _day(each.expires)) for each in found]


def link_rows(found: list[ShareLink]) -> list[LinkRow]:
    """Return links as they are listed."""
    return [LinkRow(each, bool(why_not(each)), _day(each.expires), _used(each)) for each in found]


def _day(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M} UTC" if time else ""


def _used(link: ShareLink) -> str:
    if not link.last_used:
        return "not opened yet"
    return f"opened {counted(link.uses, 'time')}, last {ago(link.last_used)}"
