"""Migrations of MySQL 8.4 and MariaDB 10.6 to 11: what changes about a table goes into one ALTER TABLE where it can."""

from __future__ import annotations

from designer.evolution.mysql.mover import MariaMover, MySQLMover

__all__ = ["MariaMover", "MySQLMover"]
