"""What is needed to ask questions about a model, and how one is put together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from designer.dialects.base import Dialect
from designer.levels.contract import Answer, Question, Settings
from designer.levels.upper import Upper
from designer.levels.words import Words, set_for_all
from designer.schema import Attribute, Id, Relationship


@dataclass(frozen=True, slots=True)
class Asking:
    """A model that is asked about. `taking_part`: entity -> the relationships that it takes part in."""

    above: Upper
    dialect: Dialect | None
    settings: Settings
    taking_part: dict[Id, list[Relationship]] = field(default_factory=dict)

    def supports(self, feature: str) -> bool:
        """Return whether the target can do something; where no target is known, that it can."""
        return self.dialect is None or self.dialect.supports(feature)

    @property
    def target(self) -> str:
        """What the target is called."""
        return self.dialect.title if self.dialect is not None else "the target"

    def attributes(self) -> Iterator[tuple[Attribute, str]]:
        """Yield each attribute with what owns it, parts behind what they are part of."""
        for owner in (*self.above.entities.values(), *self.above.relationships):
            yield from self._under(owner.id, owner.name)

    def _under(self, parent: Id, owner: str) -> Iterator[tuple[Attribute, str]]:
        for each in self.above.attributes.get(parent, ()):
            yield each, owner
            yield from self._under(each.id, owner)

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


def asking(above: Upper, dialect: Dialect | None, settings: Settings) -> Asking:
    """Return what is needed to ask about a model."""
    taking_part: dict[Id, list[Relationship]] = {}
    for record in above.relationships:
        for entity in dict.fromkeys(end.entity for end in record.ends):
            taking_part.setdefault(entity, []).append(record)
    return Asking(above, dialect, settings, taking_part)
