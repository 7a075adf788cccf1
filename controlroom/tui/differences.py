"""Where two lines of equal width differ, in cells: what has to be sent again."""

from __future__ import annotations

from typing import Final

from controlroom.tui.lines import Line, Span, width_of

NEAR: Final = 16
"""Cells between two differences below which one span is cheaper than two moves of the cursor."""


def differences(old: Line, new: Line, width: int) -> list[tuple[int, int]]:
    """The stretches `[begin, end)` that differ, from left to right; none in equal lines."""
    if old.ground is not new.ground or len(old.spans) != len(new.spans):
        return [(0, width)]
    found: list[tuple[int, int]] = []
    at = 0
    for before, after in zip(old.spans, new.spans, strict=True):
        size = width_of(after.text)
        if before != after:
            if size != width_of(before.text):
                # From here on everything has moved.
                return [*found, (at, width)]
            begin, end = _within(before, after, size)
            if found and at + begin - found[-1][1] < NEAR:
                found[-1] = (found[-1][0], at + end)
            else:
                found.append((at + begin, at + end))
        at += size
    return found


def _within(before: Span, after: Span, size: int) -> tuple[int, int]:
    """The stretch of a piece that differs; all of it where its signs are not one cell each."""
    one, two = before.text, after.text
    if before[1:] != after[1:] or not len(one) == len(two) == size:
        return 0, size
    begin, end = 0, size
    while begin < end and one[begin] == two[begin]:
        begin += 1
    while end > begin and one[end - 1] == two[end - 1]:
        end -= 1
    return begin, end
