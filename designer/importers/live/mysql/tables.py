"""CREATE TABLE from rows of information_schema, line by line as SHOW CREATE writes it.

information_schema does not say all: the numbers of sequences, the parsers of full text indexes, KEY_BLOCK_SIZE of an
index, application periods, the interval of history partitions, and bytes in the default of a binary column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from designer.importers.live.mysql.partitions import partitioning
from designer.importers.live.mysql.words import Row, joined, literal, quoted

Parts = dict[str, list[Row]]
_PLAIN_DEFAULT = re.compile(r"(?:CURRENT_TIMESTAMP(?:\(\d\))?|b'[01]*'|0x[0-9A-Fa-f]*)\Z", re.IGNORECASE)
_OPTION = re.compile(r"(`[^`]+`|\w+)=('(?:[^']|'')*'|\S+)")
_ON_UPDATE = re.compile(r"on update (\S+)", re.IGNORECASE)


def create_table(row: Row, parts: Parts, maria: bool) -> str:
    """Return the statement that makes a table or a sequence; `parts` are rows of its sections."""
    if row["kind"] == "SEQUENCE":
        return f"CREATE SEQUENCE {quoted(row['name'])}"
    writer = _MariaTable(row, parts) if maria else _MySQLTable(row, parts)
    lines = ",\n".join(f"  {line}" for line in writer.lines())
    return f"CREATE TABLE {quoted(row['name'])} (\n{lines}\n) {writer.tail()}"


class _Table:
    """What both servers write alike."""

    def __init__(self, row: Row, parts: Parts):
        self.row = row
        self.parts = parts
        self.columns = sorted(parts["columns"], key=lambda each: each["place"])

    def lines(self) -> Iterator[str]:
        """Yield columns, keys, foreign keys and checks."""
        yield from map(self.column, self.columns)
        yield from self.periods()
        for name, found in _grouped(self.parts["indexes"]).items():
            yield self.key(name, found)
        for name, found in _grouped(self.parts["foreign_keys"]).items():
            yield self.foreign_key(name, found)
        yield from self.checks()

    def periods(self) -> Iterator[str]:
        """Yield the period of system time."""
        return iter(())

    def column(self, row: Row) -> str:
        """Return a column."""
        extra = row["extra"]
        update = _ON_UPDATE.search(extra)
        return joined(
            quoted(row["name"]),
            row["type"],
            self.character_set(row),
            self.generated(row),
            self.nullability(row),
            self.before_default(row),
            self.default(row),
            f"ON UPDATE {update[1].rstrip(',')}" if update else "",
            "AUTO_INCREMENT" if "auto_increment" in extra else "",
            f"COMMENT {literal(row['comment'])}" if row["comment"] else "",
            self.behind(row),
        )

    def character_set(self, row: Row) -> str:
        """Return the character set of a column where it is not that of its table."""
        collation = row["collation"]
        if collation is None or collation == self.row["collation"]:
            return ""
        return f"CHARACTER SET {_charset(collation)} COLLATE {collation}"

    def generated(self, row: Row) -> str:
        """Return how a column is computed."""
        if not row["generated"]:
            return ""
        kind = "STORED" if "STORED" in row["extra"] else "VIRTUAL"
        return f"GENERATED ALWAYS AS ({self.expression(row['generated'])}) {kind}"

    def expression(self, text: str) -> str:
        """Return an expression as SHOW CREATE writes it."""
        return text

    def nullability(self, row: Row) -> str:
        """Return NOT NULL; a timestamp says NULL, too."""
        if row["nullable"] == "NO":
            return "NOT NULL"
        return "NULL" if row["type"].startswith("timestamp") and not row["generated"] else ""

    def before_default(self, row: Row) -> str:
        """Return what stands before DEFAULT."""
        return "INVISIBLE" if "INVISIBLE" in row["extra"] else ""

    def default(self, row: Row) -> str:
        """Return the DEFAULT clause."""
        raise NotImplementedError

    def behind(self, row: Row) -> str:
        """Return what stands behind the comment."""
        raise NotImplementedError

    def key(self, name: str, rows: list[Row]) -> str:
        """Return a key or index."""
        first = rows[0]
        kind = first["method"] if first["method"] in ("FULLTEXT", "SPATIAL", "VECTOR") else ""
        word = joined("" if first["shared"] else "UNIQUE", kind if first["shared"] else "", "KEY", quoted(name))
        if name == "PRIMARY":
            word = "PRIMARY KEY"
        using = first["method"] == ("BTREE" if self.row["engine"] == "MEMORY" else "HASH")
        return joined(
            word,
            f"({','.join(self.part(each, kind) for each in rows)})",
            f"USING {first['method']}" if using else "",
            f"COMMENT {literal(first['comment'])}" if first["comment"] else "",
            self.hidden(first),
        )

    def hidden(self, row: Row) -> str:
        """Return how an index is kept from the optimizer."""
        raise NotImplementedError

    def part(self, row: Row, kind: str) -> str:
        """Return a column of a key, with its prefix length and direction."""
        length = f"({row['length']})" if row["length"] and not kind else ""
        return quoted(row["column"]) + length + (" DESC" if row["order"] == "D" else "")

    def foreign_key(self, name: str, rows: list[Row]) -> str:
        """Return a foreign key."""
        first = rows[0]
        path = quoted(first["ref_table"])
        if first["ref_database"] != self.row["database"]:
            path = f"{quoted(first['ref_database'])}.{path}"
        own = ", ".join(quoted(each["column"]) for each in rows)
        theirs = ", ".join(quoted(each["ref_column"]) for each in rows)
        return f"CONSTRAINT {quoted(name)} FOREIGN KEY ({own}) REFERENCES {path} ({theirs})" + self.actions(name)

    def actions(self, name: str) -> str:
        """Return what happens to rows that refer; RESTRICT is not said."""
        rules = next((each for each in self.parts["actions"] if each["name"] == name), {})
        said = ((event, rules.get(event, "RESTRICT")) for event in ("delete", "update"))
        return "".join(f" ON {event.upper()} {rule}" for event, rule in said if rule != "RESTRICT")

    def checks(self) -> Iterator[str]:
        """Yield the checks of the table."""
        for row in sorted(self.parts["checks"], key=lambda each: each["name"]):
            yield f"CONSTRAINT {quoted(row['name'])} CHECK ({self.expression(row['condition'])}){self.enforced(row)}"

    def enforced(self, row: Row) -> str:
        """Return NOT ENFORCED where a check is not."""
        return " NOT ENFORCED" if row.get("enforced") == "NO" else ""

    def tail(self) -> str:
        """Return the options and the partitions."""
        row = self.row
        number = row["auto_increment"]
        return joined(
            f"ENGINE={row['engine']}",
            f"AUTO_INCREMENT={number}" if number and number > 1 else "",
            f"DEFAULT CHARSET={_charset(row['collation'])} COLLATE={row['collation']}" if row["collation"] else "",
            *self.options(),
            f"COMMENT={literal(row['comment'])}" if row["comment"] else "",
            "WITH SYSTEM VERSIONING" if row["kind"] == "SYSTEM VERSIONED" else "",
        ) + partitioning(self.parts["partitions"], row["engine"])  # fmt: skip

    def options(self) -> Iterator[str]:
        """Yield the other options, as they were given."""
        for found in _OPTION.finditer((self.row["options"] or "").replace("transactional=1", "")):
            yield f"{found[1] if found[1].startswith('`') else found[1].upper()}={found[2]}"


class _MariaTable(_Table):
    def default(self, row: Row) -> str:
        counts = "auto_increment" in row["extra"] or row["generated"]
        return f"DEFAULT {row['default']}" if row["default"] is not None and not counts else ""

    def generated(self, row: Row) -> str:
        if row["generated"] in ("ROW START", "ROW END"):
            return f"GENERATED ALWAYS AS {row['generated']}"
        return super().generated(row)

    def nullability(self, row: Row) -> str:
        return "" if row["generated"] else super().nullability(row)

    def periods(self) -> Iterator[str]:
        bounds = {row["generated"]: quoted(row["name"]) for row in self.columns if row["generated"]}
        if "ROW START" in bounds and "ROW END" in bounds:
            yield f"PERIOD FOR SYSTEM_TIME ({bounds['ROW START']}, {bounds['ROW END']})"

    def behind(self, row: Row) -> str:
        mine = [each for each in self.parts["checks"] if each["level"] == "Column" and each["name"] == row["name"]]
        check = f"CHECK ({mine[0]['condition']})" if mine else ""
        return joined("WITHOUT SYSTEM VERSIONING" if "WITHOUT SYSTEM" in row["extra"] else "", check)

    def checks(self) -> Iterator[str]:
        for row in self.parts["checks"]:
            if row["level"] != "Column":
                yield f"CONSTRAINT {quoted(row['name'])} CHECK ({row['condition']})"

    def hidden(self, row: Row) -> str:
        return "IGNORED" if row["hidden"] == "YES" else ""


class _MySQLTable(_Table):
    def expression(self, text: str) -> str:
        """MySQL's views of expressions show their quotes escaped."""
        return text.replace("\\'", "'")

    def default(self, row: Row) -> str:
        if row["default"] is None:
            silent = row["nullable"] == "NO" or row["generated"] or "auto_increment" in row["extra"]
            large = row["type"].endswith(("text", "blob")) or row["type"] in ("json", "geometry", "point")
            return "" if silent or large else "DEFAULT NULL"
        if _PLAIN_DEFAULT.match(row["default"]):
            return f"DEFAULT {row['default']}"
        if "DEFAULT_GENERATED" in row["extra"]:
            return f"DEFAULT ({self.expression(row['default'])})"
        return f"DEFAULT {literal(row['default'])}"

    def before_default(self, row: Row) -> str:
        return f"SRID {row['srid']}" if row["srid"] is not None else ""

    def behind(self, row: Row) -> str:
        return "INVISIBLE" if "INVISIBLE" in row["extra"] else ""

    def hidden(self, row: Row) -> str:
        return "INVISIBLE" if row["visible"] == "NO" else ""

    def part(self, row: Row, kind: str) -> str:
        if row["column"] is None:
            return f"({self.expression(row['expression'])})" + (" DESC" if row["order"] == "D" else "")
        return super().part(row, kind)


def _charset(collation: str) -> str:
    return collation.partition("_")[0]


def _grouped(rows: list[Row]) -> dict[str, list[Row]]:
    """Return the rows by name, the primary key first and then the unique ones, each in the order of its parts."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda each: (each["name"] != "PRIMARY", each.get("shared", 0), each["name"])):
        found.setdefault(row["name"], []).append(row)
    return {name: sorted(each, key=lambda row: row["place"]) for name, each in found.items()}
