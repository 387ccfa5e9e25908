"""The proof of a migration in words, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from designer.compare import Difference
from designer.lint.paths import path_of
from designer.proof.contract import Refusal
from designer.proof.evolving_contract import EvolutionProof, Kept, Stage
from designer.proof.words import counted, shortened
from designer.schema import Design

SHOWN = 300
"""How many faults of a kind are told one by one."""
_VALUE = 600


def evolution_summary(proof: EvolutionProof) -> str:
    """Return the result in one sentence."""
    where = f"on {proof.server}"
    if proof.holds:
        up, down = proof.up.statements, proof.down.statements
        return (
            f"Proven {where}: {_many(up, 'statement')} up, {down:,} down, {counted(proof.equal)} equal, {_rows(proof)}."
        )
    return f"Not proven {where}: {', '.join(_faults(proof))}."


def _many(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _rows(proof: EvolutionProof) -> str:
    tables = sum(each.rows > 0 for each in proof.kept)
    return f"{_many(proof.rows, 'sample row')} kept in {_many(tables, 'table')}" if proof.rows else "no sample rows"


def _faults(proof: EvolutionProof) -> Iterable[str]:
    for stage in proof.stages:
        found = [
            _many(number, word)
            for number, word in ((len(stage.refused), "refused statement"), (len(stage.comparison.real), "difference"))
            if number
        ]
        if found:
            yield f"{stage.name} has {' and '.join(found)}"
    lost = sum(not each.holds for each in proof.kept)
    if lost:
        yield f"{_many(lost, 'table')} did not keep {'its' if lost == 1 else 'their'} rows"


def evolution_lines(proof: EvolutionProof, labels: dict[str, str]) -> Iterable[str]:
    """Yield the whole result. `labels` says what records are called."""
    yield evolution_summary(proof)
    told: set[tuple[str, str]] = set()
    for stage in proof.stages:
        yield from (f"{stage.name}: refused: {refusal(each, stage, labels)}" for each in stage.refused)
        for each in stage.differences:
            known = (each.about, each.field) in told
            told |= {(each.about, each.field)} if each.spelled else set()
            if not (each.spelled and known):
                yield f"{stage.name}: {_difference(each)}"
    yield from (f"rows: {_kept(each)}" for each in proof.kept if not each.holds)
    yield from (f"lost on the way up: {each}" for each in proof.lost)
    for stage in proof.stages:
        yield from (f"not proven here: {stage.name}: {refusal(each, stage, labels)}" for each in stage.unproven)


def refusal(each: Refusal, stage: Stage, labels: dict[str, str]) -> str:
    """Return a refused statement in one line: its number, its record, the statement, the server's words."""
    label = labels.get(each.piece.about or "", "")
    place = "line" if stage.name == "the old schema" else "step"
    why = f" [{each.unproven}]" if each.unproven else ""
    return (
        f"{place} {each.piece.line}{f' ({label})' if label else ''}: {shortened(each.piece.text)}: {each.message}{why}"
    )


def _difference(each: Difference) -> str:
    word = "spelled differently" if each.spelled else "different"
    return f"{word}: {each.sentence('wanted', 'server')}"


def _kept(each: Kept) -> str:
    if each.rows_there < 0 or each.rows_back < 0:
        way = "up" if each.rows_there < 0 else "down"
        return f"{each.label} cannot be read after the way {way}"
    if each.rows != each.rows_there or each.rows != each.rows_back:
        return f"{each.label} had {each.rows} rows, {each.rows_there} after the way up and {each.rows_back} after both"
    return f"{each.label} has other values ({', '.join(each.changed)})"


def evolution_told(proof: EvolutionProof, labels: dict[str, str]) -> dict[str, Any]:
    """Return a proof as plain data, of bounded size."""
    return {
        "holds": proof.holds,
        "server": proof.server,
        "dialect": proof.dialect,
        "summary": evolution_summary(proof),
        "equal": proof.equal.most_common(),
        "rows": proof.rows,
        "stages": [_stage(each, labels) for each in proof.stages],
        "kept": [_row(each) for each in sorted(proof.kept, key=lambda each: each.holds)[:SHOWN]],
        "lost": proof.lost[:SHOWN],
        "notes": proof.notes[:SHOWN],
    }


def _stage(stage: Stage, labels: dict[str, str]) -> dict[str, Any]:
    return {
        "name": stage.name,
        "holds": stage.holds,
        "statements": stage.statements,
        "counts": [len(stage.refused), len(stage.comparison.differences), len(stage.unproven)],
        "refused": [_statement(each, labels) for each in stage.refused[:SHOWN]],
        "unproven": [_statement(each, labels) for each in stage.unproven[:SHOWN]],
        "differences": [
            {
                "label": each.about, "about": each.left_id or "", "field": each.field, "spelled": each.spelled,
                "wanted": None if each.left is None else each.left[:_VALUE],
                "server": None if each.right is None else each.right[:_VALUE],
            }
            for each in stage.differences[:SHOWN]
        ],
    }  # fmt: skip


def _statement(each: Refusal, labels: dict[str, str]) -> dict[str, Any]:
    about = each.piece.about or ""
    return {
        "number": each.piece.line, "text": shortened(each.piece.text), "message": each.message[:_VALUE],
        "why": each.unproven, "about": about, "label": labels.get(about, ""),
    }  # fmt: skip


def _row(each: Kept) -> dict[str, Any]:
    return {
        "table": each.label, "holds": each.holds, "rows": each.rows, "up": each.rows_there, "down": each.rows_back,
        "columns": each.columns, "changed": list(each.changed),
    }  # fmt: skip


def labels_of(proof: EvolutionProof, *designs: Design) -> dict[str, str]:
    """Return what the records of refused statements are called, by their ids."""
    about = {each.piece.about for stage in proof.stages for each in (*stage.refused, *stage.unproven)}
    homes = ((each, next((one for one in designs if each in one), None)) for each in about if each)
    return {each: path_of(design, each) for each, design in homes if design is not None}
