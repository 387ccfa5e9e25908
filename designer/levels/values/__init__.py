"""Which type a column has in the target, and how it is kept to the values of its domain.

`Values` is made once for a physical model: `prepared` adds what domains ask of tables (checks, tables that list the
values), `column` answers for each column, `records` are the types that were made on the way, `rows` fills the tables
that list values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from designer.dialects import features as can
from designer.dialects.base import Dialect
from designer.dialects.logical import raw_type
from designer.levels.contract import Note, Settings
from designer.levels.er import Er, Field, Literal, Ref, Rule, Thing
from designer.levels.marks import derived_id
from designer.levels.naming import Names, Spaces
from designer.levels.values.defaults import default_of
from designer.levels.values.domain_rules import Here, NotSaid, Pieces, condition_of, kind_of_type
from designer.levels.values.field_parts import is_array, keyed, leaves, whole_or_not
from designer.levels.values.lists import Listed, insertion, is_number, kept, lookup, lookup_mark, separated, to_lookup
from designer.levels.values.types import TEXTS, USUAL, Meant, base_of, meant
from designer.schema import (
    Check,
    Column,
    CompositeField,
    CompositeType,
    Design,
    Domain,
    DomainType,
    EnumType,
    Expr,
    Extension,
    Id,
    Record,
    Statement,
    Table,
)

CHECK, TYPE, LOOKUP, DOMAIN = "check", "type", "lookup", "domain"
_LABEL = 63  # bytes of a value of an enumerated type of PostgreSQL
_MOST_VALUES = 65_535


@dataclass(frozen=True, slots=True)
class ColumnType:
    """The type of a column; `counts` says that the database is to count it up, as a serial."""

    raw: str
    logical: str
    type_ref: Id | None = None
    default: Expr | None = None
    counts: bool = False


@dataclass
class _Made:
    """What was made so far, each once for a domain or an attribute."""

    types: dict[str, tuple[Id, str]] = field(default_factory=dict)
    records: dict[Id, Record] = field(default_factory=dict)
    lookups: dict[str, Listed] = field(default_factory=dict)
    notes: dict[tuple[str, str | None, str], Note] = field(default_factory=dict)


class Values:
    """The types of the columns of one physical model. `home` is the schema (or model) that types are made in."""

    def __init__(
        self, design: Design, model: Id, home: Id, settings: Settings, dialect: Dialect, names: Names, spaces: Spaces
    ):
        self.design = design
        self.model = model
        self.home = home
        self.settings = settings
        self.dialect = dialect
        self.names = names
        self.spaces = spaces
        self.keyed: frozenset[str] = frozenset()
        self._made = _Made()

    # What tables are to have

    def prepared(self, er: Er) -> Er:
        """Return the model with the checks of its domains, and with a table for each list that shall have one."""
        self.keyed = keyed(er)
        things = dict(er.things)
        links = dict(er.links)
        rules = list(er.rules)
        for thing in er.things.values():
            for each in self._columns(thing):
                if each.fixed is not None or each.generated:
                    continue  # it holds one value, or that of another column
                listed = self._listed(each)
                if listed is None:
                    rules += self._ruled(thing, each)
                elif (way := self._way(listed, each)) == LOOKUP:
                    things.setdefault(lookup_mark(listed), lookup(listed))
                    self._made.lookups[lookup_mark(listed)] = listed
                    link = to_lookup(thing, each, listed)
                    links[link.mark] = link
                elif way == CHECK:
                    rules.append(self._one_of(thing, each, listed))
            rules += whole_or_not(thing)
        self.keyed |= keyed(Er(things, links))
        return replace(er, things=things, links=links, rules=tuple(rules))

    def _columns(self, thing: Thing) -> Iterator[Field]:
        """Yield the fields of a thing that become columns of one value: parts, where they are flattened."""
        used = {mark for ident in thing.idents for mark in ident.fields}
        for each in thing.fields:
            flat = each.mark in used or self.settings.choice(each.origin, "composite", "composites") == "flatten"
            if each.derived and self.settings.choice(each.origin, "derived") != "stored":
                continue
            if flat or not each.parts:
                yield from leaves((each,))

    def _listed(self, each: Field) -> Listed | None:
        """Return the list of values that a field takes one of, if it does."""
        domain = self._domain(each)
        if domain is not None and domain.values:
            values = tuple(dict.fromkeys(kept(value) for value in domain.values))
            return Listed(domain.id, domain.name, values, self._base(domain, each), domain.order, domain)
        if domain is not None or not (inline := meant(each.type, self.dialect).listed) or not each.origin:
            return None
        return Listed(each.origin, each.words, tuple(map(kept, inline)), USUAL, each.order, each.source)

    def _domain(self, each: Field) -> Domain | None:
        found = self.design.get(each.domain) if each.domain else None
        return found if isinstance(found, Domain) else None

    def _base(self, domain: Domain, each: Field) -> str:
        """Return the type of the values of a domain: its own, or that of the attribute."""
        written = domain.type.strip() or each.type.strip()
        return written.removesuffix("[]").strip()

    def _way(self, listed: Listed, each: Field) -> str:
        """Return how a list is kept: check, type or lookup; empty where nothing can."""
        wanted = self.settings.choice(listed.id, "enum", "enums")
        if is_array(each):
            self._note(
                "list-not-checked", listed.id, f"{listed.words}: the values in the list {each.words} are not checked"
            )
            return ""
        if wanted == TYPE and (why := self._no_type(listed)):
            self._note("enum-as-check", listed.id, f"{listed.words} becomes a check: {why}")
            return CHECK
        return wanted

    def _no_type(self, listed: Listed) -> str:
        """Say why a list cannot be an enumerated type; empty if it can."""
        if not (self.dialect.supports(can.ENUM_TYPES) or self.dialect.supports(can.INLINE_ENUMS)):
            return f"{self.dialect.title} has no enumerated types"
        if kind_of_type(self._type_of(listed).logical) not in ("text", "other"):
            return "its values are no texts"
        if self.dialect.supports(can.ENUM_TYPES):
            long = next((value for value in listed.values if len(value.encode()) > _LABEL), "")
            return f"{long[:20]}… is longer than {_LABEL} bytes" if long else ""
        if any(not value or value != value.rstrip(" ") for value in listed.values):
            return f"{self.dialect.title} takes no empty value and no space at the end of one"
        alike = len({value.casefold() for value in listed.values}) < len(listed.values)
        return (
            f"{self.dialect.title} does not tell its values apart" if alike or len(listed.values) > _MOST_VALUES else ""
        )

    def _type_of(self, listed: Listed) -> Meant:
        """Return the type that holds all values: the one that was said, or text where they are no values of that."""
        in_key = self.settings.choice(listed.id, "enum", "enums") == LOOKUP
        said = meant(listed.type or USUAL, self.dialect, keyed=in_key)
        longest = max(map(len, listed.values), default=1)
        element = base_of(said.logical)
        if kind_of_type(said.logical) == "number" and all(map(is_number, listed.values)):
            return replace(said, counts=False)
        if element not in TEXTS:
            return Meant(f"string({max(longest, 255)})")
        length = said.logical[len(element) + 1 : -1]
        if length.isdigit() and int(length) < longest:
            text = (
                f"has values of up to {longest} letters, for which {said.logical} is too short; it is string({longest})"
            )
            return Meant(f"string({longest})", remarks=(("value-too-long", text),))
        return said

    def _one_of(self, thing: Thing, each: Field, listed: Listed) -> Rule:
        kind = kind_of_type(self._type_of(listed).logical)
        values = [value if kind == "number" else Literal(value) for value in listed.values]
        parts = (Ref(each.mark), " IN (", *separated(values), ")")
        return Rule(f"{each.mark}:values", thing.mark, each.words, parts, listed.id)

    def _ruled(self, thing: Thing, each: Field) -> Iterator[Rule]:
        """Yield the check that the rule of a domain asks for on each of its columns."""
        domain = self._domain(each)
        if domain is None or not domain.rule.strip():
            return
        way = self.settings.choice(domain.id, "domain", "domains")
        own = way == DOMAIN and self.dialect.supports(can.DOMAINS)
        if way == TYPE or own:
            return
        if is_array(each):
            self._note(
                "list-not-checked", domain.id, f"{domain.name}: the values in the list {each.words} are not checked"
            )
            return
        pieces = self._condition(domain, each)
        if pieces:
            parts = tuple(Ref(each.mark) if isinstance(piece, Here) else piece for piece in pieces)
            yield Rule(f"{each.mark}:rule", thing.mark, each.words, parts, domain.id)

    def _condition(self, domain: Domain, each: Field) -> Pieces:
        """Return the condition of a domain; empty, with a note, where it cannot be said."""
        logical = meant(self._base(domain, each), self.dialect, keyed=each.mark in self.keyed).logical
        try:
            return condition_of(domain.rule, domain.name, logical, self.dialect)
        except NotSaid as problem:
            shown = " ".join(domain.rule.split())[:60]
            self._note(
                "rule-not-checked", domain.id, f"the rule of {domain.name} ({shown}) becomes no check: it {problem}"
            )
            return ()

    # Tables that list values

    def rows(self, tables: Mapping[str, Table], columns: Mapping[str, Column]) -> Iterator[Statement]:
        """Yield the statements that fill the tables that list values, by the marks of things and of fields."""
        for mark, listed in self._made.lookups.items():
            if mark not in tables or not listed.values:
                continue
            text = f"the rows of {tables[mark].name} come in after the tables are made; no migration adds later ones"
            self._note("lookup-rows", listed.id, text)
            yield Statement(
                id=derived_id(self.model, "statement", mark), parent=tables[mark].id, origin=listed.id, order="V",
                text=insertion(
                    tables[mark], columns[f"{mark}:code"], self._literals(listed), self._prefix(), self.dialect
                ),
                dialect=self.dialect.name,
                reason="the values of a list",
            )  # fmt: skip

    def _literals(self, listed: Listed) -> tuple[str, ...]:
        if kind_of_type(self._type_of(listed).logical) == "number":
            return listed.values
        return tuple(map(self.dialect.literal, listed.values))

    # Types of columns

    def column(self, each: Field) -> ColumnType:
        """Return the type of the column of a field."""
        made = self._typed(each)
        value = each.fixed if each.fixed is not None else each.default
        if value is None:
            return made
        default = default_of(value, made.logical, made.raw, self.dialect)
        if default is None:
            self._note(
                "default-not-said", each.origin, f"{each.words} has no default: {value[:40]} is no {made.logical}"
            )
        return replace(made, default=default)

    def plain(self, logical: str) -> ColumnType:
        """Return the type of a column that no attribute stands for: a key of its own."""
        return self._plain("", None, Meant(logical))

    def _typed(self, each: Field) -> ColumnType:
        if each.parts:
            return self._composite(each)
        if each.domain is None and not is_array(each) and not self._made.lookups:
            said = meant(each.type, self.dialect, keyed=each.mark in self.keyed)
            if not said.listed:
                return self._plain(each.words, each.origin, said)
        own = self._made.lookups.get(each.mark.removesuffix(":code"))
        listed = own if own and each.mark.endswith(":code") else self._listed(each)
        if listed is not None:
            return self._of_list(each, listed)
        domain = self._domain(each)
        written = each.type if domain is None else self._base(domain, each) + ("[]" if is_array(each) else "")
        way = self.settings.choice(domain.id, "domain", "domains") if domain else ""
        if domain is not None and way == DOMAIN and domain.type.strip() and self.dialect.supports(can.DOMAINS):
            return self._array_of(self._domain_type(domain, each), each)
        if domain is not None and way == DOMAIN and not self.dialect.supports(can.DOMAINS):
            self._note(
                "no-domains",
                domain.id,
                f"{self.dialect.title} has no domains; {domain.name} becomes its type with a check",
            )
        if is_array(each) and not written.endswith("]"):
            written = f"{written or USUAL}[]"
        return self._plain(each.words, each.origin, meant(written, self.dialect, keyed=each.mark in self.keyed))

    def _plain(self, words: str, about: Id | None, said: Meant) -> ColumnType:
        if (usual := _usual(said, self.dialect)) is not None:
            return usual
        for code, text in said.remarks:
            self._note(code, about, f"{words} {text}")
        raw, note = raw_type(said.logical, self.dialect)
        if note:
            self._note("type-changed", None, note)
        if base_of(said.logical.rstrip("[]")) == "vector" and self.dialect.supports(can.EXTENSIONS):
            extension = Extension(id=derived_id(self.model, "extension", "vector"), parent=self.model, name="vector")
            self._made.records[extension.id] = extension
        return ColumnType(raw, said.logical, counts=said.counts)

    def _of_list(self, each: Field, listed: Listed) -> ColumnType:
        way = self._way(listed, each) if not each.mark.endswith(":code") else LOOKUP
        said = self._type_of(listed)
        if is_array(each):
            said = Meant(f"{said.logical}[]")
        if way != TYPE:
            return self._plain(each.words, listed.id, said)
        if self.dialect.supports(can.ENUM_TYPES):
            return self._enum_type(listed)
        raw = f"enum({','.join(map(self.dialect.literal, listed.values))})"
        return ColumnType(raw, raw)

    def _enum_type(self, listed: Listed) -> ColumnType:
        def made(name: str, made_id: Id) -> list[Record]:
            about = listed.source if isinstance(listed.source, Domain) else None
            own = EnumType(
                id=made_id, parent=self.home, name=name, values=listed.values, origin=listed.id,
                comment=about.comment if about else "", order=listed.order,
            )  # fmt: skip
            return [own]

        return self._named("enum_type", listed.id, listed.words, made)

    def _domain_type(self, domain: Domain, each: Field) -> ColumnType:
        base = self._plain(domain.name, domain.id, replace(meant(domain.type, self.dialect), counts=False))

        def made(name: str, made_id: Id) -> list[Record]:
            own = DomainType(
                id=made_id, parent=self.home, name=name, type=base.raw, origin=domain.id, order=domain.order,
                comment=domain.comment,
            )  # fmt: skip
            pieces = self._condition(domain, each) if domain.rule.strip() else ()
            return [own, *([self._domain_check(domain, own, pieces)] if pieces else [])]

        return self._named("domain_type", domain.id, domain.name, made)

    def _domain_check(self, domain: Domain, own: DomainType, pieces: Pieces) -> Check:
        text = "".join(
            "VALUE"
            if isinstance(piece, Here)
            else self.dialect.literal(piece.value)
            if isinstance(piece, Literal)
            else piece
            for piece in pieces
        )
        return Check(
            id=derived_id(self.model, "check", domain.id), parent=own.id, name=self.names.check(own.name, "value"),
            expr=Expr(text), origin=domain.id,
        )  # fmt: skip

    def _composite(self, each: Field) -> ColumnType:
        """Return the type of a composite that is not flattened."""
        wanted = self.settings.choice(each.origin, "composite", "composites")
        if wanted != TYPE or not self.dialect.supports(can.COMPOSITE_TYPES):
            if wanted == TYPE:
                self._note(
                    "no-composite-types",
                    each.origin,
                    f"{self.dialect.title} has no composite types; {each.words} is JSON",
                )
            if any(self._listed(part) or self._domain(part) for part in leaves(each.parts)):
                self._note("parts-not-checked", each.origin, f"the values of the parts of {each.words} are not checked")
            return self._plain(each.words, each.origin, Meant("json"))
        parts = tuple(self._part(part) for part in each.parts)

        def made(name: str, made_id: Id) -> list[Record]:
            return [CompositeType(id=made_id, parent=self.home, name=name, fields=_apart(parts), origin=each.origin)]

        return self._array_of(self._named("composite_type", each.mark, each.words, made), each)

    def _part(self, part: Field) -> CompositeField:
        inner = self._composite_part(part)
        return CompositeField(name=self.names.column(part.words), type=inner.raw)

    def _composite_part(self, part: Field) -> ColumnType:
        return self._composite(part) if part.parts else replace(self._typed(part), default=None)

    def _named(self, role: str, about: str, words: str, made: Callable[[str, Id], list[Record]]) -> ColumnType:
        """Return a column of a type with a name, which is made when it is asked for the first time."""
        if about not in self._made.types:
            name = self.spaces.claim("type", about, self.names.type(words or role), schema=self.home)
            made_id = derived_id(self.model, role, about)
            self._made.types[about] = (made_id, name)
            for record in made(name, made_id):
                self._made.records[record.id] = record
        own, name = self._made.types[about]
        raw = self._prefix() + self.dialect.quote_type(name)
        return ColumnType(raw, f"other({raw})", own)

    def _array_of(self, made: ColumnType, each: Field) -> ColumnType:
        return replace(made, raw=f"{made.raw}[]", logical=f"{made.logical}[]") if is_array(each) else made

    def _prefix(self) -> str:
        schema = self.settings.option("schema")
        named = self.dialect.supports(can.SCHEMAS) and schema not in ("", self.dialect.default_schema)
        return f"{self.dialect.quote(schema)}." if named else ""

    # What was made

    def records(self) -> tuple[Record, ...]:
        """Return the types and extensions that columns have asked for."""
        return tuple(self._made.records.values())

    @property
    def notes(self) -> tuple[Note, ...]:
        """What the target cannot keep, each thing once."""
        return tuple(self._made.notes.values())

    def _note(self, code: str, about: Id | None, text: str) -> None:
        self._made.notes.setdefault((code, about, text), Note(code, about, text))


@lru_cache(maxsize=2_048)
def _usual(said: Meant, dialect: Dialect) -> ColumnType | None:
    """Return the type of a column of which there is nothing to say."""
    raw, note = raw_type(said.logical, dialect)
    special = note or said.remarks or base_of(said.logical.rstrip("[]")) == "vector"
    return None if special else ColumnType(raw, said.logical, counts=said.counts)


def _apart(fields: Sequence[CompositeField]) -> tuple[CompositeField, ...]:
    """Return fields with names that differ: the second `no` is `no_2`."""
    seen: dict[str, int] = {}
    named: list[CompositeField] = []
    for each in fields:
        seen[each.name] = seen.get(each.name, 0) + 1
        again = seen[each.name]
        named.append(each if again == 1 else CompositeField(name=f"{each.name}_{again}", type=each.type))
    return tuple(named)
