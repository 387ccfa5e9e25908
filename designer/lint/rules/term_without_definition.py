"""WK605: a glossary term that says nothing."""

from __future__ import annotations

from collections.abc import Iterator

from designer.lint.contract import INFO, Example, Found, Rule
from designer.lint.subject import Subject
from designer.schema import Model, Term

_MODEL = Model(id="m", name="Concepts", level="conceptual")


def _check(subject: Subject) -> Iterator[Found]:
    for term in subject.of(Term):
        if not term.comment.strip():
            yield Found(term.id, f"the term {term.name} has no definition")


RULE = Rule(
    code="WK605",
    name="term-without-definition",
    title="A term has no definition",
    severity=INFO,
    help="A glossary is there so that two people mean the same by a word. A term without a definition leaves that "
    "open. Write one sentence that says what is one and what is not.",
    firing=Example(
        "The term Customer without a definition.", records=(_MODEL, Term(id="t", parent="m", name="Customer"))
    ),
    silent=Example(
        "The term Customer: somebody who has ordered at least once.",
        records=(_MODEL, Term(id="t", parent="m", name="Customer", comment="Somebody who has ordered at least once.")),
    ),
    check=_check,
    levels=("conceptual", "logical"),
)
