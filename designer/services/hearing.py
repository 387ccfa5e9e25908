"""What one service tells all others without knowing them."""

from __future__ import annotations

from django.dispatch import Signal

moved = Signal()
"""A branch has a new version: told with `user`, who made it, `branch` and `version`, in the process that took it."""
