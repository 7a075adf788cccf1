"""Parents on the ordinary and the RLP path, which work patiently: a lot a second.

Their check counts what they execute, so they end. What servers do with them is in `trading`.
"""

from __future__ import annotations

import attrs
import numpy as np

from controlroom.sim.arrays import Ints, Mask, row, zeros


@attrs.define
class Parents:
    """Parents on the ordinary and the RLP path.

    Attributes:
        rows: one column a parent, oldest first; one row each for the properties below.
    """

    rows: Ints

    @classmethod
    def none(cls) -> Parents:
        """An empty table."""
        return cls(zeros(6, 0))

    def add(self, number: Ints, slot: Ints, target: Ints, server: Ints, rlp: int) -> None:
        """Take on parents that have not been worked yet."""
        old = len(self)
        rows = np.empty((6, old + len(number)), np.int64)
        rows[:, :old] = self.rows
        new = rows[:, old:]
        new[0], new[1], new[2], new[3], new[4], new[5] = number, slot, target, 0, server, rlp
        self.rows = rows

    def add_one(self, number: int, slot: int, target: int, server: int, *, rlp: bool) -> None:
        """Take on one parent."""
        new = np.array([[number], [slot], [target], [0], [server], [int(rlp)]])
        self.rows = np.concatenate((self.rows, new), axis=1)

    def keep(self, rows: Mask) -> None:
        """Forget every parent but these."""
        self.rows = np.compress(rows, self.rows, axis=1)

    @property
    def number(self) -> Ints:
        """Number of the order."""
        return row(self.rows, 0)

    @property
    def slot(self) -> Ints:
        """Stock for a buy, stock + number of stocks for a sell."""
        return row(self.rows, 1)

    @property
    def target(self) -> Ints:
        """Shares wanted."""
        return row(self.rows, 2)

    @property
    def filled(self) -> Ints:
        """Shares executed, which is also what the stop check reads."""
        return row(self.rows, 3)

    @property
    def server(self) -> Ints:
        """Index of the server that works it."""
        return row(self.rows, 4)

    @property
    def rlp(self) -> Ints:
        """1 on the RLP path."""
        return row(self.rows, 5)

    def __len__(self) -> int:
        """How many."""
        parents: int = self.rows.shape[1]
        return parents
