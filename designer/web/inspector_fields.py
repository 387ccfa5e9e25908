"""Which fields of each kind of record the inspector shows, and how a value stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from designer.commands.foreign_keys import ACTIONS
from designer.dialects.base import Dialect
from designer.dialects.registry import DIALECTS
from designer.dialects.registry import get as dialect_of
from designer.layout.notations import NOTATIONS
from designer.schema import Attribute, CompositeField, Design, Domain, Expr, Record, kind_of
from designer.schema.base import CLASSIFICATIONS
from designer.schema.expressions import render
from designer.web.parts_text import names_text, parts_text

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Spec:
    """One field: its name in the record, its label, and the widget that shows it."""

    name: str
    label: str
    widget: str = "text"
    choices: Choices = ()
    hint: str = ""


def _choices(*words: str, none: str = "") -> Choices:
    return tuple((word, word or none or "–") for word in words)


NAME = Spec("name", "Name")
COMMENT = Spec("comment", "Comment", "area")
DEFINITION = Spec("comment", "Definition", "area")
DEFERRABLE = (Spec("deferrable", "Deferrable", "check"), Spec("deferred", "Initially deferred", "check"))
IDENTITIES = _choices("", "always", "by default", "auto_increment", "autoincrement", none="none")
ON_EVENT = _choices(*ACTIONS, none="no action")

FIELDS: dict[str, tuple[Spec, ...]] = {
    "model": (
        NAME,
        Spec("target", "Database", "choice", (("", "none"), *((name, dialect_of(name).title) for name in DIALECTS))),
        Spec("version", "Version"),
        COMMENT,
    ),
    "schema": (NAME, COMMENT),
    "table": (
        COMMENT,
        Spec("persistence", "Persistence", "choice", _choices("", "unlogged", "temporary", none="ordinary")),
        Spec("options", "Storage options", "mono"),
        Spec("tablespace", "Tablespace"),
        Spec("row_security", "Row level security", "check"),
        Spec("force_row_security", "Also for the owner", "check"),
    ),
    "column": (
        Spec("default", "Default", "mono", hint="0, 'new', now()"),
        Spec("identity", "Identity", "choice", IDENTITIES),
        Spec("identity_options", "Identity options", "mono"),
        Spec("generated", "Generated from", "mono"),
        Spec("generated_kind", "Generated", "choice", _choices("", "stored", "virtual", none="no")),
        Spec("collation", "Collation", "mono"),
        Spec("on_update", "On update", "mono"),
        COMMENT,
    ),
    "key": (
        NAME,
        Spec("columns", "Columns, in order", "columns"),
        Spec("include", "Included columns", "columns"),
        Spec("nulls_not_distinct", "Nulls are not distinct", "check"),
        *DEFERRABLE,
        COMMENT,
    ),
    "foreign_key": (
        NAME,
        Spec("on_delete", "On delete", "choice", ON_EVENT),
        Spec("on_update", "On update", "choice", ON_EVENT),
        Spec("match", "Match", "choice", _choices("", "full", none="simple")),
        *DEFERRABLE,
        Spec("not_valid", "Not valid", "check"),
        Spec("not_enforced", "Not enforced", "check"),
        COMMENT,
    ),
    "index": (
        NAME,
        Spec("parts", "Columns and expressions", "parts:classes", hint="lower(email), created_at DESC"),
        Spec("unique", "Unique", "check"),
        Spec("nulls_not_distinct", "Nulls are not distinct", "check"),
        Spec("method", "Method", "list:methods"),
        Spec("where", "Only rows where", "mono"),
        Spec("include", "Included columns", "columns"),
        Spec("options", "Options", "mono:options"),
        Spec("tablespace", "Tablespace"),
        COMMENT,
    ),
    "check": (
        NAME,
        Spec("expr", "Condition", "code"),
        Spec("no_inherit", "Not inherited", "check"),
        Spec("not_valid", "Not valid", "check"),
        Spec("not_enforced", "Not enforced", "check"),
        COMMENT,
    ),
    "exclusion": (
        NAME,
        Spec("parts", "Columns with operators", "parts", hint="room WITH =, during WITH &&"),
        Spec("method", "Method", "list:methods"),
        Spec("where", "Only rows where", "mono"),
        *DEFERRABLE,
        COMMENT,
    ),
    "enum_type": (NAME, Spec("values", "Values, one a line, in their order", "lines"), COMMENT),
    "domain_type": (
        NAME,
        Spec("type", "Type", "list:types"),
        Spec("nullable", "May be null", "check"),
        Spec("default", "Default", "mono"),
        Spec("collation", "Collation", "mono"),
        COMMENT,
    ),
    "composite_type": (NAME, Spec("fields", "Fields, one a line: name type", "composite"), COMMENT),
    "sequence": (
        NAME,
        Spec("type", "Type", "list:types"),
        Spec("start", "Start", "number"),
        Spec("increment", "Increment", "number"),
        Spec("minimum", "Minimum", "number"),
        Spec("maximum", "Maximum", "number"),
        Spec("cache", "Cache", "number"),
        Spec("cycle", "Starts again at the end", "check"),
        COMMENT,
    ),
    "view": (
        NAME,
        Spec("query", "Query", "code"),
        Spec("columns", "Column names, one a line", "lines"),
        Spec("materialized", "Materialized", "check"),
        Spec("with_data", "Filled when created", "check"),
        Spec("check_option", "Check option", "choice", _choices("", "local", "cascaded", none="none")),
        Spec("options", "Options", "mono"),
        COMMENT,
    ),
    "routine": (
        NAME,
        Spec("routine_kind", "Kind", "choice", _choices("function", "procedure", "aggregate")),
        Spec("signature", "Argument types", "mono"),
        Spec("text", "Whole statement", "code"),
        COMMENT,
    ),
    "trigger": (
        NAME,
        Spec("text", "Whole statement", "code"),
        Spec("enabled", "Fires", "choice", _choices("", "disabled", "replica", "always", none="normally")),
        COMMENT,
    ),
    "policy": (
        NAME,
        Spec("command", "For", "choice", _choices("", "select", "insert", "update", "delete", none="all")),
        Spec("restrictive", "Restrictive", "check"),
        Spec("roles", "Roles, one a line; none is PUBLIC", "lines"),
        Spec("using", "Using", "code"),
        Spec("with_check", "With check", "code"),
        COMMENT,
    ),
    "partitioning": (
        Spec("strategy", "Strategy", "choice", _choices("", "range", "list", "hash", "key")),
        Spec("parts", "Partition key", "parts"),
        Spec("text", "Partition definitions", "code"),
    ),
    "extension": (NAME, Spec("schema", "Schema"), Spec("version", "Version"), COMMENT),
    "publication": (NAME, Spec("text", "Whole statement", "code"), COMMENT),
    "statement": (
        Spec("text", "Statement, kept word for word", "code"),
        Spec("phase", "Written", "choice", (("before", "before everything else"), ("after", "after everything else"))),
        Spec("reason", "Why it was kept"),
        COMMENT,
    ),
    "diagram": (
        NAME,
        Spec("notation", "Notation", "choice", tuple((each.name, each.title) for each in NOTATIONS)),
        Spec("detail", "Shows", "choice", (("all", "all columns"), ("keys", "keys only"), ("names", "names only"))),
        COMMENT,
    ),
    "area": (NAME, Spec("colour", "Colour", "choice", _choices("", *"123456", none="standard")), COMMENT),
    "note": (Spec("text", "Text", "area"),),
    "entity": (NAME, Spec("nature", "Nature", "choice", _choices("strong", "weak", "associative")), DEFINITION),
    "attribute": (
        NAME,
        Spec("type", "Type or domain", "list:logical"),
        Spec("optional", "Optional", "check"),
        Spec("multivalued", "Multivalued", "check"),
        Spec("derived", "Derived", "check"),
        Spec("sample", "Sample value"),
        DEFINITION,
    ),
    "identifier": (NAME, Spec("primary", "Primary", "check"), COMMENT),
    "relationship": (NAME, DEFINITION),
    "generalization": (NAME, Spec("disjoint", "Disjoint", "check"), Spec("total", "Total", "check"), COMMENT),
    "arc": (NAME, Spec("mandatory", "Each has exactly one of them", "check"), COMMENT),
    "business_rule": (Spec("comment", "Rule, as a sentence", "area"), Spec("name", "Short name")),
    "dependency": (
        Spec("state", "State", "choice", _choices("proposed", "confirmed", "refuted", "waived")),
        Spec("reason", "Reason", "area"),
    ),
    "domain": (
        NAME, Spec("type", "Type", "list:logical"), Spec("values", "Values, one a line", "lines"), Spec("rule", "Rule"),
        COMMENT,
    ),
    "term": (NAME, Spec("synonyms", "Synonyms, one a line", "lines"), Spec("comment", "Definition", "area")),
    "access_pattern": (
        NAME,
        Spec("actor", "Who"),
        Spec("operation", "Does", "choice", _choices("read", "insert", "update", "delete")),
        Spec("frequency", "How often", hint="every minute, 200 a day"),
        COMMENT,
    ),
}  # fmt: skip

COLUMN_LINE = {
    "name": NAME,
    "type": Spec("type", "Type", "list:types"),
    "nullable": Spec("nullable", "May be null", "check"),
}
"""The fields of a column that stand in the table's list itself."""

