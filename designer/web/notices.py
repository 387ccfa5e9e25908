"""The page of notices, and how many of them nobody has looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from designer.models import Notice
from designer.services import mailing, notices
from designer.services.errors import Denied
from designer.services.words import ago

PAGE = "designer/talk/notices.html"
BELL = "designer/talk/_bell.html"


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Show what one was told, the newest first; posted, mark as read or choose which letters come."""
    if not request.user.is_authenticated:
        raise Denied("Log in to see what you were told.")
    if request.method == "POST":
        _act(request)
        return redirect("notices")
    before = request.GET.get("before", "")
    found, more = notices.listed(request.user, int(before) if before.isdecimal() and len(before) < 18 else None)
    context = {"rows": [_row(each) for each in found], "more": more, "unread": notices.unread(request.user)}
    return render(request, PAGE, {**context, "letters": _letters(request)})


def _act(request: HttpRequest) -> None:
    said = request.POST
    if said.get("do") == "letters":
        notices.choose(request.user, said.getlist("kind"))
    else:
        key = said.get("notice", "")
        notices.mark(request.user, [int(key)] if key.isdecimal() and len(key) < 18 else None)


def _row(notice: Notice) -> dict[str, Any]:
    return {
        "notice": notice,
        "words": notices.WORDS[notices.Kind(notice.kind)],
        "title": notices.title(notice),
        "address": notices.link(notice),
        "ago": ago(notice.created),
    }


def _letters(request: HttpRequest) -> list[dict[str, Any]]:
    """Return which letters can be had; none where the server sends no mail."""
    if not mailing.available():
        return []
    wanted = notices.mailed(int(request.user.pk or 0))
    words = {notices.Kind.MENTION: "somebody mentions me", notices.Kind.REVIEW_ASKED: "somebody asks for my review"}
    return [{"kind": str(each), "words": words[each], "wanted": each in wanted} for each in notices.MAILED]


@require_GET
def count(request: HttpRequest) -> HttpResponse:
    """Show the bell anew."""
    return render(request, BELL, {"unread": notices.unread(request.user)})
