"""Pauses of a clock, noticed from frame to frame, so that a journal can tell of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_MS: Final = 1_000_000

SHORTEST: Final = 500
"""Milliseconds below which a pause is none: a menu that came and went."""


class Pauses:
    """Looks at a clock now and then, and knows how long it has stood still."""

    def __init__(self, clock: Callable[[], int]) -> None:
        """Begin with a clock that goes.

        Args:
            clock: nanoseconds on the wall that never go back.
        """
        self._clock = clock
        self._since: int | None = None

    def look(self, *, paused: bool) -> int:
        """How many milliseconds a pause has taken that has just ended; 0 where none has."""
        now = self._clock()
        if paused:
            if self._since is None:
                self._since = now
            return 0
        since, self._since = self._since, None
        length = 0 if since is None else (now - since) // _MS
        return length if length >= SHORTEST else 0
