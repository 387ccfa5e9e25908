"""A proof as plain data, for a page and for programs."""

from __future__ import annotations

from typing import Any

from designer.compare import Difference
from designer.lint.paths import path_of
from designer.proof.contract import Proof, Refusal
from designer.proof.words import asides, shortened, summary
from designer.schema import Design

SHOWN = 300
"""How many differences, and how many statements, are told one by one."""
_VALUE = 600


def told(proof: Proof, design: Design) -> dict[str, Any]:
    """Return a proof as plain data, of bounded size."""
    return {
        "holds": proof.holds,
        "server": proof.server,
        "dialect": proof.dialect,
        "summary": summary(proof),
        "asides": asides(proof),
        "statements": proof.statements,
        "equal": proof.comparison.equal.most_common(),
        "only_spelled": not proof.comparison.real,
        "counts": [len(proof.refused), len(proof.comparison.differences), len(proof.unproven)],
        "refused": [_refusal(each, design) for each in proof.refused[:SHOWN]],
        "unproven": [_refusal(each, design) for each in proof.unproven[:SHOWN]],
        "differences": [_difference(each) for each in proof.differences[:SHOWN]],
    }


def _refusal(each: Refusal, design: Design) -> dict[str, Any]:
    about = each.piece.about if each.piece.about in design else None
    return {
        "line": each.piece.line,
        "text": shortened(each.piece.text),
        "message": each.message[:_VALUE],
        "why": each.unproven,
        "about": about or "",
        "label": path_of(design, about) if about else "",
    }


def _difference(each: Difference) -> dict[str, Any]:
    return {
        "label": each.about,
        "about": each.left_id or "",
        "field": each.field,
        "left": None if each.left is None else each.left[:_VALUE],
        "right": None if each.right is None else each.right[:_VALUE],
        "spelled": each.spelled,
    }
