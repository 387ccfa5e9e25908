"""A small reverse proxy, as nginx is set up in docs/deploy.md: HTTPS outside is told inside, streams pass unbuffered."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def proxy(path: str) -> Iterator[int]:
    """Yield a port whose requests go to the Unix socket at `path`, one a connection."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_accept, args=(listener, path), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def _accept(listener: socket.socket, path: str) -> None:
    while True:
        try:
            client, (address, _) = listener.accept()
        except OSError:  # closed: the test is over
            return
        threading.Thread(target=_serve, args=(client, address, path), daemon=True).start()


def _serve(client: socket.socket, address: str, path: str) -> None:
    with client, socket.socket(socket.AF_UNIX) as server:
        data = b""
        while b"\r\n\r\n" not in data:
            if not (more := client.recv(1 << 16)):
                return
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        server.connect(path)
        server.sendall(_told(head, address) + b"\r\n\r\n" + body)
        threading.Thread(target=_pump, args=(client, server), daemon=True).start()
        _pump(server, client)


def _told(head: bytes, address: str) -> bytes:
    """Return the head of a request with what a proxy tells: it appends to what a visitor claims, as they all do."""
    line, *headers = head.split(b"\r\n")
    kept = [each for each in headers if not each.lower().startswith((b"x-forwarded-", b"connection:"))]
    claimed = [each.partition(b":")[2].strip() for each in headers if each.lower().startswith(b"x-forwarded-for:")]
    chain = b", ".join([*claimed, address.encode()])
    return b"\r\n".join([line, *kept, b"X-Forwarded-For: " + chain, b"X-Forwarded-Proto: https", b"Connection: close"])


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)
