"""Two states of a design side by side: the migration between them, what it changes, and its files."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from designer.evolution import Migration, MigrationProblem, Options, migrate
from designer.evolution.align import Aligned, aligned
from designer.evolution.contract import Rename, Severity, Work
from designer.evolution.formats.contract import Format, FormatProblem, Meta
from designer.evolution.formats.picture import svg
from designer.evolution.formats.registry import all_formats, get
from designer.evolution.overview import Overview, overview
from designer.evolution.row_counts import count_of
from designer.models import Branch, NamedVersion
from designer.schema import Design, Id, Model, Table, first_physical, models
from designer.services import branches, branching, versions
from designer.services.cache import Versions
from designer.services.errors import Invalid, NotFound
from designer.services.exports import Download, safe_name
from designer.services.states import design_at
from designer.services.words import counted

NOW = "now"
EMPTY = "empty"
BASE = "base"
"""The last state that a branch and its source both know."""
MERGED = "merged"
"""What the source becomes when a branch is merged into it; what nobody has decided is as the source has it."""
STRATEGIES = ("simple", "online")
MOST_ANSWERS = 500
_NOTHING = "Nothing: an empty database"
_MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json", ".md": "text/markdown"}
_MADE: Versions[Compared] = Versions(limit=4, kept_versions=4)
"""The last few comparisons: page, picture and files are asked for one by one."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is compared: references of two states, the strategy, and what was said about tables.

    `model` is the model, by default the first physical one; `rows` are row counts by table, as they were typed; `same`
    are the keys of questions that were answered with yes.
    """

    old: str
    new: str
    strategy: str = STRATEGIES[0]
    model: Id = ""
    rows: tuple[tuple[Id, str], ...] = ()
    same: tuple[str, ...] = ()

    def counts(self) -> dict[Id, int]:
        """Return the row counts as numbers. Raises Invalid for what is none."""
        found = {table: count_of(text) for table, text in self.rows}
        wrong = next((text for table, text in self.rows if found[table] is None), None)
        if wrong is not None:
            raise Invalid(f"{wrong[:40]} is no number of rows; write 1200, 40k, 3.5M or 2G.")
        return {table: number for table, number in found.items() if number is not None}


@dataclass(frozen=True, slots=True)
class State:
    """A state that can be compared. `ref` is its name in addresses."""

    ref: str
    branch: Branch
    version: int
    title: str
    design: Design
    at: datetime


@dataclass(frozen=True, slots=True)
class Question:
    """Whether two objects are one under two names; `key` is its name in addresses."""

    key: str
    rename: Rename


@dataclass(slots=True)
class Compared:
    """Both ways between two states, and what differs. `questions` are open ones, `answered` those said to be one."""

    old: State
    new: State
    up: Migration
    down: Migration
    overview: Overview
    models: list[Model]
    questions: list[Question]
    answered: list[Question]

    @property
    def counts(self) -> dict[str, int]:
        """How many hazards there are of each severity."""
        found = Counter(str(hazard.severity) for step in self.up.steps for hazard in step.hazards)
        return {str(each): found[str(each)] for each in reversed(Severity)}

    @property
    def counted(self) -> list[tuple[Id, str]]:
        """The tables whose number of rows matters, with what they are called."""
        steps = [each for each in self.up.steps if each.table and (each.hazards or each.effect.work != Work.NONE)]
        known = dict.fromkeys(each.table for each in steps if each.table in self.up.old)
        names = ((each, self.up.old.get(each or "")) for each in known)
        return [(str(each), table.name) for each, table in names if isinstance(table, Table)]


def choices(branch: Branch) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what can be compared: for this branch, then the others of its project, references and titles."""
    others = Branch.objects.filter(project=branch.project).exclude(pk=branch.pk).order_by("name")
    ours = ("This branch" if others else "", _states(branch, ""))
    return [ours, *((each.name, _states(each, f"{each.public_id}:")) for each in others), ("", [(EMPTY, _NOTHING)])]


def _states(branch: Branch, prefix: str) -> list[tuple[str, str]]:
    """Return references and titles of a branch's states, the newest first."""
    of = f"{branch.name}: " if prefix else ""
    named = [(f"{prefix}{each.pk}", f"{of}{each.name} (version {each.version})") for each in versions.named(branch)]
    return [(f"{prefix}{NOW}", f"{of}Now (version {branch.head})"), *named]


def usual(branch: Branch) -> tuple[str, str]:
    """Return what is compared where nobody chose: the last named version with what is there now."""
    last = next((str(each.pk) for each in versions.named(branch) if each.version != branch.head), EMPTY)
    return last, NOW


def state(branch: Branch, ref: str) -> State:
    """Return a state by its reference, which is of this branch or of another one of its project.

    Whoever may look at one branch of a project may look at all. Raises NotFound where there is none.
    """
    if ref == EMPTY:
        return State(EMPTY, branch, 0, "Nothing", Design(), branch.project.created)
    other, colon, own = ref.rpartition(":")
    at = Branch.objects.filter(project=branch.project, public_id=other).first() if colon else branch
    if at is None:
        raise NotFound("There is no such branch in this project.")
    prefix = f"{at.name}: " if colon else ""
    if own == NOW:
        design, version = branches.load(at)
        return State(ref, at, version, f"{prefix}Now (version {version})", design, timezone.now())
    if own in (BASE, MERGED):
        return _between(ref, at, prefix, own)
    if own.startswith("v") and own[1:].isascii() and own[1:].isdecimal() and len(own) < 18:
        return _numbered(ref, at, prefix, int(own[1:]))
    if not (own.isascii() and own.isdecimal()) or len(own) > 18:
        raise NotFound("There is no such version.")
    found: NamedVersion = versions.find(at, int(own))
    return State(ref, at, found.version, f"{prefix}{found.name}", design_at(at, found.version), found.created)


