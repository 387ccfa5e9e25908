"""Privileges: many statements may say what few do, so they are taken apart into single grants."""

from __future__ import annotations

from typing import Any

from designer.compare.postgres.parse import Unreadable, statement
from designer.compare.side import Path, Side
from designer.compare.thing import Thing
from designer.compare.value import Plain
from designer.schema import Id, Sequence, Statement, Table, View

_ALL = {
    "OBJECT_TABLE": ("delete", "insert", "maintain", "references", "select", "trigger", "truncate", "update"),
    "OBJECT_SEQUENCE": ("select", "update", "usage"),
    "OBJECT_SCHEMA": ("create", "usage"),
    "OBJECT_DATABASE": ("connect", "create", "temporary"),
}
_COLUMN = ("insert", "references", "select", "update")


class Privileges:
    """What the GRANT and REVOKE statements of a side amount to."""

    def __init__(self, side: Side):
        self.side = side
        self.granted: dict[tuple[str, ...], Id] = {}
        self.revoked: dict[tuple[str, ...], Id] = {}

    def takes(self, record: Statement) -> bool:
        """Take a statement in if it grants or revokes on objects of PostgreSQL, and say whether it did."""
        if self.side.dialect.name != "postgresql" or record.phase == "never":
            return False
        words = record.text.text[:10].lstrip().upper()
        if not words.startswith(("GRANT", "REVOKE")):
            return False
        try:
            tree = statement(self.side.plain(record.text))
        except Unreadable:
            return False
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
        home = record.extra.get("search_path", "").partition(",")[0].strip(' "') or self.side.dialect.default_schema
        for atom in _atoms(found, homes, home):
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

    def _set(self, atom: tuple[str, ...], is_grant: bool, about: Id) -> None:
        into, out_of = (self.granted, self.revoked) if is_grant else (self.revoked, self.granted)
        known = out_of.pop(atom, None)
        if is_grant or known is None:
            into[atom] = about

    def things(self) -> list[Thing]:
        """Return one object for each privilege that is granted, and each that is taken away without having been."""
        given = [_thing("grant", atom, about) for atom, about in self.granted.items()]
        return given + [_thing("revoke", atom, about) for atom, about in self.revoked.items()]


def _thing(kind: str, atom: tuple[str, ...], about: Id) -> Thing:
    privilege, object_kind, name, grantee, option = atom
    label = f"of {privilege} on {object_kind} {name} {'to' if kind == 'grant' else 'from'} {grantee}"
    thing = Thing(kind, (object_kind, name, grantee), privilege, label, about, {})
    thing.fields["WITH GRANT OPTION"] = Plain(bool(option))
    return thing


def _atoms(grant: dict[str, Any], homes: dict[str, Path], home: str) -> list[tuple[str, ...]]:
    kind = grant.get("objtype", "")
    grantees = [_role(each["RoleSpec"]) for each in grant.get("grantees", ())]
    option = "option" if grant.get("grant_option") and grant.get("is_grant") else ""
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
        types = ", ".join(each.get("names", ["*"])[-1] for each in fields.get("objargs", ()))
        return f"{fields['objname'][-1]}({types})"
    return ".".join(fields if tag == "Names" else ())


def _role(fields: dict[str, Any]) -> str:
    return str(fields.get("rolename") or fields.get("roletype", "").removeprefix("ROLESPEC_").lower())
