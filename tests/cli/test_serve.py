"""How `wholekey serve` listens."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor

from designer.cli.serve import _listen


async def _accepted(listener: socket.socket) -> int:
    """Return TCP_NODELAY of a connection as the server sees it."""
    seen: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(answer, sock=listener):
        _, writer = await asyncio.open_connection(*listener.getsockname()[:2])
        found = await asyncio.wait_for(seen, 10)
        writer.close()
    return found


def test_answers_do_not_wait_for_acknowledgements() -> None:
    """With Nagle's algorithm each of the two hundred modules of a page comes 40 ms late."""
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may be running in this one
        assert thread.submit(asyncio.run, _accepted(_listen("127.0.0.1", 0))).result() != 0
