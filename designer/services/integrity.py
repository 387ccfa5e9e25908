"""Whether a change leaves a design whole. Looks only at what the change touches, so it costs what the change costs."""

from __future__ import annotations

from designer.change import Change
from designer.change.codec import misfit
from designer.schema import Design, kind_of
from designer.schema.validation import problems_in
from designer.services.errors import Invalid


def check(after: Design, change: Change) -> None:
    """Raise Invalid where the design after `change` would hold something broken."""
    for each in change.changed:
        _check_types(after, each)
    for problem in problems_in(after, [*change.added, *change.changed]):
        if problem.serious:
            raise Invalid(problem.message[:1].upper() + problem.message[1:])
    for gone in change.removed:
        left = after.referrers(gone) if gone not in after else ()
        for each in left:
            raise Invalid(f"The change removes the record {gone}, which the {_named(after, each)} still needs.")


def _check_types(after: Design, each: str) -> None:
    """Values of changed fields were read without knowing the kind; added records were read as what they are."""
    wrong = misfit(after[each])
    if wrong:
        raise Invalid(f"The {_named(after, each)} would not be valid: {wrong}.")


def _named(design: Design, each: str) -> str:
    record = design[each]
    name = getattr(record, "name", "")
    return f"{kind_of(record).replace('_', ' ')} {name or each}"
