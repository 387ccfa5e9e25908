"""What a PostgreSQL script needs of its session: the search path that words were written for, and roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from designer.schema import Record, Statement
from exporters.ddl.postgresql_comments import CommentPen
from exporters.ddl.text import INDENT, dollar_quoted
from exporters.ddl.writer import Writer

_NAME = re.compile(r'"(?:[^"]|"")+"|[^\s,"]+')
_EVENT_TRIGGER = re.compile(r"\s*(?:create|alter|comment\s+on)\s+event\s+trigger\b", re.IGNORECASE)
_SEQUENCE_OWNER = re.compile(r"\s*alter\s+sequence\b.*\bowner\s+to\b", re.IGNORECASE | re.DOTALL)
_ALWAYS_THERE = frozenset({"public", "current_user", "current_role", "session_user", "user", "none"})
DEFAULT_PATH = "public"


class SessionPen(CommentPen, Writer):
    """Writes statements for the session that they need."""

    def __init__(self, *arguments: object) -> None:
        super().__init__(*arguments)
        self.path_now = ""
        self.own_roles = {each.extra.get("name", "") for each in self.catalog.statements if _makes_role(each)}

    # The search path

    def unit(self, record: Record) -> str:
        """Return the statements for one object, under the search path that its words were written for."""
        before = self.path_now
        switch = self.switch(record)
        text = super().unit(record)
        if not text:
            self.path_now = before
        return f"{switch}{text}" if text else ""

    def switch(self, record: Record) -> str:
        """Return the statement that sets the search path for a record, where another one is set."""
        wanted = record.extra.get("search_path", "")
        if wanted == self.path_now:
            return ""
        self.path_now = wanted
        return f"SET search_path = {wanted or DEFAULT_PATH};\n"

    def home(self) -> str:
        """Return the statement that brings the search path back, where it was changed."""
        back = f"SET search_path = {DEFAULT_PATH};" if self.path_now else ""
        self.path_now = ""
        return back

    # Roles

    def statements_behind(self, statements: list[Statement]) -> Iterator[str]:
        """Yield the statements that come when all objects are there, those for the same roles together."""
        ordered = sorted(statements, key=_lateness)
        for roles, group in groupby(ordered, self.lacking_roles):
            if not roles:
                yield from map(self.unit, group)
                continue
            together = list(group)
            left_out = [each for each in together if self.why_dropped(each)]
            text = "\n".join(filter(None, (self.plain_unit(each) for each in together if each not in left_out)))
            yield self.where_roles(roles, text) if text else ""
            yield from map(self.unit, left_out)

    def plain_unit(self, statement: Statement) -> str:
        """Return a statement without a guard of its own."""
        switch = self.switch(statement)
        return switch + "\n".join(super().statement(statement))

    def lacking_roles(self, record: Record) -> tuple[str, ...]:
        """Return the roles that a record names and that nothing in the script creates, each as SQL writes it."""
        written = record.extra.get("roles", "")
        if not written:
            return ()
        return self.lacking(_NAME.findall(written))

    def lacking(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return which of some roles, as SQL writes them, a server may not have."""
        plain = {name: self.speech.source.unquote(name) for name in names}
        return tuple(
            name for name, role in plain.items()
            if name.lower() not in _ALWAYS_THERE and not role.startswith("pg_") and role not in self.own_roles
        )  # fmt: skip

    def where_roles(self, roles: Sequence[str], statements: str) -> str:
        """Return statements that run only where some roles exist."""
        names = "roles that the script does not create: what is about them runs only where they exist"
        for role in roles:
            self.notes.repeat("roles", names, role, None)
        condition = " AND ".join(self.role_exists(role) for role in roles)
        return self.where(condition, statements)

    def role_exists(self, role: str) -> str:
        """Return the condition that a role exists."""
        return f"EXISTS (SELECT FROM pg_roles WHERE rolname = {self.literal(self.speech.source.unquote(role))})"

    def where(self, condition: str, statements: str) -> str:
        """Return statements that run only under a condition."""
        inner = f"\n{INDENT * 2}".join(statements.split("\n")) if _is_plain(statements) else statements
        body = f"BEGIN\n{INDENT}IF {condition} THEN\n{INDENT * 2}{inner}\n{INDENT}END IF;\nEND"
        return f"DO {dollar_quoted(body)};"


def _lateness(statement: Statement) -> int:
    """Return when a statement comes: sequences get an owner with their tables, event triggers see what follows."""
    text = statement.text.text
    return 2 if _EVENT_TRIGGER.match(text) else int(bool(_SEQUENCE_OWNER.match(text)))


def _makes_role(statement: Statement) -> bool:
    return statement.extra.get("makes") == "role"


def _is_plain(text: str) -> bool:
    """Say whether lines can be indented: no string may go over several."""
    return all(line.count("'") % 2 == 0 and "$" not in line for line in text.split("\n"))
