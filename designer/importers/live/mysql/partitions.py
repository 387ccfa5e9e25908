"""PARTITION BY from rows of information_schema, as SHOW CREATE writes it."""

from __future__ import annotations

from designer.importers.live.mysql.words import Row, joined, literal, quoted


def partitioning(rows: list[Row], engine: str) -> str:
    """Return how a table is partitioned; empty where it is not, or by system time, whose interval is not said."""
    if not rows or rows[0]["method"] == "SYSTEM_TIME":
        return ""
    ordered = sorted(rows, key=lambda row: (row["place"], row["sub_place"] or 0))
    groups: dict[str, list[Row]] = {}
    for row in ordered:
        groups.setdefault(row["name"], []).append(row)
    first = ordered[0]
    method = first["method"]
    lines = [f"\n PARTITION BY {method} ({first['expression'] or ''})", *_subdivision(groups)]
    if method.endswith(("HASH", "KEY")) and _named_by_server(groups):
        return "\n".join([*lines, f"PARTITIONS {len(groups)}"])
    listed = ",\n ".join(_partition(each, method, engine) for each in groups.values())
    return "\n".join([*lines, f"({listed})"])


def _named_by_server(groups: dict[str, list[Row]]) -> bool:
    expected = [f"p{number}" for number in range(len(groups))]
    return list(groups) == expected and not any(rows[0]["comment"] for rows in groups.values())


def _subdivision(groups: dict[str, list[Row]]) -> list[str]:
    rows = next(iter(groups.values()))
    if not rows[0]["sub"]:
        return []
    lines = [f"SUBPARTITION BY {rows[0]['sub_method']} ({rows[0]['sub_expression'] or ''})"]
    return lines + ([f"SUBPARTITIONS {len(rows)}"] if _subs_named_by_server(groups) else [])


def _subs_named_by_server(groups: dict[str, list[Row]]) -> bool:
    return all(row["sub"] == f"{name}sp{number}" for name, rows in groups.items() for number, row in enumerate(rows))


def _partition(rows: list[Row], method: str, engine: str) -> str:
    first = rows[0]
    head = joined(f"PARTITION {quoted(first['name'])}", _values(method, first["description"]))
    comment = f"COMMENT = {literal(first['comment'])}" if first["comment"] else ""
    if not first["sub"] or _subs_named_by_server({first["name"]: rows}):
        return joined(head, comment, f"ENGINE = {engine}")
    subs = ",\n  ".join(_subpartition(row, engine) for row in rows)
    return f"{head}\n ({subs})"


def _subpartition(row: Row, engine: str) -> str:
    comment = f"COMMENT = {literal(row['comment'])}" if row["comment"] else ""
    return joined(f"SUBPARTITION {quoted(row['sub'])}", comment, f"ENGINE = {engine}")


def _values(method: str, description: str | None) -> str:
    if method.startswith("RANGE"):
        plain = description == "MAXVALUE" and "COLUMNS" not in method
        return f"VALUES LESS THAN {description if plain else f'({description})'}"
    if method.startswith("LIST"):
        return "DEFAULT" if description in ("DEFAULT", None) else f"VALUES IN ({description})"
    return ""
