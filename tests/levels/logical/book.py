"""Published entity-relationship diagrams, and the relations that their books make of them.

A line `EMPLOYEE: ssn! name(first last) phone* age'` is an entity: `!` identifies, `*` has several values, `?` may be
missing, `'` is derived. `~` before it is weak, `&` associative. `controls = DEPARTMENT 1..1, PROJECT 0..N : hours` is a
relationship; a word behind the numbers is the role, `*` marks the owner. The relations read
`NAME(key; other attributes; references)`; `@` is a reference, by role where there is one, `?` may be empty.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Book:
    """A diagram, where it is from, and the relations that are to come out."""

    source: str
    diagram: str
    relations: str
