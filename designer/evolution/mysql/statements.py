"""Statements that are kept as they are: grants, users and whatever nothing models."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from designer.evolution.contract import Remark, Step
from designer.evolution.facts import Fact, record_of
from designer.evolution.handlers import Side
from designer.evolution.mysql.base import MyHandler, MyPen, Phase
from designer.evolution.mysql.programs import is_event
from designer.schema import Statement
from exporters.ddl.text import terminated

_GRANT = re.compile(r"\s*GRANT\s+(?P<what>.*?)\s+TO\s+(?P<whom>.*?)(?:\s+WITH\s+(?:GRANT|ADMIN)\s+OPTION)?\s*;?\s*\Z",
                    re.IGNORECASE | re.DOTALL)  # fmt: skip
_LASTING = re.compile(r"\s*(?:GRANT|CREATE|ALTER|REVOKE|RENAME)\b", re.IGNORECASE)


class Statements(MyHandler):
    """Statements kept verbatim. What is done and over, such as rows that were inserted, is no part of a schema."""

    records = (Statement,)
    kinds = ("statement",)

    def facts(self, record: Statement, side: Side[MyPen]) -> Iterator[Fact]:
        """A statement that leaves something behind."""
        foreign = record.dialect and not side.pen.speaks(record.dialect)
        if record.phase == "never" or foreign or is_event(record) or not _LASTING.match(record.text.text):
            return
        yield Fact(
            record.id, "statement", side.label(record), tuple(side.pen.speech.verbatim(record.text).split()), record
        )

    def rank(self, verb: str, fact: Fact) -> int:
        """Behind all else."""
        return self.ranked(Phase.STATEMENTS, fact)

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Run a statement."""
        text = terminated(self.new.pen.speech.verbatim(record_of(fact, Statement).text))
        return [self.step(text, "create", new=fact, reason=reason)]

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Take a grant back; nothing says how to undo any other statement."""
        text = self.old.pen.speech.verbatim(record_of(fact, Statement).text)
        found = _GRANT.match(text)
        if found is None:
            message = f"{fact.label} is not on the new side, and nothing here says how to undo it"
            self.my.remarks.append(Remark(message, fact.record.id, "statement"))
            return []
        whom = re.split(r"\s+IDENTIFIED\b", found["whom"], maxsplit=1, flags=re.IGNORECASE)[0]
        return [self.step(f"REVOKE {found['what']} FROM {whom};", "drop", old=fact, reason=reason)]
