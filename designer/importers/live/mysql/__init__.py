"""MySQL 8 and MariaDB: their own SHOW CREATE over a connection, or information_schema as one pasted JSON value."""

from __future__ import annotations

from designer.importers.live.contract import Wanted
from designer.importers.live.mysql.pasting import query
from designer.importers.live.mysql.reading import take
from designer.importers.live.mysql.script import script

DIALECTS = ("mysql", "mariadb")
SCHEMES = ("mysql", "mariadb")

__all__ = ["DIALECTS", "SCHEMES", "Wanted", "query", "script", "take"]
