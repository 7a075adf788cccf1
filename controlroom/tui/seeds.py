"""A seed as a person types it."""

from __future__ import annotations

from typing import Final

MOST_SEED: Final = 2**63 - 1
"""The largest seed that can be typed."""


class SeedError(ValueError):
    """A typed seed that is none; the message says what would be one."""


def read_seed(text: str) -> int | None:
    """A typed seed; None where nothing was typed.

    Raises:
        SeedError: when it is not a whole number from 0 to `MOST_SEED`.
    """
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        shown = text if len(text) <= 20 else f"{text[:19]}…"
        raise SeedError(f"a seed is a whole number; {shown!r} is none")
    if len(text) > 19 or int(text) > MOST_SEED:
        raise SeedError("a seed has at most 18 digits")
    return int(text)
