"""A seat in a browser: `http://host:8080/engineer?code=...`.

The script and the protocol are those of textual-serve. That starts a program for each tab and asks
nobody who they are; here every tab is a screen of this process, the code stands in the link, and
only pages of this very server may connect. The page loads nothing from anywhere else.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlsplit

import textual_serve
from aiohttp import WSMsgType, web

from controlroom.drill.far_terminal import sane
from controlroom.drill.seat_app import SeatApp, show_seat

if TYPE_CHECKING:
    from controlroom.drill.access import Door
    from controlroom.drill.host import Host

MOST_CONNECTIONS: Final = 64
"""Screens in browsers at a time."""

LONGEST_MESSAGE: Final = 64 * 1024
"""Bytes of a message from a browser; a paste fits, a flood does not."""

WAITING: Final = 4
"""Frames on their way to a browser, beyond which nothing is painted for it."""

_THERE: Final = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}

_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
        "font-src 'self'; img-src 'self'; connect-src 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


class _Wire:
    """A websocket as a wire; one task sends what is drawn, in order."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self._socket = socket
        self._frames: asyncio.Queue[str] = asyncio.Queue()

    def send(self, text: str) -> None:
        self._frames.put_nowait(text)

    @property
    def behind(self) -> bool:
        return self._frames.qsize() > WAITING

    async def carry(self) -> None:
        """Send until nobody is there any more."""
        with contextlib.suppress(ConnectionError):
            while True:
                await self._socket.send_bytes((await self._frames.get()).encode())

    async def carry_rest(self) -> None:
        """Send what was drawn last."""
        with contextlib.suppress(ConnectionError):
            while not self._frames.empty():
                await self._socket.send_bytes(self._frames.get_nowait().encode())


class WebFront:
    """The web server of a drill.

    Attributes:
        host: of the drill.
        door: that asks for the code.
        seats: names under which one may come.
    """

    def __init__(self, host: Host, door: Door, seats: tuple[str, ...]) -> None:
        self.host = host
        self.door = door
        self.seats = seats
        self._open: set[web.WebSocketResponse] = set()
        self._runner: web.AppRunner | None = None

    async def open(self, address: str, port: int) -> int:
        """Listen.

        Args:
            address: to listen on.
            port: 0 for any.

        Returns:
            The port.

        Raises:
            OSError: when it cannot listen there.
        """
        app = web.Application(client_max_size=LONGEST_MESSAGE)
        app.add_routes(
            [
                web.get("/", self._lobby),
                web.get("/favicon.ico", _no_icon),
                web.static("/static", str(files(textual_serve) / "static")),
                web.get("/ws/{seat}/{code}", self._connect),
                web.get("/{seat}", self._page),
            ]
        )
        # Addresses of pages hold the code, so none is logged.
        self._runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await self._runner.setup()
        site = web.TCPSite(self._runner, address, port)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def close(self) -> None:
        """Let everybody go."""
        for socket in tuple(self._open):
            await socket.close()
        if self._runner is not None:
            await self._runner.cleanup()

    async def _lobby(self, request: web.Request) -> web.Response:
        """Which seats there are, for somebody who has the code."""
        code = await self._checked(request, request.query.get("code", ""))
        rows = "".join(
            f'<li><a href="/{quote(seat)}?code={quote(code)}">{escape(seat)}</a></li>'
            for seat in self.seats
        )
        return _html(_page("lobby.html", seats=rows))

    async def _page(self, request: web.Request) -> web.Response:
        """The page of a seat."""
        seat = request.match_info["seat"]
        code = await self._checked(request, request.query.get("code", ""))
        if seat not in self.seats:
            raise web.HTTPNotFound(text=f"no such seat; there are {', '.join(self.seats)}\n")
        path = f"/ws/{quote(seat)}/{quote(code)}"
        scheme = "wss" if request.secure else "ws"
        socket = f"{scheme}://{request.host}{path}"
        return _html(_page("seat.html", seat=escape(seat), socket=escape(socket, quote=True)))

    async def _checked(self, request: web.Request, code: str) -> str:
        """The code, where it is right.

        Raises:
            HTTPForbidden: where it is not.
        """
        if not await self.door.opens(code, request.remote or ""):
            raise web.HTTPForbidden(
                text="this needs the link of the drill, with the code in it; ask the facilitator\n"
            )
        return code

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        """One screen, from its first frame to its last."""
        if not _ours(request):
            raise web.HTTPForbidden(text="only a page of this drill may connect\n")
        await self._checked(request, request.match_info["code"])
        seat = request.match_info["seat"]
        if seat not in self.seats:
            raise web.HTTPNotFound(text="no such seat\n")
        if len(self._open) >= MOST_CONNECTIONS:
            raise web.HTTPServiceUnavailable(text="this drill is full; try later\n")
        socket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST_MESSAGE)
        await socket.prepare(request)
        self._open.add(socket)
        try:
            await self._show(socket, seat, request)
        finally:
            self._open.discard(socket)
            await socket.close()
        return socket

    async def _show(self, socket: web.WebSocketResponse, seat: str, request: web.Request) -> None:
        wire = _Wire(socket)
        app = SeatApp(self.host, seat, wire, _THERE)
        size = sane(
            _number(request.query.get("width"), 80), _number(request.query.get("height"), 24)
        )
        others = [asyncio.create_task(wire.carry()), asyncio.create_task(_listen(socket, app))]
        try:
            await show_seat(app, *size)
        finally:
            for other in others:
                other.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await wire.carry_rest()


async def _listen(socket: web.WebSocketResponse, app: SeatApp) -> None:
    """Hand on what is typed and every new size, until the browser is gone."""
    async for message in socket:
        if message.type is WSMsgType.TEXT:
            await _take(socket, app, message.data)
    app.exit()


async def _take(socket: web.WebSocketResponse, app: SeatApp, text: str) -> None:
    """One message; what is none of the protocol's is passed over."""
    try:
        kind, *rest = json.loads(text)
        content: Any = rest[0] if rest else None
        if kind == "ping":
            await socket.send_json(["pong", content])
        elif app.terminal is None:
            return
        elif kind == "stdin" and isinstance(content, str):
            app.terminal.feed(content)
        elif kind == "resize":
            app.terminal.resize(int(content["width"]), int(content["height"]))
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return


async def _no_icon(_: web.Request) -> web.Response:
    """Browsers ask for one; there is none."""
    return web.Response(status=204)


def _ours(request: web.Request) -> bool:
    """Whether a page of this server asks; a browser says where its page is from."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else default


def _page(name: str, **values: str) -> str:
    page = (files("controlroom.drill") / "pages" / name).read_text(encoding="utf-8")
    return Template(page).substitute(values)


def _html(text: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers=_HEADERS)