def _numbered(ref: str, at: Branch, prefix: str, version: int) -> State:
    if version > at.head:
        raise NotFound("There is no such version.")
    return State(ref, at, version, f"{prefix}version {version}", design_at(at, version), at.edited)


def _between(ref: str, at: Branch, prefix: str, own: str) -> State:
    """Return what a branch and its source both know, or what they come to."""
    if at.source is None:
        raise NotFound("The first branch of a project has nothing above it.")
    if own == BASE:
        version = at.merged_up_to if at.merged_last else at.updated_to
        title = f"{prefix}{at.source.name} as {at.name} knows it"
        return State(ref, at if at.merged_last else at.source, version, title, branching.base(at), at.edited)
    union = branching.union_up(at)
    title = f"{prefix}{union.into.name} with {at.name} (version {union.of_version})"
    left = len(branching.asked(union.conflicts))
    if left:
        title += f", {counted(left, 'conflict')} undecided: as {union.into.name} has it"
    return State(ref, union.into, union.into_version, title, branching.foreseen(union), timezone.now())


def compared(branch: Branch, wish: Wish) -> Compared:
    """Return the comparison of two states. Raises Invalid where there is no physical model to compare."""
    before, after = state(branch, wish.old), state(branch, wish.new)
    chosen = wish if wish.strategy in STRATEGIES else replace(wish, strategy=STRATEGIES[0])
    key = repr((branch.public_id, before.version, after.version, before.title, after.title, chosen))
    kept = _MADE.get(key, after.version)
    if kept is not None:
        return kept
    counts = chosen.counts()
    try:
        found = _made(before, after, chosen, counts)
    except MigrationProblem as problem:
        raise Invalid(branches.sentence(str(problem))) from None
    _MADE.put(key, after.version, found, 1)
    return found


def _made(before: State, after: State, wish: Wish, counts: Mapping[Id, int]) -> Compared:
    pair, answered = _aligned(before.design, after.design, wish)
    back = {enum: {new: old for old, new in values.items()} for enum, values in pair.values.items()}
    options = Options(strategy=wish.strategy, rows=counts, values=pair.values)
    up = migrate(pair.old, pair.new, models=pair.models, options=options)
    down = migrate(pair.new, pair.old, models=pair.models[::-1], options=replace(options, values=back))
    known = {each.id: each for side in (before, after) for each in models(side.design) if each.level == "physical"}
    questions = [Question(_key(each), each) for each in pair.candidates]
    return Compared(before, after, up, down, overview(up), list(known.values()), questions, answered)


def _aligned(old: Design, new: Design, wish: Wish) -> tuple[Aligned, list[Question]]:
    """Return both designs with one set of ids, and the questions that were answered.

    Two states of a branch share their ids, unless an import has taken the place of all there was. An answer can lead
    to further questions, about the columns of a table that has another name.
    """
    ours, theirs, ids = _with_models(old, new, wish.model)
    answered: list[Question] = []
    while True:
        pair = aligned(ours, theirs, models=ids, renames=[each.rename for each in answered])
        more = [Question(_key(each), each) for each in pair.candidates if _key(each) in wish.same]
        if not more or len(answered) > MOST_ANSWERS:
            return pair, answered
        answered += more


def _key(rename: Rename) -> str:
    told = "\0".join((rename.kind, rename.old_label, rename.new_label))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _with_models(old: Design, new: Design, chosen: Id) -> tuple[Design, Design, tuple[Id, Id]]:
    """Return both designs with the models that are compared; a side that has none yet gets an empty one."""
    model = next((side[chosen] for side in (new, old) if chosen in side), None) or first_physical(new)
    model = model or first_physical(old)
    if not isinstance(model, Model) or model.level != "physical":
        title = next((each.level for each in models(new)), "")
        said = f"This design has a {title} model only" if title else "This design is empty"
        raise Invalid(f"{said}; a migration needs a physical one. Derive one first, or import a schema.")
    sides = [_side(side, model, alone=not chosen) for side in (old, new)]
    return sides[0][0], sides[1][0], (sides[0][1], sides[1][1])


def _side(design: Design, model: Model, *, alone: bool) -> tuple[Design, Id]:
    """Return a design that has the model, or another physical one in its place where none was chosen."""
    if model.id in design:
        return design, model.id
    other = first_physical(design) if alone else None
    return (design, other.id) if other else (design.changed((), [model]), model.id)


def picture(found: Compared, theme: str) -> str:
    """Return the picture of what differs as SVG, empty where no table does."""
    title = f"{found.old.title} → {found.new.title}"
    return svg(found.up, title, theme="dark" if theme == "dark" else "light", bare=True, known=found.overview)


def formats() -> list[Format]:
    """Return the formats that a migration can be taken out in."""
    return all_formats()


def download(found: Compared, name: str) -> Download:
    """Return a migration as one file, several as an archive. Raises Invalid for a format that cannot hold it."""
    title = found.new.title if not found.new.ref.endswith(NOW) else f"to version {found.new.version}"
    meta = Meta(title, found.new.at)
    try:
        files = get(name).files(found.up, found.down, meta)
    except FormatProblem as problem:
        raise Invalid(branches.sentence(str(problem))) from None
    if len(files) == 1:
        ((path, content),) = files.items()
        ending = path[path.rfind(".") :]
        return Download(path.rsplit("/", 1)[-1], _MEDIA.get(ending, "text/plain"), _bytes(content))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), _bytes(content))
    return Download(f"{safe_name(found.new.branch.project.name)}-{name}.zip", "application/zip", packed.getvalue())


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content
