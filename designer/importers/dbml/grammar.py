"""The grammar of DBML: tokens to declarations, without knowing what their names refer to."""

from __future__ import annotations

from dataclasses import dataclass, field

from designer.importers.contract import ImportProblem
from designer.importers.dbml.lexer import Token, tokens

Name = tuple[str, str]
"""(schema, name); the schema is empty where none is written."""


@dataclass(slots=True)
class Value:
    """What a setting says: `kind` is string, expression, word, or ref."""

    kind: str
    text: str
    token: Token
    ref: End | None = None
    sign: str = ""


@dataclass(slots=True)
class End:
    """One end of a reference: a table and columns of it."""

    table: Name
    columns: list[str]
    token: Token


@dataclass(slots=True)
class ColumnText:
    """A column: `type` is as written, `type_name` what it would be as the name of an enum."""

    name: str
    type: str
    type_name: Name | None
    settings: list[tuple[str, Value]]
    token: Token


@dataclass(slots=True)
class IndexText:
    """A line of a block of indexes: parts are (kind, text)."""

    parts: list[tuple[str, str]]
    settings: list[tuple[str, Value]]
    token: Token


@dataclass(slots=True)
class TableText:
    """A table or a partial one; `members` are columns and, as strings, the names of partials."""

    name: Name
    token: Token
    alias: str = ""
    members: list[ColumnText | str] = field(default_factory=list)
    indexes: list[IndexText] = field(default_factory=list)
    checks: list[IndexText] = field(default_factory=list)
    note: str = ""
    settings: list[tuple[str, Value]] = field(default_factory=list)


@dataclass(slots=True)
class RefText:
    """A reference between two ends; `sign` is one of < > - <>."""

    name: str
    left: End
    sign: str
    right: End
    settings: list[tuple[str, Value]]
    token: Token


@dataclass(slots=True)
class EnumText:
    """An enum."""

    name: Name
    values: list[str]
    token: Token


@dataclass(slots=True)
class GroupText:
    """A group of tables."""

    name: str
    tables: list[tuple[Name, Token]]
    note: str
    token: Token


@dataclass(slots=True)
class Document:
    """Everything in a text."""

    project: str = ""
    database: str = ""
    note: str = ""
    tables: list[TableText] = field(default_factory=list)
    partials: dict[str, TableText] = field(default_factory=dict)
    refs: list[RefText] = field(default_factory=list)
    enums: list[EnumText] = field(default_factory=list)
    groups: list[GroupText] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    passed_over: list[tuple[str, Token]] = field(default_factory=list)


def parse(text: str) -> Document:
    """Return the declarations of a text. Raises ImportProblem at the first that cannot be read."""
    parser = _Parser(tokens(text))
    while parser.here.kind != "end":
        parser.declaration()
    return parser.document


