"""ON UPDATE CURRENT_TIMESTAMP of MySQL as a trigger."""

from __future__ import annotations

from designer.schema import Column, Expr, Record, Routine, Table, Trigger
from exporters.ddl.translation.work import Work

_NOT_COMPARED = frozenset({"xml", "geometry"})


def touching(work: Work, table: Table, column: Column, path: str) -> list[Record]:
    """Return what sets a column to now whenever another one changes and nobody sets it by hand.

    `path` is the name of the table in the target. As in MySQL, an update that changes nothing leaves it alone.
    """
    others = [
        each for each in work.parts(table).columns
        if each.id != column.id and each.generated is None
        and work.logical[each.id].partition("(")[0] not in _NOT_COMPARED
    ]  # fmt: skip
    name = f"{work.name(table.id)}_{work.name(column.id)}_now"
    name = name if work.target.holds(name) else name[:40]
    if work.family == "sqlite":
        return [_of_sqlite(work, table, column, others, name, path)]
    return _of_postgres(work, table, column, others, name, path)


def _of_sqlite(work: Work, table: Table, column: Column, others: list[Column], name: str, path: str) -> Record:
    quoted = work.quoted(column.id)
    changed = " OR ".join(f"NEW.{work.quoted(each.id)} IS NOT OLD.{work.quoted(each.id)}" for each in others)
    same = f"NEW.{quoted} IS OLD.{quoted}" + (f" AND ({changed})" if changed else "")
    key = _row_key(work, table)
    rows = " AND ".join(f"{each} = NEW.{each}" for each in key)
    head = f"CREATE TRIGGER {work.target.quote(name)} AFTER UPDATE ON {path} FOR EACH ROW WHEN {same}"
    body = f"    UPDATE {path} SET {quoted} = CURRENT_TIMESTAMP WHERE {rows};"  # noqa: S608 - names are quoted
    text = f"{head}\nBEGIN\n{body}\nEND"
    return Trigger(id=f"{column.id}.now", parent=table.id, order=column.order, name=name, text=Expr(text))


def _row_key(work: Work, table: Table) -> list[str]:
    if "without_rowid" not in table.extra:
        return ["rowid"]
    key = next((each for each in work.parts(table).keys if each.primary), None)
    return [work.quoted(each) for each in key.columns] if key is not None else ["rowid"]


def _of_postgres(work: Work, table: Table, column: Column, others: list[Column], name: str, path: str) -> list[Record]:
    quoted = work.quoted(column.id)
    schema, _, _ = path.rpartition(".")
    function = f"{schema}.{work.target.quote(name)}" if schema else work.target.quote(name)
    row = ", ".join(work.quoted(each.id) for each in others)
    old, new = (", ".join(f"{side}.{work.quoted(each.id)}" for each in others) for side in ("OLD", "NEW"))
    changed = f" AND ROW ({new}) IS DISTINCT FROM ROW ({old})" if row else ""
    body = (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n    NEW.{quoted} := CURRENT_TIMESTAMP;\n    RETURN NEW;\nEND\n$$"
    )
    trigger = (
        f"CREATE TRIGGER {work.target.quote(name)} BEFORE UPDATE ON {path} FOR EACH ROW\n"
        f"WHEN (NEW.{quoted} IS NOT DISTINCT FROM OLD.{quoted}{changed})\nEXECUTE FUNCTION {function}()"
    )
    return [
        Routine(id=f"{column.id}.touch", parent=table.parent, order=column.order, name=name, signature="()",
                text=Expr(body)),
        Trigger(id=f"{column.id}.now", parent=table.id, order=column.order, name=name, text=Expr(trigger)),
    ]  # fmt: skip
