"""Seats in a browser: a page for whoever has the link, and a socket for that page alone."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pyte
import pytest

from controlroom.drill.access import Door
from controlroom.drill.host import Host
from controlroom.drill.web import WebFront
from tests.browser import CHROMIUM, open_page
from tests.drill.conftest import CODE, SEATS, HandClock, keeping_time, until


@asynccontextmanager
async def listening(host: Host, door: Door) -> AsyncIterator[str]:
    """The address of a drill that browsers can connect to."""
    front = WebFront(host, door, SEATS)
    port = await front.open("127.0.0.1", 0)
    async with keeping_time(host):
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await front.close()


class Tab:
    """The socket that a seat's page opens."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse[Any]) -> None:
        self.socket = socket
        self.screen = pyte.Screen(160, 45)
        self._stream = pyte.ByteStream(self.screen)
        self.pongs: list[object] = []
        self._task = asyncio.create_task(self._read())

    async def _read(self) -> None:
        async for message in self.socket:
            if message.type is aiohttp.WSMsgType.BINARY:
                self._stream.feed(message.data)
            else:
                self.pongs.append(json.loads(message.data))

    async def shows(self, text: str) -> None:
        await until(
            lambda: text in "\n".join(self.screen.display),
            lambda: f"{text!r} on\n" + "\n".join(self.screen.display),
        )

    async def type(self, text: str) -> None:
        await self.socket.send_json(["stdin", text])


def tab(
    session: aiohttp.ClientSession, address: str, seat: str = "engineer", **changes: str
) -> aiohttp.client._WSRequestContextManager:
    code, origin = changes.get("code", CODE), changes.get("origin", address)
    return session.ws_connect(
        f"{address}/ws/{seat}/{code}?width=160&height=45",
        headers={"Origin": origin},
        max_msg_size=0,
    )


async def test_a_tab_is_a_seat(host: Host, door: Door, clock: HandClock) -> None:
    async with (
        listening(host, door) as address,
        aiohttp.ClientSession() as session,
        tab(session, address) as socket,
    ):
        seat = Tab(socket)
        await seat.shows("SMARS-8")
        await seat.type(":note from a browser\r")
        await seat.shows("given")
        clock.pass_(1)
        await seat.shows("08:00:01")
        await socket.send_json(["resize", {"width": 100, "height": 30}])
        await socket.send_json(["ping", 7])
        await until(lambda: ["pong", 7] in seat.pongs, "answered")
        await seat.type("\x11")
        await until(lambda: socket.closed, "left")


@pytest.mark.parametrize(
    "path, status",
    [
        ("/", 403),
        ("/?code=wrong", 403),
        (f"/?code={CODE}", 200),
        ("/engineer", 403),
        (f"/engineer?code={CODE}", 200),
        (f"/nobody?code={CODE}", 404),
        (f"/engineer/../../../etc/passwd?code={CODE}", 404),
        ("/static/js/textual.js", 200),
        ("/static/../web.py", 403),
    ],
)
async def test_pages_want_the_code(host: Host, door: Door, path: str, status: int) -> None:
    async with (
        listening(host, door) as address,
        aiohttp.ClientSession() as session,
        session.get(address + path) as answer,
    ):
        assert answer.status == status
        assert "Traceback" not in await answer.text()


@pytest.mark.parametrize(
    "changes",
    [
        {"code": "wrong"},
        {"seat": "nobody"},
        {"origin": "http://elsewhere.example"},
        {"origin": ""},
        {"origin": "null"},
    ],
)
async def test_only_our_own_page_with_the_code_may_connect(
    host: Host, door: Door, changes: dict[str, str]
) -> None:
    async with listening(host, door) as address, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with tab(session, address, **changes):
                pass
        assert not any(host.present.values())


async def test_a_full_drill_says_so_and_those_who_are_in_stay(
    host: Host, door: Door, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controlroom.drill.web.MOST_CONNECTIONS", 1)
    async with (
        listening(host, door) as address,
        aiohttp.ClientSession() as session,
        tab(session, address) as socket,
    ):
        seat = Tab(socket)
        await seat.shows("SMARS-8")
        for _ in range(20):
            with pytest.raises(aiohttp.WSServerHandshakeError, match="503"):
                async with tab(session, address):
                    pass
        clock.pass_(1)
        await seat.shows("08:00:01")


async def test_a_page_asks_nobody_else_for_anything(host: Host, door: Door) -> None:
    async with listening(host, door) as address, aiohttp.ClientSession() as session:
        answer = await session.get(f"{address}/engineer?code={CODE}")
        text = await answer.text()
        assert "https:" not in text
        assert text.count("http:") == 0
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


async def test_garbage_from_a_browser_hurts_nobody_else(
    host: Host, door: Door, clock: HandClock
) -> None:
    async with (
        listening(host, door) as address,
        aiohttp.ClientSession() as session,
        tab(session, address) as bad,
        tab(session, address) as good,
    ):
        worse, other = Tab(bad), Tab(good)
        await worse.shows("SMARS-8")
        await other.shows("SMARS-8")
        for message in (
            "no json", "[]", "{}", "[1]", '["resize"]', '["resize", {"width": "x", "height": -1}]',
            '["resize", {"width": 1e999, "height": 5}]', '["stdin", 5]', "[" * 5_000, "\x00",
        ):  # fmt: skip
            await bad.send_str(message)
        await bad.send_bytes(b"\xff\xfe")
        for width in (1, 0, -5, 10**9, 160):
            await bad.send_json(["resize", {"width": width, "height": width}])
        await bad.send_json(["stdin", "\x1b[A" * 10_000])
        clock.pass_(1)
        await other.shows("08:00:01")
        await worse.shows("08:00:01") if not bad.closed else None


@pytest.mark.pty
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
async def test_a_real_browser_shows_the_room_and_types(
    host: Host, door: Door, clock: HandClock
) -> None:
    async with (
        listening(host, door) as address,
        open_page(f"{address}/engineer?code={CODE}") as page,
    ):
        await until(lambda: host.present.get("engineer"), "the page has sat down")
        await page.until("document.body.classList.contains('-first-byte')")
        await page.value("document.querySelector('.xterm-helper-textarea').focus()")
        await page.type(":note typed in a browser\r")
        await until(
            lambda: any(
                "typed in a browser" in order.command.text()
                for order in host.run.simulation.pending
            ),
            "given",
        )
        assert not await page.requests_elsewhere(address)
