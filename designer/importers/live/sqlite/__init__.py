"""SQLite: the schema table of a database file, read without changing the file, or pasted.

SQLite keeps the text of every CREATE statement and rewrites it on ALTER; so its catalog is that text, in the order of
the rows, and four settings that are part of the file.
"""

from __future__ import annotations

from designer.importers.live.sqlite.engine import DIALECTS, SCHEMES, query, script, take, take_bytes

__all__ = ["DIALECTS", "SCHEMES", "query", "script", "take", "take_bytes"]
