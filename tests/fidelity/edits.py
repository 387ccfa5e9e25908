"""What installers do to a script before they run it: fill in names, choose a part, drop what is for another program."""

from __future__ import annotations

import re

from tests.fidelity.real import Edit


def replaced(**words: str) -> Edit:
    """Return an edit that fills in placeholders written as `@NAME@`."""

    def fill(script: str) -> str:
        for name, value in words.items():
            script = script.replace(f"@{name}@", value)
        return script

    return fill


def with_words(pairs: dict[str, str]) -> Edit:
    """Return an edit that writes one text for another, in order."""

    def fill(script: str) -> str:
        for old, new in pairs.items():
            script = script.replace(old, new)
        return script

    return fill


def first(prefix: str) -> Edit:
    """Return an edit that puts a statement before all others."""
    return lambda script: f"{prefix}\n{script}"


def of_extension(schema: str) -> Edit:
    """Return an edit for the script of an extension, run as an ordinary script in its schema; C functions stay behind."""

    def edit(script: str) -> str:
        script = re.sub(r"^\\echo.*$", "", script, flags=re.MULTILINE)
        script = re.sub(r"^SELECT pg_catalog\.pg_extension_config_dump.*;$", "", script, flags=re.MULTILINE)
        return f"CREATE SCHEMA IF NOT EXISTS {schema};\nSET search_path = {schema}, public;\n{without_libraries(script)}".replace(
            "@extschema@", schema
        )

    return edit


def without_libraries(script: str) -> str:
    """Return a script whose C functions are one of the server that only raises, so that it runs where their library is not."""
    c = r"AS\s+'[^']*'\s*(?:,\s*'[^']*')?\s*((?:STRICT\s+)?LANGUAGE\s+)'?C'?\b"
    return re.sub(c, r"AS 'any_in' \1internal", script, flags=re.IGNORECASE)


def up_only(script: str) -> str:
    """Return what Mojolicious' migrations run on the way up."""
    parts = re.split(r"^-- ?(\d+) (up|down).*$", script, flags=re.MULTILINE)
    return "\n".join(parts[at + 2] for at in range(1, len(parts), 3) if parts[at + 1] == "up")


def without(*patterns: str) -> Edit:
    """Return an edit that leaves out what matches, line by line."""
    union = re.compile("|".join(patterns))
    return lambda script: "\n".join(line for line in script.split("\n") if not union.search(line))


def without_hash_comments(script: str) -> str:
    """Return a script without comments that begin with # and are the installer's own."""
    return re.sub(r"#.*", "", script)


def both(*edits: Edit) -> Edit:
    """Return the edits one after the other."""

    def edit(script: str) -> str:
        for each in edits:
            script = each(script)
        return script

    return edit


def from_shell(script: str) -> str:
    """Return the SQL in a shell script's here-document."""
    found = re.search(r"<<-?\s*'?\"?(\w+)'?\"?[^\n]*\n(.*?)\n\1\b", script, re.DOTALL)
    return found[2] if found else script
