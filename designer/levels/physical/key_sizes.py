"""How many bytes a column takes in a key: InnoDB takes 3,072 for all columns of one together."""

from __future__ import annotations

import re

from designer.dialects.base import Dialect

_LENGTH = re.compile(r"^(varchar|char|varbinary|binary)\((\d+)\)", re.IGNORECASE)
_MOST = {"mysql": 3072, "mariadb": 3072}
_LETTER = 4  # bytes of a letter in utf8mb4
_NUMBER = 8  # bytes of the widest number, date or time
_LARGE = frozenset({"longtext", "text", "mediumtext", "longblob", "blob", "json", "geometry"})
_UNBOUNDED = 1 << 30


def most(dialect: Dialect) -> int:
    """Return how many bytes the columns of a key may take together; 0 is no limit that tables are refused by."""
    return _MOST.get(dialect.name, 0)


def size_of(raw: str) -> int:
    """Return how many bytes a column of a raw type of MySQL takes in a key."""
    found = _LENGTH.match(raw)
    if found is None:
        return _UNBOUNDED if raw.lower() in _LARGE else _NUMBER
    return int(found[2]) * (1 if "binary" in found[1].lower() else _LETTER) + 2