GOVERNANCE = (
    Spec("owner", "Owner"),
    Spec("classification", "Classification", "choice", _choices(*CLASSIFICATIONS, none="not said")),
    Spec("pii", "Personal data", "list:pii", hint="email, name, address, …"),
    Spec("retention", "Kept for"),
    Spec("tags", "Tags, separated by commas", "tags"),
)


@dataclass(slots=True)
class Field:
    """A field as the template draws it."""

    spec: Spec
    record: str
    value: Any
    error: str = ""
    id: str = field(init=False)

    def __post_init__(self) -> None:
        self.id = f"f-{self.record}-{self.spec.name}"

    @property
    def widget(self) -> str:
        """The widget without its argument."""
        return self.spec.widget.partition(":")[0]

    @property
    def datalist(self) -> str:
        """The id of the list of suggestions, if the widget has one."""
        return self.spec.widget.partition(":")[2]

    @property
    def rows(self) -> int:
        """How many lines a text needs, within reason."""
        return min(16, max(2, str(self.value).count("\n") + 1))


@dataclass(frozen=True, slots=True)
class Mistake:
    """What somebody typed that was refused, and why; it is shown again beside the sentence."""

    record: str
    field: str
    value: str
    message: str


def spec_of(kind: str, name: str) -> Spec | None:
    """Return the field of a kind by name, or None where the inspector has no such field."""
    extra = {"column": COLUMN_LINE.values(), "table": (NAME,)}
    return next((s for s in (*FIELDS.get(kind, ()), *GOVERNANCE, *extra.get(kind, ())) if s.name == name), None)


