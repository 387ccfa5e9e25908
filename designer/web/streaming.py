"""The live stream of a branch: accepted edits, and who is there. Server-sent events (WHATWG HTML, section 9.2).

Django decides who may listen, and is done: `streams` takes over and sends, so that a stream that is open for hours
holds neither a thread nor a connection to the database nor a request.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Annotated, Any, cast

import msgspec
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from designer.services import announcing, permissions
from designer.services.branches import display_name
from designer.services.errors import Invalid, ServiceError
from designer.services.feeding import Feed, in_thread
from designer.services.hub import HUB, TICK, Listener
from designer.services.permissions import AnyUser, Grant
from designer.web.http import client_of, json_body

BEAT = 3 * TICK
"""Seconds after which a stream says that it lives, and asks whether its reader still may listen."""
DATABASE_AWAY = 2.0
"""Seconds after which a log that could not be read is read again."""
MOST_SELECTED = 100
LONGEST = 16 * 1024
"""Bytes of what a tab may say of itself."""
FEED = Feed()
WISH = "wholekey.stream"
"""Where in the scope of a request the view says what is to be sent."""

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
Short = Annotated[str, msgspec.Meta(max_length=64)]


class Presence(msgspec.Struct, omit_defaults=True):
    """What a tab tells of itself: where its pointer is in the world of a diagram, and what is selected."""

    diagram: Short = ""
    x: float | None = None
    y: float | None = None
    selection: Annotated[list[Short], msgspec.Meta(max_length=MOST_SELECTED)] = []
    view: Annotated[list[float], msgspec.Meta(max_length=4)] = []
    color: Annotated[int, msgspec.Meta(ge=0, le=63)] = 0


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who listens, as long as he may: a user by his session, a guest by his links, or the one of local mode."""

    user: int
    grants: tuple[Grant, ...]
    session: str | None
    name: str

    def still(self) -> AnyUser | None:
        """Return the user as he is now; None where he has logged out, or was switched off."""
        user: AnyUser = AnonymousUser()
        if self.user:
            found = get_user_model()._default_manager.filter(pk=self.user, is_active=True).first()
            if found is None or not self._is_logged_in():
                return None
            user = found
        permissions.carry(user, self.grants)
        return user

    def _is_logged_in(self) -> bool:
        if settings.WHOLEKEY_LOCAL or not self.session:
            return True
        store = import_module(settings.SESSION_ENGINE).SessionStore(self.session)
        return bool(store.get(SESSION_KEY) == str(self.user))


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be sent: the branch, from which version on, and to whose tab."""

    branch: int
    public_id: str
    since: int
    client: str
    visitor: Visitor


@require_GET
def stream(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let somebody have what is accepted on a branch from now on, first what came after `?since=`."""
    branch = permissions.branch(request.user, public_id)
    client = (request.GET.get("client") or client_of(request))[:64]
    session = getattr(getattr(request, "session", None), "session_key", None)
    user = request.user
    visitor = Visitor(permissions.key_of(user), permissions.grants_of(user), session, display_name(user))
    wish = Wish(branch.pk, branch.public_id, _since(request), client, visitor)
    getattr(request, "scope", {})[WISH] = wish
    response = HttpResponse(b"retry: 1500\n\n", content_type="text/event-stream")
    response["Cache-Control"] = "no-store"
    response["X-Accel-Buffering"] = "no"  # nginx would keep events back until a page of them is full
    return response


def _since(request: HttpRequest) -> int:
    text = request.headers.get("Last-Event-ID") or request.GET.get("since", "")
    if not text.isdecimal() or len(text) > 9:
        raise Invalid("Say since which version, as a whole number: ?since=12.")
    return int(text)


def streams(app: App) -> App:
    """Return the application, which goes on sending where the view of a stream has let somebody in."""

    async def answering(scope: dict[str, Any], receive: Any, send: Any) -> None:
        announcing.listen()  # from the first request on: whoever listens also notices when the database goes
        if scope["type"] == "http" and scope["path"].endswith("/presence") and await _spoken(scope, receive, send):
            return
        if scope["type"] != "http" or not scope["path"].endswith("/stream"):
            await app(scope, receive, send)
            return
        asked, messages = dict(scope), []

        async def collect(message: dict[str, Any]) -> None:
            messages.append(message)

        await app(asked, receive, collect)
        wish = asked.get(WISH)
        if wish is None or not messages or messages[0]["status"] != 200:
            for message in messages:
                await send(message)
            return
        await _go_on(wish, messages, receive, send)

    return answering


