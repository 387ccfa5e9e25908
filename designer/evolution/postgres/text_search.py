"""What text search configurations do with each kind of token."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from designer.compare.gathered import built_in_mapping
from designer.evolution.contract import Step
from designer.evolution.facts import Fact, FactId
from designer.evolution.mover import Alteration
from designer.evolution.postgres.kept import is_passed_over, keepsake_id, keepsakes
from designer.evolution.postgres.objects import ObjectHandler, PgSide
from designer.evolution.postgres.trees import Node, Path, defined, dotted, read, strings
from designer.schema import Statement

Dictionaries = tuple[str, ...]
_CONFIGURATION = "text search configuration"


@dataclass(frozen=True)
class Mapping:
    """What a configuration does with a token; None: it leaves it out. `base` is what CREATE gives it."""

    path: str
    token: str
    base: Dictionaries | None
    now: Dictionaries | None


class TextSearchHandler(ObjectHandler):
    """What a configuration does with each token, whether CREATE says it by COPY or other statements do."""

    records = (Statement,)
    kinds = ("mapping of a text search configuration",)

    def facts(self, record: Statement, side: PgSide) -> Iterator[Fact]:
        """Yield the mappings of a configuration."""
        kept = keepsakes(self, side).made.get(record.id)
        if kept is None or kept.kind != _CONFIGURATION:
            return
        base, now = self.mapping(record, side)
        path = dotted((self.lookup(side).homes(record)[0], *kept.name)[-2:])
        for token in {**base, **now}:
            one, two = base.get(token), now.get(token)
            home = keepsake_id(self, record, side)
            yield self.fact(
                record, "mapping of a text search configuration", _plain(two), side, parent=home,
                extra=Mapping(path, token, one, two), own=f"mapping:{home}:{token}", label=f"{path} of {token}",
                needs=self.dictionaries(two or (), side),
            )  # fmt: skip

    def dictionaries(self, names: Dictionaries, side: PgSide) -> set[FactId]:
        """Return the statements that make some dictionaries."""
        known = keepsakes(self, side).names
        found = (known.get(("text search dictionary", each.rpartition(".")[2].strip('"'))) for each in names)
        return {each for each in found if each}

    def mapping(self, record: Statement, side: PgSide) -> tuple[dict[str, Dictionaries], dict[str, Dictionaries]]:
        """Return what CREATE gives a configuration, and what it has in the end."""
        _, node = read(self.statement_text(record, side))
        base = self.copied(defined(node, "definition").get("copy", {}), side)
        now = dict(base)
        mine = self.whole(strings(node["defnames"]), record, side)
        for each in side.catalog.statements:
            kind, said = read(self.statement_text(each, side))
            is_mapping = kind == "AlterTSConfigurationStmt" and not is_passed_over(each)
            if is_mapping and self.whole(strings(said["cfgname"]), each, side) == mine:
                _change(now, said)
        return base, now

    def whole(self, path: Path, record: Statement, side: PgSide) -> Path:
        """Return a name with its schema."""
        return path if len(path) > 1 else (self.lookup(side).homes(record)[0], *path)

    def copied(self, source: Node, side: PgSide) -> dict[str, Dictionaries]:
        """Return the mappings of the configuration that one is copied from."""
        names = strings(source.get("TypeName", {}).get("names") or source.get("List", {}).get("items"))
        if not names:
            return {}
        made = keepsakes(self, side).names.get((_CONFIGURATION, names[-1]))
        record = side.design.get(made or "")
        if isinstance(record, Statement) and names[:1] != ("pg_catalog",):
            return self.mapping(record, side)[1]
        return built_in_mapping(names[-1])

    def create(self, fact: Fact, folded: Sequence[Fact], reason: str) -> list[Step]:
        """Change a mapping from what CREATE gives, or say it where the configuration was there."""
        said = cast(Mapping, fact.extra)
        is_new = fact.parent in self.mover.decided.fresh | self.mover.decided.replaced
        before = said.base if is_new else None
        return self.made(_statement(said, before, said.now), fact, reason, "replace") if before != said.now else []

    def drop(self, fact: Fact, reason: str) -> list[Step]:
        """Leave a token out."""
        said = cast(Mapping, fact.extra)
        return self.dropped(_statement(said, said.now, None), fact, reason, "replace") if said.now is not None else []

    def alter(self, old: Fact, new: Fact) -> Alteration | None:
        """Change a mapping."""
        before, after = cast(Mapping, old.extra), cast(Mapping, new.extra)
        if before.now == after.now:
            return Alteration([])
        return Alteration([self.changed(_statement(after, before.now, after.now), old, new, "text")])


def _plain(dictionaries: Dictionaries | None) -> Dictionaries:
    """Return dictionaries without the schemas that may be left out; nothing for a token that is left out."""
    return tuple(each.rpartition(".")[2] for each in dictionaries or ())


def _change(mapping: dict[str, Dictionaries], node: Node) -> None:
    """Apply ALTER TEXT SEARCH CONFIGURATION."""
    dictionaries = tuple(dotted(strings(each["List"]["items"])) for each in node.get("dicts", ()))
    tokens = strings(node.get("tokentype"))
    if node.get("replace"):
        for token in tokens or tuple(mapping):
            swapped = (dictionaries[1] if each == dictionaries[0] else each for each in mapping.get(token, ()))
            mapping[token] = tuple(swapped)
        return
    for token in tokens:
        if dictionaries:
            mapping[token] = dictionaries
        else:
            mapping.pop(token, None)


def _statement(said: Mapping, before: Dictionaries | None, after: Dictionaries | None) -> str:
    """Return the statement that leads from one mapping to another."""
    head = f"ALTER TEXT SEARCH CONFIGURATION {said.path}"
    if after is None:
        return f"{head} DROP MAPPING FOR {said.token};"
    return f"{head} {'ADD' if before is None else 'ALTER'} MAPPING FOR {said.token} WITH {', '.join(after)};"
