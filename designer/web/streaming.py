"""The live stream of a branch: accepted edits, and who is there. Server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, cast

import msgspec
from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_GET, require_POST

from designer.models import Branch
from designer.services import announcing, permissions
from designer.services.branches import display_name
from designer.services.errors import Invalid, ServiceError
from designer.services.feeding import Feed
from designer.services.hub import HUB, Listener, Message, Moved, Said
from designer.services.permissions import AnyUser
from designer.web.http import client_of, json_body

BEAT = 15
"""Seconds after which a stream says that it lives, and asks whether its reader still may listen."""
MOST_SELECTED = 100
FEED = Feed()

Short = Annotated[str, msgspec.Meta(max_length=64)]


class Presence(msgspec.Struct, omit_defaults=True):
    """What a tab tells of itself: where its pointer is in the world of a diagram, and what is selected."""

    diagram: Short = ""
    x: float | None = None
    y: float | None = None
    selection: Annotated[list[Short], msgspec.Meta(max_length=MOST_SELECTED)] = []
    view: Annotated[list[float], msgspec.Meta(max_length=4)] = []
    color: Annotated[int, msgspec.Meta(ge=0, le=63)] = 0


@require_GET
async def stream(request: HttpRequest, public_id: str) -> HttpResponseBase:
    """Send what is accepted on a branch from now on, first what came after `?since=`."""
    user, branch = await _who_and_what(request, public_id)
    since = _since(request)
    client = (request.GET.get("client") or client_of(request))[:64]
    await sync_to_async(announcing.listen)()
    response = StreamingHttpResponse(_events(user, branch, since, client), content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would keep events back until a page of them is full
    return response


@sync_to_async
def _who_and_what(request: HttpRequest, public_id: str) -> tuple[AnyUser, Branch]:
    user = cast("AnyUser", request.user)
    return user, permissions.branch(user, public_id)


def _since(request: HttpRequest) -> int:
    text = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid("Say since which version, as a whole number: ?since=12.")
    return int(text)


async def _events(user: AnyUser, branch: Branch, since: int, client: str) -> AsyncIterator[bytes]:
    listener = HUB.join(branch.public_id)
    sent = since
    try:
        yield b"retry: 1500\n\n"
        wanted = 0
        while True:
            if wanted == 0 or wanted > sent:
                event, sent = await _news(branch, sent, wanted, client, permissions.key_of(user))
                if event:
                    yield event
            message = await _next(listener)
            wanted = sent
            if message is None:
                if not await _may_listen(user, branch.public_id):
                    return
                yield b": here\n\n"
            elif isinstance(message, Moved):
                wanted = message.version
            elif isinstance(message, Said):
                yield f"event: talk\ndata: {message.data}\n\n".encode()
            elif message.client != client:
                yield f"event: {message.event}\ndata: {message.data}\n\n".encode()
    finally:
        HUB.leave(listener)
        if client:
            await asyncio.shield(_left(branch.public_id, client))


async def _news(branch: Branch, sent: int, wanted: int, client: str, user: int) -> tuple[bytes, int]:
    stretch = await FEED.since(branch.pk, sent, wanted)
    if not stretch.whole:
        return b"event: far\ndata: {}\n\n", stretch.end
    if not stretch.parts:
        return b"", sent
    head = f'id: {stretch.end}\nevent: changes\ndata: {{"version":{stretch.end},"entries":'.encode()
    return head + stretch.text(client, user) + b"}\n\n", stretch.end


async def _next(listener: Listener) -> Message | None:
    try:
        return await asyncio.wait_for(listener.waiting.get(), BEAT)
    except TimeoutError:
        return None


@sync_to_async
def _may_listen(user: AnyUser, public_id: str) -> bool:
    try:
        permissions.branch(user, public_id)
    except ServiceError:
        return False
    return True


async def _left(public_id: str, client: str) -> None:
    await sync_to_async(announcing.seen)(public_id, client, msgspec.json.encode({"client": client}).decode(), gone=True)


@require_POST
def presence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell the others on a branch where somebody is. It is never stored."""
    branch = permissions.branch(request.user, public_id)
    client = client_of(request)
    if not client:
        raise Invalid("A tab that is present has an id; send it as X-Wholekey-Client.")
    said = json_body(request, Presence)
    about = {"client": client, "user": permissions.key_of(request.user), "name": display_name(request.user)}
    announcing.seen(branch.public_id, client, msgspec.json.encode({**about, **msgspec.to_builtins(said)}).decode())
    return HttpResponse(status=204)
