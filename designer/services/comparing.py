"""Two states of a design side by side: the migration between them, what it changes, and its files."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from designer.evolution import Migration, MigrationProblem, Options, migrate
from designer.evolution.contract import Severity
from designer.evolution.formats.contract import Format, FormatProblem, Meta
from designer.evolution.formats.picture import svg
from designer.evolution.formats.registry import all_formats, get
from designer.evolution.overview import Overview, overview
from designer.models import Branch, NamedVersion
from designer.schema import Design, Id, Model, first_physical, models
from designer.services import branches, versions
from designer.services.cache import Versions
from designer.services.errors import Invalid, NotFound
from designer.services.exports import Download, safe_name
from designer.services.states import design_at

NOW = "now"
EMPTY = "empty"
STRATEGIES = ("simple", "online")
_MEDIA = {".svg": "image/svg+xml", ".png": "image/png", ".json": "application/json", ".md": "text/markdown"}
_MADE: Versions[Compared] = Versions(limit=4, kept_versions=4)
"""The last few comparisons: page, picture and files are asked for one by one."""


@dataclass(frozen=True, slots=True)
class State:
    """A state that can be compared. `ref` is its name in addresses: now, empty, or the key of a named version."""

    ref: str
    branch: Branch
    version: int
    title: str
    design: Design
    at: datetime


@dataclass(slots=True)
class Compared:
    """Both ways between two states, and what differs."""

    old: State
    new: State
    up: Migration
    down: Migration
    overview: Overview

    @property
    def counts(self) -> dict[str, int]:
        """How many hazards there are of each severity."""
        found = Counter(str(hazard.severity) for step in self.up.steps for hazard in step.hazards)
        return {str(each): found[str(each)] for each in reversed(Severity)}


def choices(branch: Branch) -> list[tuple[str, str]]:
    """Return what can be compared, the newest first: reference and title."""
    named = [(str(each.pk), f"{each.name} (version {each.version})") for each in versions.named(branch)]
    return [(NOW, f"Now (version {branch.head})"), *named, (EMPTY, "Nothing: an empty database")]


def usual(branch: Branch) -> tuple[str, str]:
    """Return what is compared where nobody chose: the last named version with what is there now."""
    last = next((str(each.pk) for each in versions.named(branch) if each.version != branch.head), EMPTY)
    return last, NOW


def state(branch: Branch, ref: str) -> State:
    """Return a state by its reference. Raises NotFound where there is none."""
    if ref == EMPTY:
        return State(EMPTY, branch, 0, "Nothing", Design(), branch.project.created)
    if ref == NOW:
        design, version = branches.load(branch)
        return State(NOW, branch, version, f"Now (version {version})", design, timezone.now())
    if not ref.isdecimal() or len(ref) > 18:
        raise NotFound("There is no such version.")
    found: NamedVersion = versions.find(branch, int(ref))
    return State(ref, branch, found.version, found.name, design_at(branch, found.version), found.created)


def compared(branch: Branch, old: str, new: str, strategy: str = "simple") -> Compared:
    """Return the comparison of two states. Raises Invalid where there is no physical model to compare."""
    before, after = state(branch, old), state(branch, new)
    chosen = strategy if strategy in STRATEGIES else STRATEGIES[0]
    key = repr((branch.public_id, old, new, before.version, after.version, chosen))
    kept = _MADE.get(key, after.version)
    if kept is not None:
        return kept
    ours, theirs, model = _with_one_model(before.design, after.design)
    options = Options(strategy=chosen)
    try:
        up, down = (migrate(*pair, models=(model, model), options=options) for pair in ((ours, theirs), (theirs, ours)))
    except MigrationProblem as problem:
        raise Invalid(branches.sentence(str(problem))) from None
    found = Compared(before, after, up, down, overview(up))
    _MADE.put(key, after.version, found, 1)
    return found


def _with_one_model(old: Design, new: Design) -> tuple[Design, Design, Id]:
    """Return both designs with the model that is compared; a side that has none yet gets an empty one."""
    model = first_physical(new) or first_physical(old)
    if not isinstance(model, Model):
        title = next((each.level for each in models(new)), "")
        said = f"This design has a {title} model only" if title else "This design is empty"
        raise Invalid(f"{said}; a migration needs a physical one. Derive one first, or import a schema.")
    ours, theirs = (side if model.id in side else side.changed((), [model]) for side in (old, new))
    return ours, theirs, model.id


def picture(found: Compared, theme: str) -> str:
    """Return the picture of what differs as SVG, empty where no table does."""
    title = f"{found.old.title} → {found.new.title}"
    return svg(found.up, title, theme="dark" if theme == "dark" else "light", bare=True)


def formats() -> list[Format]:
    """Return the formats that a migration can be taken out in."""
    return all_formats()


def download(found: Compared, name: str) -> Download:
    """Return a migration as one file, several as an archive. Raises Invalid for a format that cannot hold it."""
    title = found.new.title if found.new.ref != NOW else f"to version {found.new.version}"
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
