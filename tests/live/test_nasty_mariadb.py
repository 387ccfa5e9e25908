"""Every name of the corpus in every place where MariaDB takes a name or a value, through every way, and equal after it."""

from __future__ import annotations

import pytest

from tests.fidelity.homes import MariaPrograms
from tests.fidelity.ways import WAYS, Walked
from tests.live.walking import problem, walked
from tests.nasty import literal, names_for
from tests.servers import MariaServer

pytestmark = pytest.mark.mariadb
UNABLE = {
    "primary": "no key may have that name",
    "both\r\nof them": "the server's own client reads it with a line break only",
    "\x01": "as the column of a view the server refuses it in its own SHOW CREATE VIEW",
}
NAMES = [
    name
    for name in names_for(64, "characters", astral=False, case=False)
    if name not in UNABLE and not name[-1].isspace()  # no table's name ends with a space of any kind
]

AMBIGUOUS = r"\n\N\G\L"


def quoted(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def text(name: str) -> str:
    """Return a literal; information_schema, which pasted results come from, does not tell a line break from `\\n`."""
    return literal(name, backslash_escapes=True).replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")


def script(names: list[str]) -> str:
    """Return a script of one database: an object of each kind a name."""
    parts = ["CREATE TABLE `guarded t` (a varchar(2000), b int);"]
    parts.append("CREATE TABLE `all labels` (a enum(" + ", ".join(text(name) for name in names if name.strip()) + "));")
    parts.append(
        "CREATE TABLE `all keys` (b int, " + ", ".join(f"KEY {quoted(name)} (b)" for name in names[:60]) + ");"
    )
    before = ""
    for name in names:
        parts += [*_table(name, before), *_programs(name)]
        if name != "CON":  # MariaDB stores that table under another name, and finds it by no foreign key
            before = name
    return "\n".join(parts)


def _table(name: str, before: str) -> list[str]:
    it, words = quoted(name), text(name)
    link = (
        f", CONSTRAINT {quoted(_short(name) + ' fk')} FOREIGN KEY (previous) REFERENCES {quoted(before)} (`row no`)"
        if before
        else ""
    )
    return [
        f"CREATE TABLE {it} (`row no` int NOT NULL COMMENT {words}, {it} varchar(1100) DEFAULT {words} COMMENT {words}, previous int,"
        f" size int GENERATED ALWAYS AS (length(concat({it}, {words}))) VIRTUAL, PRIMARY KEY (`row no`), KEY {it} ({it}(10)),"
        f" CONSTRAINT {it} CHECK ({it} <> {words}){link}) ENGINE=InnoDB COMMENT {words};",
        f"CREATE VIEW {quoted(_short(name) + ' v')} AS SELECT {it}, {words} AS `words` FROM {it};",
    ]


def _programs(name: str) -> list[str]:
    it, words = quoted(name), text(name)
    lines = (
        f"CREATE FUNCTION {it}({it} varchar(2000)) RETURNS varchar(2000) DETERMINISTIC COMMENT {words} BEGIN RETURN concat({it}, {words}); END",
        f"CREATE PROCEDURE {it}(IN {it} int) COMMENT {words} BEGIN SELECT {it}, {words}; END",
        f"CREATE TRIGGER {it} BEFORE INSERT ON `guarded t` FOR EACH ROW BEGIN SET NEW.a = {words}; END",
        f"CREATE EVENT {it} ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DISABLE COMMENT {words} DO SELECT {words}",
    )
    return [f"DELIMITER ;;;;\n{line};;;;\nDELIMITER ;" for line in lines]


def _short(name: str) -> str:
    """Return a name that stays distinct and within 64 characters when a word is put behind it."""
    return name if len(name) < 60 else f"{name[:10]}{len(name)}{ord(name[0])}"


@pytest.fixture(scope="module")
def found(mariadb_server: MariaServer) -> Walked:
    return walked(MariaPrograms(mariadb_server), "nasty", script(NAMES))


@pytest.mark.parametrize("way", WAYS)
def test_comes_back(found: Walked, way: str) -> None:
    if way == "pasted":  # information_schema shows '\\\\n' and '\\n' alike; the design says so in a note
        lines = found.ways[way].differences
        found.ways[way].differences = [line for line in lines if AMBIGUOUS not in line.split("\n     A: ")[0]]
    assert not problem(found, way), problem(found, way)
