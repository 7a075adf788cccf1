"""A full room: eight people in their seats, and thirty who only look on."""

from __future__ import annotations

import asyncio

import pytest

from controlroom.drill.host import Host
from controlroom.drill.hosting import begin
from controlroom.drill.seat_app import SeatApp, show_seat
from controlroom.drill.seat_screen import SeatScreen
from tests.drill.conftest import HandClock, until
from tests.drill.test_host import Paper

SEATS = ("commander", "engineer", "engineer", "risk", "liaison", "comms", "comms", "observer")
"""Eight people, as a set for eight seats them."""


def clock_on(app: SeatApp) -> str:
    screen = app.screen
    view = screen.latest if isinstance(screen, SeatScreen) else None
    return view.header.clock if view is not None else ""


@pytest.mark.slow
async def test_thirty_who_look_on_beside_eight_seats_see_the_same_second(
    host: Host, clock: HandClock
) -> None:
    begin(host.run, 8)
    papers = [Paper() for _ in range(len(SEATS) + 30)]
    seats = (*SEATS, *["observer"] * 30)
    apps = [SeatApp(host, seat, paper) for seat, paper in zip(seats, papers, strict=True)]
    tasks = []
    for app, paper in zip(apps, papers, strict=True):
        tasks.append(asyncio.create_task(show_seat(app, 120, 35)))
        await until(lambda drawn=paper: "BETWEEN SEATS" in drawn.drawn, "drawn")  # type: ignore[misc]
    assert sum(host.present.values()) == len(apps)
    for paper in papers:
        paper.drawn = ""
    clock.pass_(2)
    host.beat()
    await until(lambda: all(clock_on(app) == "08:00:02" for app in apps), "two seconds later")
    await until(lambda: all(paper.drawn for paper in papers), "on every terminal")
    engineer = apps[1]
    assert engineer.terminal is not None
    engineer.terminal.feed(":note still here\r")
    pending = host.run.simulation.pending
    await until(
        lambda: any("still here" in one.command.text() for one in host.run.simulation.pending),
        lambda: repr(pending),
    )
    for app in apps:
        app.exit()
    await asyncio.gather(*tasks)
    assert not any(host.present.values())
    assert all(app.error is None for app in apps)
