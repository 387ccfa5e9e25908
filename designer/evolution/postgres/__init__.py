"""Migrations of PostgreSQL."""

from __future__ import annotations

from designer.evolution.postgres.mover import PostgresMover

__all__ = ["PostgresMover"]
