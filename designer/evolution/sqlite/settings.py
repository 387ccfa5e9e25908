"""Settings that are kept in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from designer.evolution.contract import Remark, Step
from designer.evolution.facts import Fact, id_of
from designer.evolution.handlers import Side
from designer.evolution.mover import Alteration
from designer.evolution.sqlite.base import SQLiteHandler
from designer.evolution.sqlite.pen import SQLitePen
from designer.schema import Statement

_USUAL = {"user_version": "0", "application_id": "0", "auto_vacuum": "0", "encoding": "UTF-8"}
_PRAGMA = re.compile(
    r"\s*PRAGMA\s+(?:main\s*\.\s*)?(\w+)\s*(?:=\s*(.+?)|\(\s*(.+?)\s*\))\s*;?\s*\Z", re.IGNORECASE | re.DOTALL
)


class Settings(SQLiteHandler):
    """user_version, application_id, auto_vacuum and encoding."""

    records = (Statement,)
    kinds = ("setting",)

    def facts(self, record: Statement, side: Side[SQLitePen]) -> Iterator[Fact]:
        """Yield a setting that is not the usual one."""
        found = _PRAGMA.match(record.text.text) if record.phase != "never" else None
        if found is None:
            return
        name, value = found[1].lower(), (found[2] or found[3]).strip().strip("'\"")
        if name in _USUAL and value.lower() != _USUAL[name].lower():
            yield Fact(id_of("pragma", name), "setting", name, value.lower(), record, extra=(name, value))

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Set another value."""
        return Alteration(self.setting(new, new.extra[1], old))

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Set a value."""
        return self.setting(fact, fact.extra[1])

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Set the value of a new file."""
        return self.setting(fact, _USUAL[fact.extra[0]], fact)

    def setting(self, fact: Fact, value: str, old: Fact | None = None) -> list[Step]:
        """Return what sets a value. What a file cannot change any more is a remark."""
        name = fact.extra[0]
        if name == "encoding":
            message = (
                f"the encoding of a file cannot be changed; dump it into a new file with PRAGMA encoding = '{value}'"
            )
            self.mover.remarks.append(Remark(message, fact.record.id, "encoding"))
            return []
        new = fact if old is not fact else None
        steps = [
            self.step(f"PRAGMA {name} = {value};", "settings", old=old, new=new, in_transaction=name != "auto_vacuum")
        ]
        if name == "auto_vacuum":
            reason = "the file takes another kind of vacuum only when it is written anew"
            steps.append(self.step("VACUUM;", "settings", old=old, new=new, in_transaction=False, reason=reason))
        return steps

    def rank(self, verb: str, fact: Fact) -> int:
        """Settings come last."""
        return 95
