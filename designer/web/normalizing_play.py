"""The page to play on: a relation is typed, its analysis follows at once, and nothing is stored.

On a server with accounts it needs one, as it costs the server's time; on one's own computer it needs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from designer.normalization.analysis import Analysis, Explained
from designer.normalization.codec import text_of
from designer.normalization.contract import BadRelation, Decomposition, Derivation, Undecided
from designer.normalization.report.blocks import plain
from designer.normalization.report.words import RULES, dependency_of, form_sentence, reason
from designer.services import playing
from designer.services.errors import Denied, Invalid, ServiceError
from designer.web import normalizing_words as words
from designer.web.normalizing_layers import Layers, layers
from designer.web.normalizing_strip import MOST_COLUMNS, Arrow, Strip, strip

LABELS = {"text": "Text", "markdown": "Markdown", "html": "HTML", "json": "JSON"}
MOST_KEYS = 12
MOST_VIOLATIONS = 40
MOST_ROWS = 16
MOST_IN_ROWS = 40
"""Columns of rows that are shown; more are no help to anybody."""
_ORDER_LINE = """order_line(order_id, line_no, promised_on, variant_id, sku, quantity):
order_id, line_no -> variant_id, quantity
order_id -> promised_on
variant_id <-> sku"""
EXAMPLES = (
    ("Order lines", _ORDER_LINE),
    ("Streets and zips", "address(street, city, zip):\nstreet, city -> zip\nzip -> city"),
    ("Lecturers", "teaches(course, lecturer, book):\ncourse ->> lecturer | book"),
    ("Many keys", "sale(id, email, sku, ean, amount):\nid <-> email\nsku <-> ean\nid, sku -> amount"),
)
"""What a newcomer may start from."""


@dataclass(frozen=True, slots=True)
class Violated:
    """A violation as the page shows it: what is broken, why, and the proof."""

    form: str
    dependency: str
    reason: str
    proof: words.Proof | None
    rows: words.Rows | None


@dataclass(frozen=True, slots=True)
class Part:
    """One relation of a decomposition."""

    columns: str
    keys: str
    form: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A decomposition as the page shows it."""

    title: str
    parts: tuple[Part, ...]
    lost: tuple[str, ...]
    decided: bool
    same: bool = False


@dataclass(frozen=True, slots=True)
class Played:
    """One relation as the page shows it; `problem` alone where it cannot be read."""

    name: str
    problem: str = ""
    analysis: Analysis | None = None
    state: str = ""
    sentence: str = ""
    rule: str = ""
    keys: tuple[str, ...] = ()
    factors: str = ""
    cover: tuple[str, ...] = ()
    strip: Strip | None = None
    layers: Layers | None = None
    violated: tuple[Violated, ...] = ()
    more: int = 0
    cuts: tuple[Cut, ...] = ()
    example: words.Rows | None = None
    why_no_example: str = ""


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Show the page; what is typed stands in the address after the #, and never comes here with it."""
    if not request.user.is_authenticated:
        return redirect(f"{reverse('login')}?next={request.get_full_path()}")
    context = {"examples": EXAMPLES, "first": EXAMPLES[0][1], "formats": list(LABELS.items())}
    return render(request, "designer/normalize.html", context)


@require_POST
def analysis(request: HttpRequest) -> HttpResponse:
    """Return the analysis of what was typed, as a part of the page."""
    text = _typed(request)
    status = 200
    try:
        found = [_played(each) for each in playing.analysed(text)] if text.strip() else []
    except ServiceError as error:
        found, status = [Played("", problem=error.message)], error.status
    if status in (200, 400) and any(each.problem for each in found):
        status = 422
    return render(request, "designer/normalizing/_played.html", {"relations": found}, status=status)


@require_POST
def report(request: HttpRequest) -> HttpResponse:
    """Return a report as a file."""
    wanted = request.POST.get("format", "")
    if wanted not in playing.FORMATS:
        raise Invalid(f"Choose a format of: {', '.join(playing.FORMATS)}.", "format")
    text = _typed(request)
    if not text.strip():
        raise Invalid("Type a relation first; there is nothing to report.", "text")
    ending, media = playing.FORMATS[wanted]
    response = HttpResponse(playing.report(text, wanted), content_type=media)
    response["Content-Disposition"] = f'attachment; filename="normalisation.{ending}"'
    return response


