"""How the tables of a branch stand, table by table: what an edit has not touched is not looked at again."""

from __future__ import annotations

from collections import Counter, OrderedDict
from threading import Lock

from designer.dependencies.assess import NOT_ASSESSED, STATES, State, owners, state_of
from designer.dependencies.sample import Sample
from designer.models import Branch
from designer.schema import Column, Design, Deviation, ForeignKey, Id, Record, Table
from designer.services import branches, discovering
from designer.services.discovering import Kept
from designer.services.permissions import AnyUser

_BRANCHES = 20
"""Branches whose tables are remembered; of each only how its tables stood last."""


class _Remembered:
    """State by table, with the records that it was read from. A record never changes, so the same ones say the same."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._branches: OrderedDict[str, dict[Id, tuple[tuple[object, ...], State]]] = OrderedDict()

    def of(self, branch: str) -> dict[Id, tuple[tuple[object, ...], State]]:
        """Return what is remembered of a branch."""
        with self._lock:
            found = self._branches.setdefault(branch, {})
            self._branches.move_to_end(branch)
            while len(self._branches) > _BRANCHES:
                self._branches.popitem(last=False)
            return found


_REMEMBERED = _Remembered()


def standings(user: AnyUser, branch: Branch, model: Id) -> tuple[dict[Id, State], int]:
    """Return how each table and entity of a model stands at the head, with its version."""
    design, version = branches.load(branch)
    samples = {each: sample_of(kept) for each, kept in discovering.all_kept(user, branch).items()}
    known = _REMEMBERED.of(branch.public_id)
    found = {owner: _standing(design, owner, samples.get(owner), known) for owner in owners(design, model)}
    for gone in [each for each in known if each not in design]:
        known.pop(gone, None)
    return found, version


def counted(found: dict[Id, State]) -> dict[str, int]:
    """Return how many tables are in each state, the worst first."""
    counts = Counter(each.state for each in found.values())
    return {state: counts[state] for state in STATES}


def assessed(found: dict[Id, State]) -> dict[Id, State]:
    """Return the tables of which something is known; the others are all alike."""
    return {owner: each for owner, each in found.items() if each.state != NOT_ASSESSED or each.unseen}


def _standing(
    design: Design, owner: Id, sample: Sample | None, known: dict[Id, tuple[tuple[object, ...], State]]
) -> State:
    basis = (*_read_by(design, owner), sample)
    before = known.get(owner)
    if before is not None and len(before[0]) == len(basis) and all(map(_same, before[0], basis)):
        return before[1]
    state = state_of(design, owner, sample)
    known[owner] = (basis, state)
    return state


def _same(one: object, other: object) -> bool:
    return one is other or (isinstance(one, Sample) and one == other)


def _read_by(design: Design, owner: Id) -> list[object]:
    """Return the records that a state is read from: those of the table, and of the tables that it refers to.

    What an entity has hangs on others in many ways; it is read anew each time.
    """
    record = design[owner]
    if not isinstance(record, Table):
        return [object()]
    found: list[Record] = [record, *(design[each] for each in design.children(owner))]
    found += [word for each in design.of(Column, owner) for word in design.of(Deviation, each.id)]
    others = {each.ref_table for each in found if isinstance(each, ForeignKey) and each.ref_table in design}
    for other in sorted(each for each in others if each is not None):
        found += (design[each] for each in design.children(other))
    return [*found]


def sample_of(kept: Kept | None) -> Sample:
    """Return the rows that somebody showed for a table, by the columns that it has now."""
    if kept is None:
        return Sample()
    places = [at for at, each in enumerate(kept.columns) if each is not None]
    columns = tuple(each for each in kept.columns if each is not None)
    return Sample(columns, tuple(tuple(row[at] for at in places) for _, row in kept.rows))


def values_of(kept: Kept | None) -> dict[Id, list[str | None]]:
    """Return the kept values of each column."""
    if kept is None:
        return {}
    return {each: kept.values(each) for each in kept.columns if each is not None}
