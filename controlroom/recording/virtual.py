"""Time that passes as fast as the machine can compute, and the same way every time.

The event loop is looptime's: when nothing is left to be done, its clock jumps to the next timer.
Three things would let the machine's own clock in, and are shut out here. Work that the app hands to
a thread is done at once, in line, so it takes no time on this clock. Textual asks the time of day
for its timers, its animations and its palette; while a recording is made it is told the loop's. And
what the environment says about colours, animations and signs does not count.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final, TypeVar
from unittest.mock import patch

from controlroom.recording.errors import without

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator

T = TypeVar("T")

CLOCKS: Final = (
    "textual._time.get_time",
    "textual._parser.get_time",
    "textual.widget.monotonic",
    "textual.command.monotonic",
)
"""Where Textual looks at a clock whose answer reaches the screen."""

SETTINGS: Final[dict[str, object]] = {
    "textual.constants.COLOR_SYSTEM": "truecolor",
    "textual.constants.FILTERS": "",
    "textual.constants.TEXTUAL_ANIMATIONS": "full",
    "textual.screen.UPDATE_PERIOD": 1 / 60,
}
"""What Textual has read from the environment, as a recording wants it."""

UNSET: Final = ("COLUMNS", "LINES", "NO_COLOR", "TEXTUAL", "UNICODE_VERSION")
"""Variables of the environment that Textual and rich would follow."""


def run_virtually(main: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine function on a clock of its own that begins at 0.

    Raises:
        MissingError: when looptime is not installed.
    """
    loop = _virtual_loop()
    try:
        with _pinned(loop):
            return loop.run_until_complete(main())
    finally:
        _end(loop)


def _virtual_loop() -> asyncio.AbstractEventLoop:
    """A loop whose clock jumps, and whose threads are none."""
    try:
        import looptime
    except ImportError:
        raise without("recording needs the library looptime") from None

    class VirtualLoop(looptime.LoopTimeEventLoop, asyncio.SelectorEventLoop):
        """Does at once what is meant for a thread."""

        def run_in_executor(  # type: ignore[override]  # any function, as looptime has it
            self,
            executor: Any,  # noqa: ARG002 - there is none
            func: Callable[..., Any],
            *args: Any,
        ) -> asyncio.Future[Any]:
            future = self.create_future()
            try:
                future.set_result(func(*args))
            except Exception as error:  # noqa: BLE001 - a future takes whatever there is
                future.set_exception(error)
            return future

    return VirtualLoop()


@contextmanager
def _pinned(loop: asyncio.AbstractEventLoop) -> Iterator[None]:
    """Textual on the clock of `loop`, without a word from the environment."""
    import textual.command
    import textual.widget  # noqa: F401 - patched below

    with ExitStack() as stack:
        stack.enter_context(surroundings_pinned())
        for clock in CLOCKS:
            stack.enter_context(patch(clock, loop.time))
        yield


@contextmanager
def surroundings_pinned() -> Iterator[None]:
    """Textual without a word from the environment, on the clock that there is."""
    import textual.screen  # noqa: F401 - patched below

    with ExitStack() as stack:
        kept = {name: value for name, value in os.environ.items() if name not in UNSET}
        stack.enter_context(patch.dict(os.environ, kept, clear=True))
        for name, value in SETTINGS.items():
            stack.enter_context(patch(name, value))
        yield


def _end(loop: asyncio.AbstractEventLoop) -> None:
    """Let what still waits be cancelled, and close the loop."""
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    if waiting:
        loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
