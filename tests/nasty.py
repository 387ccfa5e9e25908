"""Names that break things, each with its reason, and designs made of nothing else.

Use `NAMES` for every name that a design may hold, `names_for(...)` for those that a particular server can hold,
and `nasty_design()` for a design in which each is a table, a column, an enum, a constraint, a comment and a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from designer.schema import Column, Design, EnumType, Expr, ForeignKey, Key, Model, Record, Schema, Table, seeded_ids
from designer.schema import order as order_keys
from designer.schema.ids import IdSource


@dataclass(frozen=True)
class Nasty:
    """A name, and what it breaks in a careless program."""

    name: str
    why: str


CORPUS: list[Nasty] = [
    # Quotes and the ends of strings
    Nasty('say "hi"', "double quotes end an SQL identifier, a DBML name, a Mermaid name"),
    Nasty('"', "nothing but a quote"),
    Nasty('""', "a doubled quote must be doubled again"),
    Nasty("O'Brien", "a single quote ends an SQL literal"),
    Nasty("'''", "three quotes end a DBML note"),
    Nasty("x'''y\\'''z", "three quotes behind a backslash"),
    Nasty("'; DROP TABLE users; --", "the classic"),
    Nasty('Robert"); DROP TABLE students; --', "the classic inside an identifier"),
    Nasty("`tick`", "backticks quote in MySQL, are expressions in DBML, code in Markdown"),
    Nasty("a`b", "a single backtick"),
    Nasty("[brackets]", "brackets quote in SQL Server, alias in Mermaid, settings in DBML"),
    Nasty("back\\slash", "a backslash escapes in MySQL, DBML, DOT, JavaScript"),
    Nasty("ends with \\", "a trailing backslash escapes the closing quote"),
    Nasty("\\", "nothing but a backslash"),
    Nasty('\\"', "a backslash before a quote"),
    Nasty("\\n\\N\\G\\L", "escapes of DOT labels, and a newline in letters"),
    Nasty("\\u0041", "a Unicode escape that must stay six characters"),
    # Markup
    Nasty("</script>", "ends an inline script, whatever stands round it"),
    Nasty("<script>alert(1)</script>", "script injection"),
    Nasty("<img src=x onerror=alert(1)>", "script injection without a script element"),
    Nasty("<b>bold</b>", "drawn as markup, letters lost"),
    Nasty("]]>", "ends a CDATA section"),
    Nasty("<!-- -->", "an HTML comment"),
    Nasty("a & b", "an ampersand starts an entity"),
    Nasty("&amp;", "an entity that must stay five characters"),
    Nasty("&#65;", "a numeric entity that must stay five characters"),
    Nasty("a < b > c", "angle brackets with spaces"),
    Nasty("__init__", "Markdown draws it bold and drops the underscores"),
    Nasty("_x_", "Markdown draws it in italics"),
    Nasty("*bold*", "Markdown emphasis"),
    Nasty("**", "Markdown without content"),
    Nasty("~~gone~~", "Markdown strike-through; tildes are generics in Mermaid"),
    Nasty("# heading", "a Markdown heading, a MySQL comment, a Mermaid entity code"),
    Nasty("#35;", "a Mermaid entity code that must stay four characters"),
    Nasty("#quot;", "a named Mermaid entity code"),
    Nasty("ﬂ°°35¶ß", "what Mermaid turns an entity code into internally"),
    Nasty("[link](javascript:alert(1))", "a Markdown link"),
    Nasty("a|b", "a pipe separates cells in Markdown and fields in DOT records"),
    # Comments and directives
    Nasty("-- comment", "an SQL comment"),
    Nasty("/* comment */", "an SQL and DBML comment"),
    Nasty("*/", "ends a comment"),
    Nasty("// comment", "a DBML comment"),
    Nasty("%% comment", "a Mermaid comment"),
    Nasty("%%{init: {'theme':'dark'}}%%", "a Mermaid directive"),
    Nasty("%%{", "an open Mermaid directive"),
    Nasty("---", "front matter in Mermaid and Markdown"),
    Nasty("direction LR", "a Mermaid statement that swallows its line, also inside quotes"),
    Nasty("the direction tb of travel", "the same within a sentence"),
    Nasty("title My model", "a Mermaid line that turns into three entities"),
    Nasty("accTitle: x", "a Mermaid accessibility statement"),
    Nasty("accDescr { x }", "a Mermaid block"),
    Nasty(":::big", "a Mermaid class"),
    Nasty("||--o{", "a Mermaid relationship"),
    Nasty("a ||--o{ b : c", "a whole Mermaid relationship"),
    Nasty("a -> b", "an edge in DOT"),
    Nasty("a:b", "a port in DOT, a parameter in SQLAlchemy and psql"),
    Nasty("a > b", "a DBML reference"),
    # Words that mean something
    *(
        Nasty(word, "a reserved word of Mermaid")
        for word in (
            "erDiagram", "direction", "style", "class", "classDef", "end", "subgraph", "one", "many", "many(0)",
            "only", "to", "optionally", "zero", "u", "PK", "fk", "Uk", "fk-x", "pk id", "title",
        )
    ),
    *(
        Nasty(word, "a keyword of DBML")
        for word in ("Table", "TableGroup", "TablePartial", "Ref", "Enum", "Project", "indexes", "checks", "Note", "as",
                     "records", "note")
    ),
    *(Nasty(word, "a keyword of DOT") for word in ("graph", "digraph", "node", "edge", "strict")),
    *(
        Nasty(word, "a reserved word of SQL")
        for word in ("select", "order", "user", "group", "table", "column", "index", "primary", "references", "check",
                     "default", "values", "current_user", "rowid", "all", "analyze", "key")
    ),
    *(
        Nasty(word, "an inherited property of every JavaScript object")
        for word in ("__proto__", "constructor", "toString", "hasOwnProperty")
    ),
    *(
        Nasty(word, "a value in YAML, JSON or JavaScript")
        for word in ("null", "true", "no", "NaN", "undefined", "NULL")
    ),
    # Case and look-alikes: distinct names that careless programs merge
    Nasty("Users", "differs from its siblings in case only"),
    Nasty("users", "differs from its siblings in case only"),
    Nasty("USERS", "differs from its siblings in case only"),
    Nasty("a b", "made safe the careless way it is a_b"),
    Nasty("a_b", "what others are made into"),
    Nasty("a-b", "made safe the careless way it is a_b"),
    Nasty("a.b", "made safe the careless way it is a_b; or read as b in schema a"),
    Nasty("a/b", "made safe the careless way it is a_b; or a folder"),
    Nasty("a__b", "a separator of schema and table in some tools"),
    Nasty("public.users", "a table with a dot, not a table in a schema"),
    Nasty('public"."users', "a quoted dot"),
    Nasty("caf\u00e9", "composed: one letter"),
    Nasty("cafe\u0301", "decomposed: looks the same as the one before"),
    Nasty("stra\u00dfe", "grows when put in capitals"),
    Nasty("\u0130stanbul", "changes length when put in small letters"),
    # Placeholders
    Nasty("%s", "a Python and C placeholder"),
    Nasty("100%", "a stray percent sign"),
    Nasty("%(name)s", "a named placeholder"),
    Nasty("{0}", "a format placeholder"),
    Nasty("{curly}", "braces"),
    Nasty("{% now %}{{ x }}", "a Django template"),
    Nasty("${x}", "a JavaScript template, a shell variable"),
    Nasty("$$", "a PostgreSQL dollar quote"),
    Nasty("$body$", "a tagged dollar quote"),
    Nasty("$1", "a PostgreSQL parameter; a replacement group"),
    Nasty("$&", "a replacement that means the whole match in JavaScript"),
    Nasty("?", "a placeholder"),
    Nasty(":name", "a named placeholder"),
    Nasty("`id`; $(id)", "a shell command"),
    # Numbers
    Nasty("2fa_tokens", "starts with a digit"),
    Nasty("42", "is a number"),
    Nasty("1e5", "is a number as well"),
    Nasty("-1", "starts with a sign"),
    Nasty("0..1", "a range"),
    Nasty("1+", "a Mermaid cardinality"),
    # Files and tables of other programs
    Nasty("../../etc/passwd", "climbs out of a folder"),
    Nasty("..", "the folder above"),
    Nasty("C:\\Windows", "a Windows path"),
    Nasty("CON", "a device on Windows"),
    Nasty(".hidden", "a hidden file"),
    Nasty("-rf", "an option on a command line"),
    Nasty("=1+1", "a formula in a spreadsheet"),
    Nasty("@SUM(A1)", "a formula in older spreadsheets"),
    Nasty("a,b;c", "separators of CSV"),
    # Blanks
    Nasty(" ", "nothing to see"),
    Nasty(" leading", "a leading space gets trimmed"),
    Nasty("trailing ", "a trailing space gets trimmed; MySQL forbids it"),
    Nasty("two  spaces", "inner spaces get folded"),
    Nasty("line\nbreak", "a line break ends most statements"),
    Nasty("\n", "nothing but a line break"),
    Nasty("carriage\rreturn", "the other line break"),
    Nasty("both\r\nof them", "the Windows line break"),
    Nasty("tab\there", "a tab"),
    Nasty("no\u00a0break", "a space that is not a space"),
    Nasty("\u3000", "an ideographic space alone"),
    Nasty("line\u2028separator", "a line break to JavaScript of old"),
    Nasty("next\u0085line", "a line break to Unicode"),
    Nasty("form\x0cfeed\x0b", "white space to most trimmers"),
    # Beyond ASCII
    Nasty("\u05e9\u05dc\u05d5\u05dd", "runs from right to left"),
    Nasty("\u0645\u0633\u062a\u062e\u062f\u0645 id", "right to left and left to right together"),
    Nasty("abc\u202edcb", "an override that reverses what follows it"),
    Nasty("\u7528\u6237\u8868", "no letter in it has a case"),
    Nasty("\u00dcn\u00efc\u00f6d\u00e9", "letters with marks"),
    Nasty("\U0001f600", "outside the basic plane: two units in JavaScript and four bytes in UTF-8"),
    Nasty("\U0001f468\u200d\U0001f469\u200d\U0001f467", "one picture of five code points"),
    Nasty("\U0001d54f\U0001d556", "letters outside the basic plane"),
    Nasty("zero\u200bwidth", "a space nobody sees"),
    Nasty("word\u2060joiner", "a joiner nobody sees"),
    Nasty("\ufeffbom", "a byte order mark"),
    Nasty("soft\u00adhyphen", "a hyphen nobody sees"),
    Nasty("\u0301", "a mark without its letter"),
    # Control characters
    Nasty("bell\x07", "a control character that XML cannot hold"),
    Nasty("\x1b[31mred", "an escape sequence for terminals"),
    Nasty("\x01", "nothing but a control character"),
    Nasty("del\x7f", "the last of the control characters"),
    Nasty("not\uffffa char", "a code point that is no character, which XML cannot hold"),
    # Length
    Nasty("x" * 63, "as long as PostgreSQL allows"),
    Nasty("y" * 64, "one byte too long for PostgreSQL; as long as MySQL allows"),
    Nasty("z" * 62 + "\u00e9", "63 characters and 64 bytes: cut in the middle of a letter"),
    Nasty("\U0001f600" * 16, "16 characters and 64 bytes"),
    Nasty("w" * 255, "as long as a file name may be"),
    Nasty("long " * 200, "a thousand characters with spaces"),
]  # fmt: skip

NAMES: list[str] = [nasty.name for nasty in CORPUS]


def names_for(
    limit: int = 63, unit: str = "bytes", astral: bool = True, trailing_space: bool = True, case: bool = True
) -> list[str]:
    """Return the names a server can hold side by side: no longer than `limit`, and without what it forbids.

    `case=False` keeps only one of the names that differ in case alone. For example MySQL is
    `names_for(64, "characters", astral=False, trailing_space=False, case=False)`.
    """
    fitting = [
        name
        for name in NAMES
        if (len(name.encode()) if unit == "bytes" else len(name)) <= limit
        and (astral or max(name) <= "\uffff")
        and (trailing_space or not name.endswith(" "))
    ]
    return fitting if case else list({name.casefold(): name for name in reversed(fitting)}.values())[::-1]


def literal(text: str, backslash_escapes: bool = False) -> str:
    """Return `text` as an SQL literal."""
    return "'" + (text.replace("\\", "\\\\") if backslash_escapes else text).replace("'", "''") + "'"


def nasty_design(names: Iterable[str] = NAMES, target: str = "postgresql", schema: str | None = None) -> Design:
    """Return a design in which each name is a table, column, enum, enum value, foreign key, comment and default.

    There is one table a name, each with a foreign key to the one before, and a last table that has every name as a
    column. Enums only come with PostgreSQL. `schema` puts all of it into a schema of that name.
    """
    wanted = list(dict.fromkeys(names))
    fresh = seeded_ids("nasty" + target + "\0".join(wanted))
    model = Model(id=fresh(), order="V", name=wanted[0] if wanted else "nasty", target=target)
    records: list[Record] = [model]
    home = model.id
    if schema is not None:
        records.append(Schema(id=fresh(), parent=home, order="V", name=schema))
        home = records[-1].id
    places = order_keys.sequence(len(wanted) + 1)
    previous: Column | None = None
    for name, place in zip(wanted, places, strict=False):
        made, previous = _table(name, place, home, target, previous, fresh)
        records += made
    return Design([*records, *_wide_table(wanted, places[-1], home, fresh)])


def _table(
    name: str, place: str, home: str, target: str, previous: Column | None, fresh: IdSource
) -> tuple[list[Record], Column]:
    mysql = target in ("mysql", "mariadb")
    number = "int" if mysql else "integer"
    table = Table(id=fresh(), parent=home, order=place, name=name, comment=name)
    row = Column(
        id=fresh(), parent=table.id, order="B", name="row no", type=number, logical="integer", nullable=False
    )  # fmt: skip
    own = Column(
        id=fresh(), parent=table.id, order="F", name=name, type="varchar(2000)" if mysql else "text", logical="text",
        comment=name, default=Expr(literal(name, mysql)),
    )  # fmt: skip
    key = Key(id=fresh(), parent=table.id, order="B", primary=True, columns=(row.id,))
    records: list[Record] = [table, row, own, key]
    if target == "postgresql":
        records += _enum_column(name, place, home, table, fresh)
    if previous is not None:
        records += _link(name, table, previous, fresh)
    return records, row


def _link(name: str, table: Table, target: Column, fresh: IdSource) -> list[Record]:
    column = Column(
        id=fresh(), parent=table.id, order="V", name="previous", type=target.type, logical="integer"
    )  # fmt: skip
    foreign_key = ForeignKey(
        id=fresh(), parent=table.id, order="V", name=name, comment=name, columns=(column.id,),
        ref_table=target.parent, ref_columns=(target.id,),
    )  # fmt: skip
    return [column, foreign_key]


def _enum_column(name: str, place: str, home: str, table: Table, fresh: IdSource) -> list[Record]:
    kind = (name if len(name.encode()) < 58 else name[:12]) + " kind"  # fits into 63 bytes, and stays distinct
    quoted = '"' + kind.replace('"', '""') + '"'
    enum = EnumType(id=fresh(), parent=home, order=place, name=kind, values=(name, "other"), comment=name)
    column = Column(id=fresh(), parent=table.id, order="K", name="kind", type=quoted, logical="text", type_ref=enum.id)
    return [enum, column]


def _wide_table(names: Sequence[str], place: str, home: str, fresh: IdSource) -> list[Record]:
    table = Table(id=fresh(), parent=home, order=place, name="every name")
    columns = (
        Column(id=fresh(), parent=table.id, order=at, name=name, type="text", logical="text", comment=name)
        for name, at in zip(names, order_keys.sequence(len(names)), strict=True)
    )
    return [table, *columns]
