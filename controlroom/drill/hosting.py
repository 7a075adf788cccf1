"""A drill from its first connection to its last: everything that listens, and the run's end.

Whatever ends it, sockets are closed, screens are left in order and the journal is whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from controlroom.drill.host import Host
from controlroom.drill.host_app import HostApp
from controlroom.drill.ssh import Front, host_key
from controlroom.drill.table import TableApp
from controlroom.drill.web import WebFront
from controlroom.sim.seats import FACILITATOR, seats_for

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.drill.access import Door
    from controlroom.runs.run import Run


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int

    @property
    def is_here(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in ("127.0.0.1", "::1", "localhost")


class Listening(NamedTuple):
    """What a drill listens on.

    Attributes:
        ssh: for terminals, or None.
        web: for browsers, or None.
        authorized: keys that open the door for SSH as well, or None.
        key_folder: where this machine's key is kept; the usual place where it is None.
    """

    ssh: Address | None
    web: Address | None
    authorized: Path | None = None
    key_folder: Path | None = None


def begin(run: Run, people: int, carried: Sequence[str] = (), seated: Sequence[str] = ()) -> None:
    """Make a run a drill, if it is none yet.

    Args:
        run: that is played.
        people: who take part beside the facilitator.
        carried: improvements of an earlier drill, as `carry` takes them.
        seated: seats in which people sit already.

    Raises:
        CommandError: when it cannot be one.
    """
    if run.world.drill is None:
        run.give(f"drill {people}", FACILITATOR)
        for one in carried:
            run.give(f"carry {one}", FACILITATOR)
        for seat in seated:
            run.give(f"join {seat}", FACILITATOR)
        run.advance(1)


def seats_in(run: Run, people: int) -> tuple[str, ...]:
    """Seats that people can take, in order."""
    there = run.world.drill.people if run.world.drill else people
    return tuple(seat for seat in seats_for(there) if seat != FACILITATOR)


async def host_drill(
    run: Run,
    people: int,
    listening: Listening,
    door: Door,
    carried: Sequence[str] = (),
    *,
    table: bool = False,
) -> HostApp:
    """Host a drill until the facilitator leaves.

    Args:
        run: that is played; closed by whoever began it, and so is what it was gone back to.
        people: who take part beside the facilitator.
        listening: where.
        door: that asks for the code.
        carried: improvements of an earlier drill.
        table: show the board and every seat here, for people around one screen.

    Returns:
        The app, once it has been left; its host has the run that was played last.

    Raises:
        OSError: when an address cannot be listened on; nothing was shown then.
    """
    begin(run, people, carried, seats_in(run, people) if table else ())
    host = Host(run, paused=True)
    seats = seats_in(run, people)
    async with contextlib.AsyncExitStack() as stack:
        places = [f"code {door.code}"] if listening.ssh or listening.web else []
        if listening.ssh is not None:
            front = Front(host, door, seats)
            places.append(await _open_ssh(stack, front, listening.ssh, listening))
        if listening.web is not None:
            page = WebFront(host, door, seats)
            places.append(await _open_web(stack, page, listening.web))
        clock = asyncio.create_task(host.keep_time())
        stack.callback(clock.cancel)
        stack.callback(lambda: host.run.close())  # noqa: PLW0108 - it may be another one by then
        said = "   ".join(places)
        app = TableApp(host, said, seats) if table else HostApp(host, said)
        await app.run_async()
    return app


async def _open_ssh(
    stack: contextlib.AsyncExitStack, front: Front, address: Address, listening: Listening
) -> str:
    """Listen for terminals; what to tell people."""
    key = host_key(listening.key_folder)
    port = await front.open(*address, key=key, authorized=listening.authorized)
    stack.push_async_callback(front.close)
    return f"ssh -p {port} SEAT@{_named(address.host)}"


async def _open_web(stack: contextlib.AsyncExitStack, front: WebFront, address: Address) -> str:
    """Listen for browsers; what to tell people."""
    port = await front.open(*address)
    stack.push_async_callback(front.close)
    return f"http://{_named(address.host)}:{port}/?code={front.door.code}"


def _named(address: str) -> str:
    """An address as other people have to write it, as far as that is known here."""
    return socket.gethostname() if address in ("0.0.0.0", "::", "") else address  # noqa: S104
