"""Keys and foreign keys in another database."""

from __future__ import annotations

import re

import msgspec

from designer.dialects import features as can
from designer.schema import Column, ForeignKey, Id, Key, Table
from exporters.ddl.translation.kinds import kind_of_type
from exporters.ddl.translation.lengths import Lengths
from exporters.ddl.translation.work import Work

_NAME = re.compile(r'"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^.\s"`]+')
_EMPTYING = frozenset({"set null", "set default"})


class Keys:
    """Translates keys and foreign keys."""

    def __init__(self, work: Work, lengths: Lengths):
        self.work = work
        self.lengths = lengths
        self.gone: set[Id] = set()
        """Tables that have no place in the target."""

    def key(self, key: Key) -> Key | None:
        """Return a key in the target, or None with a note."""
        work = self.work
        if work.family == "mysql" and any(map(self.lengths.is_unindexed, key.columns)):
            work.lost("key", f"{work.target.title} cannot index a column of such a type; the key is left out", key)
            return None
        if key.without_overlaps:
            what = "the key is left out" if work.family == "postgresql" else "values that overlap are taken"
            work.lost("no-overlaps", f"{work.target.title} has no such WITHOUT OVERLAPS; {what}", key)
            if work.family == "postgresql":
                return None
        parts = () if work.family == "postgresql" else tuple(
            msgspec.structs.replace(part, collation="", opclass="", nulls="",
                                    length=part.length if work.family == "mysql" else None)
            for part in key.parts
        )  # fmt: skip
        if any(part.length for part in key.parts) and work.family != "mysql":
            message = f"{work.target.title} has no keys over first characters; it is over whole values"
            work.lost("no-prefix-lengths", message, key)
        if any(part.expr is not None for part in parts):
            return None
        return Key(
            id=key.id, parent=key.parent, order=key.order, name=key.name, comment=key.comment, primary=key.primary,
            columns=key.columns, parts=parts, **work.carried(key),  # type: ignore[arg-type]
            deferrable=key.deferrable, deferred=key.deferred,
            extra={name: value for name, value in key.extra.items() if name in ("refused", "inline")},
        )  # fmt: skip

    def foreign_key(self, key: ForeignKey, columns: dict[Id, Column]) -> ForeignKey | None:
        """Return a foreign key in the target; `columns` are those of its table as they are written there."""
        work = self.work
        if key.ref_table in self.gone:
            work.lost("missing-table", "the table that it refers to is left out; the foreign key is left out", key)
            return None
        own, theirs = self._ordered(key)
        made = ForeignKey(
            id=key.id, parent=key.parent, order=key.order, name=key.name, comment=key.comment, columns=own,
            ref_table=key.ref_table, ref_columns=theirs, missing_table=self._missing(key),
            missing_columns=key.missing_columns, on_delete=self._action(key, "delete", columns),
            on_update=self._action(key, "update", columns), on_delete_columns=key.on_delete_columns,
            match=self._match(key),
            deferrable=key.deferrable, deferred=key.deferred, not_valid=key.not_valid and work.family == "postgresql",
            not_enforced=key.not_enforced and work.family == "postgresql",
            extra={name: value for name, value in key.extra.items() if name in ("refused", "inline")},
        )  # fmt: skip
        if key.not_enforced and work.family != "postgresql":
            work.lost("not-enforced", f"{work.target.title} has none that is not enforced; it is enforced", key)
        if key.period:
            work.lost("period", "PERIOD is left out: whole values must be equal", key)
        reason = self._why_refused(made)
        if not reason:
            return made
        work.lost("foreign-key", f"{reason}; the foreign key is left out", key)
        return None

    def _match(self, key: ForeignKey) -> str:
        said = key.match.lower() not in ("", "simple")
        if said and (self.work.family != "postgresql" or key.match.lower() != "full"):
            self.work.lost(
                "match", f"MATCH {key.match.upper()} is left out; a row with a null in it is not checked", key
            )
            return ""
        return key.match if key.match.lower() == "full" else ""

    def _missing(self, key: ForeignKey) -> str:
        """Return the name of a table that is not in the model, as the target writes it."""
        parts = [self.work.source.unquote(each) for each in _NAME.findall(key.missing_table)]
        if self.work.can(can.SCHEMAS) or len(parts) < 2:
            return ".".join(map(self.work.target.quote, parts))
        default = parts[:-1] == [self.work.source.default_schema]
        return self.work.target.quote(parts[-1] if default else "_".join(parts))

    def _ordered(self, key: ForeignKey) -> tuple[tuple[Id, ...], tuple[Id, ...]]:
        """Return both sides; in the order of the key that they refer to, where the target wants it so."""
        theirs = key.ref_columns or self._primary(key)
        if self.work.family != "mysql" or len(theirs) != len(key.columns):
            return key.columns, theirs
        for columns in self._referable(key):
            if set(columns) == set(theirs) and columns != theirs:
                pairs = dict(zip(theirs, key.columns, strict=True))
                return tuple(pairs[each] for each in columns), columns
            if columns == theirs:
                break
        return key.columns, theirs

    def _primary(self, key: ForeignKey) -> tuple[Id, ...]:
        table = self.work.catalog.design.get(key.ref_table) if key.ref_table else None
        keys = self.work.parts(table).keys if isinstance(table, Table) else []
        return next((each.columns for each in keys if each.primary), ())

    def _referable(self, key: ForeignKey) -> list[tuple[Id, ...]]:
        """Return the columns that are unique together in the table which is referred to."""
        table = self.work.catalog.design.get(key.ref_table) if key.ref_table else None
        if not isinstance(table, Table):
            return []
        parts = self.work.parts(table)
        found = [each.columns for each in parts.keys]
        found += [
            tuple(part.column or "" for part in each.parts) for each in parts.indexes if each.unique and not each.where
        ]
        return found

    def _why_refused(self, key: ForeignKey) -> str:
        """Return why the target would refuse a foreign key, or nothing."""
        work = self.work
        if key.ref_table is None:
            clash = any(getattr(each, "name", "").lower() == key.missing_table.lower() for each in work.catalog.objects)
            return f"{work.source.title} does not find there what it refers to" if clash else ""
        if work.family == "sqlite":
            return ""
        if work.source_family != "postgresql" and not any(
            set(each) == set(key.ref_columns) for each in self._referable(key)
        ):
            return f"{work.target.title} wants a key over what it refers to"
        if any(kind_of_type(work.logical.get(a, "")) != kind_of_type(work.logical.get(b, ""))
               for a, b in zip(key.columns, key.ref_columns, strict=False)):  # fmt: skip
            return f"{work.target.title} compares only what is of one type"
        if work.family == "mysql" and any(map(self.lengths.is_unindexed, (*key.columns, *key.ref_columns))):
            return f"{work.target.title} cannot index a column of such a type"
        return ""

    def _action(self, key: ForeignKey, event: str, columns: dict[Id, Column]) -> str:
        """Return an action; one that cannot be carried out is left out, for the target would refuse it."""
        action = key.on_delete if event == "delete" else key.on_update
        if self.work.family != "mysql" or action not in _EMPTYING:
            return action
        if action == "set null" and any(not columns[each].nullable for each in key.columns if each in columns):
            message = f"ON {event.upper()} SET NULL is left out: a column of it is not nullable, and it never worked"
            self.work.lost("set-null", message, key)
            return ""
        return action
