"""What a server runs with besides its build: tables and files that are loaded, sessions, dealing.

A build is what was deployed; these are what it reads. Each has a master copy, and a server has
what it loaded last. Dealing asks here for the flag table and the load balancer's, checks for the
reference file and the count check, clients' lines for the credit limits.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs

FLAGS: Final = "2012.07.27"
OLD_FLAGS: Final = "2011.11.04"
"""Releases of the flag table: the new one sends Y to RLP, the old one to Power Peg."""

COUNT: Final = "2012.07"
OLD_COUNT: Final = "2005.03"
"""Releases of the count check: the old one reads a counter that nobody keeps any more."""

REFERENCE: Final = "2012-08-01"
OLD_REFERENCE: Final = "2012-07-31"
"""Dates of the reference file: today's has new round lots for the stocks of the pilot."""

REDELIVERED: Final = "2012-08-01b"
"""The same file, delivered again: another name, the same content."""

TIMEOUT: Final = 500
SHORT_TIMEOUT: Final = 5
"""Milliseconds within which a server must answer the load balancer's health check."""

SCALE: Final = 1_000
"""By how much a credit limit is too high when dollars were taken for thousands."""


class What(enum.StrEnum):
    """What can be read and loaded again."""

    FLAGS = "flags"
    COUNT = "count"
    REFERENCE = "reference"
    LIMITS = "limits"
    SESSIONS = "sessions"
    DEALING = "dealing"


@attrs.define
class Settings:
    """What each server runs with; lists of one entry a server.

    Attributes:
        flags: release of its flag table.
        counts: release of its count check.
        reference: name of the reference file that it has loaded.
        scale: what its credit limits are multiplied by; 1 is right.
        guests: place of the server whose sessions it holds besides its own, or -1.
        timeout: of the load balancer's health check, milliseconds.
        dealt: whether the load balancer's table has it.
        dropped: step at which the load balancer last took one out.
        used: dollars of each client's credit that are used.
        refused: orders refused since the log last said so, a server.
    """

    flags: list[str]
    counts: list[str]
    reference: list[str]
    scale: list[int]
    guests: list[int]
    timeout: int
    dealt: list[bool]
    dropped: int
    used: list[int]
    refused: list[int]

    @classmethod
    def right(cls, servers: int, clients: int) -> Settings:
        """As the masters have it."""
        return cls(
            flags=[FLAGS] * servers,
            counts=[COUNT] * servers,
            reference=[REFERENCE] * servers,
            scale=[1] * servers,
            guests=[-1] * servers,
            timeout=TIMEOUT,
            dealt=[True] * servers,
            dropped=-1,
            used=[0] * clients,
            refused=[0] * servers,
        )

    def blind(self, server: int) -> bool:
        """Whether its check reads a counter that nobody keeps."""
        return self.counts[server] == OLD_COUNT

    def stale(self, server: int) -> bool:
        """Whether it has yesterday's round lots."""
        return self.reference[server] == OLD_REFERENCE

    def mend(self, what: What, server: int) -> None:
        """Load one thing on one server anew from its master."""
        match what:
            case What.FLAGS:
                self.flags[server] = FLAGS
            case What.COUNT:
                self.counts[server] = COUNT
            case What.REFERENCE:
                self.reference[server] = REFERENCE
            case What.LIMITS:
                self.scale[server] = 1
            case What.SESSIONS:
                self.guests[server] = -1
            case What.DEALING:
                self.timeout = TIMEOUT
                self.dealt = [True] * len(self.dealt)
