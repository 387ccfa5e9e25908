"""Whether a change leaves a design whole. Looks only at what the change touches, so it costs what the change costs."""

from __future__ import annotations

from designer.change import Change, dangling
from designer.change.codec import misfit
from designer.schema import Design, kind_of
from designer.schema.ids import ID_PATTERN
from designer.schema.kinds import PARENT_KINDS
from designer.services.errors import Invalid


def check(after: Design, change: Change) -> None:
    """Raise Invalid where the design after `change` would hold something broken."""
    for each in change.changed:
        _check_types(after, each)
    for each in (*change.added, *change.changed):
        _check_record(after, each)
    for gone in change.removed:
        left = after.referrers(gone) if gone not in after else ()
        for each in left:
            raise Invalid(f"The change removes the record {gone}, which the {_named(after, each)} still needs.")


def _check_types(after: Design, each: str) -> None:
    """Values of changed fields were read without knowing the kind; added records were read as what they are."""
    wrong = misfit(after[each])
    if wrong:
        raise Invalid(f"The {_named(after, each)} would not be valid: {wrong}.")


def _check_record(after: Design, each: str) -> None:
    if not ID_PATTERN.match(each):
        raise Invalid(f"{each[:60]!r} is not a record id: it takes 4 to 40 letters and digits.")
    for _, field, target in dangling(after, [each]):
        raise Invalid(f"The field {field} of the {_named(after, each)} names a record {target[:60]} that is not there.")
    _check_parent(after, each)


def _check_parent(after: Design, each: str) -> None:
    record = after[each]
    allowed = PARENT_KINDS[kind_of(record)]
    if record.parent is None:
        if allowed:
            raise Invalid(
                f"The {_named(after, each)} belongs to nothing; its parent must be a {' or '.join(sorted(allowed))}."
            )
        return
    kind = kind_of(after[record.parent])
    if kind not in allowed:
        raise Invalid(f"The {_named(after, each)} cannot belong to a {kind}.")
    if after.model_of(record) is None:
        raise Invalid(f"The {_named(after, each)} would belong to itself.")


def _named(design: Design, each: str) -> str:
    record = design[each]
    name = getattr(record, "name", "")
    return f"{kind_of(record).replace('_', ' ')} {name or each}"
