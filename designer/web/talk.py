"""Comments over HTTP: the threads of a branch as JSON for the canvas, one as a part of a page, what is done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from designer.models import Branch, Comment
from designer.services import mentions, notices, permissions, suggestions, talk
from designer.services.errors import Invalid, ServiceError
from designer.services.permissions import Right
from designer.services.talk import Anchor
from designer.services.words import ago
from designer.web.http import committed, json_response
from designer.web.talk_shown import about, about_words, own, remember_own, shown

THREAD = "designer/talk/_thread.html"
NEW = "designer/talk/_new.html"


@require_GET
def listed(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return what each thread of a branch is about, how it stands, and how it begins."""
    branch = permissions.branch(request.user, public_id)
    rows: list[Any] = list(talk.threads(branch).select_related("request"))
    known = mentions.names(mentions.named_in(each.begins for each in rows))
    return json_response({"threads": [_row(each, known) for each in rows]})


def _row(each: Any, known: dict[int, str]) -> dict[str, Any]:
    return {
        "id": each.pk,
        "element": each.element,
        "field": each.field,
        "diagram": each.diagram,
        "x": each.x,
        "y": each.y,
        "answers": each.said,
        "resolved": each.resolved is not None,
        "author": each.author_name,
        "ago": ago(each.last or each.created),
        "text": " ".join(mentions.typed(each.begins, known).split()),
        "suggests": each.suggestion_label,
        "applied": each.applied is not None,
        "request": each.request.number if each.request else None,
    }


@require_GET
def people(request: HttpRequest, public_id: str) -> HttpResponse:
    """Return the names that can follow an @, as somebody types one."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT)
    return json_response({"names": mentions.suggested(request.user, branch.project, request.GET.get("q", "")[:60])})


@require_GET
def new(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the form that begins a thread about what the query names."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT)
    return _form(request, branch, _anchor(request.GET))


def _form(request: HttpRequest, branch: Branch, anchor: Anchor, problem: str = "") -> HttpResponse:
    words, gone = about_words(branch, anchor.element, anchor.field)
    context = {"branch": branch, "anchor": anchor, "about": words, "gone": gone, "problem": problem}
    said = request.POST.get("body", "")
    return render(request, NEW, {**context, "said": said}, status=422 if problem else 200)


def _anchor(said: Any) -> Anchor:
    """Return what a form or a query says that a comment is about; `about` is what a list of elements has."""
    element, _, field = said.get("about", "").partition(":")
    spot = _number(said.get("x", "")), _number(said.get("y", ""))
    return Anchor(said.get("element", "") or element, said.get("field", "") or field, said.get("diagram", ""), *spot)


def _number(text: str) -> float | None:
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise Invalid("A spot is two numbers.") from None


@require_POST
def say(request: HttpRequest, public_id: str) -> HttpResponse:
    """Begin a thread, perhaps with a suggested change, and show it."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT)
    said, anchor = request.POST, Anchor()
    try:
        anchor = _anchor(said).checked()
        suggestion = None
        if said.get("change"):
            base = said.get("base", "")
            suggestion = suggestions.made(
                branch, int(base) if base.isdecimal() and len(base) < 10 else -1, said["change"]
            )
        made = talk.say(request.user, branch, said.get("body", ""), anchor, suggestion=suggestion)
    except ServiceError as error:
        return _form(request, branch, anchor, error.message)
    remember_own(request, made)
    if _on_page(request):
        return HttpResponseClientRefresh()
    return _told(_thread(request, made), made)


def _on_page(request: HttpRequest) -> bool:
    """Say whether the form stands on the page of a change request, of which more changes than one thread."""
    return request.POST.get("from") == "page"


@require_GET
def thread(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Show a thread; what one was told of it counts as read."""
    branch = permissions.branch(request.user, public_id)
    head = talk.find(request.user, branch, key)
    head = head.thread or head
    notices.seen(request.user, [each.pk for each in talk.said_in(head)])
    return _thread(request, head)


def _thread(request: HttpRequest, comment: Comment, problem: str = "", typed: str = "") -> HttpResponse:
    head = talk.find(request.user, comment.branch, comment.thread_id or comment.pk)
    context = {"thread": shown(request, head), "branch": head.branch, "problem": problem, "typed": typed}
    context["on_page"] = _on_page(request)
    return render(request, THREAD, context, status=422 if problem else 200)


def _told(response: HttpResponse, comment: Comment) -> HttpResponse:
    return trigger_client_event(response, "wholekey:talk", {"thread": comment.thread_id or comment.pk})


@require_POST
def act(request: HttpRequest, public_id: str, key: int) -> HttpResponse:
    """Answer, edit, delete, settle or apply, and show the thread again."""
    branch = permissions.branch(request.user, public_id, Right.COMMENT)
    comment = talk.find(request.user, branch, key)
    do = _ACTS.get(request.POST.get("do", ""))
    try:
        if do is None:
            raise Invalid("Choose what to do with the comment.")
        return do(request, comment)
    except ServiceError as error:
        return _thread(request, comment, error.message, request.POST.get("body", ""))


def _answer(request: HttpRequest, comment: Comment) -> HttpResponse:
    remember_own(request, talk.answer(request.user, comment, request.POST.get("body", "")))
    return _told(_thread(request, comment), comment)


def _edit(request: HttpRequest, comment: Comment) -> HttpResponse:
    talk.edit(request.user, comment, request.POST.get("body", ""), own(request))
    return _told(_thread(request, comment), comment)


def _remove(request: HttpRequest, comment: Comment) -> HttpResponse:
    head = comment.thread_id or comment.pk
    talk.remove(request.user, comment, own(request))
    if Comment.objects.filter(pk=head).exists():
        return _told(_thread(request, Comment.objects.select_related("branch").get(pk=head)), comment)
    return trigger_client_event(HttpResponse(""), "wholekey:talk", {"thread": head, "gone": True})


def _settle(request: HttpRequest, comment: Comment) -> HttpResponse:
    """What was typed as an answer is said first."""
    if request.POST.get("body", "").strip():
        remember_own(request, talk.answer(request.user, comment, request.POST["body"]))
    talk.settle(request.user, comment, request.POST.get("do") == "resolve")
    return _told(_thread(request, comment), comment)


def _apply(request: HttpRequest, comment: Comment) -> HttpResponse:
    done = suggestions.apply_one(request.user, comment)
    if _on_page(request):
        return HttpResponseClientRefresh()
    return committed(_told(_thread(request, comment), comment), done.head)


_ACTS: dict[str, Callable[[HttpRequest, Comment], HttpResponse]] = {
    "answer": _answer,
    "edit": _edit,
    "delete": _remove,
    "resolve": _settle,
    "reopen": _settle,
    "apply": _apply,
}


@require_POST
def apply_many(request: HttpRequest, public_id: str) -> HttpResponse:
    """Apply several suggestions in one go; what could not be applied is said, and the others are."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    keys = [int(each) for each in request.POST.getlist("suggestion") if each.isdecimal() and len(each) < 18]
    chosen = [talk.find(request.user, branch, each) for each in keys[:100]]
    if not chosen:
        return render(request, "designer/talk/_applied.html", {"problem": "Choose what to apply first."}, status=422)
    done, left = suggestions.apply_many(request.user, chosen)
    if not left:
        return HttpResponseClientRefresh()
    context = {"done": len(done), "left": [(about(branch, each), reason) for each, reason in left]}
    return render(request, "designer/talk/_applied.html", context, status=422)
