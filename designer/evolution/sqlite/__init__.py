"""Migrations of SQLite."""

from __future__ import annotations

from designer.evolution.sqlite.mover import SQLiteMover

__all__ = ["SQLiteMover"]
