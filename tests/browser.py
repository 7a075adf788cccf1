"""A real browser without a window, where this machine has one."""

from __future__ import annotations

import asyncio
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

CHROMIUM: Final = shutil.which("chromium") or shutil.which("chromium-browser")

_PATIENCE: Final = 30.0


class Page:
    """A page in a browser, over the browser's own debugging protocol."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._last = 0
        self._requests: list[str] = []

    async def do(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Ask the browser something, and note what else it tells meanwhile."""
        self._last += 1
        await self._socket.send_json({"id": self._last, "method": method, "params": parameters})
        while True:
            told = await asyncio.wait_for(self._socket.receive_json(), _PATIENCE)
            if told.get("id") == self._last:
                assert "error" not in told, told
                result: dict[str, Any] = told["result"]
                return result
            if told.get("method") == "Network.requestWillBeSent":
                self._requests.append(told["params"]["request"]["url"])

    async def value(self, script: str) -> Any:
        """What a line of script comes to."""
        found = await self.do("Runtime.evaluate", expression=script, returnByValue=True)
        return found["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until a line of script is true."""
        end = asyncio.get_running_loop().time() + _PATIENCE
        while not await self.value(script):
            assert asyncio.get_running_loop().time() < end, script
            await asyncio.sleep(0.05)

    async def type(self, text: str) -> None:
        """Press the keys of a text."""
        for sign in text:
            if sign == "\r":
                for kind in ("keyDown", "keyUp"):
                    await self.do(
                        "Input.dispatchKeyEvent", type=kind, key="Enter", code="Enter", text="\r",
                        windowsVirtualKeyCode=13,
                    )  # fmt: skip
            else:
                await self.do("Input.dispatchKeyEvent", type="keyDown", text=sign, key=sign)
                await self.do("Input.dispatchKeyEvent", type="keyUp", key=sign)

    async def requests_elsewhere(self, address: str) -> list[str]:
        """What the page asked of anybody but `address`."""
        await self.value("1")
        here = urlsplit(address).netloc
        return [
            url for url in self._requests
            if urlsplit(url).netloc not in {here, ""} and not url.startswith(("data:", "blob:"))
        ]  # fmt: skip


@asynccontextmanager
async def open_page(address: str) -> AsyncIterator[Page]:
    """A page at an address, in a browser of its own that is gone afterwards."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory() as folder:
        browser = await asyncio.create_subprocess_exec(
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--enable-unsafe-swiftshader", f"--user-data-dir={folder}",
            "--window-size=1500,950", "--remote-debugging-port=0", "about:blank",
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        try:
            base = await asyncio.wait_for(_debugging_at(browser), _PATIENCE)
            async with aiohttp.ClientSession() as session:
                pages = await (await session.get(f"{base}/json")).json()
                target = next(page for page in pages if page["type"] == "page")
                async with session.ws_connect(
                    target["webSocketDebuggerUrl"], max_msg_size=0
                ) as socket:
                    page = Page(socket)
                    await page.do("Network.enable")
                    await page.do("Page.navigate", url=address)
                    yield page
        finally:
            browser.terminate()
            await browser.wait()


async def _debugging_at(browser: asyncio.subprocess.Process) -> str:
    assert browser.stderr is not None
    while line := (await browser.stderr.readline()).decode():
        found = re.search(r"ws://([^/]+)/", line)
        if found:
            return f"http://{found[1]}"
    raise AssertionError("the browser did not start")
