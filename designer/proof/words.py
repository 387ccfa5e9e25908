"""A proof in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from designer.proof.contract import Proof, Refusal

_PLURALS = {"index": "indexes", "policy": "policies", "foreign key": "foreign keys"}
_SHOWN = 300
LEFT, RIGHT = "design", "server"


def counted(numbers: Counter[str]) -> str:
    """Return `12 tables, 80 columns and 1 view`, the most frequent first."""
    said = [f"{number:,} {_many(kind, number)}" for kind, number in numbers.most_common()]
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]])) or "nothing"


def _many(kind: str, number: int) -> str:
    return kind if number == 1 else _PLURALS.get(kind, f"{kind}s")


def summary(proof: Proof) -> str:
    """Return the result in one sentence."""
    equal = f"{counted(proof.comparison.equal)} {'are' if sum(proof.comparison.equal.values()) > 1 else 'is'} equal"
    where = f"on {proof.server}"
    faults = _faults(proof)
    if not faults:
        return f"Proven {where}: {equal}."
    return f"Not equal {where}: {', '.join(faults)}; {equal}."


def _faults(proof: Proof) -> list[str]:
    real, refused = len(proof.comparison.real), len(proof.refused)
    return [
        f"{number} {word if number == 1 else word + 's'}"
        for number, word in ((refused, "refused statement"), (real, "difference"))
        if number
    ]


def asides(proof: Proof) -> list[str]:
    """Return what a reader should know beside the result: what was not proven, and what is only spelled differently."""
    found = []
    if proof.unproven:
        number = len(proof.unproven)
        found.append(f"{number} statement{'s' if number != 1 else ''} could not be proven here")
    if proof.left_out:
        number = len(proof.left_out)
        found.append(
            f"{number} object{'s are' if number != 1 else ' is'} left out of the DDL, for the reasons in its notes"
        )
    spelled = len(proof.comparison.differences) - len(proof.comparison.real)
    if spelled:
        found.append(
            f"{spelled} field{'s are' if spelled != 1 else ' is'} spelled differently; the server took the design's "
            "words and wrote them its own way"
        )
    return found


def shortened(text: str) -> str:
    """Return a statement in one line of bounded length."""
    plain = " ".join(text.split())
    return plain[:_SHOWN] + "…" if len(plain) > _SHOWN else plain


def refusal(each: Refusal, path: str) -> str:
    """Return a refused statement in one line: its line of the script, its record, the statement, the server's words."""
    about = f" ({path})" if path else ""
    why = f" [{each.unproven}]" if each.unproven else ""
    return f"line {each.piece.line} of the DDL{about}: {shortened(each.piece.text)}: {each.message}{why}"


def lines(proof: Proof, paths: dict[str, str]) -> Iterable[str]:
    """Yield the whole result: the sentence, the faults, what was not proven. `paths` says what records are called."""
    yield summary(proof)
    for each in proof.refused:
        yield f"refused: {refusal(each, paths.get(each.piece.about or '', ''))}"
    for difference in proof.differences:
        word = "spelled differently" if difference.spelled else "different"
        yield f"{word}: {difference.sentence(LEFT, RIGHT)}"
    for message, _ in proof.left_out:
        yield f"left out of the DDL: {' '.join(message.split())}"
    for each in proof.unproven:
        yield f"not proven here: {refusal(each, paths.get(each.piece.about or '', ''))}"
