"""Words of verbatim statements that name something renamed, where the statement does not say that they do."""

from __future__ import annotations

import re

from designer.dialects.registry import get
from designer.evolution.postgres.lookup import Lookup
from designer.evolution.postgres.trees import read, relations
from designer.schema import Column, Design, Expr, Id, Named, Record, Statement, Use

_TOKEN = re.compile(r"""'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|("(?:[^"]|"")+"|[^\W\d][\w$]*)""", re.DOTALL)
_unquote = get("postgresql").unquote


class Marking:
    """The names that differ between two designs, as they are in one of them."""

    def __init__(self, design: Design, other: Design, look: Lookup):
        self.design = design
        self.look = look
        self.renamed: dict[str, list[Record]] = {}
        for each in design.records():
            after = other.get(each.id)
            if isinstance(each, Named) and isinstance(after, Named) and each.name != after.name and each.name:
                self.renamed.setdefault(each.name, []).append(each)

    def marked(self, record: Statement) -> Expr:
        """Return the text of a statement with all its mentions of what is renamed."""
        if not self.renamed:
            return record.text
        text = record.text.text
        taken = {use.start for use in record.text.uses}
        about = self._about(record)
        found = [
            Use(token.start(2), token.end(2), named)
            for token in _TOKEN.finditer(text)
            if token[2] and token.start(2) not in taken and (named := self._meant(_unquote(token[2]), about))
        ]
        return Expr(text, tuple(sorted((*record.text.uses, *found), key=lambda use: use.start)))

    def _about(self, record: Statement) -> set[Id]:
        """Return the relations that a statement is about."""
        _, node = read(record.text.text.rstrip().rstrip(";"))
        homes = self.look.homes(record)
        named = (self.look.relation(path, homes) for path in relations(node))
        return {use.id for use in record.text.uses} | {each.id for each in named if each is not None}

    def _meant(self, name: str, about: set[Id]) -> Id | None:
        """Return what a word means: a column only of a relation that the statement is about."""
        known = self.renamed.get(name, ())
        return next((each.id for each in known if not isinstance(each, Column) or each.parent in about), None)
