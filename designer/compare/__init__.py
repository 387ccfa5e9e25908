"""Two designs compared by names: which objects are on one side only, and what the others say differently.

Ids, positions, order keys and diagrams do not count; neither does the order of tables. What the server rewrites when
it stores an object is the same on both sides: `docs/verify.md` has the table.
"""

from __future__ import annotations

from designer.compare.comparing import compare, compared
from designer.compare.difference import Comparison, Difference, Verdict

__all__ = ["Comparison", "Difference", "Verdict", "compare", "compared"]
