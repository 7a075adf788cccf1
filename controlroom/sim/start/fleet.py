"""Builds, servers and venues, as a scenario gives them."""

from __future__ import annotations

import enum

import attrs


class PegCount(enum.StrEnum):
    """Where a build keeps the cumulative quantity that Power Peg's stop check reads."""

    INSIDE = "inside"
    ELSEWHERE = "elsewhere"


@attrs.frozen
class Build:
    """A version of the SMARS code as it can be installed on a server.

    Attributes:
        name: what people type, `rlp` or `legacy`.
        version: the label that the server reports.
        checksum: the digest that `look` and `compare` print.
        has_rlp: whether the flag selects the RLP path; otherwise it still selects Power Peg.
        peg_count: where the executed quantity is counted, as far as Power Peg can see.
        own_flag: whether the flag that it knows is its own, and not the one of Power Peg.
    """

    name: str
    version: str
    checksum: str
    has_rlp: bool
    peg_count: PegCount
    own_flag: bool = False


@attrs.frozen
class ServerSetup:
    """One server as the day begins.

    Attributes:
        name: for example `smars-8`.
        build: the name of the installed build.
    """

    name: str
    build: str


@attrs.frozen
class Venue:
    """A market centre to which every server holds a session.

    Attributes:
        name: what people type.
        share: per mille of the child orders that go there while all are connected.
    """

    name: str
    share: int
