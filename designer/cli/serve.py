"""Start the web application; it opens ready to use on SQLite.

Without accounts it prints an address that lets in the browser that opens it first, once and for good; `wholekey open`
prints another. WHOLEKEY_ONE_TIME=0 lets in every browser of this computer.
"""

from __future__ import annotations

import argparse
import ipaddress
import socket
from pathlib import Path

from designer.cli.admin import first_step
from designer.cli.django_setup import set_up
from designer.cli.problems import Problem

HELP = "start the web application"
WORKER_PATIENCE = 30
"""Seconds that a worker may take to start, or to give a sign of life, before it is ended: a busy machine needs some."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000); 0 takes a free one")
    parser.add_argument(
        "--database", metavar="URL", help="postgresql://… or sqlite:///path; an own SQLite file without it"
    )
    parser.add_argument("--workers", type=int, default=1, metavar="N", help="processes that serve (1); PostgreSQL only")
    parser.add_argument("--socket", metavar="PATH", help="listen on a Unix socket for a proxy, instead of a port")


def run(options: argparse.Namespace) -> int:
    """Bring the database up to date, print the address, and serve until stopped."""
    if not 0 <= options.port <= 65535:
        raise Problem(f"{options.port} is no port; take one from 1 to 65535")
    if options.workers < 1:
        raise Problem("--workers is a number of processes, from 1 on")
    listener = _listen_on_socket(options.socket) if options.socket else _listen(options.host, options.port)
    set_up(options.database, lambda: _check(options))
    print(f"Wholekey is ready at {_place(options, listener)}", flush=True)
    if advice := first_step():
        print(advice, flush=True)
    print("Press Ctrl+C to stop. Your designs are kept.", flush=True)
    _serve(listener, options.workers)
    if options.socket:
        Path(options.socket).unlink(missing_ok=True)
    return 0


def _place(options: argparse.Namespace, listener: socket.socket) -> str:
    if options.socket:
        return str(options.socket)
    from django.conf import settings

    host = f"[{options.host}]" if ":" in options.host else options.host
    return _door(f"http://{host}:{listener.getsockname()[1]}{settings.WHOLEKEY_PREFIX}/")


def _listen_on_socket(path: str) -> socket.socket:
    """Return a socket at a path; one that a server left there when it was killed is taken away."""
    listener = socket.socket(socket.AF_UNIX)
    try:
        with socket.socket(socket.AF_UNIX) as other:
            answered = other.connect_ex(path) == 0
        if answered:
            raise Problem(f"another server listens on {path}; stop it, or choose another path with --socket")
        if Path(path).is_socket():
            Path(path).unlink()
        listener.bind(path)
        Path(path).chmod(0o660)  # for the proxy, by the group of the directory
        listener.listen(128)
    except OSError as error:
        raise Problem(f"cannot listen on {path}: {error.strerror or error}; choose another with --socket") from None
    return listener


def _check(options: argparse.Namespace) -> None:
    from designer.web.lifespan import ONE_PROCESS, sqlite_is_used

    _only_here("localhost" if options.socket else options.host)
    if options.workers > 1 and sqlite_is_used():
        raise Problem(ONE_PROCESS)


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


def _only_here(host: str) -> None:
    from django.conf import settings

    if settings.WHOLEKEY_LOCAL and not is_loopback(host):
        raise Problem(
            f"without accounts Wholekey listens on this computer only, not on {host}; "
            "set WHOLEKEY_HOSTS to the names under which it is reached to turn accounts on"
        )


def _door(address: str) -> str:
    """Return the address to open: in local mode one that lets in a single browser, unless that is turned off."""
    from django.conf import settings

    from designer.cli.open import opening, remember_address

    remember_address(address)
    return opening(address) if settings.WHOLEKEY_LOCAL and settings.WHOLEKEY_ONE_TIME else address


def is_loopback(host: str) -> bool:
    """Say whether an address is reached from this computer only."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _serve(listener: socket.socket, workers: int) -> None:
    """Serve until stopped. Several workers are watched: one that dies is replaced, and SIGHUP replaces all in turn."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        "designer.asgi:application",
        log_level="warning",
        lifespan="on",
        workers=workers,
        server_header=False,
        proxy_headers=False,  # designer.web.proxies does that
        timeout_graceful_shutdown=10,
        timeout_worker_healthcheck=WORKER_PATIENCE,
    )
    if workers > 1:
        Multiprocess(config, sockets=[listener]).run()
    else:
        uvicorn.Server(config).run(sockets=[listener])
