"""A run on a page: what a browser is sent is the screen, and nothing but looking is possible."""

from __future__ import annotations

import asyncio
import contextlib
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from controlroom.recording.broadcast import BEHIND, Broadcast, Station, Viewer
from controlroom.recording.errors import RecordingError
from controlroom.recording.glass import Glass
from controlroom.recording.outputs import film_as
from controlroom.recording.watch import Show, catch_up, followed, show
from controlroom.runs.errors import JournalError
from controlroom.runs.journal import read_journal
from controlroom.runs.run import Run
from controlroom.scenario import load_scenario
from tests.recording.chromium import text_of
from tests.recording.conftest import storm

PATIENCE = 30.0


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    path = tmp_path / "run.jsonl"
    with Run.begin(load_scenario("knight-2012"), start="09:30", journal=path) as run:
        run.advance(200)
        run.give("look smars-8")
        run.advance(200)
    return path


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A film as a page of its own."""
    path = tmp_path / "film.html"
    path.write_bytes(film_as("html", storm()))
    return path


async def asked(port: int, request: str) -> str:
    """What the server answers, up to the end of its answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.encode())
    answer = (await asyncio.wait_for(reader.read(), PATIENCE)).decode()
    writer.close()
    return answer


class Browser:
    """Reads the stream and keeps what it shows."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.glass = Glass(1, 1)

    async def until(self, *wanted: str) -> str:
        """Look until all of it is shown; a frame may arrive in parts."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        writer.write(f"GET /events HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode())
        async with asyncio.timeout(PATIENCE):
            while not all(text in self.glass.text for text in wanted):
                line = (await reader.readline()).decode()
                assert line, f"the stream ended without {wanted!r}:\n{self.glass.text}"
                if line.startswith("data: "):
                    self.take(json.loads(line.removeprefix("data: ")))
        writer.close()
        return self.glass.text

    def take(self, event: Any) -> None:
        if isinstance(event, dict):
            self.glass.resize(event["cols"], event["rows"])
        else:
            self.glass.write(event[2])


@contextlib.asynccontextmanager
async def shown(what: Show) -> AsyncIterator[int]:
    """A show that is open; its port."""
    address: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(show(what, address.set_result))
    done, _ = await asyncio.wait((address, task), return_when=asyncio.FIRST_COMPLETED)
    if task in done:
        await task
    try:
        yield int(address.result().rstrip("/").rpartition(":")[2])
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_a_browser_sees_the_run_from_where_somebody_began_to_play(journal: Path) -> None:
    async with shown(Show(journal, port=0, speed=60)) as port:
        text = await Browser(port).until("09:31")
    assert "SMARS-8" in text


async def test_whoever_comes_later_sees_the_whole_screen(journal: Path) -> None:
    async with shown(Show(journal, port=0, columns=120, rows=35)) as port:
        await Browser(port).until("SMARS-8")
        text = await Browser(port).until("ANSWERS")
    for pane in ("SMARS-1", "SMARS-8", "ALERTS", "P&L"):
        assert pane in text


async def test_a_run_that_is_being_played_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "live.jsonl"
    with Run.begin(load_scenario("knight-2012"), start="09:30", journal=path) as run:
        run.advance(40)
        async with shown(Show(path, port=0, live=True)) as port:
            await Browser(port).until("09:30:1")
            run.give("note the eighth is hot")
            run.advance(120)
            await Browser(port).until("note the eighth is hot", "09:30:4")


def test_following_a_journal_gives_the_world_that_is_played(tmp_path: Path) -> None:
    path = tmp_path / "live.jsonl"
    with Run.begin(load_scenario("knight-2012"), start="09:30", journal=path) as run:
        run.advance(40)
        journal = read_journal(path)
        follower = followed(journal, journal.reached)
        assert follower.digest() == run.digest()
        for command in ("look smars-8", "kill smars-8"):
            run.give(command)
            run.advance(37)
            catch_up(follower, read_journal(path))
            assert follower.simulation.now == run.simulation.now
            assert follower.digest() == run.digest()


@pytest.mark.parametrize(
    "request_, status",
    [
        ("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", "403"),
        ("GET / HTTP/1.1\r\n\r\n", "403"),
        ("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n", "404"),
        ("\x00\x01\x02 \r\n\r\n", "405"),
        ("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "200"),
        ("GET / HTTP/1.1\r\nHost: [::1]:8012\r\n\r\n", "200"),
    ],
    ids=["post", "another name", "no name", "another path", "noise", "the page", "by address"],
)
async def test_only_looking_is_answered(request_: str, status: str) -> None:
    station = Station(Broadcast(80, 24, "Morning <b>", "control-room"), "127.0.0.1", 0)
    await station.open()
    try:
        answer = await asked(station.port, request_)
    finally:
        await station.close()
    assert answer.split()[1] == status
    assert "Content-Security-Policy: default-src 'none'" in answer
    assert "Morning <b>" not in answer


async def test_a_browser_that_takes_nothing_is_let_go() -> None:
    tape = Broadcast(80, 24, "", "control-room")
    lost = Viewer()
    tape.viewers.add(lost)
    for number in range(BEHIND + 1):
        tape.output(number, "x")
    assert tape.viewers == set()


async def test_what_cannot_be_shown_says_why(journal: Path, tmp_path: Path) -> None:
    taken = await asyncio.start_server(lambda *_: None, "127.0.0.1", 0)
    port = taken.sockets[0].getsockname()[1]
    try:
        with pytest.raises(RecordingError, match="cannot be listened at"):
            await show(Show(journal, port=port), print)
    finally:
        taken.close()
    with pytest.raises(JournalError):
        await show(Show(tmp_path / "gone.jsonl", port=0), print)


def test_ctrl_c_ends_it_in_order(journal: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "controlroom", "watch", str(journal), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stderr is not None
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
        process.wait(timeout=PATIENCE)
    assert "to be looked at: http://127.0.0.1:" in first
    assert (process.returncode, rest) == (0, "")


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
@pytest.mark.slow
async def test_a_real_browser_plays_a_film_and_shows_a_run(
    journal: Path, page: Path, tmp_path: Path
) -> None:
    """The page of a film from a file, then the page of a show, each until the screen is there."""
    assert "SMARS-8" in await text_of(page.as_uri(), "SMARS-8", tmp_path / "one")
    async with shown(Show(journal, port=0)) as port:
        url = f"http://127.0.0.1:{port}/"
        assert "P&L" in await text_of(url, "P&L", tmp_path / "two")
