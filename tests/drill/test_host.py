"""The host lets time pass for everybody, and its journal is that of any other run."""

from __future__ import annotations

import asyncio
import sys

from controlroom.drill.host import Host
from controlroom.drill.seat_app import SeatApp, show_seat
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from tests.drill.conftest import HandClock, until


class Paper:
    """A terminal that keeps what is drawn on it."""

    behind = False

    def __init__(self) -> None:
        self.drawn = ""

    def send(self, text: str) -> None:
        self.drawn += text


def test_time_passes_exactly_whoever_looks(host: Host, clock: HandClock) -> None:
    for _ in range(10):
        clock.pass_(0.3)
        host.beat()
    assert host.run.now == 12
    host.pacing.pause()
    clock.pass_(4)
    host.beat()
    assert host.run.now == 12


def test_a_seat_hears_what_happened_since_it_looked_and_takes_no_step(
    host: Host, clock: HandClock
) -> None:
    early, other = host.sit("engineer"), host.sit("liaison")
    host.run.give("note one", "engineer")
    clock.pass_(1)
    host.beat()
    late = host.sit("risk")
    assert any("one" in event.text for event in early.advance(100))
    assert other.advance(100) == ()  # what another desk did rings no bell here
    assert early.advance(100) == late.advance(100) == ()
    assert early.now == late.now == host.run.now == 4


def test_the_journal_of_two_seats_verifies_and_goes_on_at_the_same_step(
    host: Host, clock: HandClock
) -> None:
    host.sit("engineer").give("look smars-8", "on-call")
    clock.pass_(61)
    host.beat()
    digest, now, path = host.run.digest(), host.run.now, host.run.journal
    assert path is not None
    host.run.abandon()  # as a host that is killed
    resumed = Run.resume(path)
    assert (resumed.digest(), resumed.now) == (digest, now)
    resumed.close()
    assert verify(path).digest == digest


async def test_screens_that_end_in_another_order_hurt_nobody(host: Host) -> None:
    kept = sys.stdout, sys.stderr
    apps = [SeatApp(host, seat, Paper()) for seat in ("engineer", "risk", "engineer")]
    tasks = [asyncio.create_task(show_seat(app, 160, 45)) for app in apps]
    for app in apps:
        await until(lambda paper=app.wire: "ANSWERS" in paper.drawn, "drawn")  # type: ignore[misc]
    assert host.present == {"engineer": 2, "risk": 1}
    for place in (0, 2, 1):
        apps[place].exit()
        await tasks[place]
    assert host.present == {"engineer": 0, "risk": 0}
    assert (sys.stdout, sys.stderr) == kept
    assert all(app.error is None for app in apps)
