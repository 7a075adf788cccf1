"""One terminal for many browsers, which look and cannot touch.

A page with asciinema-player, and a stream of server-sent events that feeds it. Nothing that a
browser sends is read beyond the lines that ask for one of the two, so there is nothing to break in
with. On a loopback address only pages of this very address may ask, which keeps out the scripts of
other sites.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import ipaddress
import json
from collections.abc import Callable
from string import Template
from typing import Final

import attrs

from controlroom.recording.cast import ground_of
from controlroom.recording.faces import BOLD, FONTS, OTHERS, REGULAR, signs_of
from controlroom.recording.page import PLAYER, inline
from controlroom.recording.subset import font_rules
from controlroom.recording.tape import Tape

MOST_VIEWERS: Final = 200
"""Browsers at a time."""

BEHIND: Final = 1000
"""Pieces that wait for a browser; one that takes no more is let go."""

_LONGEST_REQUEST: Final = 16 * 1024
_PATIENCE: Final = 10.0
_BREATH: Final = 15.0
"""Seconds of silence after which a word is sent, so that nobody between closes the connection."""

POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
    "font-src data:; img-src data:; connect-src 'self'; frame-ancestors 'none'"
)


@attrs.define(eq=False)
class Viewer:
    """A browser that looks.

    Attributes:
        waiting: what is still to be sent.
    """

    waiting: asyncio.Queue[str] = attrs.Factory(lambda: asyncio.Queue(BEHIND))


@attrs.define(eq=False)
class Broadcast(Tape):
    """A tape that keeps nothing and tells everybody.

    Attributes:
        viewers: who looks.
        joined: called when somebody comes; the screen is to be drawn anew then.
    """

    viewers: set[Viewer] = attrs.Factory(set)
    joined: Callable[[], object] = lambda: None

    def output(self, seconds: float, data: str) -> None:
        """Tell everybody what was written."""
        piece = json.dumps([round(seconds, 3), "o", data])
        for viewer in tuple(self.viewers):
            try:
                viewer.waiting.put_nowait(piece)
            except asyncio.QueueFull:
                self.viewers.discard(viewer)

    def greeting(self, seconds: float) -> str:
        """What a browser is told first."""
        size = {"cols": self.columns, "rows": self.rows, "time": round(seconds, 3)}
        return json.dumps(size | {"init": "\x1b[?25l"})


class Station:
    """The server of a broadcast."""

    def __init__(self, tape: Broadcast, host: str, port: int) -> None:
        """Prepare to serve.

        Args:
            tape: what is shown.
            host: address to listen at.
            port: to listen at, 0 for any that is free.
        """
        self.tape = tape
        self.host = host
        self.port = port
        self._page = _page(tape).encode()
        self._over = asyncio.Event()
        self._server: asyncio.Server | None = None

    async def open(self) -> str:
        """Begin to listen; the address of the page.

        Raises:
            OSError: when that cannot be done.
        """
        self._server = await asyncio.start_server(self._serve, self.host, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{shown}:{self.port}/"

    async def close(self) -> None:
        """Tell everybody that it is over, and listen no more."""
        self._over.set()
        if self._server is not None:
            self._server.close()
            await asyncio.sleep(0.1)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.TimeoutError, asyncio.IncompleteReadError,
                                 asyncio.LimitOverrunError):  # fmt: skip
            asked = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _PATIENCE)
            await self._answer(asked[:_LONGEST_REQUEST].decode("latin-1"), writer)
        with contextlib.suppress(OSError):
            writer.close()

    async def _answer(self, asked: str, writer: asyncio.StreamWriter) -> None:
        first, *lines = asked.split("\r\n")
        method, _, rest = first.partition(" ")
        path = rest.partition(" ")[0].partition("?")[0]
        names = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
        if method != "GET":
            await _send(writer, "405 Method Not Allowed", "text/plain", b"only to be looked at\n")
        elif not self._is_ours(names.get("host", "")):
            await _send(writer, "403 Forbidden", "text/plain", b"not by this name\n")
        elif path == "/":
            await _send(writer, "200 OK", "text/html; charset=utf-8", self._page)
        elif path == "/events" and len(self.tape.viewers) < MOST_VIEWERS:
            await self._stream(writer)
        else:
            await _send(writer, "404 Not Found", "text/plain", b"there is nothing here\n")

    def _is_ours(self, name: str) -> bool:
        """Whether a browser asks by a name that this server has."""
        host = name.rpartition(":")[0] if name.rpartition(":")[2].isdecimal() else name
        host = host.strip("[]").lower()
        if not _is_loopback(self.host):
            return True
        return _is_loopback(host)

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        """Send what is drawn until somebody has had enough."""
        writer.write(_head("200 OK", "text/event-stream", None))
        viewer = Viewer()
        self.tape.viewers.add(viewer)
        now = asyncio.get_running_loop().time
        try:
            writer.write(_event(self.tape.greeting(now())))
            self.tape.joined()
            while viewer in self.tape.viewers and not self._over.is_set():
                await self._send_next(viewer, writer)
            writer.write(b"event: done\ndata: over\n\n")
            await writer.drain()
        finally:
            self.tape.viewers.discard(viewer)

    async def _send_next(self, viewer: Viewer, writer: asyncio.StreamWriter) -> None:
        """Send what waits, or a sign of life."""
        piece = asyncio.create_task(viewer.waiting.get())
        over = asyncio.create_task(self._over.wait())
        done, waiting = await asyncio.wait(
            (piece, over), timeout=_BREATH, return_when=asyncio.FIRST_COMPLETED
        )
        for task in waiting:
            task.cancel()
        writer.write(_event(piece.result()) if piece in done else b": still here\n\n")
        while not viewer.waiting.empty():
            # All at once: an app writes a frame in many pieces.
            writer.write(_event(viewer.waiting.get_nowait()))
        await asyncio.wait_for(writer.drain(), _PATIENCE)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _event(data: str) -> bytes:
    return f"data: {data}\n\n".encode()


def _head(status: str, kind: str, length: int | None) -> bytes:
    lines = [
        f"HTTP/1.1 {status}",
        f"Content-Type: {kind}",
        f"Content-Security-Policy: {POLICY}",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cache-Control: no-store",
        "Connection: close",
    ]
    if length is not None:
        lines.append(f"Content-Length: {length}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def _send(writer: asyncio.StreamWriter, status: str, kind: str, body: bytes) -> None:
    writer.write(_head(status, kind, len(body)) + body)
    await writer.drain()


def _page(tape: Tape) -> str:
    text, ground = ground_of(tape.theme)
    template = Template((PLAYER / "watch.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=html.escape(tape.title),
        text=text,
        ground=ground,
        fonts=font_rules(_signs()),
        families=FONTS,
        css=(PLAYER / "asciinema-player.css").read_text(encoding="utf-8"),
        player=inline((PLAYER / "asciinema-player.min.js").read_text(encoding="utf-8")),
    )


def _signs() -> dict[str, set[str]]:
    """Letters, frames, blocks, braille and arrows: what a screen may come to show."""
    wanted = {chr(code) for code in (*range(0x20, 0x180), *range(0x2000, 0x2900))}
    known = {name: {chr(code) for code in signs_of(name)} for name in (REGULAR, BOLD, *OTHERS)}
    return {name: wanted & signs for name, signs in known.items()}
