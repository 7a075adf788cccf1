"""Work away from the screen: it can be left at any time, and it tells how far it is.

Threads speak to the screen with `call_later`, which is silently in vain once the program is being
left. A thread that goes on then would keep the program from ending, so it is ended from its own
reports of progress.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import get_current_worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.message_pump import MessagePump

    from controlroom.runs.fold import Progress

_STEPS = 20
"""Of progress that are told; more would only keep the screen busy."""


class LeftError(Exception):
    """Nobody waits for the work any more."""


def told(pump: MessagePump, tell: Callable[[int, int], object]) -> Progress:
    """A `Progress` for the worker that asks for it.

    Args:
        pump: whose thread `tell` runs in.
        tell: called with what is done and the whole, some times.
    """
    worker = get_current_worker()
    last = -1

    def progress(done: int, whole: int) -> None:
        nonlocal last
        if worker.is_cancelled:
            raise LeftError
        step = done * _STEPS // max(1, whole)
        if step != last:
            last = step
            pump.call_later(tell, done, whole)

    return progress
