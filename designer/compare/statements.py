"""Privileges: many statements may say what few do, so they are taken apart into single grants.

What counts is who may do what in the end. What everybody may do without a word, and what is taken away from those who
never had it, is nothing.
"""

from __future__ import annotations

from itertools import product
from typing import Any

from designer.compare.postgres.kinds import key
from designer.compare.postgres.parse import Unreadable, statement
from designer.compare.side import Path, Side
from designer.compare.thing import Thing
from designer.compare.value import Given, Plain
from designer.schema import Id, Sequence, Statement, Table, View

_ALL = {
    "OBJECT_TABLE": ("delete", "insert", "maintain", "references", "select", "trigger", "truncate", "update"),
    "OBJECT_SEQUENCE": ("select", "update", "usage"),
    "OBJECT_SCHEMA": ("create", "usage"),
    "OBJECT_DATABASE": ("connect", "create", "temporary"),
}
_PUBLIC = {"function": "execute", "language": "usage", "type": "usage", "domain": "usage"}
"""What everybody may do with a new object, by its kind; with the schema `public` that is USAGE."""
_DEFAULTS = {"OBJECT_TABLE": "table", "OBJECT_SEQUENCE": "sequence", "OBJECT_FUNCTION": "function",
             "OBJECT_ROUTINE": "function", "OBJECT_TYPE": "type", "OBJECT_SCHEMA": "schema"}  # fmt: skip
_SAME = {"OBJECT_ROUTINE": "OBJECT_FUNCTION", "OBJECT_PROCEDURE": "OBJECT_FUNCTION"}
_COLUMN = ("insert", "references", "select", "update")


class Privileges:
    """What the GRANT and REVOKE statements of a side amount to."""

    def __init__(self, side: Side):
        self.side = side
        self.granted: dict[tuple[str, ...], Id] = {}
        self.revoked: dict[tuple[str, ...], Id] = {}
        self.by_default: set[tuple[str, str, str]] = set()  # (privilege, kind of object, role)
        self.makers: dict[tuple[str, ...], str] = {}  # whose objects a default privilege is about

    def takes(self, record: Statement) -> bool:
        """Take a statement in if it grants or revokes on objects of PostgreSQL, and say whether it did."""
        if self.side.dialect.name != "postgresql" or record.phase == "never":
            return False
        words = record.text.text[:40].upper().split()
        if words[:1] not in (["GRANT"], ["REVOKE"]) and words[:3] != ["ALTER", "DEFAULT", "PRIVILEGES"]:
            return False
        try:
            tree = statement(self.side.plain(record.text).rstrip().rstrip(";"))
        except Unreadable:
            return False
        if "AlterDefaultPrivilegesStmt" in tree:
            self._note_default(tree["AlterDefaultPrivilegesStmt"], record.id)
            return True
        found = dict(tree.get("GrantStmt", ())) or None
        if found is None or found.get("targtype") not in ("ACL_TARGET_OBJECT", "ACL_TARGET_ALL_IN_SCHEMA"):
            return False
        if found["targtype"] == "ACL_TARGET_ALL_IN_SCHEMA" and not self._spell_out(found):
            return False
        homes = {
            self.side.path_of(use.id)[-1]: self.side.path_of(use.id)
            for use in record.text.uses
            if use.id in self.side.design
        }
        for atom in _atoms(found, homes, self.side.home(record)):
            self._set(atom, bool(found.get("is_grant")), record.id)
        return True

    def _spell_out(self, grant: dict[str, Any]) -> bool:
        """Put the relations of a schema in place of ALL … IN SCHEMA; False for what has no such list."""
        kinds = {"OBJECT_TABLE": (Table, View), "OBJECT_SEQUENCE": (Sequence,)}.get(grant.get("objtype", ""))
        if kinds is None:
            return False
        homes = {each["String"]["sval"] for each in grant.get("objects", ())}
        paths = [self.side.path(each) for kind in kinds for each in self.side.design.of(kind)]
        grant["objects"] = [
            {"RangeVar": {"schemaname": path[0], "relname": path[-1]}} for path in paths if path[0] in homes
        ]
        return True

    def _note_default(self, fields: dict[str, Any], about: Id) -> None:
        """Take ALTER DEFAULT PRIVILEGES; whose objects it is about counts where both sides say it."""
        grant = fields["action"]
        kind = _DEFAULTS.get(grant["objtype"], grant["objtype"])
        said = {each["DefElem"]["defname"]: each["DefElem"]["arg"] for each in fields.get("options", ())}
        makers = [_role(each["RoleSpec"]) for each in said.get("roles", {}).get("List", {}).get("items", ())]
        roles = [_role(each["RoleSpec"]) for each in grant.get("grantees", ())]
        option = "option" if grant.get("grant_option") else ""
        schemas = said.get("schemas", {}).get("Names") or ["every schema"]
        for privilege, schema, role in product(_privileges(grant, grant["objtype"]), schemas, roles):
            atom = (privilege, f"new {kind}s in", schema, role, option)
            if grant.get("is_grant"):
                self.by_default.add((privilege, kind, role))
            self._set(atom, bool(grant.get("is_grant")), about)
            self.makers[atom] = ", ".join(makers)

    def _set(self, atom: tuple[str, ...], is_grant: bool, about: Id) -> None:
        into, out_of = (self.granted, self.revoked) if is_grant else (self.revoked, self.granted)
        had = [(*atom[:-1], option) for option in ("", "option") if out_of.pop((*atom[:-1], option), None)]
        if not is_grant and atom[-1]:  # GRANT OPTION FOR: what was granted stays
            self.granted.update(dict.fromkeys(((*each[:-1], "") for each in had), about))
            return
        if is_grant and atom[-1]:
            self.granted.pop((*atom[:-1], ""), None)
        if is_grant and not atom[-1] and (*atom[:-1], "option") in self.granted:
            return
        if is_grant != _is_anyway(atom):
            into[atom] = about

    def things(self) -> list[Thing]:
        """Return one object for each privilege that is granted, and each that is taken away without having been.

        A single role has nothing to lose unless it owns the object, which is not known here; and what default
        privileges give is written out by the server.
        """
        given = [self._thing("grant", atom, about) for atom, about in self.granted.items()]
        for atom, thing in zip(self.granted, given, strict=True):
            thing.implied = self._is_by_default(atom)
        taken = [self._thing("revoke", atom, about) for atom, about in self.revoked.items()]
        for atom, thing in zip(self.revoked, taken, strict=True):
            privilege, kind, name, role, _ = atom
            had = _is_anyway((privilege, kind, name, role, ""))
            thing.implied = not had or self._is_by_default(atom)
        return given + taken

    def _thing(self, kind: str, atom: tuple[str, ...], about: Id) -> Thing:
        privilege, object_kind, name, grantee, option = atom
        label = f"of {privilege} on {object_kind} {name} {'to' if kind == 'grant' else 'from'} {grantee}"
        thing = Thing(kind, (object_kind, name, grantee), privilege, label, about, {})
        thing.fields["WITH GRANT OPTION"] = Plain(bool(option))
        thing.fields["made by"] = Given(self.makers.get(atom, ""))
        return thing

    def _is_by_default(self, atom: tuple[str, ...]) -> bool:
        privilege, kind, _, role, _ = atom
        return (privilege, kind, role) in self.by_default


