"""Keeping levels in step: deriving, propagating, promoting, adopting, and giving back."""
