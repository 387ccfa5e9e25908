"""What tells one object from another in the text that creates it: types of arguments, names of what is verbatim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from designer.compare.postgres.kinds import key

Node = Any
Type = Callable[[dict[str, Any]], dict[str, Any]]
_INPUTS = ("FUNC_PARAM_IN", "FUNC_PARAM_INOUT", "FUNC_PARAM_VARIADIC")


def signature(tree: Node, resolved: Type) -> str:
    """Return `(int4, text)`: what tells overloaded routines apart; empty for what is no routine.

    `resolved` puts the type of a column in place of `relation.column%TYPE`.
    """
    ((tag, fields),) = tree.items()
    if tag == "CreateFunctionStmt":
        parameters = fields.get("parameters", ())
    elif tag == "DefineStmt" and fields.get("kind") == "OBJECT_AGGREGATE":
        parameters = (fields.get("args") or [{}])[0].get("List", {}).get("items", ())
    else:
        return ""
    inputs = [each["FunctionParameter"] for each in parameters]
    kinds = [key(resolved(each["argType"])).rpartition(".")[2] for each in inputs if each["mode"] in _INPUTS]
    return f"({', '.join(kinds)})"


def identity(tree: Node, home: str) -> tuple[str, ...]:
    """Return what a statement creates, as its kind and names; empty where it creates nothing that has a name.

    `home` is the schema that names without one go to.
    """
    ((tag, fields),) = tree.items()
    read = _READERS.get(tag)
    return read(fields, home) if read else ()


def _qualified(parts: list[str], home: str) -> str:
    return ".".join(parts if len(parts) > 1 else (home, *parts))


def _types(fields: dict[str, Any], *names: str) -> tuple[str, ...]:
    said = {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in fields.get("definition", ())}
    return tuple(key(said[name]["TypeName"]) if "TypeName" in said.get(name, {}) else "" for name in names)


def _defined(fields: dict[str, Any], home: str) -> tuple[str, ...]:
    kind = fields.get("kind", "")
    name = _qualified(fields["defnames"], home)
    more = _types(fields, "leftarg", "rightarg") if kind == "OBJECT_OPERATOR" else ()
    return (kind.removeprefix("OBJECT_").lower(), name, *more)


def _rule(fields: dict[str, Any], home: str) -> tuple[str, ...]:
    relation = fields["relation"]
    return ("rule", f"{relation.get('schemaname', home)}.{relation['relname']}", fields["rulename"])


def _class(kind: str, name: str) -> Callable[[dict[str, Any], str], tuple[str, ...]]:
    return lambda fields, home: (kind, _qualified(_words(fields[name]), home), fields.get("amname", ""))


def _words(parts: Any) -> list[str]:
    if isinstance(parts, str):
        return [parts]
    return [each["String"]["sval"] if isinstance(each, dict) else each for each in parts]


def _named(kind: str, name: str) -> Callable[[dict[str, Any], str], tuple[str, ...]]:
    return lambda fields, _: (kind, ".".join(_words(fields[name])))


def _placed(kind: str, name: str) -> Callable[[dict[str, Any], str], tuple[str, ...]]:
    return lambda fields, home: (kind, _qualified(_words(fields[name]), home))


def _altered(fields: dict[str, Any], home: str) -> tuple[str, ...]:
    """Return the setting that a statement with a single command changes. A table is clustered on one index."""
    if len(fields["cmds"]) != 1:
        return ()
    relation, command = fields["relation"], fields["cmds"][0]["AlterTableCmd"]
    name = command.get("name", "") if command["subtype"] != "AT_ClusterOn" else ""
    constraint = command.get("def", {}).get("Constraint", {}) if isinstance(command.get("def"), dict) else {}
    if command["subtype"] == "AT_AddConstraint" and not constraint.get("conname"):
        return ()
    name = name or constraint.get("conname", "")
    return ("alter table", f"{relation.get('schemaname', home)}.{relation['relname']}", f"{command['subtype']} {name}")


_READERS: dict[str, Callable[[dict[str, Any], str], tuple[str, ...]]] = {
    "RuleStmt": _rule,
    "AlterTableStmt": _altered,
    "CommentStmt": lambda fields, _: ("comment", fields["objtype"], repr(fields["object"])),
    "DefineStmt": _defined,
    "CreateCastStmt": lambda fields, _: ("cast", key(fields["sourcetype"]), key(fields["targettype"])),
    "CreateStatsStmt": _placed("statistics", "defnames"),
    "CreateRangeStmt": _placed("range type", "typeName"),
    "CreateOpClassStmt": _class("operator class", "opclassname"),
    "CreateOpFamilyStmt": _class("operator family", "opfamilyname"),
    "CreateConversionStmt": _placed("conversion", "conversion_name"),
    "CreateEventTrigStmt": _named("event trigger", "trigname"),
    "CreatePLangStmt": _named("language", "plname"),
    "CreateFdwStmt": _named("foreign data wrapper", "fdwname"),
    "CreateForeignServerStmt": _named("server", "servername"),
}
