"""Chance that is a fixed hash of (stream, number): every run of the scripts draws the same."""
# ruff: noqa: INP001 -- a neighbour of the scripts, not a package

from __future__ import annotations

_GOLDEN = 0x9E3779B97F4A7C15


def draw(stream: str, number: int) -> float:
    """A number from 0 to 1 that depends on nothing but its arguments (splitmix64)."""
    state = (int.from_bytes(stream.encode()[:8], "little") + number * _GOLDEN) % 2**64
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = (state ^ (state >> shift)) * factor % 2**64
    return ((state ^ (state >> 31)) >> 11) / 2**53
