"""What was found as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from designer.discovery.contract import Asked, Conflict, Discovered, FoundDependency, Inclusion, Profile

WORTH = 0.5
"""Share of the rows that must repeat what others say for a dependency to be listed where not all are asked for."""
_MOST = 40
_NOTHING = "  none found"


def as_text(profiles: Sequence[Profile], included: Sequence[Inclusion], *, everything: bool = False) -> str:
    """Return findings as text. Without `everything` what repeats little is only counted."""
    blocks = ["\n".join(_table(each, everything=everything)) for each in profiles]
    if len(profiles) > 1:
        blocks.append("\n".join(_included(included, everything=everything)))
    return "".join(visible(block) + "\n" for block in "\n\n".join(blocks).split("\n"))


def visible(line: str) -> str:
    """Return a line with what would move the cursor shown, not sent."""
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in line)


def _table(profile: Profile, *, everything: bool) -> Iterator[str]:
    found = profile.found
    kept = found.sampled or "all of them were compared."
    yield f"{found.source}: {_count(found.seen, 'row')}, {_count(len(found.columns), 'column')}; {kept}"
    yield from (f"  {each}" for each in found.notes)
    yield "Keys"
    yield from (_key(found, each.columns, nullable=each.nullable) for each in found.keys[:_MOST])
    yield from _more(len(found.keys) - _MOST, "key") if found.keys else [_NOTHING]
    if found.constants:
        yield "Constant in these rows, which may be an accident"
        yield from (f"  {found.columns[each.column].name} is {_value(each.value)}" for each in found.constants)
    yield from _dependencies(profile, everything=everything)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _key(found: Discovered, columns: tuple[int, ...], *, nullable: bool) -> str:
    return f"  {', '.join(found.names(columns))}{' (has NULLs)' if nullable else ''}"


def _more(number: int, word: str) -> list[str]:
    return [f"  and {_count(number, 'more ' + word)}"] if number > 0 else []


def _dependencies(profile: Profile, *, everything: bool) -> Iterator[str]:
    found = profile.found
    exact = [each for each in found.dependencies if each.exact]
    nearly = [each for each in found.dependencies if not each.exact]
    shown = [each for each in exact if everything or found.share(each) >= WORTH]
    yield "Dependencies, by the rows that repeat what others say"
    yield from _grouped(found, shown) if shown else [_NOTHING]
    if len(shown) < len(exact):
        yield f"  and {len(exact) - len(shown):,} whose left side repeats in less than half of the rows (--all)"
    if nearly:
        yield "Nearly dependencies: dirty values, or rules with exceptions"
        answers = {(each.left, each.right): each for each in profile.asked}
        for each in nearly:
            yield _line(found, each.left, [each.right], _wrong(found, each))
            yield from list(_conflicts(found, answers.get((each.left, each.right))))[:1]
    asked = [each for each in profile.asked if not any((n.left, n.right) == (each.left, each.right) for n in nearly)]
    if asked:
        yield "Asked"
        for question in asked:
            yield _line(found, question.left, [question.right], _answer(question))
            yield from _conflicts(found, question)


def _grouped(found: Discovered, dependencies: Iterable[FoundDependency]) -> Iterator[str]:
    """Yield a line for each left side."""
    rights: dict[tuple[int, ...], list[FoundDependency]] = {}
    for each in dependencies:
        rights.setdefault(each.left, []).append(each)
    for left, those in rights.items():
        first = those[0]
        repeats = f"{first.redundancy:,} of {found.rows:,} rows repeat {_count(first.groups, 'value')}"
        yield _line(found, left, [each.right for each in those], repeats)


def _line(found: Discovered, left: tuple[int, ...], rights: Sequence[int], said: str) -> str:
    names = ", ".join(found.columns[each].name for each in rights)
    return f"  {', '.join(found.names(left))} -> {names}   ({said})"


def _wrong(found: Discovered, each: FoundDependency) -> str:
    return f"{_of(each.exceptions, found.rows)} would have to change"


def _of(wrong: int, rows: int) -> str:
    share = f"1 of {round(rows / wrong):,}" if wrong * 10 < rows else f"{wrong / rows:.0%}"
    return f"{_count(wrong, 'row')} of {rows:,}, {share},"


def _answer(asked: Asked) -> str:
    answer = asked.answer
    if not answer.exceptions:
        return f"holds in all {_count(answer.rows, 'row')}"
    return f"does not hold: {_of(answer.exceptions, answer.rows)} would have to change"


def _conflicts(found: Discovered, asked: Asked | None) -> Iterator[str]:
    if asked is not None:
        yield from (f"      {_conflict(found, asked, each)}" for each in asked.answer.conflicts)


def _conflict(found: Discovered, asked: Asked, conflict: Conflict) -> str:
    same = ", ".join(
        f"{name} {_value(value)}" for name, value in zip(found.names(asked.left), conflict.left, strict=True)
    )
    values = ", ".join(
        f"{_value(value)} in {_count(size, 'row')} (such as {row:,})"
        for (row, value), size in zip(conflict.rows, conflict.sizes, strict=True)
    )
    return f"{same or 'all rows'}: {found.columns[asked.right].name} is {values}"


def _value(text: str | None) -> str:
    return "NULL" if text is None else repr(text)


def _included(included: Sequence[Inclusion], *, everything: bool) -> Iterator[str]:
    shown = [each for each in included if everything or each.names_match]
    yield "Perhaps foreign keys"
    yield from map(_inclusion, shown) if shown else [_NOTHING]
    if len(shown) < len(included):
        yield f"  and {len(included) - len(shown):,} by their values only, not by their names (--all)"


def _inclusion(each: Inclusion) -> str:
    place = f"{each.table} ({', '.join(each.columns)}) -> {each.target} ({', '.join(each.key)})"
    why = f"; {each.why}" if each.why else ""
    return f"  {place}   ({_count(each.values, 'value')}{why}{'' if each.names_match else '; names differ'})"
