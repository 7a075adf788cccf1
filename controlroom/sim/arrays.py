"""Arrays of the state: what they hold, and how one is made."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
"""State and sizes: everything that counts is a 64-bit integer."""

Floats = NDArray[np.float64]
"""Room for a square root on its way to an integer; never kept."""

Bits = NDArray[np.uint64]
"""Room for mixing bits on their way to a draw; never kept."""

Mask = NDArray[np.bool_]
"""Which entries of an array are meant."""


def zeros(*shape: int) -> Ints:
    """Integers that are all zero."""
    return np.zeros(shape, np.int64)


def row(table: Ints, at: int) -> Ints:
    """One row of a table, as a view that can be changed in place."""
    one: Ints = table[at]
    return one
