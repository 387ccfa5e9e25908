"""The model that is read, with the marks of its elements and what each of them truly is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.schema import Design, Id, Model, Record


@dataclass(frozen=True, slots=True)
class Source:
    """A model whose relationships are all from one child to one parent.

    Where the model itself has others, `design` and `model` are those of its logical form, made for reading only;
    `truth` then says which element of the real model each record stands for, and `marks` how it is called in ids.
    """

    design: Design
    model: Id
    truth: Mapping[Id, Id | None] = field(default_factory=dict)
    marks: Mapping[Id, str] = field(default_factory=dict)

    def true(self, element: Id) -> Id | None:
        """Return the element of the real model that a record stands for."""
        return self.truth.get(element, element)

    def mark(self, element: Id) -> str:
        """Return the mark of an element."""
        return self.marks.get(element, element)


def source_of(design: Design, model: Model) -> Source:
    """Return a model ready to be read."""
    return Source(design, model.id)


def real(design: Design, element: Id | None) -> Record | None:
    """Return the record of an element, or None where there is none."""
    return design.get(element) if element else None
