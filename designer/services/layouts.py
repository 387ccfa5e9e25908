"""Laying a diagram out again, as an ordinary change; a large one as a job that can be watched and cancelled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from designer.commands.contract import edit
from designer.importers.contract import Cancelled
from designer.layout.arrange import LayoutCancelled
from designer.layout.drawing import NOBODY, Watching
from designer.layout.elements import boxed_records
from designer.layout.lay_out import LaidOut, NothingToLayOut, lay_out
from designer.layout.style import STYLES
from designer.models import Branch, Job
from designer.schema import Design, Diagram, Id, Placement, Record
from designer.services import branches, jobs, permissions
from designer.services.branches import Accepted
from designer.services.errors import Invalid
from designer.services.permissions import AnyUser, Right

LARGE = 500
"""From so many boxes a layout is a job: it may take more than a second."""
MOST_NAMED = 20_000
"""How many elements a request may name."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants laid out, and how; `designer/layout/lay_out.py` says what the words mean."""

    diagram: Id
    style: str = "left-right"
    scope: str = "all"
    elements: tuple[Id, ...] | None = None
    new_areas: str = "none"


def is_large(branch: Branch, wish: Wish) -> bool:
    """Tell whether a layout may take so long that it should be a job."""
    if wish.elements is not None:
        return len(wish.elements) >= LARGE
    design, _ = branches.load(branch)
    return max(len(design.of(Placement, wish.diagram)), _to_come(design, wish)) >= LARGE


def _to_come(design: Design, wish: Wish) -> int:
    """Return how many elements the model has, where some of them may be new to the diagram."""
    shown = design.get(wish.diagram)
    model = design.model_of(shown) if isinstance(shown, Diagram) else None
    if model is None or (wish.scope == "all" and design.of(Placement, wish.diagram)):
        return 0
    return len(boxed_records(design, model))


def arrange(user: AnyUser, branch: Branch, wish: Wish, client: str = "") -> Accepted:
    """Lay out and write the change at once. It is undone like any edit. Raises Invalid with a sentence.

    The positions are computed before the branch is locked: they may take seconds, and others go on editing meanwhile.
    What they move in that time stays where they put it.
    """
    permissions.require(user, branch.project, Right.EDIT, "design")
    return _arranged(user, branch, wish, client, NOBODY)


def start(user: AnyUser, branch: Branch, wish: Wish, client: str = "") -> Job:
    """Lay out as a job, whose result holds the `version` of the change."""
    permissions.require(user, branch.project, Right.EDIT, "design")

    def work(watch: jobs.Watch) -> tuple[Branch | None, dict[str, Any]]:
        listener = _Listener(watch)
        watching = Watching(progress=listener.hear, cancelled=lambda: listener.stopped)
        try:
            accepted = _arranged(user, branch, wish, client, watching)
        except LayoutCancelled:
            raise Cancelled from None
        return branch, {"version": accepted.head, "accepted": accepted.version}

    return jobs.start(user, "Arranging a diagram", work)


class _Listener:
    """Hears the progress for a job; a job that is to be cancelled stops the layout at its next step."""

    def __init__(self, watch: Callable[[float, str], None]):
        self._watch = watch
        self.stopped = False

    def hear(self, fraction: float, message: str) -> None:
        """Pass the progress on."""
        try:
            self._watch(fraction, message)
        except Cancelled:
            self.stopped = True


def _arranged(user: AnyUser, branch: Branch, wish: Wish, client: str, watching: Watching) -> Accepted:
    design, _ = branches.load(branch)
    done = _laid_out(design, wish, watching)
    now, version = branches.load(Branch.objects.select_related("project").get(pk=branch.pk))
    made = edit(now, label(wish, done), _still_wanted(done.records, design, now))
    return branches.commit(user, branch, version, made.change, made.label, branches.new_key(), client)


def _laid_out(design: Design, wish: Wish, watching: Watching) -> LaidOut:
    shown = design.get(wish.diagram)
    model = design.model_of(shown) if isinstance(shown, Diagram) else None
    if not isinstance(shown, Diagram) or model is None:
        raise Invalid("This diagram is not there any more; open another one.")
    try:
        return lay_out(
            design, model.id, shown.id, wish.elements,
            style=STYLES[wish.style], scope=wish.scope, new_areas=wish.new_areas, watching=watching,
        )  # fmt: skip
    except NothingToLayOut as nothing:
        raise Invalid(branches.sentence(str(nothing))) from None


def _still_wanted(records: list[Record], before: Design, now: Design) -> list[Record]:
    """Return the records that nobody has touched while they were computed."""
    diagram = next((record.parent for record in records), None)
    placed = {each.element for each in now.of(Placement, diagram)} if diagram in now else set()

    def untouched(record: Record) -> bool:
        if record.id in before:
            return bool(now.get(record.id) == before.get(record.id))
        return not isinstance(record, Placement) or (record.element in now and record.element not in placed)

    return [record for record in records if untouched(record)] if diagram in now else []


def label(wish: Wish, done: LaidOut) -> str:
    """Return how the change is called in the history."""
    tables = f"{done.moved:,} table{'' if done.moved == 1 else 's'}"
    if wish.scope == "new":
        return f"Place {tables}"
    if wish.new_areas != "none":
        return "Group the tables into areas"
    return f"Arrange {tables if wish.scope == 'selection' else 'the diagram'} {STYLES[wish.style].words}"
