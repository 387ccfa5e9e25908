"""Start the web application; it opens ready to use on SQLite."""

from __future__ import annotations

import argparse
import ipaddress
import os
import socket

from designer.cli.problems import Problem

HELP = "start the web application"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000); 0 takes a free one")
    parser.add_argument(
        "--database", metavar="URL", help="postgresql://… or sqlite:///path; an own SQLite file without it"
    )


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date, print the address, and serve until stopped."""
    if not 0 <= options.port <= 65535:
        raise Problem(f"{options.port} is no port; take one from 1 to 65535")
    if options.database:
        os.environ["DATABASE_URL"] = options.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "designer.settings")
    listener = _listen(options.host, options.port)
    _prepare(options.host)
    host = f"[{options.host}]" if ":" in options.host else options.host
    print(f"Wholekey is ready at http://{host}:{listener.getsockname()[1]}/", flush=True)
    print("Press Ctrl+C to stop. Your designs are kept.", flush=True)
    _serve(listener)
    return 0


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # The protocol is named because asyncio turns Nagle's algorithm off for such sockets only: with it, each answer
        # of two parts waits 40 ms for the browser's acknowledgement, and a page asks for two hundred modules.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(128)  # so that whoever reads "ready" is answered, if only after a moment
    except OSError as error:
        raise Problem(
            f"cannot listen on {host}:{port}: {error.strerror or error}; choose another with --port"
        ) from None
    return listener


def _prepare(host: str) -> None:
    import django
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import call_command
    from django.db.utils import DatabaseError

    try:
        django.setup()
        if settings.WHOLEKEY_LOCAL and not is_loopback(host):
            raise Problem(
                f"without accounts Wholekey listens on this computer only, not on {host}; "
                "set WHOLEKEY_HOSTS to the names under which it is reached to turn accounts on"
            )
        call_command("migrate", verbosity=0, interactive=False)
    except (DatabaseError, ImproperlyConfigured) as error:
        raise Problem(f"the database cannot be used: {' '.join(str(error).split())}; check --database") from None


def is_loopback(host: str) -> bool:
    """Say whether an address is reached from this computer only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _serve(listener: socket.socket) -> None:
    import uvicorn

    config = uvicorn.Config(
        "designer.asgi:application", log_level="warning", lifespan="off", timeout_graceful_shutdown=5
    )
    uvicorn.Server(config).run(sockets=[listener])
