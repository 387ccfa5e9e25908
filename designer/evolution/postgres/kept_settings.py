"""Settings of tables, views and columns that have no record: ALTER TABLE kept verbatim, and what takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from designer.evolution.facts import FactId
from designer.evolution.postgres.kept_where import Kept, Where
from designer.evolution.postgres.trees import Node, quote, relation
from designer.schema import Named, Trigger


def setting(node: Node, where: Where) -> Kept | None:
    """Settings of a table, view or column that have no record: the one command tells which setting it is."""
    commands = [each["AlterTableCmd"] for each in node.get("cmds", ())]
    if all(each["subtype"] == "AT_ChangeOwner" for each in commands):
        return None
    parent = where.relation(node["relation"])
    written = f"ALTER TABLE {where.path(relation(node['relation']))}"
    if any(each["subtype"] not in _COMMANDS for each in commands):
        return Kept("setting", ("ALTER TABLE", parent, where.text), (), parent)
    said = [_COMMANDS[each["subtype"]](each) for each in commands]
    backs = [_inherited(each, parent, where) or back for each, (_, back) in zip(commands, said, strict=True)]
    undo = tuple(f"{written} {back};" for back in backs)
    key = said[0][0] if len(said) == 1 else (where.text,)
    return Kept(
        "setting", ("ALTER TABLE", parent, *key), undo, parent, _settled(commands, parent, where), len(said) == 1
    )


def _inherited(command: Node, table: FactId | None, where: Where) -> str:
    """Return what gives a column back the default that it has from a table above; empty where it has none."""
    column = where.look.columns(table).get(command.get("name", "")) if table else None
    if command["subtype"] != "AT_ColumnDefault" or column is None or column.default is None:
        return ""
    return _column(command, f"SET DEFAULT {column.default.text}")


def _settled(commands: Sequence[Node], table: FactId | None, where: Where) -> frozenset[FactId]:
    """Return the columns and indexes that settings are of."""
    columns = where.look.columns(table) if table else {}
    names = [each.get("name", "") for each in commands]
    found = {columns[name].id for name in names if name in columns}
    found |= {
        index.id for name in names
        if (index := where.look.index((where.look.schema_of(where.look.design[table]), name) if table else (name,)))
    }  # fmt: skip
    owner = where.look.design.get(table) if table else None
    if isinstance(owner, Named):
        found |= {each.id for each in where.look.design.of(Trigger, owner.id) if each.name in names}
    return frozenset(found)


def _options(command: Node) -> str:
    items = command.get("def", {}).get("List", {}).get("items", ())
    return ", ".join(each["DefElem"]["defname"] for each in items)


_Command = Callable[[Node], tuple[tuple[object, ...], str]]
_COMMANDS: dict[str, _Command] = {
    "AT_ClusterOn": lambda _: (("cluster",), "SET WITHOUT CLUSTER"),
    "AT_SetOptions": lambda c: (
        ("options", c["name"], _options(c)),
        f"ALTER COLUMN {quote(c['name'])} RESET ({_options(c)})",
    ),
    "AT_SetRelOptions": lambda c: (("options", _options(c)), f"RESET ({_options(c)})"),
    "AT_SetStatistics": lambda c: (("statistics", c.get("name") or c.get("num")), _column(c, "SET STATISTICS -1")),
    "AT_SetStorage": lambda c: (("storage", c["name"]), _column(c, "SET STORAGE DEFAULT")),
    "AT_SetCompression": lambda c: (("compression", c["name"]), _column(c, "SET COMPRESSION DEFAULT")),
    "AT_ColumnDefault": lambda c: (
        ("default", c["name"]),
        _column(c, "DROP DEFAULT") if "def" in c else _column(c, "SET DEFAULT NULL"),
    ),
    "AT_DisableTrig": lambda c: (("trigger", c["name"]), f"ENABLE TRIGGER {quote(c['name'])}"),
    "AT_EnableReplicaTrig": lambda c: (("trigger", c["name"]), f"ENABLE TRIGGER {quote(c['name'])}"),
    "AT_EnableAlwaysTrig": lambda c: (("trigger", c["name"]), f"ENABLE TRIGGER {quote(c['name'])}"),
    "AT_DisableTrigAll": lambda _: (("triggers",), "ENABLE TRIGGER ALL"),
    "AT_DisableTrigUser": lambda _: (("user triggers",), "ENABLE TRIGGER USER"),
    "AT_DisableRule": lambda c: (("rule", c["name"]), f"ENABLE RULE {quote(c['name'])}"),
    "AT_EnableReplicaRule": lambda c: (("rule", c["name"]), f"ENABLE RULE {quote(c['name'])}"),
    "AT_EnableAlwaysRule": lambda c: (("rule", c["name"]), f"ENABLE RULE {quote(c['name'])}"),
    "AT_EnableRowSecurity": lambda _: (("row security",), "DISABLE ROW LEVEL SECURITY"),
    "AT_ForceRowSecurity": lambda _: (("forced row security",), "NO FORCE ROW LEVEL SECURITY"),
    "AT_ReplicaIdentity": lambda _: (("replica identity",), "REPLICA IDENTITY DEFAULT"),
    "AT_SetUnLogged": lambda _: (("persistence",), "SET LOGGED"),
    "AT_SetNotNull": lambda c: (("not null", c["name"]), _column(c, "DROP NOT NULL")),
}
"""A command of ALTER TABLE -> which setting it is, and what brings back the one that holds without it."""


_NUMBERS = {
    "increment": "INCREMENT BY 1", "minvalue": "NO MINVALUE", "maxvalue": "NO MAXVALUE", "cache": "CACHE 1",
    "cycle": "NO CYCLE", "start": "START WITH 1",
}  # fmt: skip
"""An option of a sequence -> what it is where nobody says it."""


def numbers(node: Node, where: Where) -> Kept | None:
    """Return what ALTER SEQUENCE says of a serial's sequence, which has no record; None for what goes no way back."""
    path = relation(node["sequence"])
    options = [each["DefElem"]["defname"] for each in node.get("options", ())]
    if not options or any(each not in _NUMBERS for each in options):
        return None
    undo = f"ALTER SEQUENCE {where.path(path)} {' '.join(_NUMBERS[each] for each in options)};"
    return Kept("setting", ("ALTER SEQUENCE", *where.full(path), *sorted(options)), (undo,), settles=True)


def _column(command: Node, action: str) -> str:
    name = quote(command["name"]) if command.get("name") else str(command.get("num", ""))
    return f"ALTER COLUMN {name} {action}"
