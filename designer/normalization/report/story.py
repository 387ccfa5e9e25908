"""A report on relations, as blocks that text, Markdown and HTML write each in their way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from designer.normalization.analysis import Analysis
from designer.normalization.codec import shown
from designer.normalization.contract import FD, MVD, Relation, Undecided, Violation, bits
from designer.normalization.report.blocks import Block, Fold, Grid, Heading, Items, Paragraph, code
from designer.normalization.report.cuts import decompositions, proposed
from designer.normalization.report.entry import Entry
from designer.normalization.report.why import derivation, example, key_walk, refuted
from designer.normalization.report.words import RULES, columns, count_of, dependency_of, form_sentence, reason, said

MOST_KEYS = 20
MOST_PROVED = 5  # keys whose walk is shown
MOST_VIOLATIONS = 100
MOST_STATED = 500


def story(entries: Sequence[Entry], *, proofs: bool = False, title: str = "Normal forms") -> list[Block]:
    """Return the report on some relations; with `proofs` also the formal steps of each derivation."""
    blocks: list[Block] = [Heading(1, title)]
    if len(entries) > 1:
        blocks.append(Grid(("relation", "normal form", "keys", "what keeps it out of higher forms"), _summary(entries)))
    for entry in entries:
        blocks += _entry(entry, proofs)
    return blocks


def _summary(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    return tuple((code(shown(each.name)), *_row(each)) for each in entries)


def _row(entry: Entry) -> tuple[str, ...]:
    if entry.analysis is None:
        return (entry.error, "", "")
    analysis = entry.analysis
    found = [
        f"{each.form}: {said(analysis.relation, dependency_of(each))}" for each in grouped(analysis.verdict.violations)
    ]
    more = f" and {len(found) - 3:,} more" if len(found) > 3 else ""
    return (badge(entry)[0], _key_count(analysis), "; ".join(found[:3]) + more)


def _key_count(analysis: Analysis) -> str:
    return f"{'' if analysis.keys.complete else 'at least '}{analysis.keys.count:,}"


def badge(entry: Entry) -> tuple[str, str]:
    """Return the verdict in a few words, and its tone: good, bad, or open."""
    if entry.analysis is None:
        return "cannot be read", "bad"
    verdict = entry.analysis.verdict
    if entry.caution and not entry.open:
        return entry.caution.partition(":")[0], "open"
    form = verdict.form if verdict.decided else f"at least {verdict.form}"
    if entry.open:
        return form, "bad"
    return (f"{form}, on purpose" if verdict.violations else form), "good" if verdict.decided else "open"


def _entry(entry: Entry, proofs: bool) -> Iterator[Block]:
    yield Heading(2, code(shown(entry.name)), *badge(entry))
    if entry.analysis is None:
        yield Paragraph(f"{entry.error[:1].upper()}{entry.error[1:]}.")
        return
    analysis = entry.analysis
    relation = analysis.relation
    yield Paragraph(f"{count_of(len(relation.attributes), 'column')}: {_all_columns(relation)}")
    if entry.caution:
        yield Paragraph(f"{entry.caution[:1].upper()}{entry.caution[1:]}.")
    if not entry.caution or entry.open:
        yield Paragraph(_verdict(analysis))
    yield from _stated(entry, relation)
    yield from _keys(analysis)
    yield from _cover(analysis)
    yield from _violations(entry, analysis, proofs)
    yield from decompositions(analysis)
    if entry.judged is not None:
        yield from proposed(relation, entry.judged)
    if not entry.caution:
        yield from _example(analysis)


def _all_columns(relation: Relation) -> str:
    return code(", ".join(shown(each) for each in relation.attributes)) if relation.attributes else "none"


def _verdict(analysis: Analysis) -> str:
    sentence = form_sentence(analysis.verdict.form, analysis.verdict.decided)
    if analysis.verdict.form == "3NF" and analysis.verdict.decided:
        sentence += f" It is {'' if analysis.verdict.eknf else 'not '}in elementary key normal form."
    open_parts = analysis.undecided
    return f"{sentence} Not decided: {', '.join(open_parts)}." if open_parts else sentence


def _stated(entry: Entry, relation: Relation) -> Iterator[Block]:
    yield Heading(3, "Dependencies")
    every: list[FD | MVD] = [*relation.fds, *relation.mvds]
    origins = [*entry.origins, *entry.many_origins]
    listed = [
        f"{said(relation, _bare(each))}{f' ({why})' if why else ''}"
        for each, why in zip(every, origins or [""] * len(every), strict=True)
    ]
    listed += [said(relation, each) for each in relation.jds]
    if not listed:
        yield Paragraph("None is stated: all columns together are the only key.")
        return
    yield Items(tuple(listed[:MOST_STATED]), ordered=True)
    if len(listed) > MOST_STATED:
        yield Paragraph(f"… and {len(listed) - MOST_STATED:,} more.")


def _bare(stated: FD | MVD) -> FD | MVD:
    """Return a dependency without the columns that it has on both sides, unless nothing else is on its right."""
    right = stated.right & ~stated.left
    return replace(stated, right=right) if right else stated


def _keys(analysis: Analysis) -> Iterator[Block]:
    relation, keys = analysis.relation, analysis.keys
    count = count_of(keys.count, "candidate key")
    yield Heading(3, count if keys.complete else f"At least {count}")
    if len(keys.factors) > 1 and keys.count > len(keys.factors):
        parts = [
            f"one of {' | '.join(columns(relation, each) for each in factor)}" for factor in keys.factors[:MOST_KEYS]
        ]
        core = [columns(relation, keys.core)] if keys.core else []
        more = f" and {len(keys.factors) - MOST_KEYS} more choices" if len(keys.factors) > MOST_KEYS else ""
        yield Paragraph(f"A key is {' with '.join([*core, *parts])}{more}.")
    yield Items(tuple(columns(relation, each) for each in analysis.listed_keys[:MOST_KEYS]))
    if keys.count > MOST_KEYS:
        yield Paragraph(f"… and {keys.count - MOST_KEYS:,} more.")
    for each in analysis.listed_keys[:MOST_PROVED]:
        yield Fold(f"Why {columns(relation, each)} is a key", tuple(key_walk(analysis, each)))


def _cover(analysis: Analysis) -> Iterator[Block]:
    relation, cover = analysis.relation, analysis.cover
    stated = {FD(fd.left, 1 << column) for fd in relation.fds for column in bits(fd.right & ~fd.left)}
    if cover and set(cover) != stated:
        yield Heading(3, "Minimal cover")
        yield Paragraph("The same functional dependencies, with nothing in them that follows from the rest.")
        yield Items(tuple(said(relation, each) for each in cover[:MOST_STATED]))


def _violations(entry: Entry, analysis: Analysis, proofs: bool) -> Iterator[Block]:
    relation, violations = analysis.relation, grouped(entry.open)
    if settled := {f"{said(relation, dependency_of(each))}: {why}" for each, why in entry.violations if why}:
        yield Heading(3, "Left as it is")
        yield Items(tuple(sorted(settled)))
    if not violations:
        return
    yield Heading(3, "What keeps it out of higher forms")
    for form, rule in RULES.items():
        of_form = [each for each in violations[:MOST_VIOLATIONS] if each.form == form]
        if of_form:
            yield Heading(4, f"{form}: {rule}")
        for each in of_form:
            found = analysis.explain(each)
            yield Paragraph(f"{said(relation, dependency_of(each))}: {reason(relation, each)}")
            yield Fold("Why", (*derivation(relation, found.derivation, proofs), *refuted(relation, found)))
    if len(violations) > MOST_VIOLATIONS:
        yield Paragraph(f"… and {len(violations) - MOST_VIOLATIONS:,} more.")


def grouped(violations: Iterable[Violation]) -> list[Violation]:
    """Return violations with one for all columns that depend on the same left side and break the same form."""
    groups: dict[Violation, int] = {}
    for each in violations:
        bare = each if each.multivalued or each.components else replace(each, right=0)
        groups[bare] = groups.get(bare, 0) | each.right
    return [replace(bare, right=right) for bare, right in groups.items()]


def _example(analysis: Analysis) -> Iterator[Block]:
    rows = analysis.example
    if isinstance(rows, Undecided):
        return
    yield Heading(3, "Would these rows be allowed?")
    yield from example(analysis.relation, rows)