async def _spoken(scope: dict[str, Any], receive: Any, send: Any) -> bool:
    """Take the words of a tab whose stream is open here; return whether it is. It costs a fraction of a request."""
    token = dict(scope["headers"]).get(b"x-wholekey-stream", b"").decode("latin1")
    listener = HUB.by_token(token) if token and scope["method"] == "POST" else None
    if listener is None or listener.ended or scope["path"] != f"/d/{listener.branch}/presence":
        return False
    body = await _body(receive)
    visitor = cast("Visitor", listener.visitor)
    try:
        said = msgspec.json.decode(body, type=Presence)
    except (msgspec.DecodeError, UnicodeDecodeError):
        status = 400
    else:
        status = 204
        announcing.seen(listener.branch, listener.client, _words(listener.client, visitor.user, visitor.name, said))
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})
    return True


async def _body(receive: Any) -> bytes:
    """Return the body of a request, or b"" for one that is too long to be a few words."""
    parts, more = [], True
    while more:
        message = await receive()
        parts.append(message.get("body", b""))
        more = message.get("more_body", False) and sum(map(len, parts)) <= LONGEST
    return b"".join(parts) if sum(map(len, parts)) <= LONGEST else b""


def _words(client: str, user: int, name: str, said: Presence) -> str:
    return msgspec.json.encode({"client": client, "user": user, "name": name, **msgspec.to_builtins(said)}).decode()


async def _go_on(wish: Wish, messages: list[dict[str, Any]], receive: Any, send: Any) -> None:
    start, *bodies = messages
    headers = [each for each in start["headers"] if each[0].lower() != b"content-length"]
    await send({**start, "headers": headers})
    for each in bodies:
        await send({**each, "more_body": True})
    listener = HUB.join(wish.public_id, wish.client, wish.visitor)
    _beat()
    sending = asyncio.create_task(_pump(wish, listener, send))
    leaving = asyncio.create_task(_until_gone(receive))
    try:
        await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        HUB.leave(listener)
        for task in (sending, leaving):
            task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(sending, leaving, return_exceptions=True)
        if wish.client:
            announcing.gone(wish.public_id, wish.client)


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _pump(wish: Wish, listener: Listener, send: Any) -> None:
    sent, user = wish.since, wish.visitor.user
    event = b""
    while not listener.ended:
        event += listener.take()
        if listener.look or listener.head > sent:
            wanted = 0 if listener.look else listener.head
            listener.look = False
            try:
                stretch = await FEED.since(wish.branch, sent, wanted)
            except DatabaseError:  # it is being started again, say
                listener.look = True
                await asyncio.sleep(DATABASE_AWAY)
                continue
            event += stretch.event(wish.client, user)
            sent = max(sent, stretch.end)
        if event:
            await send({"type": "http.response.body", "body": event, "more_body": True})
            event = b""
        await listener.news(sent)
    await send({"type": "http.response.body", "body": b"", "more_body": False})


_beating: asyncio.Task[None] | None = None


def _beat() -> None:
    global _beating  # noqa: PLW0603  one task a process
    if _beating is None or _beating.done() or _beating.get_loop() is not asyncio.get_running_loop():
        _beating = asyncio.create_task(_beating_on())


async def _beating_on() -> None:
    """Tell all streams from time to time that they live, and end those whose reader may not listen any more."""
    while HUB.listeners():
        await asyncio.sleep(BEAT)
        asked = {(each.visitor, each.branch) for each in HUB.listeners()}  # also who came since the last time
        try:
            refused = await in_thread(_refused, asked)
        except DatabaseError:
            continue
        for listener in HUB.listeners():
            if (listener.visitor, listener.branch) in refused:
                listener.end()
            else:
                listener.offer(b"event: here\ndata: {}\n\n")


def _refused(asked: set[tuple[Any, str]]) -> set[tuple[Any, str]]:
    return {(visitor, branch) for visitor, branch in asked if not _may_listen(visitor, branch)}


def _may_listen(visitor: Visitor, public_id: str) -> bool:
    user = visitor.still()
    try:
        return user is not None and bool(permissions.branch(user, public_id))
    except ServiceError:
        return False


@require_POST
def presence(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell the others on a branch where somebody is. It is never stored."""
    branch = permissions.branch(request.user, public_id)
    client = client_of(request)
    if not client:
        raise Invalid("A tab that is present has an id; send it as X-Wholekey-Client.")
    said = json_body(request, Presence)
    user = request.user
    announcing.seen(branch.public_id, client, _words(client, permissions.key_of(user), display_name(user), said))
    return HttpResponse(status=204)
