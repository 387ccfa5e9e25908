"""The change algebra: diff, apply, invert, compose, rebase, merge. Specified in docs/change-algebra.md."""

from designer.change.change import EMPTY, Change, ChangeConflict, apply, compose, diff, invert
from designer.change.codec import ChangeFormatError, change_decode, change_encode, change_from, change_to
from designer.change.merge import Conflict, Merged, merge, resolve
from designer.change.rebase import Rebased, RebaseNote, complete, dangling, falls_with, rebase

__all__ = [
    "EMPTY", "Change", "ChangeConflict", "ChangeFormatError", "Conflict", "Merged", "RebaseNote", "Rebased", "apply",
    "change_decode", "change_encode", "change_from", "change_to", "complete", "compose", "dangling", "diff",
    "falls_with", "invert", "merge", "rebase", "resolve",
]  # fmt: skip
