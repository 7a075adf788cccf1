"""One key at a time: what a key does is done before the next one is looked at.

Textual hands a key to whatever has the focus when it arrives. Over a slow link, or from a fast
typist, keys arrive in one piece: after `:` the letters of a command would still go to the pane that
had the focus before, where letters stop servers. So a key waits until the one before it has gone
its whole way, up to the app, and what it set off has been carried out.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from textual import events
from textual.app import App
from textual.message import Message

_PATIENCE: Final = 0.3
"""Seconds after which a key is given up on whose widget went away with it."""


class KeyDone(Message):
    """Follows a key on its way; once it is at the app, so was the key."""


class OrderedKeys(App[None]):
    """An app that takes keys and pasted text strictly one after the other."""

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._pressed_at = 0.0
        self._busy = False

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if not self._busy or _now() - self._pressed_at > _PATIENCE:
            await self._press_next()

    async def _press_next(self) -> None:
        self._busy = bool(self._typed)
        if not self._typed:
            return
        self._pressed_at = _now()
        await super().on_event(self._typed.popleft())
        if not (self.focused or self.screen).post_message(KeyDone()):
            self.post_message(KeyDone())

    def on_key_done(self, event: KeyDone) -> None:
        """The key has been everywhere; what it set off stands before this in the queue."""
        event.stop()
        self.call_later(self._press_next)


def _now() -> float:
    """Seconds of the event loop's own clock, which a recording sets itself."""
    return asyncio.get_running_loop().time()
