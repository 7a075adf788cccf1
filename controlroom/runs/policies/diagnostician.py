"""Diagnostician: holds several causes open, looks at every server, and asks what tells them apart.

It knows what the briefing says and nothing of the seed. Before the bell it asks the client desk
whose lines lead where, and sets the basket's host aside. From a minute after the bell it looks into
all servers at once and compares them: fills beyond targets burn, so that server is stopped before
anything else; who gets no orders, more orders, more orders at work or more load than the others is
looked into, one thing at a time, beside its master. What differs is loaded anew. If nothing
differs when the basket is done, nothing is touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Final

import attrs

from controlroom.runs.policies.aftermath import aftermath
from controlroom.runs.policies.player import Script, do, do_all, look, pause, wait

FIRST_LOOK: Final = 60
"""Seconds after the open at which the servers are compared first: sooner all are loud."""

BETWEEN: Final = 35
"""Seconds from one comparison to the next."""

BASKET_DONE: Final = 7 * 60
"""Seconds after the open by which an announced basket has been worked."""

ALLOCATED: Final = 15 * 60 + 10
"""Seconds after the open from which what is in the account is the firm's."""

GIVES_UP: Final = 30 * 60
"""Seconds after the open from which nothing more is looked for."""

_BUILD: Final = re.compile(r"build (\S+), version \S+, checksum (\S+)")
_LOAD: Final = re.compile(r"process (\w+), load (\d+) %")
_AT_WORK: Final = re.compile(r"parents in work ([\d,]+), .* of ([\d,]+) received")
_FILLS: Final = re.compile(r"target ([\d,]+) shares, filled ([\d,]+) shares")
_LEADS: Final = re.compile(r"the basket, leads to ([\w-]+)")


@attrs.frozen
class Looked:
    """What a look into a server told.

    Attributes:
        server: its name.
        state: of its process.
        build: installed.
        load: percent.
        at_work: orders.
        received: orders since the morning.
        target: shares that the orders at work ask for.
        filled: shares that they have got.
    """

    server: str
    state: str
    build: str
    load: int
    at_work: int
    received: int
    target: int
    filled: int

    @property
    def runs_away(self) -> bool:
        """Whether its orders get far more than they ask for."""
        return self.filled * 2 > 3 * self.target > 0


def diagnostician() -> Script[None]:
    """Ask, compare, contain, prove, put right; then get flat."""
    basket = _LEADS.search((yield from do("call clients")).text)
    host = basket[1] if basket else ""
    yield from wait(lambda sight: sight.from_open >= FIRST_LOOK)
    yield from _find_and_cure(host)
    yield from wait(lambda sight: sight.from_open >= ALLOCATED)
    yield from aftermath()


def _find_and_cure(host: str) -> Script[bool]:
    """Compare the servers again and again until something is found, or nothing can be."""
    before: dict[str, Looked] = {}
    asked: set[str] = set()
    while True:
        now = yield from _look_at_all()
        for server, what in _worth_asking(now, before, host):
            if not what:
                yield from _stop_and_cure(server, now)
                return True
            question = f"config {what} {server}"
            if question in asked:
                continue
            asked.add(question)
            if (yield from _cured(server, what)):
                return True
        before = {looked.server: looked for looked in now}
        view = yield from look()
        if view.header.from_open > GIVES_UP or (
            view.header.from_open > BASKET_DONE and (yield from _stands_still())
        ):
            return False
        yield from pause(BETWEEN)


def _look_at_all() -> Script[list[Looked]]:
    """Look into every server at once."""
    names = [server.name for server in (yield from look()).servers]
    replies = yield from do_all([f"look {name}" for name in names])
    found = []
    for reply in replies:
        build, load = _BUILD.search(reply.text), _LOAD.search(reply.text)
        at_work, fills = _AT_WORK.search(reply.text), _FILLS.search(reply.text)
        if build and load and at_work and fills:
            numbers = [int(text.replace(",", "")) for text in (*at_work.groups(), *fills.groups())]
            found.append(Looked(reply.lines[0], load[1], build[1], int(load[2]), *numbers))
    return found


def _worth_asking(
    now: Sequence[Looked], before: dict[str, Looked], host: str
) -> Iterator[tuple[str, str]]:
    """Servers that differ from the others, and what would explain it; nothing where it burns."""
    for looked in now:
        if looked.runs_away:
            yield looked.server, ""
    for looked in now:
        old = before.get(looked.server)
        if looked.state == "running" and old and old.received == looked.received:
            yield looked.server, "dealing"
    others = [looked for looked in now if looked.server != host]
    received = median(looked.received for looked in others)
    at_work = median(looked.at_work for looked in others)
    load = median(looked.load for looked in others)
    for looked in others:
        if looked.received > 1.15 * received:
            yield looked.server, "limits"
        if looked.at_work > 1.5 * at_work:
            yield looked.server, "reference"
        if looked.load > load + 6 and looked.at_work < 1.5 * at_work:
            yield looked.server, "sessions"


def _cured(server: str, what: str) -> Script[bool]:
    """Read one thing beside its master; load it anew where it differs."""
    if "as its master" in (yield from do(f"config {what} {server}")).text:
        return False
    yield from do(f"suspect {_BELIEF[what].format(server=server)} sure")
    yield from do(f"reload {what} {'all' if what == 'dealing' else server}")
    return True


def _stop_and_cure(server: str, now: Sequence[Looked]) -> Script[None]:
    """It burns: stop it, find out why, put it right, and let it work again."""
    yield from do(f"kill {server}")
    builds = [looked.build for looked in now]
    usual = max(sorted(set(builds)), key=builds.count)
    mine = next(looked.build for looked in now if looked.server == server)
    proved = False
    for what in ("flags", "count"):
        proved = proved or (yield from _cured(server, what))
    if not proved and mine != usual:
        yield from do(f"suspect {server} has the old build sure")
        yield from do(f"deploy {usual} {server}")
        proved = True
    if proved:
        yield from do(f"start {server}")


def _stands_still() -> Script[bool]:
    """Whether nothing is executed that no client ordered, for half a minute."""
    before = (yield from look()).money.executions
    yield from pause(30)
    return (yield from look()).money.executions == before


_BELIEF: Final = {
    "flags": "{server} has a wrong flag table",
    "count": "{server} has an old count check",
    "reference": "{server} has yesterday's reference file",
    "limits": "{server} has a credit limit that is too high",
    "sessions": "{server} holds another session and resends",
    "dealing": "the load balancer deals badly",
}
