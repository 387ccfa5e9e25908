"""Arguments in, exit code out: 0 done, 1 findings that were asked for, 2 bad input."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from typing import NoReturn

from designer.cli.hidden import hide_passwords
from designer.cli.problems import Problem
from designer.importers.live.urls import shown_in

Run = Callable[[argparse.Namespace], int]

COMMANDS: dict[str, str] = {
    "serve": "designer.cli.serve",
    "open": "designer.cli.open",
    "admin": "designer.cli.admin",
    "migrate": "designer.cli.migrate",
    "backup": "designer.cli.backup",
    "restore": "designer.cli.restore",
    "import": "designer.cli.import_",
    "export": "designer.cli.export",
    "render": "designer.cli.render",
    "diff": "designer.cli.diff",
    "lint": "designer.cli.lint",
    "normalize": "designer.cli.normalize",
    "derive": "designer.cli.derive",
    "trace": "designer.cli.trace",
    "verify": "designer.cli.verify",
    "discover": "designer.cli.discover",
    "formats": "designer.cli.formats",
    "catalog-query": "designer.cli.catalog_query",
}
"""Command -> module with `HELP`, `arguments(parser)` and `run(options)`; imported only when it is the one wanted."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Nothing that a user can do wrong ends in a traceback."""
    try:
        hide_passwords(sys.argv)
        arguments = sys.argv[1:] if argv is None else list(argv)
        options = _parser(arguments).parse_args(arguments)
        run: Run = options.run
        return run(options)
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


class _Parser(argparse.ArgumentParser):
    """Tells of wrong arguments without the passwords in them."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and leave with 2."""
        super().error(shown_in(message))


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    parser = _Parser(prog="wholekey", description="Design, import, export and draw data models.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"wholekey {metadata.version('wholekey')}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    wanted = arguments[0] if arguments and arguments[0] in COMMANDS else None
    for name in [wanted] if wanted else COMMANDS:
        module = import_module(COMMANDS[name])
        command = commands.add_parser(name, help=module.HELP, description=module.__doc__, allow_abbrev=False)
        module.arguments(command)
        command.set_defaults(run=module.run)
    return parser
