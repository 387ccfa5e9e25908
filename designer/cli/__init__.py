"""The `wholekey` command: a thin layer of arguments, files and exit codes over the rooms below."""

from designer.cli.main import main

__all__ = ["main"]
