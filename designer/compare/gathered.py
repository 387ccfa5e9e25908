"""What several statements say about one object: publications, and what text search does with words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from designer.compare.postgres.parse import UNFORESEEN, Unreadable, statement
from designer.compare.side import Side
from designer.compare.thing import Thing
from designer.compare.value import Plain
from designer.schema import Id, Publication, Statement

_WORDS = ("asciihword", "asciiword", "hword", "hword_asciipart", "hword_part", "word")
_TOKENS = (*_WORDS, "email", "file", "float", "host", "hword_numpart", "int", "numhword", "numword", "sfloat", "uint",
           "url", "url_path", "version")  # fmt: skip
_WORDS_OF = {"on": "true", "1": "true", "off": "false", "0": "false"}
_USUAL = {("publish_via_partition_root", "false"), ("publish_generated_columns", "none")}
_ASCII = frozenset({"asciihword", "asciiword", "hword_asciipart"})


class Gathered:
    """The publications and text search configurations of a side, each put together from its statements."""

    def __init__(self, side: Side):
        self.side = side
        self.publications: dict[str, Thing] = {}
        self.published: dict[str, dict[str, str]] = {}
        self.options: dict[str, dict[str, str]] = {}
        self.configurations: dict[str, Thing] = {}
        self.mappings: dict[str, dict[str, tuple[str, ...]]] = {}

    def takes(self, record: Statement | Publication) -> bool:
        """Take a statement in if it is about such an object, and say whether it did."""
        if self.side.dialect.name != "postgresql" or not _may_be(record.text.text):
            return False
        try:
            ((kind, fields),) = statement(self.side.plain(record.text).rstrip().rstrip(";")).items()
            taker = _TAKERS.get(kind)
            return bool(taker and taker(self, fields, record.id))
        except (Unreadable, *UNFORESEEN):
            return False

    def things(self) -> list[Thing]:
        """Return one object for each."""
        for name, thing in self.publications.items():
            said = sorted(f"{table}{more}" for table, more in self.published[name].items())
            thing.fields["publishes"] = Plain(tuple(said))
        for name, thing in self.configurations.items():
            said = sorted(f"{token}: {', '.join(words)}" for token, words in self.mappings[name].items())
            thing.fields["mapping"] = Plain(tuple(said))
        return [*self.publications.values(), *self.configurations.values()]

    def create_publication(self, fields: dict[str, Any], about: Id) -> bool:
        """Take CREATE PUBLICATION. What it publishes unless said otherwise is everything."""
        name = fields["pubname"]
        thing = self.publications[name] = Thing("publication", (), name, name, about)
        self.options[name] = {"publish": "insert, update, delete, truncate"}
        self._set(thing, fields.get("options", ()))
        thing.fields["all tables"] = Plain(bool(fields.get("for_all_tables")))
        self.published[name] = {}
        return self.publish(fields, about)

    def _set(self, thing: Thing, options: Sequence[Any]) -> None:
        said = self.options[thing.name]
        for each in (option["DefElem"] for option in options):
            said[each["defname"]] = _text(each["arg"]).lower() if "arg" in each else "true"
        rest = {(name, _WORDS_OF.get(value, value)) for name, value in said.items() if name != "publish"}
        thing.fields["operations"] = Plain(frozenset(said["publish"].replace(" ", "").split(",")))
        thing.fields["options"] = Plain(frozenset(rest - _USUAL))

    def publish(self, fields: dict[str, Any], about: Id) -> bool:
        """Take what a publication publishes, from CREATE or ALTER."""
        published = self.published.get(fields["pubname"])
        if published is None or fields.get("action", "AP_AddObjects") != "AP_AddObjects":
            return False
        if "action" in fields and "options" in fields:  # ALTER PUBLICATION … SET (…)
            self._set(self.publications[fields["pubname"]], fields["options"])
        for each in fields.get("pubobjects", ()):
            spec = each["PublicationObjSpec"]
            table = spec.get("pubtable")
            if table is None:
                published[f"all of {spec.get('name', 'the current schema')}"] = ""
                continue
            columns = sorted(column["String"]["sval"] for column in table.get("columns", ()))
            where = " where" if "whereClause" in table else ""
            published[table["relation"]["relname"]] = (f" ({', '.join(columns)})" if columns else "") + where
        return True

    def define(self, fields: dict[str, Any], about: Id) -> bool:
        """Take CREATE TEXT SEARCH CONFIGURATION. One that is copied from a built-in one has the mapping of that."""
        if fields.get("kind") != "OBJECT_TSCONFIGURATION":
            return False
        name = fields["defnames"][-1]
        self.configurations[name] = Thing("text search configuration", (), name, ".".join(fields["defnames"]), about)
        copied = [each["DefElem"]["arg"] for each in fields["definition"] if each["DefElem"]["defname"] == "copy"]
        self.mappings[name] = built_in_mapping(copied[0]["TypeName"]["names"][-1]) if copied else {}
        return True

    def map(self, fields: dict[str, Any], about: Id) -> bool:
        """Take ALTER TEXT SEARCH CONFIGURATION."""
        mapping = self.mappings.get(fields["cfgname"][-1])
        if mapping is None or fields.get("replace"):
            return False
        self.configurations[fields["cfgname"][-1]].id = about  # what is refused of it is refused here
        words = tuple(each["Names"][-1] for each in fields.get("dicts", ()))
        for token in (each["String"]["sval"] for each in fields.get("tokentype", ())):
            if words:
                mapping[token] = words
            else:
                mapping.pop(token, None)
        return True


_TAKERS = {
    "CreatePublicationStmt": Gathered.create_publication,
    "AlterPublicationStmt": Gathered.publish,
    "DefineStmt": Gathered.define,
    "AlterTSConfigurationStmt": Gathered.map,
}


def _may_be(text: str) -> bool:
    words = [each.lower() for each in text[:60].split()[:4]]
    return "publication" in words or words[1:] == ["text", "search", "configuration"]


def _text(node: Any) -> str:
    ((_, fields),) = node.items()
    return str(next(iter(fields.values()), ""))


def built_in_mapping(name: str) -> dict[str, tuple[str, ...]]:
    """Return what a built-in configuration does with each token: words are stemmed in its language."""
    found: dict[str, tuple[str, ...]] = dict.fromkeys(_TOKENS, ("simple",))
    if name != "simple":
        found |= dict.fromkeys(_WORDS, (f"{name}_stem",))
        if name in ("russian", "greek", "hindi", "nepali", "serbian", "tamil", "yiddish", "armenian", "arabic"):
            found |= dict.fromkeys(_ASCII, ("english_stem",))
    return found
