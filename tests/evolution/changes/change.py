"""A single change of a schema: what stands before it and behind it, and what a migration may do on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Change:
    """One change in a schema that is otherwise the same on both sides.

    The old script is the base, `both` and `old`; the new one is the base and `both` with the pieces of `swap` in place of
    their keys, and `new`. `rows` fill what the old script makes beyond the base.
    """

    name: str
    both: str = ""
    old: str = ""
    new: str = ""
    swap: Mapping[str, str] = field(default_factory=dict)
    rows: str = ""
    renames: tuple[str, ...] = ()
    """As `--rename` takes them: `users.age=users.years`."""
    does: str | None = None
    """The operations of the way up, sorted, a comma between them; None where several ways are as good."""
    remade: frozenset[str] = frozenset()
    """Kinds of objects of which one must be dropped and made again, since nothing else leads there."""
    retyped: frozenset[str] = frozenset()
    """Columns whose values read differently in their other type: `t.c`."""
    probe: str = ""
    """A statement that must go through on either side; it leaves nothing behind."""

    def scripts(self, base: str) -> tuple[str, str]:
        """Return the old and the new script."""
        common = base + self.both
        changed = common
        for before, after in self.swap.items():
            if changed.count(before) != 1:
                raise ValueError(f"{self.name}: {before!r} is {changed.count(before)} times in the script")
            changed = changed.replace(before, after)
        return f"{common}\n{self.old}\n", f"{changed}\n{self.new}\n"


def kinds(text: str) -> frozenset[str]:
    """Return the kinds in a list with commas."""
    return frozenset(filter(None, (each.strip() for each in text.split(","))))
