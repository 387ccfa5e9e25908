"""Keys, foreign keys, checks, exclusions and index parts, as clauses."""

from __future__ import annotations

import re
from collections.abc import Iterable

from designer.dialects import features as can
from designer.schema import Check, Exclusion, ForeignKey, Id, IndexPart, Key, Named
from exporters.ddl.pen import Pen
from exporters.ddl.text import as_key, enclosed

PATH_PART = re.compile(r'"(?:[^"]|"")+"|`(?:[^`]|``)+`|[^\W\d][\w$]*')
_PATH = re.compile(rf"(?:{PATH_PART.pattern})(?:\.(?:{PATH_PART.pattern}))*\Z")


def joined(*pieces: str) -> str:
    """Return the pieces that are not empty, with a space between."""
    return " ".join(filter(None, pieces))


class ConstraintPen(Pen):
    """Writes constraints in the common words of SQL; what a target lacks is left out with a note."""

    def constraint_name(self, record: Named) -> str:
        """Return `CONSTRAINT name`, or nothing where the server is to choose the name."""
        return f"CONSTRAINT {self.own_name(record)}" if record.name else ""

    # Keys

    def key_clause(self, key: Key) -> str:
        """Return a primary or unique key at table level."""
        return joined(self.constraint_name(key), self.key_word(key), f"({self.key_columns(key)})", self.key_tail(key))

    def key_word(self, key: Key) -> str:
        """Return what kind of key it is."""
        if key.primary:
            return "PRIMARY KEY"
        if key.nulls_not_distinct and self.can(
            can.NULLS_NOT_DISTINCT, key, "nulls count as distinct in this unique key"
        ):
            return "UNIQUE NULLS NOT DISTINCT"
        return "UNIQUE"

    def key_columns(self, key: Key) -> str:
        """Return the columns of a key, with prefix lengths and directions where it has them."""
        if key.parts:
            return self.parts(key.parts)
        if key.without_overlaps and self.can(can.EXCLUSIONS, key, "WITHOUT OVERLAPS is left out"):
            return self.columns(key.columns) + " WITHOUT OVERLAPS"
        return self.columns(key.columns)

    def key_tail(self, key: Key) -> str:
        """Return what stands behind the columns of a key."""
        options = key.options if key.options and self.supports(can.INDEX_METHODS) else ""
        return joined(
            self.include(key.include, key),
            f"WITH ({options})" if options else "",
            self.deferrable(key, can.DEFERRABLE_KEYS),
        )

    def include(self, columns: Iterable[Id], record: Named) -> str:
        """Return the clause for columns that an index only carries."""
        listed = self.columns(columns)
        if not listed or not self.can(can.COVERING, record, "the INCLUDE columns are left out"):
            return ""
        return f"INCLUDE ({listed})"

    def deferrable(self, record: Key | ForeignKey | Exclusion, feature: str) -> str:
        """Return when a constraint is checked, where it is not at once."""
        if not (record.deferrable or record.deferred):
            return ""
        if not self.can(feature, record, "it cannot be deferred"):
            return ""
        return "DEFERRABLE INITIALLY DEFERRED" if record.deferred else "DEFERRABLE"

    # Foreign keys

    def foreign_key_clause(self, key: ForeignKey) -> str:
        """Return a foreign key at table level."""
        own = self.foreign_key_columns(key.columns, key.period)
        return joined(self.constraint_name(key), f"FOREIGN KEY ({own})", self.references(key))

    def foreign_key_columns(self, columns: tuple[Id, ...], period: bool) -> str:
        """Return the columns of one side."""
        names = [self.column(each) for each in columns]
        if period and names:
            names[-1] = f"PERIOD {names[-1]}"
        return ", ".join(names)

    def references(self, key: ForeignKey) -> str:
        """Return the part of a foreign key that can stand behind a column as well."""
        return joined("REFERENCES", self.foreign_key_target(key), self.foreign_key_rules(key))

    def foreign_key_target(self, key: ForeignKey) -> str:
        """Return the table and columns that a foreign key refers to."""
        if key.ref_table is None:
            listed = ", ".join(map(self.dialect.quote, key.missing_columns))
            return joined(self.missing_path(key), f"({listed})" if listed else "")
        listed = self.foreign_key_columns(key.ref_columns, key.period)
        return joined(self.path_of(key.ref_table), f"({listed})" if listed else "")

    def missing_path(self, key: ForeignKey) -> str:
        """Return the name of a table that is not in the design, as it was written, quoted for the target."""
        written = key.missing_table
        parts = PATH_PART.findall(written) if _PATH.match(written) else []
        names = [self.speech.source.unquote(part) for part in parts] or [written]
        return ".".join(map(self.dialect.quote, names))

    def foreign_key_rules(self, key: ForeignKey) -> str:
        """Return match, actions and time of checking."""
        return joined(
            f"MATCH {key.match.upper()}" if key.match else "",
            self.action("DELETE", key.on_delete, key),
            f"({self.columns(key.on_delete_columns)})" if self.sets_some_columns(key) else "",
            self.action("UPDATE", key.on_update, key),
            self.deferrable(key, can.DEFERRABLE_FOREIGN_KEYS),
        )

    def sets_some_columns(self, key: ForeignKey) -> bool:
        """Say whether SET NULL names the columns that it empties."""
        otherwise = "all columns of the foreign key are set to null"
        return bool(key.on_delete_columns) and self.can(can.SET_NULL_COLUMNS, key, otherwise)

    def action(self, event: str, action: str, key: ForeignKey) -> str:
        """Return a referential action."""
        if not action:
            return ""
        if action == "set default" and not self.can(can.SET_DEFAULT, key, f"ON {event} SET DEFAULT is left out"):
            return ""
        return f"ON {event} {action.upper()}"

    # Checks and exclusions

    def check_clause(self, check: Check) -> str | None:
        """Return a check at table level, or None where the target does not understand its expression."""
        text = self.speech.expr(check.expr, check.id)
        if text is None:
            return None
        return joined(self.constraint_name(check), f"CHECK {enclosed(text)}", self.check_tail(check))

    def check_tail(self, check: Check) -> str:
        """Return what stands behind the expression of a check."""
        return ""

    def exclusion_clause(self, exclusion: Exclusion) -> str | None:
        """Return an exclusion constraint, or None where the target has none."""
        self.can(can.EXCLUSIONS, exclusion, "the exclusion constraint is left out")
        return None

    # Index parts

    def parts(self, parts: Iterable[IndexPart]) -> str:
        """Return the elements of an index."""
        return ", ".join(map(self.part, parts))

    def part(self, part: IndexPart) -> str:
        """Return one element of an index: what, and in which order."""
        return joined(self.part_subject(part), self.part_collation(part), self.part_order(part))

    def part_subject(self, part: IndexPart) -> str:
        """Return the column or the expression."""
        if part.column is not None:
            return self.column(part.column)
        return as_key(self.speech.expr(part.expr) or "")

    def part_collation(self, part: IndexPart) -> str:
        """Return the collation of an element."""
        return f"COLLATE {part.collation}" if part.collation else ""

    def part_order(self, part: IndexPart) -> str:
        """Return the direction, and where nulls go."""
        nulls = f"NULLS {part.nulls.upper()}" if part.nulls and self.supports(can.INDEX_NULLS_ORDER) else ""
        return joined("DESC" if part.desc else "", nulls)

    def kept_length(self, length: int | None, record: Named) -> int | None:
        """Return the prefix length of an index part, where there can be one."""
        if length is None or self.can(can.PREFIX_LENGTHS, record, "the index is over whole values"):
            return length
        return None

    def can(self, feature: str, record: Named, otherwise: str) -> bool:
        """Say whether the target has a feature; note what happens to the record where it has not."""
        if self.supports(feature):
            return True
        self.lost(f"no-{feature.replace('_', '-')}", f"{self.dialect.title} has no such thing; {otherwise}", record)
        return False


HARMLESS = frozenset({"inline", "references"})
"""Entries of `extra` that ask for no clause of their own: notes of the importer on how a constraint was written."""


def is_plain(key: Key) -> bool:
    """Say whether a key can stand behind its only column, as in `id integer PRIMARY KEY`."""
    frills = key.name or key.include or key.parts or key.options or key.nulls_not_distinct or key.without_overlaps
    return len(key.columns) == 1 and not (frills or key.deferrable or key.deferred or key.extra.keys() - HARMLESS)


def is_plain_reference(key: ForeignKey) -> bool:
    """Say whether a foreign key can stand behind its only column, as in `REFERENCES users (id)`."""
    frills = key.name or key.period or key.not_valid or key.not_enforced or key.on_delete_columns
    return len(key.columns) == 1 and not (frills or key.extra.keys() - HARMLESS)
