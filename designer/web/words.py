"""The panel of words: glossary terms, business rules, access patterns and domains, and what they speak of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from designer.commands import Refused
from designer.commands.names import called, word
from designer.commands.words_of import KINDS, LINKS, Word
from designer.dialects.menus import MENUS
from designer.models import Branch
from designer.schema import Design, Id, Model, Named, Record, kind_of, models
from designer.services import branches, permissions
from designer.services.branches import sentence
from designer.services.errors import Invalid
from designer.services.permissions import Right
from designer.web import inspector_edits
from designer.web.http import client_of, committed
from designer.web.inspector_fields import Field, Mistake, dialect_for, fields_of

SHOWN = 200
TITLES = {
    "term": ("Terms", "What a word means here, and what else people call it."),
    "business_rule": ("Rules", "What must always hold, as a sentence that everybody can check."),
    "access_pattern": ("Access patterns", "Who reads or writes what, by which keys, and how often."),
    "domain": ("Domains", "Named sets of values that attributes share: a type, a list, a rule."),
}
LINK_WORDS = {
    "elements": "Speaks of",
    "enforced_by": "Enforced by",
    "reads": "Reads or writes",
    "by": "By the keys",
}


@dataclass(frozen=True, slots=True)
class Linked:
    """The elements that a word is linked to by one of its fields."""

    at: str
    title: str
    elements: list[tuple[Id, str, str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """A word as the panel lists it."""

    record: Word
    title: str
    said: str
    more: str
    fields: list[Field]
    links: list[Linked]
    model: str
    error: str = ""


@require_GET
def panel(request: HttpRequest, public_id: str) -> HttpResponse:
    """Show the words of one family; `q` searches them, `open` is one that is shown whatever family it is of."""
    branch = permissions.branch(request.user, public_id)
    return _panel(request, branch)


@require_POST
def edit(request: HttpRequest, public_id: str, record: Id) -> HttpResponse:
    """Do one action on a word, or on the model that gets one, and show the panel again."""
    branch = permissions.branch(request.user, public_id, Right.EDIT)
    try:
        command = inspector_edits.command(record, request.POST)
        accepted = branches.run_command(request.user, branch, command, client=client_of(request))
    except (Refused, Invalid) as refused:
        mistake = Mistake(record, _where(request), request.POST.get("value", ""), sentence(refused.message))
        return _panel(request, branch, mistake)
    return committed(_panel(request, branch), accepted.head)


def _where(request: HttpRequest) -> str:
    action = request.POST.get("action", "set")
    return request.POST.get("field", "") if action == "set" else action


def _panel(request: HttpRequest, branch: Branch, mistake: Mistake | None = None) -> HttpResponse:
    design, version = branches.load(branch)
    given = request.POST if request.method == "POST" else request.GET
    opened = design.get(given.get("open", ""))
    tab = kind_of(opened) if opened is not None and kind_of(opened) in KINDS else given.get("tab", "term")
    tab = tab if tab in KINDS else "term"
    query = "" if opened is not None else given.get("q", "").strip()
    model = _model(design, given.get("model", ""))
    found = _found(design, tab, query)
    context = {
        "branch": branch,
        "version": version,
        "may_edit": permissions.may_edit(request.user, branch),
        "tabs": [(kind, TITLES[kind][0], len(design.of(cls)), kind == tab) for kind, cls in KINDS.items()],
        "tab": tab,
        "about": TITLES[tab][1],
        "title": TITLES[tab][0],
        "query": query,
        "model": model,
        "opened": opened.id if opened is not None else "",
        "entries": [_entry(design, each, model, mistake) for each in found[:SHOWN]],
        "left": max(0, len(found) - SHOWN),
        "mistake": mistake,
        "typed": given if mistake is not None and mistake.field == "add-word" else {},
        "logical": [raw for raw, _ in MENUS[""]],
        "operations": ("read", "insert", "update", "delete"),
    }
    return render(request, "designer/words/_panel.html", context, status=422 if mistake else 200)


def _model(design: Design, wanted: Id) -> Model | None:
    """Return the model that gets new words: the one that is open."""
    chosen = design.get(wanted)
    return chosen if isinstance(chosen, Model) else next(iter(models(design)), None)


def _found(design: Design, kind: str, query: str) -> list[Any]:
    words = query.lower().split()
    return [each for each in design.of(KINDS[kind]) if all(word in _text(design, each) for word in words)]


def _text(design: Design, record: Word) -> str:
    """Return all that somebody could search a word by: its own texts and the names of what it speaks of."""
    own = [record.name, record.comment, *getattr(record, "synonyms", ()), *getattr(record, "values", ())]
    own += [getattr(record, name, "") for name in ("actor", "operation", "frequency", "rule")]
    linked = [called(design, design[each]) for each in _linked_ids(record) if each in design]
    return "\n".join((*own, *linked)).lower()


def _linked_ids(record: Word) -> list[Id]:
    return [each for name in LINKS[kind_of(record)] for each in getattr(record, name)]


def _entry(design: Design, record: Word, model: Model | None, mistake: Mistake | None) -> Entry:
    fields = fields_of(design, record, dialect_for(design, record), mistake)
    home = design.model_of(record)
    error = mistake.message if mistake and mistake.record == record.id else ""
    shown = {field.spec.name for field in fields}
    return Entry(
        record=record,
        title=record.name or record.comment,
        said=record.comment if record.name else "",
        more=_more(record),
        fields=fields,
        links=[_links(design, record, each) for each in LINKS[kind_of(record)]],
        model=home.name if home is not None and home != model else "",
        error="" if mistake is None or mistake.field in shown else error,
    )


def _more(record: Word) -> str:
    """Return what a closed line says besides name and definition."""
    if kind_of(record) == "term":
        return f"also: {', '.join(synonyms)}" if (synonyms := getattr(record, "synonyms", ())) else ""
    if kind_of(record) == "access_pattern":
        return " · ".join(text for name in ("actor", "operation", "frequency") if (text := getattr(record, name)))
    if kind_of(record) == "domain":
        values = getattr(record, "values", ())
        return " · ".join(text for text in (getattr(record, "type", ""), ", ".join(values[:6])) if text)
    return ""


def _links(design: Design, record: Record, at: str) -> Linked:
    found = [design[each] for each in getattr(record, at) if each in design]
    return Linked(at, LINK_WORDS[at], [(each.id, _named(design, each), word(each)) for each in found])


def _named(design: Design, record: Record) -> str:
    parent = design.get(record.parent or "")
    name = called(design, record)
    return f"{parent.name}.{name}" if kind_of(record) == "attribute" and isinstance(parent, Named) else name
