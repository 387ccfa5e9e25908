"""One form for statements that create something: their options in any order, without those that hold anyway."""

from __future__ import annotations

from typing import Any

from designer.compare.postgres.names import Node, names, type_node

_GIVING = frozenset({"FUNC_PARAM_OUT", "FUNC_PARAM_INOUT", "FUNC_PARAM_TABLE"})
_FUNCTION_DEFAULTS = {
    "volatility": "volatile", "parallel": "unsafe", "strict": False, "security": False, "leakproof": False,
    "window": False, "cost": "100", "rows": "1000",
}  # fmt: skip


def _parameter(fields: dict[str, Any]) -> Node:
    if fields.get("mode") == "FUNC_PARAM_DEFAULT":
        fields["mode"] = "FUNC_PARAM_IN"
    if "argType" in fields:
        fields["argType"] = _without_length(type_node(fields["argType"]))
    return {"FunctionParameter": fields}


def _without_length(fields: dict[str, Any]) -> dict[str, Any]:
    """The server keeps no lengths for the arguments and results of functions."""
    fields.pop("typmods", None)
    return fields


def _create_function(fields: dict[str, Any]) -> Node:
    """The options of a function in any order, those that say what holds anyway left out."""
    result = _without_length(fields.get("returnType", {}))
    modes = [each["FunctionParameter"].get("mode") for each in fields.get("parameters", ())]
    if not _GIVING.isdisjoint(modes):  # what they give is what is returned, said or not
        fields["returnType"] = {"setof": True} if result.get("setof") else {}
    fields.pop("replace", None)
    fields["funcname"] = names(fields["funcname"])
    options = []
    for each in fields.get("options", ()):
        option = each["DefElem"]
        if option["defname"] not in _FUNCTION_DEFAULTS or _said(option) != _FUNCTION_DEFAULTS[option["defname"]]:
            options.append(each)
    options = _linked(options, fields["funcname"])
    fields["options"] = sorted(options, key=lambda each: (each["DefElem"]["defname"], repr(each)))
    return {"CreateFunctionStmt": fields}


def _linked(options: list[Node], name: list[str]) -> list[Node]:
    """A function in C has its own name in the library, unless it is given another."""
    found = {each["DefElem"]["defname"]: each["DefElem"].get("arg", {}) for each in options}
    place = found.get("as", {})
    if _text(found.get("language", {})) != "c" or len(place.get("Names", ())) != 1:
        return options
    rest = [each for each in options if each["DefElem"]["defname"] != "as"]
    linked = {"defname": "as", "arg": {"Names": [*place["Names"], name[-1]]}, "defaction": "DEFELEM_UNSPEC"}
    return [*rest, {"DefElem": linked}]


def _text(node: Node) -> str:
    return str(node.get("String", {}).get("sval", ""))


def _said(option: dict[str, Any]) -> Any:
    value = option.get("arg", {})
    if "Boolean" in value:
        return value["Boolean"].get("boolval", False)
    if "Integer" in value:
        return str(value["Integer"].get("ival", 0))
    return value.get("String", {}).get("sval") if "String" in value else None


def _create_trigger(fields: dict[str, Any]) -> Node:
    fields.pop("replace", None)
    fields["funcname"] = names(fields["funcname"])
    return {"CreateTrigStmt": fields}


def _view(fields: dict[str, Any]) -> Node:
    return {"ViewStmt": {key: value for key, value in fields.items() if key != "replace"}}


def _objects(fields: dict[str, Any]) -> Node:
    fields.pop("objfuncargs", None)
    if "objargs" in fields:
        fields["objargs"] = [type_node(each["TypeName"]) if "TypeName" in each else each for each in fields["objargs"]]
    return {"ObjectWithArgs": fields}


def _alter_table(fields: dict[str, Any]) -> Node:
    """ONLY says nothing where the change is one that children do not take over."""
    fields["relation"].pop("inh", None)
    fields.pop("objtype", None)  # ALTER TABLE does for views and indexes as well
    for each in fields.get("cmds", ()):
        each["AlterTableCmd"] = _command(each["AlterTableCmd"])
    return {"AlterTableStmt": fields}


def _command(command: dict[str, Any]) -> dict[str, Any]:
    """ADD NOT NULL is SET NOT NULL, and SET DEFAULT NULL is DROP DEFAULT; names of NOT NULL are not compared."""
    constraint = command.get("def", {}).get("Constraint", {}) if isinstance(command.get("def"), dict) else {}
    keys = constraint.get("keys", ())
    if command["subtype"] == "AT_ColumnDefault" and command.get("def", {}).get("Const", {}).get("bare") == "null":
        return {name: value for name, value in command.items() if name != "def"}
    if constraint.get("contype") != "CONSTR_NOTNULL" or len(keys) != 1 or constraint.get("skip_validation"):
        return command
    return {"subtype": "AT_SetNotNull", "name": keys[0]["String"]["sval"], "behavior": "DROP_RESTRICT"}


