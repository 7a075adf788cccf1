"""The game as lines of text."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from controlroom import load_scenario
from controlroom.cli.interrupts import Interrupts
from controlroom.cli.lines import LONGEST, Typed
from controlroom.cli.plain import Plain
from controlroom.cli.plain_words import VERBS, step_after
from controlroom.runs.journal import Given, read_journal
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.scenario.switches import switched
from controlroom.sim.commands import COMMANDS
from controlroom.sim.start import Mode, Scenario

ROOT = Path(__file__).resolve().parents[2]


class Script:
    """Lines that come one after the other, each at its time on the wall; then no more."""

    def __init__(self, *lines: str, wall: Wall | None = None) -> None:
        self.lines = list(lines)
        self.wall = wall

    def next(self, wait: float) -> str | None:
        if self.wall:
            self.wall.now += wait
        if not self.lines:
            raise EOFError
        line = self.lines.pop(0)
        return None if line == "." else line


class Wall:
    """A clock on the wall that a test moves."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    """The scenario."""
    return load_scenario("knight-2012")


Play = Callable[..., list[str]]


@pytest.fixture
def play(scenario: Scenario, tmp_path: Path) -> Play:
    """Play some lines from a pipe, or at a terminal; what was said."""

    def call(
        *lines: str, start: str | None = None, live: bool = False, speed: float = 1.0,
        mode: Mode = Mode.EXPLORE, console: str = "",
    ) -> list[str]:  # fmt: skip
        said: list[str] = []
        wall = Wall()
        script = Script(*lines, wall=wall)
        journal = tmp_path / f"{len(list(tmp_path.iterdir()))}.jsonl"
        on = switched(scenario, [], [], console)
        with Run.begin(on, start=start, journal=journal, mode=mode) as run:
            game = Plain(run, script, live=live, speed=speed, say=said.append, wall=wall)
            game.play(Interrupts())
        return said

    return call


def after(said: list[str], line: str) -> list[str]:
    """What was said after a typed line, up to the next one."""
    at = said.index(f"> {line}") + 1
    rest = said[at:]
    ends = [place for place, text in enumerate(rest) if text.startswith("> ")]
    return rest[: ends[0] if ends else len(rest)]


# --- from a pipe ----------------------------------------------------------------------------------


def test_the_briefing_comes_first_and_the_result_last(play: Play) -> None:
    said = play("quit")
    assert said[0] == "Knight Capital, 1 August 2012"
    assert not any("space pause" in line for line in said), "keys mean nothing here"
    assert any(
        "It is 08:00:00. The clock stands still until wait or next." in line for line in said
    )
    assert any(line.startswith("loss when flat: $0. History: ") for line in said)
    assert said[-1].endswith("It can be resumed.")


def test_time_passes_only_when_it_is_told_to(play: Play, tmp_path: Path) -> None:
    said = play("wait 30s", "wait 2m", "wait 08:05", "status")
    assert after(said, "wait 30s")[-1] == "it is 08:00:30"
    assert after(said, "wait 2m")[-1] == "it is 08:02:30"
    assert after(said, "wait 08:05")[-1] == "it is 08:05:00"
    assert after(said, "status")[0] == "08:05:00  pre-market, 85 min 0 s before the open"


def test_what_takes_a_while_says_so_at_once(play: Play) -> None:
    said = play("look smars-8", "look smars-8", "group on", "mail")
    assert after(said, "look smars-8") == ["look smars-8: under way, 20 s left"]
    assert not any("under way" in line for line in after(said, "mail"))


def test_what_has_not_come_yet_is_not_said_to_have_never_come(play: Play) -> None:
    said = play("wait 3m", "result", start="09:30")
    assert "contained at: not yet" in "\n".join(after(said, "result"))
    assert "incident declared at: not yet" in after(said, "result")


def test_the_same_lines_give_the_same_run(play: Play, tmp_path: Path) -> None:
    lines = ("wait 1m", "look smars-8", "next", "stop smars-8", "wait 20s", "pmon", "next")
    assert play(*lines)[:-1] == play(*lines)[:-1]
    one, two = (path.read_bytes() for path in sorted(tmp_path.glob("*.jsonl")))
    assert one == two


def test_the_alarms_of_the_modern_console_are_told_and_can_be_accepted(play: Play) -> None:
    lines = ("wait 09:31", "status", "alarms", "accept all", "wait 1s", "quit")
    said = play(*lines, start="09:25", console="modern")
    assert any("ALARM 3 (high): smars-8 sends" in line for line in after(said, "wait 09:31"))
    status = "\n".join(after(said, "status"))
    assert "alarm 3, priority 1, new, 09:30:10: smars-8 sends" in status
    told = "\n".join(said)
    assert "response: compare the builds, then stop it alone." in told
    assert "4 alarms accepted" in told


def test_the_firms_own_screens_tell_counts_and_what_pmon_shows(play: Play) -> None:
    said = play("wait 09:31", "status", "quit", start="09:25", console="as-was")
    status = "\n".join(after(said, "status"))
    assert "as-was console" in status
    assert "children sent" in status
    assert "to get flat" not in status
    assert "a second" not in status


def test_next_stops_at_the_next_thing_that_needs_the_player(play: Play) -> None:
    said = play("look smars-8", "next", "next", start="09:25")
    first = after(said, "next")
    assert any("build legacy" in line for line in first)
    assert first[-1].startswith("it is 09:25:2")
    assert said.index("09:30:00  opening bell") > said.index(first[-1])


def test_the_stale_server_is_found_and_stopped_before_the_open(play: Play, tmp_path: Path) -> None:
    """A game that is won, in six lines of text."""
    said = play("mail", "wait 5m", "look 8", "next", "stop 8", "wait 10:00", "handover", "wait 1m")
    assert any("BNET reject" in line for line in said)
    assert any(line.startswith("loss when flat: $0.") for line in said)
    (path,) = tmp_path.glob("*.jsonl")
    found = verify(path)
    assert found.ended == "handed over"
    assert found.commands == 4


def test_what_is_wrong_is_said_and_the_game_goes_on(play: Play) -> None:
    said = play(
        *("stpo smars-8", "stop smars-9", "staus", "wait", "wait 07:00", "wait soon", "speed 99"),
        *("", "# a comment", "stop all", "pause", "help stpo"),
    )
    assert after(said, "stpo smars-8") == ["no command 'stpo'; did you mean stop?"]
    assert after(said, "stop smars-9")[0].startswith("no server 'smars-9'; did you mean smars-")
    assert after(said, "staus") == ["no command 'staus'; did you mean status?"]
    assert after(said, "wait")[0].startswith("wait how long?")
    assert "outside the day" in after(said, "wait 07:00")[0]
    assert "or wait for a while, such as 30s" in after(said, "wait soon")[0]
    assert after(said, "speed 99") == ["no speed '99'; it is from 1/4 to 60"]
    assert after(said, "") == after(said, "# a comment") == []
    assert any("authority" in line for line in after(said, "stop all"))
    assert after(said, "pause") == ["the clock stands still already; wait and next let time pass"]
    assert after(said, "help stpo")[0] == "no command 'stpo'; help lists them"


def test_from_a_pipe_dangerous_commands_are_taken_as_meant(play: Play, tmp_path: Path) -> None:
    play("kill smars-8", "wait 10s")
    (path,) = tmp_path.glob("*.jsonl")
    given = [entry for _, entry in read_journal(path).entries if isinstance(entry, Given)]
    assert [entry.command for entry in given] == ["kill smars-8"]


def test_help_has_every_verb(play: Play) -> None:
    said = "\n".join(after(play("help"), "help"))
    for command in COMMANDS:
        assert f"  {command.usage()}" in said
    for _, usage, _ in VERBS:
        assert f"  {usage}" in said
    assert "stop SERVER" in after(play("help stop"), "help stop")[0]
    people = after(play("help call"), "help call")
    assert "  cio: Chief information officer. Can give leave to stop everything" in people
    assert "  VENUE: NYSE, ARCA, BATS, NASDAQ, all" in play("help disconnect")
    assert after(play("help wait"), "help wait")[0] == "wait 30s|5m|09:31   let time pass"


def test_plain_verbs_hide_no_command_of_the_world() -> None:
    verbs = {word for command in COMMANDS for word in (command.verb, *command.aliases)}
    assert {word for word, _, _ in VERBS} & verbs == set()


def test_nothing_that_is_typed_acts_on_the_terminal(play: Play) -> None:
    said = play("note \x1b[31mred \x07[bold]x[/bold]\u202e", "\x1b]0;title\x07", "x" * 5000)
    assert all(line.isprintable() for line in said)
    assert "> note ␛[31mred ␇[bold]x[/bold]\\u202e" in said


def test_the_status_says_what_the_instruments_show(play: Play) -> None:
    said = after(play("declare", "look smars-8", "status", start="09:30"), "status")
    text = "\n".join(said)
    assert re.search(r"to get flat -?\$[\d,]+, -?\$[\d,]+ in the last minute; fair", text)
    assert re.search(r"messages \d+, not opened \d+", text)
    assert re.search(r"in progress: look smars-8.*, \d+ s left", text)
    assert len([line for line in said if line.startswith("smars-")]) == 8


@pytest.mark.parametrize(
    "text, steps",
    [("30s", 120), ("30", 120), ("2 min", 480), ("1h", 14_400), ("08:00:01", 4), ("0", 0)],
)
def test_how_long_a_wait_is(scenario: Scenario, text: str, steps: int) -> None:
    assert step_after(text, 0, scenario.day) == steps


# --- at a terminal --------------------------------------------------------------------------------


def test_at_a_terminal_the_clock_runs_at_the_speed_that_was_asked_for(play: Play) -> None:
    said = play(*["."] * 100, "status", live=True, speed=4)
    assert "08:00:40  pre-market, 89 min 20 s before the open" in said


def test_at_a_terminal_the_clock_can_be_paused(play: Play) -> None:
    said = play("pause", *["."] * 50, "status", "go", *["."] * 99, live=True)
    assert any(line.startswith("08:00:00  pre-market") for line in said)
    assert any(line.startswith("08:00:10  not over yet") for line in said)


def test_in_assess_there_is_no_pause(play: Play) -> None:
    assert "no pause in the mode assess" in play("pause", live=True, mode=Mode.ASSESS)


def test_at_a_terminal_a_dangerous_command_is_asked_about_once(play: Play, tmp_path: Path) -> None:
    said = play("kill smars-7", "no", "kill smars-8", "yes", live=True)
    assert "kill smars-7: are you sure? Type yes to do it" in said
    assert "kill smars-7: not done" in said
    (path,) = tmp_path.glob("*.jsonl")
    given = [entry for _, entry in read_journal(path).entries if isinstance(entry, Given)]
    assert [entry.command for entry in given] == ["kill smars-8"]


def test_time_in_which_the_program_was_suspended_is_not_played(
    scenario: Scenario,
) -> None:
    wall = Wall()
    said: list[str] = []

    class Suspended(Script):
        def next(self, wait: float) -> str | None:
            wall.now += 3600 if len(self.lines) == 2 else 0
            return super().next(wait)

    with Run.begin(scenario, journal=None) as run:
        script = Suspended(".", ".", ".", wall=wall)
        Plain(run, script, live=True, speed=1, say=said.append, wall=wall).play(Interrupts())
        assert run.simulation.now <= 6


# --- typed lines ----------------------------------------------------------------------------------


def test_lines_come_whole_however_they_are_cut() -> None:
    read, write = os.pipe()
    lines = Typed(read)
    os.write(write, b"st")
    assert lines.next(0) is None
    os.write(write, b"op smars-8\r\n\xc3")
    assert lines.next(0) == "stop smars-8"
    assert lines.next(0) is None
    os.write(write, b"\xbc \xff\nlast")
    assert lines.next(0) == "ü \N{REPLACEMENT CHARACTER}"
    os.close(write)
    assert lines.next(0) == "last"
    with pytest.raises(EOFError):
        lines.next(0)
    os.close(read)


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    read, write = os.pipe()
    lines = Typed(read)
    os.write(write, b"x" * LONGEST + b"y" * LONGEST + b"z\npmon\n")
    assert lines.next(0) == "x" * LONGEST
    assert lines.next(0) == "pmon"
    os.close(write)
    os.close(read)


# --- the program ----------------------------------------------------------------------------------


def environment(folder: Path) -> dict[str, str]:
    """Ours, with journals in a folder of the test's own."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "CONTROLROOM_RUNS": str(folder)}


