"""What the page of a change request says of it at length: its changes, and the migration of each physical model.

On a large design that takes seconds, so it is worked out once for the heads as they are, beside the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from urllib.parse import urlencode

from django.db.models import Sum
from django.db.models.functions import Length

from designer.change import apply, diff
from designer.evolution.formats.contract import Meta
from designer.evolution.formats.registry import get
from designer.models import Branch, ChangeRequest, LogEntry, Snapshot
from designer.schema import Id, Model, models
from designer.services import background, branching, comparing, requests, reviewing
from designer.services.branches import sentence
from designer.services.branching import Union
from designer.services.cache import DESIGNS, Versions
from designer.services.comparing import BASE, MERGED, NOW, Compared, Wish
from designer.services.errors import Invalid, NotFound, ServiceError
from designer.services.exports import Download
from designer.services.leveling_words import Decision, decisions
from designer.services.requests import OPEN
from designer.services.reviewing import Sides
from designer.services.reviewing_words import Told

MANY = 12_000
"""Records from which on a design is so large that its page does not wait for what takes long."""
MUCH = 1_500_000
"""Bytes of a design or its log that are as much."""
PACKED = 10
"""How many times smaller a snapshot is than what it holds, about."""
MOST_HAZARDS = 50
UP, DOWN = "up", "down"
_WAYS: Versions[list[Way]] = Versions(limit=20, kept_versions=4)
_MERGES: Versions[Merging] = Versions(limit=8, kept_versions=2)
_READY: Versions[bool] = Versions(limit=200, kept_versions=4)
_WORKED_ON: set[str] = set()
_LOCK = Lock()


@dataclass(frozen=True, slots=True)
class Hazard:
    """What is risky about a step, and which."""

    severity: str
    text: str
    step: str


@dataclass(frozen=True, slots=True)
class Way:
    """The migration of one physical model, or why there is none. `query` asks the page of versions for it."""

    model: Id
    name: str
    target: str
    query: str
    problem: str = ""
    steps: int = 0
    back: int = 0
    counts: tuple[tuple[str, int], ...] = ()
    hazards: tuple[Hazard, ...] = ()

    @property
    def more(self) -> int:
        """How many hazards are not listed."""
        return sum(number for _, number in self.counts) - len(self.hazards)


@dataclass(frozen=True, slots=True)
class Merging:
    """A merge that nobody has made yet: `seen` are the versions that it was worked out for."""

    union: Union
    seen: str
    decisions: tuple[Decision, ...]
    nothing: bool


def refs(request: ChangeRequest) -> tuple[str, str]:
    """Return what a migration leads from and to: the target and what it becomes, or was and became."""
    own, target = request.branch.public_id, request.target.public_id
    if request.merged_version:
        return f"{target}:v{request.merged_version - 1}", f"{target}:v{request.merged_version}"
    return (f"{target}:{NOW}", f"{own}:{MERGED}") if request.state == OPEN else (f"{own}:{BASE}", f"{own}:{NOW}")


def query(request: ChangeRequest, model: Id = "") -> str:
    """Return how the page of versions is asked for the migration of a model."""
    old, new = refs(request)
    return urlencode({"from": old, "to": new, **({"model": model} if model else {})})


def changes(request: ChangeRequest) -> tuple[Sides, Told]:
    """Return the two states of a request, and in words what differs."""
    seen = reviewing.sides_of(request.branch, request)
    return seen, reviewing.words(request.branch, seen)


def ways(request: ChangeRequest) -> list[Way]:
    """Return the migrations of the physical models that a request touches; the first one where it touches none."""
    known = _WAYS.get(_key(request), request.branch.head)
    if known is None:
        known = _found(request)
        _WAYS.put(_key(request), request.branch.head, known)
    return known


def _found(request: ChangeRequest) -> list[Way]:
    old, new = (comparing.state(request.branch, ref).design for ref in refs(request))
    known = {each.id: each for side in (old, new) for each in models(side) if each.level == "physical"}
    found = [_way(request, each) for each in known.values()]
    touched = [each for each in found if each.steps or each.back or each.problem]
    return touched or found[:1]


def merging(request: ChangeRequest) -> Merging:
    """Return what an open request's merge comes to and leaves to decide."""
    known = _MERGES.get(_key(request), request.branch.head)
    if known is None:
        union = branching.union_up(request.branch)
        theirs = apply(union.merged.base, union.merged.theirs)
        nothing = not union.conflicts and not diff(union.before, branching.foreseen(union))
        asked = tuple(decisions(union.before, theirs, branching.asked(union.conflicts)))
        known = Merging(union, f"{union.into_version}-{union.of_version}", asked, nothing)
        _MERGES.put(_key(request), request.branch.head, known)
    return known


