"""Scripts to designs, and what is left between two of them."""

from __future__ import annotations

from designer.change.change import Change, diff
from designer.evolution.align import Aligned, aligned
from designer.evolution.contract import Rename
from designer.evolution.renames_asked import asked
from designer.importers.sql import read
from designer.schema import Design, Model, Named


def design(script: str, dialect: str = "postgresql") -> Design:
    """Return the design of a script."""
    return read(script, "schema.sql", dialect).design


def between(
    old: str,
    new: str,
    dialect: str = "postgresql",
    *,
    printed: tuple[bool, bool] = (False, False),
    renames: tuple[str, ...] = (),
) -> Aligned:
    """Return two scripts with one set of ids."""
    before, after = design(old, dialect), design(new, dialect)
    answers: list[Rename] = asked(renames, before, after, dialect)
    return aligned(before, after, dialect, printed=printed, renames=answers)


def left(there: Aligned) -> Change:
    """Return what is left to do."""
    change = diff(there.old, there.new)
    changed = {each: fields for each, fields in change.changed.items() if not isinstance(there.old[each], Model)}
    return Change(change.added, change.removed, changed)


def told(there: Aligned) -> list[str]:
    """Return what is left to do in short: `+a`, `-b`, `~c: type`."""
    change = left(there)
    lines = [f"+{_name(each)}" for each in change.added.values()] + [
        f"-{_name(each)}" for each in change.removed.values()
    ]
    lines += [f"~{_name(there.old[each])}: {', '.join(sorted(fields))}" for each, fields in change.changed.items()]
    return sorted(lines)


def _name(record: object) -> str:
    return record.name if isinstance(record, Named) and record.name else type(record).__name__