def _cluster(fields: dict[str, Any]) -> Node:
    """What stays of CLUSTER is the index that it names."""
    if "indexname" not in fields:
        return {"ClusterStmt": fields}
    command = {"subtype": "AT_ClusterOn", "name": fields["indexname"], "behavior": "DROP_RESTRICT"}
    return _alter_table({"relation": fields["relation"], "cmds": [{"AlterTableCmd": command}]})


def _create_range(fields: dict[str, Any]) -> Node:
    """The multirange type has the name that the server gives to it, unless somebody gave another."""
    own = [each for each in fields["params"] if each["DefElem"]["defname"] != "multirange_type_name"]
    fields["params"] = sorted(own, key=repr)
    return {"CreateRangeStmt": fields}


def _create_rule(fields: dict[str, Any]) -> Node:
    fields.pop("replace", None)
    return {"RuleStmt": fields}


_WORDS = {"procedure": "function", "sfunc1": "sfunc", "stype1": "stype", "initcond1": "initcond"}
"""Older words for what is said in a definition."""


def _define(fields: dict[str, Any]) -> Node:
    """The options of an aggregate, operator, collation or type in any order, all by their names of today."""
    fields.pop("replace", None)
    said = [each["DefElem"] for each in fields.get("definition", ())]
    for each in said:
        each["defname"] = _WORDS.get(each["defname"], each["defname"])
    if fields.pop("oldstyle", False):
        fields["args"] = _old_arguments(said)
        said = [each for each in said if each["defname"] != "basetype"]
    kind = fields.get("kind", "")
    usual = _USUAL_OF_TYPES if kind == "OBJECT_TYPE" else {}
    said = [_word(each) if kind == "OBJECT_TSDICTIONARY" or each["defname"] in usual else each for each in said]
    said = [each for each in said if usual.get(each["defname"]) != _text(each.get("arg", {})).lower()]
    fields["definition"] = sorted(({"DefElem": each} for each in said), key=repr)
    return {"DefineStmt": fields}


_USUAL_OF_TYPES = {
    "internallength": "variable", "alignment": "int4", "storage": "plain", "delimiter": ",", "category": "u",
    "preferred": "false", "collatable": "false", "passedbyvalue": "false",
}  # fmt: skip


def _word(option: dict[str, Any]) -> dict[str, Any]:
    """Return an option whose value is a word, in quotes or without."""
    names_of = option.get("arg", {}).get("TypeName", {}).get("names")
    return {**option, "arg": {"String": {"sval": names_of[-1]}}} if names_of else option


def _sorted(tag: str, field: str) -> Any:
    """Return a rule for a statement whose list says the same in any order."""

    def rule(fields: dict[str, Any]) -> Node:
        if field in fields:
            fields[field] = sorted(fields[field], key=repr)
        return {tag: fields}

    return rule


def _operator_class(fields: dict[str, Any]) -> Node:
    """The types of an operator class's operators and functions are its own, said or not."""
    both = [{"TypeName": fields["datatype"]}] * 2
    for each in fields.get("items", ()):
        item = each["CreateOpClassItem"]
        called = item.get("name", {})
        if item.get("itemtype") == 1 and called.get("objargs") == both:
            del called["objargs"]
        called.pop("objfuncargs", None)
        if "class_args" in item and item["class_args"] in (both, called.get("objargs")):
            del item["class_args"]
    fields["items"] = sorted(fields.get("items", ()), key=repr)
    return {"CreateOpClassStmt": fields}


def _old_arguments(said: list[dict[str, Any]]) -> list[Node]:
    """Return the arguments that an aggregate's BASETYPE stands for: one, or none where it is ANY."""
    base: Node = next((each.get("arg", {}) for each in said if each["defname"] == "basetype"), {})
    if "TypeName" not in base or base["TypeName"].get("names") in (["any"], ["ANY"]):
        return [{}, _NO_ORDER]
    parameter = {"argType": base["TypeName"], "mode": "FUNC_PARAM_IN"}
    return [{"List": {"items": [{"FunctionParameter": parameter}]}}, _NO_ORDER]


_NO_ORDER = {"Integer": {"ival": -1}}
CREATES: dict[str, Any] = {
    "DefineStmt": _define,
    "AlterTableStmt": _alter_table,
    "ClusterStmt": _cluster,
    "CreateRangeStmt": _create_range,
    "CreateStatsStmt": _sorted("CreateStatsStmt", "stat_types"),
    "CreateForeignServerStmt": _sorted("CreateForeignServerStmt", "options"),
    "CreateFdwStmt": _sorted("CreateFdwStmt", "options"),
    "CreateUserMappingStmt": _sorted("CreateUserMappingStmt", "options"),
    "CreateOpClassStmt": _operator_class,
    "RuleStmt": _create_rule,
    "FunctionParameter": _parameter,
    "CreateFunctionStmt": _create_function,
    "CreateTrigStmt": _create_trigger,
    "ViewStmt": _view,
    "ObjectWithArgs": _objects,
}
