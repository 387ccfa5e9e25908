"""What is needed to ask questions about a model, and how one is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from designer.dialects.base import Dialect
from designer.levels.choices.words import Words, set_for_all
from designer.levels.contract import Answer, Question, Settings
from designer.levels.logical.upper import Upper
from designer.schema import Attribute, Design, Id, Relationship


@dataclass(frozen=True, slots=True)
class Asking:
    """A model that is asked about.

    `taking_part`: entity -> the relationships that it takes part in. `attributes`: each with the name of its owner,
    parts behind what they are part of.
    """

    design: Design
    above: Upper
    dialect: Dialect | None
    settings: Settings
    taking_part: dict[Id, list[Relationship]] = field(default_factory=dict)
    attributes: tuple[tuple[Attribute, str], ...] = ()

    def supports(self, feature: str) -> bool:
        """Return whether the target can do something; where no target is known, that it can."""
        return self.dialect is None or self.dialect.supports(feature)

    @property
    def target(self) -> str:
        """What the target is called."""
        return self.dialect.title if self.dialect is not None else "the target"

    def ask(
        self, element: Id, topic: str, title: str, words: Words, default: str, *, why: str = "",
        warnings: Mapping[str, str] | None = None,
    ) -> Question:  # fmt: skip
        """Return a question with the answers of `words`; without `why`, that the default is set for all."""
        told = warnings or {}
        answers = tuple(
            Answer(value, name, explained, told.get(value, "")) for value, (name, explained) in words.items()
        )
        value = self.settings.choice(element, topic) or default
        return Question(element, topic, title, answers, value, default, why or set_for_all(words, default))


def asking(design: Design, above: Upper, dialect: Dialect | None, settings: Settings) -> Asking:
    """Return what is needed to ask about a model."""
    taking_part: dict[Id, list[Relationship]] = {}
    for record in above.relationships:
        for entity in dict.fromkeys(end.entity for end in record.ends):
            taking_part.setdefault(entity, []).append(record)
    attributes: list[tuple[Attribute, str]] = []
    for owner in (*above.entities.values(), *above.relationships):
        _gather(above, owner.id, owner.name, attributes)
    return Asking(design, above, dialect, settings, taking_part, tuple(attributes))


def _gather(above: Upper, parent: Id, owner: str, found: list[tuple[Attribute, str]]) -> None:
    for each in above.attributes.get(parent, ()):
        found.append((each, owner))
        _gather(above, each.id, owner, found)
