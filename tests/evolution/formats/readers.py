"""Readers of the files of tools that cannot run here, each by the tool's own grammar and as strict as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Plan:
    """What a tool does for one way: queries, each sent as it is, inside of one transaction or not."""

    queries: list[str]
    transaction: bool = True


# goose: internal/sqlparser/parser.go

_GOOSE = ("Up", "Down", "StatementBegin", "StatementEnd", "NO TRANSACTION")


def goose(text: str) -> tuple[Plan, Plan]:
    """Return both ways of a file of goose; every statement must stand between its marks."""
    ways: dict[str, Plan] = {"Up": Plan([]), "Down": Plan([])}
    way, lines, alone = "", None, False
    for line in text.split("\n"):
        mark = line.removeprefix("--").strip().removeprefix("+goose ") if line.startswith("--") else ""
        if mark not in _GOOSE or "+goose" not in line:
            if lines is None:
                assert not line.strip(), f"outside of a statement: {line}"
            elif lines or not (line.strip().startswith("--") or line == ""):
                lines.append(line)
        elif mark == "StatementBegin":
            assert way and lines is None
            lines = []
        elif mark == "StatementEnd":
            assert lines is not None
            ways[way].queries.append("\n".join(lines).strip())
            lines = None
        elif mark == "NO TRANSACTION":
            alone = True
        else:
            assert lines is None and (mark, way) in (("Up", ""), ("Down", "Up")), f"{mark} behind {way}"
            way = mark
    assert way == "Down" and lines is None
    ways["Up"].transaction = ways["Down"].transaction = not alone
    return ways["Up"], ways["Down"]


# Liquibase: FormattedSqlChangeLogParser

_CHANGESET = re.compile(r"\s*--\s*changeset\s+([^:\s]+):(\S+)((?: \w+:\S+)*)\s*\Z", re.IGNORECASE)
_ROLLBACK = re.compile(r"\s*--\s*rollback (.*)\Z", re.IGNORECASE)
_OTHER = re.compile(
    r"\s*--\s*(liquibase|comment|precondition|property|validchecksum|ignore|rollback|changeset)", re.IGNORECASE
)


@dataclass
class _Changeset:
    name: str
    options: dict[str, str]
    lines: list[str] = field(default_factory=list)
    back: list[str] = field(default_factory=list)

    def plan(self, lines: list[str], prefix: str) -> Plan:
        """Return what is sent for some lines: as it stands, or what ends with a delimiter."""
        text, alone = "\n".join(lines).strip("\n"), self.options.get("runInTransaction") == "false"
        end = self.options.get("rollbackEndDelimiter" if prefix else "endDelimiter")
        if end is None:
            assert self.options["rollbackSplitStatements" if prefix else "splitStatements"] == "false"
            return Plan([text], not alone)
        pieces = [piece.strip() for piece in text.split(end)]
        assert pieces[-1] == "", f"behind the last delimiter: {pieces[-1]}"
        return Plan(pieces[:-1], not alone)


def liquibase(text: str) -> tuple[list[Plan], list[Plan]]:
    """Return what the changesets of a file do, and their rollbacks from the last to the first."""
    head, *lines = text.removesuffix("\n").split("\n")
    assert re.fullmatch(r"--\s*liquibase formatted sql", head)
    found: list[_Changeset] = []
    for line in lines:
        start, back = _CHANGESET.match(line), _ROLLBACK.match(line)
        if start:
            options = dict(each.split(":", 1) for each in start[3].split())
            assert options["stripComments"] == "false"
            found.append(_Changeset(start[2], options))
        elif back:
            found[-1].back.append(back[1])
        else:
            assert not _OTHER.match(line), f"read as a mark: {line}"
            assert found or not line
            found[-1:] and found[-1].lines.append(line)
    assert len({each.name for each in found}) == len(found)
    forth = [each.plan(each.lines, "") for each in found]
    return forth, [each.plan(each.back, "rollback") for each in reversed(found)]


# Rails

_HEREDOC = re.compile(r"    execute <<-'(SQL_*)'")


def rails(path: str, text: str) -> tuple[Plan, Plan]:
    """Return both ways of a migration of Active Record."""
    number, slug = re.fullmatch(r"db/migrate/(\d{14})_([a-z]\w*)\.rb", path).groups()  # type: ignore[union-attr]
    lines = iter(text.removesuffix("\n").split("\n"))
    name = "".join(word.capitalize() for word in slug.split("_"))
    assert next(lines) == f"class {name} < ActiveRecord::Migration[6.1]"
    line = next(lines)
    alone = line == "  disable_ddl_transaction!"
    if alone:
        assert next(lines) == ""
        line = next(lines)
    assert line == "  def up"
    up = Plan(list(_calls(lines)), not alone)
    assert (next(lines), next(lines)) == ("", "  def down")
    down = Plan(list(_calls(lines)), not alone)
    assert list(lines) == ["end"]
    return up, down


def _calls(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        found = _HEREDOC.fullmatch(line)
        if line == "  end":
            return
        if line in ("    execute 'BEGIN'", "    execute 'COMMIT'"):
            yield line.split("'")[1]
            continue
        assert found, f"no call: {line}"
        body: list[str] = []
        for inner in lines:
            if inner.strip() == found[1]:
                break
            body.append(inner)
        yield "\n".join(body)
    raise AssertionError("no end")
