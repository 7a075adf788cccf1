"""Who may come in: a code that the facilitator reads out, and patience with those who guess.

The code is made anew for each drill and stands in no file and no log. Every wrong one makes the
next try slower for everybody who comes from the same address; they are counted, not kept.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from typing import Final

LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for others when they are read out."""

LENGTH: Final = 8
"""31^8 codes: at one try in `SLOWEST` seconds nobody gets far in a drill."""

SLOWEST: Final = 5.0
"""Seconds that a try takes after some wrong ones."""

ADDRESSES: Final = 1_000
"""Addresses whose wrong codes are counted; beyond that the oldest is forgotten."""


def new_code() -> str:
    """A join code."""
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


class Door:
    """Lets those in who know the code.

    Attributes:
        code: that is read out.
        wrong: how many wrong codes were tried, for the log.
    """

    def __init__(self, code: str = "", *, slowest: float = SLOWEST) -> None:
        """Prepare the door.

        Args:
            code: in place of a new one.
            slowest: seconds that a try takes at most.
        """
        self.code = code or new_code()
        self.wrong = 0
        self._slowest = slowest
        self._tries: dict[str, int] = {}

    async def opens(self, code: str, address: str) -> bool:
        """Whether the code is right; the answer takes longer after each wrong one.

        Args:
            code: as typed, in either case, with or without spaces and dashes.
            address: where the try comes from.
        """
        tries = self._tries.get(address, 0)
        if tries:
            await asyncio.sleep(min(0.1 * 2.0**tries, self._slowest))
        plain = "".join(sign for sign in code.casefold() if sign not in " -")
        if hmac.compare_digest(plain.encode(), self.code.encode()):
            self._tries.pop(address, None)
            return True
        self.wrong += 1
        self._tries[address] = min(tries + 1, 30)
        if len(self._tries) > ADDRESSES:
            del self._tries[next(iter(self._tries))]
        return False
