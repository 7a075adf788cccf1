"""A real browser without a window, asked over its debugging port."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import aiohttp

_WAITS = """
new Promise((done) => {
  const ends = Date.now() + 30000;
  const look = () => {
    const text = document.body ? document.body.innerText : "";
    if (text.includes(WANTED) || Date.now() > ends) done(text); else setTimeout(look, 50);
  };
  look();
})
"""


async def text_of(url: str, wanted: str, profile: Path) -> str:
    """The text of a page, once it shows `wanted`; after half a minute, whatever it shows."""
    browser = subprocess.Popen(  # noqa: ASYNC220 - it starts at once and is waited for elsewhere
        [str(shutil.which("chromium")), "--headless", "--no-sandbox", "--disable-gpu",
         "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        async with asyncio.timeout(60), aiohttp.ClientSession() as session:
            address = f"http://127.0.0.1:{await _port(profile)}/json"
            async with session.get(address) as answer:
                pages = [each for each in await answer.json() if each["type"] == "page"]
            async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as wire:
                await _ask(wire, "Page.navigate", url=url)
                script = _WAITS.replace("WANTED", json.dumps(wanted))
                return await _evaluated(wire, script)
    finally:
        browser.kill()
        browser.wait()


async def _evaluated(wire: aiohttp.ClientWebSocketResponse, script: str) -> str:
    """What a script comes to; a page that is only just loading is asked again."""
    for _ in range(10):
        answer = await _ask(wire, "Runtime.evaluate", expression=script, awaitPromise=True)
        if "value" in answer.get("result", {}):
            return str(answer["result"]["value"])
    return ""


async def _port(profile: Path) -> str:
    """The port, which the browser writes into its folder once it listens."""
    file = profile / "DevToolsActivePort"
    while not file.is_file() or "\n" not in file.read_text(encoding="utf-8"):  # noqa: ASYNC110 - a file
        await asyncio.sleep(0.05)
    return file.read_text(encoding="utf-8").splitlines()[0]


async def _ask(wire: aiohttp.ClientWebSocketResponse, method: str, **params: Any) -> Any:
    await wire.send_json({"id": 1, "method": method, "params": params})
    while True:
        answer = await wire.receive_json()
        if answer.get("id") == 1:
            return answer.get("result", {})
