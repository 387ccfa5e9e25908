"""What was found as plain data, for JSON. Columns go by their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from designer.discovery.contract import Asked, Checked, Discovered, Inclusion, Profile


def as_data(profiles: Sequence[Profile], included: Sequence[Inclusion]) -> dict[str, Any]:
    """Return findings as lists and dictionaries."""
    return {
        "tables": [_table(each) for each in profiles],
        "inclusions": [
            {
                "table": each.table, "columns": list(each.columns), "target": each.target, "key": list(each.key),
                "values": each.values, "missing": each.missing, "names_match": each.names_match,
            }
            for each in included
        ],
    }  # fmt: skip


def _table(profile: Profile) -> dict[str, Any]:
    found = profile.found
    return {
        "source": found.source,
        "rows": found.rows,
        "seen": found.seen,
        "sampled": found.sampled,
        "complete": found.complete,
        "left": found.wish.left,
        "errors": found.wish.errors,
        "null": found.wish.nulls,
        "notes": list(found.notes),
        "columns": [
            {
                "name": each.name, "kind": each.kind, "distinct": each.distinct, "nulls": each.nulls,
                "left_out": each.left_out,
            }
            for each in found.columns
        ],
        "keys": [{"columns": list(found.names(each.columns)), "nullable": each.nullable} for each in found.keys],
        "dependencies": [
            {
                "left": list(found.names(each.left)), "right": found.columns[each.right].name, "groups": each.groups,
                "exceptions": each.exceptions, "redundancy": each.redundancy, "share": round(found.share(each), 6),
            }
            for each in found.dependencies
        ],
        "constants": [{"column": found.columns[each.column].name, "value": each.value} for each in found.constants],
        "asked": [_asked(found, each) for each in profile.asked],
    }  # fmt: skip


def _asked(found: Discovered, asked: Asked) -> dict[str, Any]:
    return {
        "left": list(found.names(asked.left)),
        "right": found.columns[asked.right].name,
        **_checked(asked.answer),
    }


def _checked(answer: Checked) -> dict[str, Any]:
    conflicts = [
        {
            "left": list(each.left),
            "rows": [
                {"row": row, "value": value, "count": size}
                for (row, value), size in zip(each.rows, each.sizes, strict=True)
            ],
        }
        for each in answer.conflicts
    ]
    return {
        "rows": answer.rows, "groups": answer.groups, "exceptions": answer.exceptions,
        "conflicting": answer.conflicting, "conflicts": conflicts,
    }  # fmt: skip