def _way(request: ChangeRequest, model: Model) -> Way:
    name, asked = model.name or "physical model", query(request, model.id)
    try:
        made = _compared(request, model.id)
    except ServiceError as error:
        return Way(model.id, name, model.target, asked, problem=error.message)
    hazards = [
        Hazard(str(each.severity), sentence(each.message), f"{step.operation} {step.label}")
        for step in made.up.steps
        for each in step.hazards
    ]
    counts = tuple((severity, number) for severity, number in made.counts.items() if number)
    ranked = sorted(hazards, key=lambda each: list(made.counts).index(each.severity))
    steps, back = len(made.up.steps), len(made.down.steps)
    return Way(model.id, name, model.target, asked, "", steps, back, counts, tuple(ranked[:MOST_HAZARDS]))


def _compared(request: ChangeRequest, model: Id) -> Compared:
    old, new = refs(request)
    return comparing.compared(request.branch, Wish(old, new, model=model))


def script(request: ChangeRequest, model: Id, way: str) -> Download:
    """Return the SQL of a migration up or down as a file. Raises NotFound where there is no such model."""
    if way not in (UP, DOWN):
        raise NotFound("A migration goes up or down.")
    if not any(each.model == model for each in ways(request)):
        raise NotFound("There is no such physical model in this change request.")
    made = _compared(request, model)
    files = get("sql").files(made.up, made.down, Meta(f"request {request.number}", made.new.at))
    found = [(path, text) for path, text in files.items() if path.endswith(".down.sql") == (way == DOWN)]
    if not found:
        raise Invalid("Nothing differs, so there is no migration.")
    path, text = found[0]
    return Download(path.rsplit("/", 1)[-1], "application/sql", text.encode() if isinstance(text, str) else text)


# Large designs


def is_ready(request: ChangeRequest) -> bool:
    """Say whether the page can show everything at once: the design is small, or all has been worked out."""
    return _READY.get(_key(request), request.branch.head) is not None or not _is_large(request.branch)


def _is_large(branch: Branch) -> bool:
    """Say whether a design is large, without reading it: to read it may take longer than the page should."""
    kept = DESIGNS.get(branch.public_id, branch.head)
    return len(kept) >= MANY if kept is not None else _size(branch, branch.head) >= MUCH


def _size(branch: Branch, version: int) -> int:
    """Return about how many bytes have to be read for a version: a snapshot unpacked, and the log after it."""
    last = Snapshot.objects.filter(branch=branch, version__lte=version).annotate(size=Length("data"))
    at, size = last.order_by("-version").values_list("version", "size").first() or (0, 0)
    tail = LogEntry.objects.filter(branch=branch, version__gt=at, version__lte=version)
    size = size * PACKED + (tail.aggregate(size=Sum(Length("change")))["size"] or 0)
    return size + (_size(branch.source, branch.forked_at) if not at and branch.source is not None else 0)


def prepare(request: ChangeRequest) -> None:
    """Begin to work out what the page shows, unless that is under way."""
    key = f"{_key(request)} {request.branch.head}"
    with _LOCK:
        if key in _WORKED_ON:
            return
        _WORKED_ON.add(key)
    background.submit(_work_out, request, key)


def _work_out(request: ChangeRequest, key: str) -> None:
    try:
        changes(request)
        ways(request)
        if request.state == OPEN:
            merging(request)
            requests.standing(request)
        _READY.put(_key(request), request.branch.head, True)
    finally:
        with _LOCK:
            _WORKED_ON.discard(key)


def _key(request: ChangeRequest) -> str:
    return (
        f"{request.pk} {request.state} {request.target.head} {request.branch.updated_to} {request.project.review_rules}"
    )