def test_a_pipe_plays_a_game_and_another_goes_on_with_it(tmp_path: Path) -> None:
    def piped(text: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "controlroom", "play", "--plain", *arguments],
            env=environment(tmp_path),
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
        assert "\x1b" not in done.stdout
        return done.stdout

    first = piped("wait 30s\nlook smars-8\n", "knight-2012", "--start", "09:25")
    assert "> look smars-8" in first
    (path,) = tmp_path.iterdir()
    second = piped("next\n", "--resume", str(path))
    assert "It is 09:25:30." in second
    assert "build legacy" in second


@pytest.mark.pty
def test_a_person_at_a_terminal_sees_the_clock_run_and_leaves_with_ctrl_c(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "controlroom", "play", "knight-2012", "--plain"),
            *("--speed", "60"),
        ],
        env=environment(tmp_path),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen = ""

    def until(text: str) -> None:
        nonlocal seen
        end = time.monotonic() + 30
        while text not in seen:
            assert time.monotonic() < end, seen
            if select.select([ours], [], [], 0.2)[0]:
                seen += os.read(ours, 4096).decode()

    until("The clock is running.")
    until("Backup service")
    os.write(ours, b"kill smars-8\n")
    until("are you sure?")
    os.write(ours, b"yes\n")
    until("smars-8 killed")
    process.send_signal(signal.SIGINT)
    until("It can be resumed.")
    assert process.wait(20) == 0
    os.close(ours)
    assert "Traceback" not in seen
    assert "\x1b" not in seen
    (path,) = tmp_path.iterdir()
    assert verify(path).commands == 1
