"""Counter-based randomness: a draw is a hash of (seed, stream, step, entity).

There is no hidden state. Any moment's draws can be computed without those before it, a new
consumer shifts nobody else's, and a fork needs nothing but the step. The mixing is SplitMix64's
finaliser (Steele, Lea, Flood 2014), on unsigned 64-bit integers that wrap the same everywhere.
"""

from __future__ import annotations

import enum
from functools import lru_cache
from typing import Final

import numpy as np

from controlroom.sim.arrays import Bits, Ints

_GOLDEN: Final = 0x9E3779B97F4A7C15
_MASK: Final = 0xFFFFFFFFFFFFFFFF


class Stream(enum.IntEnum):
    """Who draws; the numbers are part of every seed's meaning and never change."""

    DEPTH = 1
    FAIR = 2
    INDEX = 3
    ARRIVAL = 4
    SIZE = 5
    SPLIT = 6
    TEMPER = 7
    CLIENT = 8
    SIDE = 9
    RIDDLE = 10
    SLIP = 20
    MISS = 21


def _mix(value: int) -> int:
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & _MASK
    value = (value ^ (value >> 27)) * 0x94D049BB133111EB & _MASK
    return value ^ (value >> 31)


@lru_cache(maxsize=64)
def _root(seed: int, stream: Stream) -> int:
    return _mix(_mix(seed * _GOLDEN & _MASK) + stream * _GOLDEN & _MASK)


def _key(seed: int, stream: Stream, step: int) -> int:
    return _mix(_root(seed, stream) + step & _MASK)


def draw(seed: int, stream: Stream, step: int, entity: int, below: int) -> int:
    """One whole number from 0 to `below` - 1."""
    return (_mix(_key(seed, stream, step) + entity * _GOLDEN & _MASK) >> 32) * below >> 32


def draws(seed: int, stream: Stream, step: int, count: int, below: int) -> Ints:
    """Whole numbers from 0 to `below` - 1 for the entities 0 to `count` - 1.

    `below` is at most 2^31.
    """
    return _finished(_ladder(count) + np.uint64(_key(seed, stream, step)), below)


def draws_of(seed: int, stream: Stream, steps: range, count: int, below: int) -> Ints:
    """What `draws` gives for each of several steps, a row a step."""
    keys = np.array([_key(seed, stream, step) for step in steps], dtype=np.uint64)
    return _finished(keys[:, None] + _ladder(count), below)


@lru_cache(maxsize=16)
def _ladder(count: int) -> Bits:
    value = np.arange(count, dtype=np.uint64)
    value *= np.uint64(_GOLDEN)
    return value


def _finished(value: Bits, below: int) -> Ints:
    """The finaliser, in place, and the high half scaled to `below`."""
    value ^= value >> np.uint64(30)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    value ^= value >> np.uint64(27)
    value *= np.uint64(0x94D049BB133111EB)
    value ^= value >> np.uint64(31)
    value >>= np.uint64(32)
    value *= np.uint64(below)
    value >>= np.uint64(32)
    return value.view(np.int64)
