"""Types of MySQL and MariaDB in one spelling."""

from __future__ import annotations

import re
from functools import lru_cache

_TYPE_WORDS = (
    (r"\s+signed\b", ""),
    (r"\binteger\b", "int"), (r"\b(?:dec|numeric|fixed)\b", "decimal"), (r"\bboolean\b|\bbool\b", "tinyint(1)"),
    (r"\bdouble precision\b|\breal\b|\bfloat8\b", "double"), (r"\bfloat4\b", "float"),
    (r"\bnational\s+(?=char|varchar)", ""), (r"\bnvarchar\b", "varchar"), (r"\bnchar\b", "char"),
    (r"\b(?:character|char) varying\b|\bvarcharacter\b", "varchar"), (r"\blong varbinary\b", "mediumblob"),
    (r"\bcharacter\b(?! set)", "char"), (r"\bint1\b", "tinyint"), (r"\bint2\b", "smallint"), (r"\bint4\b", "int"),
    (r"\bint8\b", "bigint"), (r"\bmiddleint\b|\bint3\b", "mediumint"), (r"\blong varchar\b|^long$", "mediumtext"),
    (r"\byear\(4\)", "year"), (r"\bserial\b", "bigint unsigned"), (r"\bdecimal\b(?!\s*\()", "decimal(10,0)"),
    (r"\bdecimal\((\d+)\)", r"decimal(\1,0)"), (r"\bchar\b(?!\s*\(| set)", "char(1)"),
    (r"^binary\b(?!\s*\()", "binary(1)"), (r"\bbit\b(?!\s*\()", "bit(1)"),
    (r"\b(datetime|timestamp|time)\(0\)", r"\1"), (r"\bfloat\((?:[0-9]|1[0-9]|2[0-4])\)", "float"),
    (r"\bfloat\((?:2[5-9]|[34][0-9]|5[0-3])\)", "double"), (r"^geomcollection\b", "geometrycollection"),
)  # fmt: skip
_WIDTHS = re.compile(r"\b(smallint|mediumint|int|bigint)\(\d+\)(?!.*zerofill)|\b(tinyint)\((?!1\))\d+\)(?!.*zerofill)")
_ZERO_WIDTHS = {"tinyint": 3, "smallint": 5, "mediumint": 8, "int": 10, "bigint": 20}
_WITHOUT_WIDTH = re.compile(r"\b(?:tinyint|smallint|mediumint|int|bigint)\b(?!\()")
_ROOM = {"tiny": 255, "": 65_535, "medium": 2**24, "long": 2**32}
_SIZED = re.compile(r"\b(text|blob)\((\d+)\)")
_LITERALS = re.compile(r"""('(?:[^'\\]|''|\\.)*'|"(?:[^"\\]|""|\\.)*")""")
_CHARSET = re.compile(r"\s+(?:charset|character set)\s+[\w']+|\s+collate\s+[\w']+", re.IGNORECASE)
_BINARY = re.compile(r"(?<=[\w)])\s*\bbinary\b(?!\s*\()", re.IGNORECASE)
_AS_BYTES = ((r"^varchar\b", "varbinary"), (r"^char\b", "binary"), (r"^(tiny|medium|long)?text\b", r"\1blob"))


def type_form(text: str, dialect: str, *, bytewise: bool = False) -> str:
    """Return a type in one spelling; `bytewise` says that the character set of its column is binary."""
    found = _type_form(" ".join(text.split()), dialect)
    if bytewise:
        for pattern, word in _AS_BYTES:
            found = re.sub(pattern, word, found)
    return found


def without_charset(text: str) -> str:
    """Return a type without its character set and collation, which may be said or not."""
    return _CHARSET.sub("", text)


def is_binary(text: str) -> bool:
    """Say whether a type has the attribute BINARY, which stands for the collation `…_bin` of its character set."""
    return _BINARY.search(_LITERALS.sub("", text)) is not None


def without_binary(text: str) -> str:
    """Return a type without the attribute BINARY, where its collation is said."""
    pieces = _LITERALS.split(text)
    return "".join(each if at % 2 else _BINARY.sub("", each) for at, each in enumerate(pieces))


def length(text: str) -> int | None:
    """Return how many characters or bytes a column of a type holds at most; None where an index has no use for it."""
    if found := re.match(r"(?:var)?(?:char|binary)\((\d+)\)", text):
        return int(found[1])
    found = re.match(r"(tiny|medium|long)?(?:text|blob)\b", text)
    return _ROOM[found[1] or ""] if found else None


@lru_cache(maxsize=8_192)
def _type_form(text: str, dialect: str) -> str:
    pieces = _LITERALS.split(text)
    for at in range(0, len(pieces), 2):
        piece = re.sub(r"\)(?=[a-z])", ") ", re.sub(r"\s*([(),])\s*", r"\1", pieces[at].lower()))
        piece = _CHARSET.sub("", _BINARY.sub("", piece))
        for pattern, word in _TYPE_WORDS:
            piece = re.sub(pattern, word, piece)
        if dialect == "mariadb":
            piece = re.sub(r"^json\b", "longtext", piece)
        if "zerofill" in piece and "unsigned" not in piece:
            piece = piece.replace("zerofill", "unsigned zerofill")
        if "zerofill" in piece:
            piece = _WITHOUT_WIDTH.sub(lambda found: f"{found[0]}({_ZERO_WIDTHS[found[0]]})", piece)
        piece = _SIZED.sub(_with_room, piece)
        pieces[at] = _WIDTHS.sub(lambda found: found.group(1) or found.group(2), piece)
    for at in range(1, len(pieces), 2):
        pieces[at] = _label(pieces[at])
    return "".join(pieces).strip()


def _label(written: str) -> str:
    """Return a value of an ENUM or SET in single quotes; the server drops spaces behind it."""
    quote = written[0]
    return "'" + written[1:-1].replace(quote * 2, quote).replace("'", "''").rstrip(" ") + "'"


def _with_room(found: re.Match[str]) -> str:
    """Return the smallest type that has room: TEXT counts characters of four bytes, BLOB counts bytes."""
    needed = int(found[2]) * (4 if found[1] == "text" else 1)
    sizes = (("tiny", 0xFF), ("", 0xFFFF), ("medium", 0xFFFFFF))
    return next((size for size, room in sizes if needed <= room), "long") + found[1]
