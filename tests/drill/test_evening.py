"""A drill as people have it: the host's terminal, three by SSH, a browser, and a host that dies.

Everything is real: the program in a pseudo-terminal, sockets on the loopback address, and Chromium
where there is one; else another SSH client sits in its seat.
"""

from __future__ import annotations

import asyncio
import re
import signal
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from controlroom.cli.app import run
from controlroom.runs.journal import read_journal
from controlroom.runs.verify import verify
from tests.browser import CHROMIUM, open_page
from tests.drill.clients import Client, connect, terminal
from tests.terminal.conftest import Start, home, start  # noqa: F401 - fixtures
from tests.terminal.pty_player import PtyPlayer

pytestmark = pytest.mark.pty

Say = Callable[[str], None]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Evening:
    """A host, where to connect, and the code."""

    def __init__(self, start: Start, journal: Path, *arguments: str) -> None:  # noqa: F811
        self.ssh, self.web = free_port(), free_port()
        self.journal = journal
        self.host: PtyPlayer = start(
            "drill",
            *arguments,
            "--listen",
            f"127.0.0.1:{self.ssh}",
            "--web",
            f"127.0.0.1:{self.web}",
            columns=160,
            rows=45,
        )
        shown = self.host.wait_for("space begins", 60)
        found = re.search(r"code (\w+)", shown)
        assert found, shown
        self.code = found[1]

    @asynccontextmanager
    async def seat(self, name: str) -> AsyncIterator[Client]:
        async with connect(self.ssh, name, self.code) as connection:
            yield await terminal(connection)


async def waited(player: PtyPlayer, text: str) -> None:
    await asyncio.to_thread(player.wait_for, text, 60.0)


async def typed(player: PtyPlayer, line: str) -> None:
    """A line at the host's prompt, and back to the page."""
    player.send(":")
    await waited(player, "enter give")
    player.send(line, "enter")
    player.send("escape")
    await asyncio.to_thread(player.wait_gone, "enter give", 60.0)


async def test_a_drill_with_five_seats_from_the_welcome_to_its_end(  # noqa: PLR0915 - an evening
    start: Start,  # noqa: F811
    tmp_path: Path,
) -> None:
    journal = tmp_path / "evening.jsonl"
    evening = await asyncio.to_thread(
        Evening, start, journal, "knight-2012", "--people", "5", "--journal", str(journal)
    )
    host = evening.host
    async with AsyncExitStack() as stack:
        engineer, commander, liaison = [
            await stack.enter_async_context(evening.seat(seat))
            for seat in ("engineer", "commander", "liaison")
        ]
        await engineer.shows("SMARS-8")
        await commander.shows("BETWEEN SEATS")
        if CHROMIUM is not None:
            link = f"http://127.0.0.1:{evening.web}/risk?code={evening.code}"
            page = await stack.enter_async_context(open_page(link))
            await page.until("document.body.classList.contains('-first-byte')")
            await page.value("document.querySelector('.xterm-helper-textarea').focus()")
            risk: Callable[[str], object] = page.type
        else:
            other = await stack.enter_async_context(evening.seat("risk"))
            await other.shows("33 Account")
            risk = other.type
        host.send("space")
        await waited(host, "time passes")
        await typed(host, "speed 30")
        await waited(host, "30x")

        for seated in (engineer, commander, liaison):
            await seated.type(":")
            await seated.shows("enter give")
        await engineer.type("look smars-8\r")
        await engineer.shows("legacy")
        await engineer.type("\x15tell commander smars-8 has an old build\r")
        await commander.shows("smars-8 has an old build")
        await commander.type("copy\r")
        await engineer.shows("✓ commander")
        await commander.type("\x15look smars-8\r")
        await commander.shows("not for the commander seat")
        await commander.type("\x15declare\r")
        await commander.shows("y yes")
        await commander.type("y")
        await commander.shows("incident declared · authority")
        await engineer.type("\x15kill smars-8\r")
        await engineer.shows("y yes")
        await engineer.type("y")
        await engineer.shows("smars-8 killed")
        said = risk(":tell all [bold]the book[/bold] is flat\r")
        if asyncio.iscoroutine(said):
            await said
        await liaison.shows("[bold]the book[/bold] is flat")

        await typed(host, "freeze what do we know")
        await liaison.shows("what do we know")
        host.send("space")
        await waited(host, "go: given")
        host.send(":")
        await waited(host, "enter give")
        host.send("end that is all", "enter")
        await waited(host, "y yes")
        host.send("y")
        await waited(host, "The drill is over")
        await commander.shows("The drill is over")
        host.send("ctrl+q")
        assert await asyncio.to_thread(host.wait_exit) == 0
    verified = verify(journal)
    assert verified.ended == "the drill was ended"
    report = tmp_path / "report"
    assert run(["aar", str(journal), "-o", str(report)]) == 0
    assert "engineer: kill smars-8" in (report / "AAR.md").read_text(encoding="utf-8")
    assert (report / "improvements.csv").exists()
    given = {(each.seat, each.command) for each in read_journal(journal).commands}
    assert {
        ("engineer", "look smars-8"), ("engineer", "kill smars-8"), ("commander", "declare"),
        ("risk", "tell all [bold]the book[/bold] is flat"), ("facilitator", "join liaison"),
        ("facilitator", "freeze what do we know"), ("facilitator", "go"),
    } <= given  # fmt: skip


async def test_a_host_that_was_killed_goes_on_and_people_sit_down_again(
    start: Start,  # noqa: F811
    tmp_path: Path,
) -> None:
    journal = tmp_path / "killed.jsonl"
    evening = await asyncio.to_thread(
        Evening, start, journal, "knight-2012", "--people", "4", "--journal", str(journal)
    )
    async with evening.seat("engineer") as engineer:
        await engineer.shows("SMARS-8")
        evening.host.send("space")
        await waited(evening.host, "time passes")
        await engineer.type(":")
        await engineer.shows("enter give")
        await engineer.type("tell commander before it happened\r")
        await engineer.shows("told commander")
        evening.host.signal(signal.SIGKILL)
    reached = read_journal(journal).reached
    again = await asyncio.to_thread(Evening, start, journal, "--resume", str(journal))
    async with again.seat("engineer") as engineer:
        await engineer.shows("before it happened")
        again.host.send("space")
        await waited(again.host, "time passes")
        await engineer.type(":")
        await engineer.shows("enter give")
        await engineer.type("tell commander and after\r")
        await engineer.shows("and after")
    again.host.send("ctrl+q", "ctrl+q")
    await asyncio.to_thread(again.host.wait_exit)
    assert verify(journal).step >= reached
    joined = [given for given in read_journal(journal).commands if given.command.startswith("join")]
    assert [given.command for given in joined] == ["join engineer"]
