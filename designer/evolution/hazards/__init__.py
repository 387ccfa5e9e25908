"""What each step of a migration locks, costs and risks: one rule a file, with its help."""

from __future__ import annotations

from designer.evolution.hazards.judging import judged

__all__ = ["judged"]