def _is_anyway(atom: tuple[str, ...]) -> bool:
    """Say whether everybody may do a thing without a word."""
    privilege, kind, name, role, option = atom
    if role != "public" or option:
        return False
    if kind.startswith("new ") and name == "every schema":
        kind = kind.removeprefix("new ").removesuffix("s in")
    return _PUBLIC.get(kind) == privilege or (kind, name, privilege) == ("schema", "public", "usage")


def _atoms(grant: dict[str, Any], homes: dict[str, Path], home: str) -> list[tuple[str, ...]]:
    kind = _SAME.get(grant.get("objtype", ""), grant.get("objtype", ""))
    grantees = [_role(each["RoleSpec"]) for each in grant.get("grantees", ())]
    option = "option" if grant.get("grant_option") else ""
    return [
        (privilege, kind.removeprefix("OBJECT_").lower(), name, grantee, option)
        for privilege in _privileges(grant, kind)
        for name in (_name(each, homes, home) for each in grant.get("objects", ()))
        for grantee in grantees
    ]


def _privileges(grant: dict[str, Any], kind: str) -> list[str]:
    found: list[str] = []
    for each in grant.get("privileges", ()):
        fields = each["AccessPriv"]
        columns = [column["String"]["sval"] for column in fields.get("cols", ())]
        names = (
            [fields["priv_name"]] if "priv_name" in fields else list(_COLUMN if columns else _ALL.get(kind, ("all",)))
        )
        found += [f"{name} ({column})" for name in names for column in columns] if columns else names
    return found or list(_ALL.get(kind, ("execute" if "FUNCTION" in kind or "ROUTINE" in kind else "usage",)))


def _name(node: Any, homes: dict[str, Path], home: str) -> str:
    ((tag, fields),) = node.items()
    if tag == "RangeVar":
        known = homes.get(fields["relname"], (home, ""))[0]
        return f"{fields.get('schemaname', known)}.{fields['relname']}"
    if tag == "String":
        return str(fields.get("sval", ""))
    if tag == "ObjectWithArgs":
        types = ", ".join(key(each).rpartition(".")[2] or "*" for each in fields.get("objargs", ()))
        *schema, name = fields["objname"]
        return f"{schema[0] if schema else homes.get(name, (home, ''))[0]}.{name}({types})"
    return ".".join(fields if tag == "Names" else ())


def _role(fields: dict[str, Any]) -> str:
    return str(fields.get("rolename") or fields.get("roletype", "").removeprefix("ROLESPEC_").lower())