def fields_of(design: Design, record: Record, dialect: Dialect, mistake: Mistake | None = None) -> list[Field]:
    """Return the fields of a record with their values."""
    return [field_of(design, record, spec, dialect, mistake) for spec in FIELDS.get(kind_of(record), ())]


def governance_of(design: Design, record: Record, dialect: Dialect, mistake: Mistake | None = None) -> list[Field]:
    """Return the governance fields of a record with their values."""
    return [field_of(design, record, spec, dialect, mistake) for spec in GOVERNANCE]


def field_of(design: Design, record: Record, spec: Spec, dialect: Dialect, mistake: Mistake | None) -> Field:
    """Return one field; where a mistake is about it, with what was typed and the sentence."""
    if mistake and (mistake.record, mistake.field) == (record.id, spec.name):
        return Field(spec, record.id, mistake.value, mistake.message)
    domain = design.get(record.domain or "") if isinstance(record, Attribute) and spec.name == "type" else None
    value = domain.name if isinstance(domain, Domain) else getattr(record, spec.name)
    return Field(spec, record.id, shown(design, value, spec, dialect))


def shown(design: Design, value: Any, spec: Spec, dialect: Dialect) -> Any:
    """Return a value as its widget shows it."""
    if spec.widget == "columns":
        return names_text(design, value, dialect)
    if spec.widget.partition(":")[0] == "parts":
        return parts_text(design, value, dialect)
    if spec.widget == "tags":
        return ", ".join(value)
    if isinstance(value, Expr):
        return render(value, design, dialect.quote, dialect.unquote)
    if isinstance(value, tuple):
        return "\n".join(
            f"{each.name} {each.type}" if isinstance(each, CompositeField) else str(each) for each in value
        )
    return "" if value is None else value


def dialect_for(design: Design, record: Record) -> Dialect:
    """Return the dialect of the model that a record belongs to; PostgreSQL where it has none."""
    model = design.model_of(record)
    return dialect_of(model.target) if model is not None and model.target in DIALECTS else dialect_of("postgresql")