def _typed(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        raise Denied("Log in first; on this server the page needs an account.")
    return request.POST.get("text", "").replace("\r\n", "\n")


def _played(found: Analysis | BadRelation) -> Played:
    if isinstance(found, BadRelation):
        return Played("", problem=_sentence(str(found)))
    relation = found.relation
    explained = found.explained[:MOST_VIOLATIONS]
    wide = len(relation.attributes) > MOST_COLUMNS
    example = found.example
    if len(relation.attributes) > MOST_IN_ROWS:
        example = Undecided(f"{len(relation.attributes)} columns are too many to be looked at in rows")
    return Played(
        name=relation.name,
        analysis=found,
        state="violation" if found.verdict.violations else "clean",
        sentence=form_sentence(found.verdict.form, found.verdict.decided),
        rule=RULES.get(explained[0].violation.form, "") if explained else "",
        keys=tuple(words.side(relation, each) for each in found.listed_keys[:MOST_KEYS]),
        factors=words.keys_text(relation, found.keys.core, found.keys.factors),
        cover=tuple(words.arrow(relation, each) for each in found.cover),
        strip=None if wide else _strip(found),
        layers=layers(relation.attributes, found.effective[0], found.listed_keys[:MOST_KEYS]) if wide else None,
        violated=tuple(_violated(found, each) for each in explained),
        more=len(found.explained) - len(explained),
        cuts=tuple(_cuts(found)),
        example=None if isinstance(example, Undecided) else words.example(relation, example, MOST_ROWS),
        why_no_example=example.why if isinstance(example, Undecided) else "",
    )


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def _strip(found: Analysis) -> Strip:
    relation = found.relation
    every = relation.every
    arrows = [Arrow(key, every & ~key, "key", f"{words.side(relation, key)} is a key") for key in found.listed_keys[:3]]
    grouped: dict[tuple[int, str], int] = {}
    for each in found.verdict.violations:
        if not each.components:
            grouped[each.left, each.kind] = grouped.get((each.left, each.kind), 0) | each.right
    for (left, kind), right in grouped.items():
        said = f"{words.side(relation, left)} {'↠' if kind == 'multivalued' else '→'} {words.side(relation, right)}"
        arrows.append(Arrow(left, right, kind, said))
    return strip(relation.attributes, found.verdict.prime, arrows)


def _violated(found: Analysis, explained: Explained) -> Violated:
    each, relation = explained.violation, found.relation
    derivation = explained.derivation
    narrow = len(relation.attributes) <= MOST_IN_ROWS
    return Violated(
        form=each.form,
        dependency=_dependency(found, explained),
        reason=plain(reason(relation, each)),
        proof=words.proof(relation, derivation) if isinstance(derivation, Derivation) else None,
        rows=words.two_rows(relation, each.left, relation.every, explained.no_superkey) if narrow else None,
    )


def _dependency(found: Analysis, explained: Explained) -> str:
    return text_of(found.relation, dependency_of(explained.violation)).replace("->>", "↠").replace("->", "→")


def _cuts(found: Analysis) -> list[Cut]:
    third, boyce = found.third_nf, found.bcnf
    if {each.columns for each in third.fragments} == {each.columns for each in boyce.fragments}:
        cuts = [_cut(found, boyce, "BCNF, which is 3NF as well")]
    else:
        cuts = [_cut(found, third, "3NF"), _cut(found, boyce, "BCNF")]
    if found.fourth_nf is not None:
        cuts.append(_cut(found, found.fourth_nf, "4NF"))
    return cuts


def _cut(found: Analysis, made: Decomposition, title: str) -> Cut:
    relation = found.relation
    parts = tuple(
        Part(
            words.side(relation, each.columns),
            words.keys_text(relation, each.keys.core, each.keys.factors),
            each.form,
        )
        for each in made.fragments
    )
    lost = tuple(words.arrow(relation, each) for each in made.lost)
    return Cut(title, parts, lost, made.decided, same=len(made.fragments) == 1)
