"""The handlers of everything that is no table and no part of one."""

from __future__ import annotations

from typing import Any

from designer.evolution.handlers import Handler

OTHERS: tuple[type[Handler[Any]], ...] = ()
"""The families of facts beside tables: types, views, routines, triggers, policies, grants, comments, …"""
