"""What names suggest about dependencies. A name proves nothing: every suggestion is a question with a reason.

Rules over names are mostly wrong on real schemas unless they are narrow. A thing and its name suggest a dependency
(`room_id`, `room_name`) unless the handle stands for things of several tables (`room_type`), the table keeps what was
true at the time (an audit log), or the name is there without the thing, which makes it a snapshot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from designer.dependencies.columns import owner_of
from designer.dependencies.known import Known
from designer.dependencies.seen import Seen, owner_words, seen, unique_of
from designer.dependencies.stating import Proposal
from designer.dependencies.words import (
    FORMS_OF_A_NAME,
    HANDLES,
    KEEPS_THE_PAST,
    OF_ANY_KIND,
    TELLS,
    Words,
    one_of,
    thing_first,
)
from designer.schema import Design, Entity, Id, Key, Table

Named = dict[Words, Seen]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Columns that may depend on others. `form` is the normal form that would be broken; `reason` says why to ask.

    A `weak` one is asked when somebody works on the table, and marks nothing. `computed` says that a generated column
    would be the fix, and not a table.
    """

    owner: Id
    determinant: tuple[Id, ...]
    dependent: tuple[Id, ...]
    rule: str
    form: str
    reason: str
    weak: bool = False
    computed: bool = False

    def proposal(self) -> Proposal:
        """Return it as what `stating.propose` stores."""
        return Proposal(self.owner, self.determinant, self.dependent, "names", reason=self.reason)


def suggested(design: Design, owner: Id) -> tuple[Suggestion, ...]:
    """Return what the names of a table or an entity suggest; nothing that is known, refuted or waived."""
    found = hinted(design, owner)
    if not found:
        return ()
    known = Known(design, owner_of(design, owner))
    keys = unique_of(design, owner)
    return tuple(
        replace(each, dependent=open_ones)
        for each in found
        if not any(key <= set(each.determinant) for key in keys) and (open_ones := _unsettled(known, each))
    )


def hinted(design: Design, owner: Id) -> tuple[Suggestion, ...]:
    """Return what names suggest, also what is settled already."""
    if not isinstance(design.get(owner), Table | Entity):
        return ()
    columns = seen(design, owner)
    return (*_named(design, owner, columns), *_places(owner, columns), *_totals(owner, columns))


def _unsettled(known: Known, suggestion: Suggestion) -> tuple[Id, ...]:
    left = suggestion.determinant
    return tuple(each for each in suggestion.dependent if not known.settles(left, (each,), multivalued=False))


def _named(design: Design, owner: Id, columns: list[Seen]) -> Iterator[Suggestion]:
    """Yield a thing and what its name tells: `room_id -> room_name`."""
    columns = [replace(each, words=thing_first(each.words)) for each in columns]
    by_words = {each.words: each for each in columns}
    own = owner_words(design, owner)
    if KEEPS_THE_PAST & set(own):
        return
    stems = {each.words[:-1] for each in columns if len(each.words) > 1 and each.words[-1] in HANDLES}
    for stem in sorted(stems):
        handle = next(by_words[(*stem, last)] for last in HANDLES if (*stem, last) in by_words)
        told = [each for each in columns if each.id != handle.id and _tells(each, stem, handle)]
        if told and not _of_any_kind(by_words, stem) and not _is_own(stem, own):
            yield from _suggestion(design, owner, handle, told)


def _tells(column: Seen, stem: Words, handle: Seen) -> bool:
    """Say whether a column is about the thing of a handle, and is there only together with it."""
    words = column.words
    rest = words[len(stem) :]
    if not rest or len(rest) > 2 or words[: len(stem)] != stem or rest[-1] not in TELLS or words == handle.words:
        return False
    return (len(rest) == 1 or rest[0] in FORMS_OF_A_NAME) and (column.optional or not handle.optional)


def _of_any_kind(by_words: Named, stem: Words) -> bool:
    return any((*stem, word) in by_words for word in OF_ANY_KIND)


def _is_own(stem: Words, own: Words) -> bool:
    """Say whether a handle is that of the table itself, or of who made the row: a copy of that time."""
    tail = own[-len(stem) :]
    same = tail[:-1] == stem[:-1] and bool(tail) and one_of(tail[-1]) == one_of(stem[-1])
    return same or stem[-1] == "by"


def _suggestion(design: Design, owner: Id, handle: Seen, told: list[Seen]) -> Iterator[Suggestion]:
    keys = unique_of(design, owner)
    members = frozenset().union(*keys, *(key.columns for key in design.of(Key, owner)))
    free = [each for each in told if each.id not in members]
    if free and not any(key <= {handle.id} for key in keys):
        part = any(handle.id in key for key in keys)
        names = ", ".join(each.name for each in free)
        verb = "look" if len(free) > 1 else "looks"
        where = f"{handle.name}, which is only a part of the key" if part else f"{handle.name}, which is no key here"
        reason = f"{names} {verb} like a fact about {where}"
        ids = tuple(each.id for each in free)
        yield Suggestion(owner, (handle.id,), ids, "handle", "2NF" if part else "3NF", reason)


_CODES = (("zip",), ("zipcode",), ("zip", "code"), ("postcode",), ("postal", "code"), ("post", "code"), ("plz",),
          ("postalcode",))  # fmt: skip
_CITIES = (("city",), ("town",), ("locality",), ("ort",))
_COUNTRIES = (("country", "code"), ("country", "id"), ("country",))


def _places(owner: Id, columns: list[Seen]) -> Iterator[Suggestion]:
    """Yield postal code and city, as a question only: a code may have several cities, and in fact many do."""
    by_words = {each.words: each for each in columns}
    for code in columns:
        for spelled in _CODES:
            if code.words[-len(spelled) :] != spelled:
                continue
            before = code.words[: -len(spelled)]
            city = next((by_words[before + each] for each in _CITIES if before + each in by_words), None)
            country = next((by_words[before + each] for each in _COUNTRIES if before + each in by_words), None)
            if city:
                left = (*((country.id,) if country else ()), code.id)
                reason = f"{city.name} often follows from {code.name}, though a code can have several cities"
                yield Suggestion(owner, left, (city.id,), "place", "3NF", reason, weak=True)
                break


_COUNTS = frozenset({"quantity", "qty"})
_PRICES = frozenset({"price"})
_TOTALS = frozenset({"total", "subtotal", "amount"})


def totals_of(design: Design, owner: Id) -> tuple[Suggestion, ...]:
    """Return what would be computed from other columns of a table or an entity, by the names of all of them."""
    return tuple(_totals(owner, seen(design, owner)))


def _totals(owner: Id, columns: list[Seen]) -> Iterator[Suggestion]:
    """Yield quantity, price and total, where each is there once."""
    counts, prices, totals = (
        [each for each in columns if each.words and each.words[-1] in last] for last in (_COUNTS, _PRICES, _TOTALS)
    )
    if len(counts) == len(prices) == len(totals) == 1:
        reason = f"{totals[0].name} may be {counts[0].name} times {prices[0].name}"
        left = (counts[0].id, prices[0].id)
        yield Suggestion(owner, left, (totals[0].id,), "total", "3NF", reason, weak=True, computed=True)
