"""Questions for when names tell nothing more: does a column settle anything at all?

"Can two rows have the same city and differ in everything else?" is mostly answered yes, and then one answer refutes
every dependency on the city at once. After a no, something depends on it, and each column is asked about by itself.
"""

from __future__ import annotations

from collections.abc import Iterator

from designer.dependencies.candidates import Candidate, about
from designer.dependencies.known import Known
from designer.dependencies.seen import Seen
from designer.dependencies.subject import Subject
from designer.dependencies.words import HANDLES, MEASURES
from designer.normalization.closure import Closure
from designer.schema import Design

MOST = 2
"""Such questions at a time."""
_OF_A_PART, _OF_A_COLUMN = 25.0, 20.0
_NEVER = ("boolean", "json", "jsonb", "bytes", "binary", "real", "double")
_TIMES = ("timestamp", "timestamp_tz", "time")


def alone(design: Design, subject: Subject, known: Known, closure: Closure) -> Iterator[Candidate]:
    """Yield which columns, and which parts of keys, may settle something; nothing that is known or refuted."""
    table = about(design, subject)
    prose = {each.id for each in table.columns.values() if not _may_settle(each)}
    ordered = [[each for each in subject.columns if each in key] for key in table.keys if len(key) > 1]
    parts = dict.fromkeys(tuple(each for each in key if each != one) for key in ordered for one in key)
    single = [(each,) for each in table.columns if each not in prose and frozenset({each}) not in table.keys]
    asked = [*((each, _OF_A_PART) for each in parts), *((each, _OF_A_COLUMN) for each in single)]
    lonely = {each for key in table.keys if len(key) == 1 for each in key}
    for left, worth in asked:
        if not left or len(left) > 2 or not set(left) <= subject.numbers.keys():
            continue
        settled = set(subject.ids_of(closure.of(subject.set_of(left)))) | lonely
        right = tuple(
            each
            for each in subject.columns
            if each not in settled and not known.settles(left, (each,), multivalued=False)
        )
        if right and not lonely & set(left):
            names = ", ".join(subject.relation.attributes[subject.numbers[each]] for each in left)
            kind = "alone" if len(right) > 1 else "dependency"
            yield Candidate(left, right, worth, f"so far nothing is known to depend on {names} alone", kind)


def _may_settle(column: Seen) -> bool:
    """Say whether a column can stand for a thing: no amount, moment, flag or structure does."""
    base = column.type.split("(", 1)[0]
    last = column.words[-1] if column.words else ""
    return base not in (*_NEVER, *_TIMES) and last not in MEASURES and (base != "decimal" or last in HANDLES)
