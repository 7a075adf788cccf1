"""People at other terminals: an SSH client that knows nothing of this machine, and its screen."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager

import asyncssh
import pyte

from tests.drill.conftest import CODE, until

LOCAL = "127.0.0.1"


def connect(
    port: int, seat: str = "engineer", code: str = CODE
) -> AbstractAsyncContextManager[asyncssh.SSHClientConnection]:
    """A client that knows nothing of this machine."""
    return asyncssh.connect(
        LOCAL, port, username=seat, password=code, known_hosts=None, client_keys=None, config=None
    )


class Client:
    """Somebody's terminal."""

    def __init__(self, process: asyncssh.SSHClientProcess[str]) -> None:
        self.process = process
        self.screen = pyte.Screen(160, 45)
        self._stream = pyte.Stream(self.screen)
        self._task = asyncio.create_task(self._read())

    @property
    def text(self) -> str:
        return "\n".join(self.screen.display)

    async def _read(self) -> None:
        while text := await self.process.stdout.read(65536):
            self._stream.feed(text)

    async def type(self, text: str) -> None:
        self.process.stdin.write(text)

    async def shows(self, text: str) -> None:
        def there() -> bool:
            if self._task.done() and self._task.exception():
                raise AssertionError("the screen was lost") from self._task.exception()
            return text in self.text

        await until(there, lambda: f"{text!r} on\n{self.text}")


async def terminal(connection: asyncssh.SSHClientConnection) -> Client:
    return Client(await connection.create_process(term_type="xterm-256color", term_size=(160, 45)))
