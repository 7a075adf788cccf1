"""What a player takes for a sign that something burns, all of it read off the screen."""

from __future__ import annotations

from typing import Final

from controlroom.runs.policies.player import Script, pause, wait

SMALL: Final = 5_000_000
"""Dollars in the 33 Account that nobody on the desk has taken: more than its limit of 2 million."""

LARGE: Final = 50_000_000
"""Dollars in it that somebody would call about."""

REACTION: Final = 20
"""Seconds from seeing a sign to doing something about it."""

CALM: Final = 30 * 60
"""Seconds after the open from which a morning counts as a normal one."""


def until_it_burns(gross: int) -> Script[bool]:
    """Until the gross position is beyond `gross`, or the open has long been calm.

    Returns:
        Whether it burns.
    """
    yield from wait(lambda sight: sight.from_open >= 0)
    burns = yield from wait(lambda sight: sight.look().money.gross > gross, every=5, most=CALM)
    if burns:
        yield from pause(REACTION)
    return burns
