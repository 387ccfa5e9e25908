"""The languages by dialect."""

from __future__ import annotations

from designer.compare.generic import GenericLanguage
from designer.compare.postgres.language import PostgresLanguage
from designer.compare.value import Language


def language_of(dialect: str) -> Language:
    """Return how a database spells things; a new one for each comparison, since it remembers what it has read."""
    return PostgresLanguage() if dialect == "postgresql" else GenericLanguage(dialect)
