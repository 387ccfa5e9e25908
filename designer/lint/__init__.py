"""Rules about designs: what a server would refuse, what will hurt later, and what is worth a second look."""

from designer.lint.contract import ERROR, INFO, SEVERITIES, WARNING, Example, Finding, Fix, Found, Rule
from designer.lint.run import findings, fix_for

__all__ = [
    "ERROR", "INFO", "SEVERITIES", "WARNING", "Example", "Finding", "Fix", "Found", "Rule", "findings", "fix_for",
]  # fmt: skip
