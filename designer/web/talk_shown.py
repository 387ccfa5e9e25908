"""What the templates of comments are given: threads with their words, for whoever looks at them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from designer.change import change_encode
from designer.commands.names import called, word
from designer.models import Branch, Comment
from designer.schema import Id
from designer.services import mentions, permissions, suggestions, talk
from designer.services.errors import ServiceError
from designer.services.permissions import Right
from designer.services.states import design_at
from designer.services.words import ago

OWN = "talk"
"""Where a session keeps the keys of the comments that were made in it."""
MOST_OWN = 500
GONE = "an element that was removed later"


def own(request: HttpRequest) -> list[int]:
    """Return the keys of the comments that a guest made in this session."""
    return request.session.get(OWN, []) if not request.user.is_authenticated else []


def remember_own(request: HttpRequest, comment: Comment) -> None:
    """Keep in the session of a guest that a comment is his."""
    if not request.user.is_authenticated:
        request.session[OWN] = [*own(request), comment.pk][-MOST_OWN:]


def about_words(branch: Branch, element: Id, field: str = "") -> tuple[str, bool]:
    """Return what a thread is about in words, and whether that is gone; nothing for the whole and for a spot."""
    if not element:
        return "", False
    design = design_at(branch, branch.head)
    record = design.get(element)
    if record is None:
        return GONE, True
    of = f": {field.replace('_', ' ')}" if field else ""
    return f"{word(record)} {called(design, record)}{of}", False


def about(branch: Branch, comment: Comment) -> str:
    """Return what a comment is about in words, for a list."""
    return about_words(branch, comment.element, comment.field)[0] or ("a spot" if comment.diagram else "the whole")


def shown(request: HttpRequest, head: Comment) -> dict[str, Any]:
    """Return a thread as its template shows it."""
    return _shown(request, head, talk.names_for(talk.said_in(head)))


def all_shown(request: HttpRequest, heads: list[Comment]) -> list[dict[str, Any]]:
    """Return threads as their template shows them; the people they name are looked up once."""
    known = talk.names_for(each for head in heads for each in talk.said_in(head))
    return [_shown(request, head, known) for head in heads]


def _shown(request: HttpRequest, head: Comment, known: dict[int, str]) -> dict[str, Any]:
    held = permissions.right_of(request.user, head.branch.project) or Right.VIEW
    words, gone = about_words(head.branch, head.element, head.field)
    said = [_said(request, each, known, held) for each in talk.said_in(head)]
    return {
        "comment": head,
        "about": words,
        "gone": gone,
        "said": said,
        "may_comment": held >= Right.COMMENT,
        "suggestion": _suggestion(request, head) if head.suggestion else None,
    }


def _said(request: HttpRequest, comment: Comment, known: dict[int, str], held: Right) -> dict[str, Any]:
    mine = held >= Right.COMMENT and talk.is_own(request.user, comment, own(request))
    deleted = not comment.body and not comment.suggestion
    return {
        "comment": comment,
        "html": mentions.rendered(comment.body, known),
        "typed": mentions.typed(comment.body, known),
        "ago": ago(comment.created),
        "may_edit": mine and not deleted,
        "may_delete": not deleted and (mine or held >= Right.MANAGE),
        "deleted": deleted,
    }


def _suggestion(request: HttpRequest, comment: Comment) -> dict[str, Any]:
    change = problem = ""
    if comment.applied is None:
        try:
            change = change_encode(suggestions.on_head(comment)).decode()
        except ServiceError as error:
            problem = error.message
    may_apply = bool(change) and permissions.may_edit(request.user, comment.branch)
    return {"groups": suggestions.shown(comment), "change": change, "problem": problem, "may_apply": may_apply}