class _Parser:
    def __init__(self, found: list[Token]):
        self.tokens = found
        self.at = 0
        self.document = Document()

    # Steps

    @property
    def here(self) -> Token:
        return self.tokens[self.at]

    def ahead(self, steps: int) -> Token:
        """Return a token further on; the end is followed by the end."""
        return self.tokens[min(self.at + steps, len(self.tokens) - 1)]

    def next(self) -> Token:
        token = self.here
        self.at += 1
        return token

    def is_sign(self, *signs: str) -> bool:
        return self.here.kind == "sign" and self.here.text in signs

    def is_word(self, *words: str) -> bool:
        return self.here.kind == "word" and self.here.text.lower() in words

    def take(self, sign: str) -> bool:
        if self.is_sign(sign):
            self.at += 1
            return True
        return False

    def need(self, sign: str, where: str) -> Token:
        if not self.is_sign(sign):
            raise self.problem(f"{sign} is missing {where}")
        return self.next()

    def problem(self, message: str) -> ImportProblem:
        token = self.here
        found = f"; here stands {token.text[:40]!r}" if token.kind != "end" else "; the text ends here"
        return ImportProblem(message + found, token.line, token.column)

    def name(self, what: str) -> str:
        if self.here.kind not in ("word", "name"):
            raise self.problem(f"{what} is missing")
        return self.next().text

    def qualified(self, what: str) -> Name:
        """Read `name` or `schema.name`; of more parts, the last two count."""
        parts = [self.name(what)]
        while self.is_sign(".") and self.ahead(1).kind in ("word", "name"):
            self.at += 1
            parts.append(self.name(what))
        return ("" if len(parts) == 1 else parts[-2], parts[-1])

    # Declarations

    def declaration(self) -> None:
        token = self.here
        word = token.text.lower() if token.kind == "word" else ""
        read = {
            "project": self.project, "table": self.table, "tablepartial": self.partial, "ref": self.reference,
            "enum": self.enum, "tablegroup": self.group, "note": self.sticky_note, "records": self.pass_over,
            "diagramview": self.pass_over,
        }.get(word)  # fmt: skip
        if read is None:
            raise self.problem("expected Table, Ref, Enum, Project, TableGroup, TablePartial or Note")
        self.at += 1
        read(token)

    def pass_over(self, token: Token) -> None:
        """Skip a declaration that says nothing about the schema: records, views of diagrams."""
        while not self.is_sign("{"):
            if self.here.kind == "end":
                raise self.problem("{ is missing")
            self.at += 1
        depth = 0
        while True:
            depth += self.is_sign("{") - self.is_sign("}")
            if self.here.kind == "end":
                raise self.problem("} is missing")
            self.at += 1
            if depth == 0:
                break
        self.document.passed_over.append((token.text, token))

    def project(self, _token: Token) -> None:
        if not self.is_sign("{"):
            self.document.project = self.name("the name of the project")
        self.need("{", "before what the project says")
        while not self.take("}"):
            if self.is_word("note"):
                self.at += 1
                self.document.note = self.note_text()
                continue
            key = self.name("the name of a setting of the project")
            self.need(":", f"after {key}")
            value = self.value()
            if key.lower() == "database_type":
                self.document.database = value.text

    def table(self, token: Token) -> None:
        self.document.tables.append(self.table_text(token, self.qualified("the name of the table")))

    def partial(self, token: Token) -> None:
        name = self.name("the name of the partial table")
        self.document.partials[name] = self.table_text(token, ("", name))

    def table_text(self, token: Token, name: Name) -> TableText:
        made = TableText(name, token)
        if self.is_word("as"):
            self.at += 1
            made.alias = self.name("the other name of the table")
        made.settings = self.settings()
        self.need("{", f"before the columns of {name[1]}")
        while not self.take("}"):
            self.member(made)
        made.note = made.note or next((value.text for key, value in made.settings if key == "note"), "")
        return made

    def member(self, table: TableText) -> None:
        follows = self.ahead(1)
        block = follows.kind == "sign" and follows.text == "{"
        if self.take("~"):
            table.members.append(self.name("the name of a partial table"))
        elif self.is_word("note") and (block or (follows.kind == "sign" and follows.text == ":")):
            self.at += 1
            table.note = self.note_text()
        elif self.is_word("indexes", "checks") and block:
            kind = self.next().text.lower()
            self.at += 1
            while not self.take("}"):
                (table.indexes if kind == "indexes" else table.checks).append(self.index())
        elif self.is_word("records") and not (follows.kind in ("word", "name") and not follows.fresh):
            self.pass_over(self.next())
        else:
            table.members.append(self.column())

    def column(self) -> ColumnText:
        token = self.here
        name = self.name("the name of a column, or } after the last one")
        if self.here.kind == "sign" or self.here.fresh:
            return ColumnText(name, "", None, self.settings() if not self.here.fresh else [], token)
        first = self.at
        schema, last = self.qualified("the type of the column")
        quoted = self.tokens[first].kind == "name"
        written = last if quoted and not schema else f"{schema}.{last}" if schema else last
        named: Name | None = (schema, last)
        if self.is_sign("(") and not self.here.fresh:
            written += self.arguments()
            named = None
        while not self.here.fresh and self.here.kind == "word":  # `double precision`, which strict DBML has in quotes
            written += f" {self.next().text}"
            named = None
        return ColumnText(name, written + self.brackets(), named, self.settings(), token)

    def arguments(self) -> str:
        self.need("(", "before the arguments of the type")
        parts: list[str] = []
        while not self.take(")"):
            if self.here.kind == "end" or self.is_sign("{", "}"):
                raise self.problem(") is missing after the arguments of a type")
            token = self.next()
            parts.append("'" + token.text.replace("'", "''") + "'" if token.kind == "string" else token.text)
        return f"({''.join(parts)})"

    def brackets(self) -> str:
        """Read `[]` of an array, which stands right behind its type; settings have something inside."""
        found = ""
        while self.is_sign("[") and self.here.glued:
            inside = self.ahead(1)
            size = inside.text if inside.kind == "word" and inside.text.isdigit() else ""
            end = self.ahead(2 if size else 1)
            if end.text != "]":
                break
            self.at += 3 if size else 2
            found += f"[{size}]"
        return found

    def index(self) -> IndexText:
        token = self.here
        parts = []
        if self.take("("):
            while not self.take(")"):
                parts.append(self.index_part())
                if not self.is_sign(")"):
                    self.need(",", "between the columns of an index")
        else:
            parts.append(self.index_part())
        return IndexText(parts, self.settings(), token)

    def index_part(self) -> tuple[str, str]:
        if self.here.kind == "expression":
            return "expression", self.next().text
        return "column", self.name("a column or an expression in backticks")

    def enum(self, token: Token) -> None:
        name = self.qualified("the name of the enum")
        self.need("{", f"before the values of {name[1]}")
        values: list[str] = []
        while not self.take("}"):
            values.append(self.name("a value of the enum, or } after the last one"))
            self.settings()
            self.take(",")
        self.document.enums.append(EnumText(name, values, token))

    def group(self, token: Token) -> None:
        made = GroupText(self.qualified("the name of the group")[1], [], "", token)
        self.settings()
        self.need("{", f"before the tables of {made.name}")
        while not self.take("}"):
            follows = self.ahead(1)
            if self.is_word("note") and follows.kind == "sign" and follows.text in ":{":
                self.at += 1
                made.note = self.note_text()
            else:
                at = self.here
                made.tables.append((self.qualified("a table of the group, or } after the last one"), at))
        self.document.groups.append(made)

    def sticky_note(self, _token: Token) -> None:
        name = "" if self.is_sign("{", ":") else self.name("the name of the note")
        self.settings()
        self.document.notes.append((name, self.note_text()))

    def note_text(self) -> str:
        """Read `: 'text'` or `{ 'text' }`."""
        if self.take(":"):
            return self.string()
        self.need("{", "or : before the text of a note")
        text = self.string()
        self.need("}", "after the text of a note")
        return text

    def string(self) -> str:
        if self.here.kind != "string":
            raise self.problem("a text in single quotes is missing")
        return self.next().text

    # References

    def reference(self, token: Token) -> None:
        name = "" if self.is_sign(":", "{") else self.qualified("the name of the reference")[1]
        if self.take(":"):
            self.reference_line(name, token)
            return
        self.need("{", "or : after Ref")
        while not self.take("}"):
            self.reference_line(name, token)

    def reference_line(self, name: str, token: Token) -> None:
        left = self.end()
        sign = self.relation()
        right = self.end()
        self.document.refs.append(RefText(name, left, sign, right, self.settings(), token))

    def relation(self) -> str:
        sign = self.here.text.strip("?") if self.here.kind == "sign" else ""
        if self.here.kind == "sign" and self.here.text == "?":
            self.at += 1
            return self.relation()
        if sign not in ("<", ">", "-", "<>"):
            raise self.problem("one of < > - <> is missing between the two sides of a reference")
        self.at += 1
        self.take("?")
        return sign

    def end(self) -> End:
        token = self.here
        parts = [self.name("a table of a reference")]
        columns: list[str] = []
        while self.take("."):
            if self.take("("):
                while not self.take(")"):
                    columns.append(self.name("a column of a reference"))
                    if not self.is_sign(")"):
                        self.need(",", "between the columns of a reference")
                break
            parts.append(self.name("a column of a reference"))
        if not columns:
            if len(parts) < 2:
                raise self.problem(f"a reference names columns: {parts[0]}.id")
            columns = [parts.pop()]
        return End(("" if len(parts) == 1 else parts[-2], parts[-1]), columns, token)

    # Settings

    def settings(self) -> list[tuple[str, Value]]:
        if not self.is_sign("["):
            return []
        self.at += 1
        found: list[tuple[str, Value]] = []
        while not self.take("]"):
            found.append(self.setting())
            if not self.is_sign("]"):
                self.need(",", "between settings, or ] after the last one,")
        return found

    def setting(self) -> tuple[str, Value]:
        token = self.here
        words: list[str] = []
        while self.here.kind in ("word", "name"):
            words.append(self.next().text.lower())
        if not words:
            raise self.problem("the name of a setting is missing")
        key = " ".join(words)
        if not self.take(":"):
            return key, Value("word", "", token)
        if key == "ref":
            at = self.here
            sign = self.relation()
            return key, Value("ref", "", at, self.end(), sign)
        return key, self.value()

    def value(self) -> Value:
        token = self.here
        if token.kind in ("string", "expression"):
            self.at += 1
            return Value(token.kind, token.text, token)
        pieces: list[str] = []
        while self.here.kind in ("word", "name") or self.is_sign("-", "+", "."):
            if pieces and self.here.fresh:
                break
            glue = "" if not pieces or self.here.glued else " "
            pieces.append(glue + self.next().text)
        if not pieces:
            raise self.problem("a value is missing")
        return Value("word", "".join(pieces), token)
