"""The seed of a date: the same riddle for everybody who plays on one day.

The date is the one in UTC, so that it changes everywhere at once. It goes through a hash, since
neighbouring numbers would tell somebody who played yesterday nothing, but look as if they did.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

_DIGITS: Final = 1_000_000
"""Seeds of dates are short enough to be said over the telephone."""


def today() -> dt.date:
    """The date in UTC."""
    return dt.datetime.now(dt.UTC).date()


def seed_of(date: dt.date) -> int:
    """The seed that everybody plays who plays the riddle of this date."""
    said = f"controlroom daily {date:%Y%m%d}".encode("ascii")
    return int.from_bytes(hashlib.blake2b(said, digest_size=8).digest(), "big") % _DIGITS
