"""Whatever people type, at whatever moment: no exception, and a journal that is true."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from controlroom import load_scenario
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.sim.commands import (
    COMMANDS,
    EVERY_COMMAND,
    Command,
    CommandError,
    Kind,
    Slot,
    commands_of,
)
from controlroom.sim.commands.grammar import options
from controlroom.sim.events import Refused
from controlroom.sim.seats import FACILITATOR, PARTICIPANTS, SEATS

SCENARIO = load_scenario("knight-2012")

WORDS = st.text(st.characters(exclude_categories=()), min_size=1, max_size=20)


def words_of(slot: Slot) -> st.SearchStrategy[str]:
    """What may stand in a slot, now and then what may not."""
    known = options(slot, SCENARIO)
    if slot.kind is Kind.SERVERS:
        fitting: st.SearchStrategy[str] = st.lists(
            st.sampled_from(known), min_size=1, max_size=3
        ).map(" ".join)
    elif known:
        fitting = st.sampled_from(known)
    elif slot.kind in {Kind.NUMBER, Kind.ALERT}:
        fitting = st.integers(0, 130).map(str)
    else:
        fitting = WORDS
    return st.one_of(fitting, fitting, fitting, st.just("") if slot.optional else WORDS)


def lines_of(command: type[Command]) -> st.SearchStrategy[str]:
    """Ways to type a command."""
    return st.tuples(st.just(command.verb), *map(words_of, command.slots())).map(" ".join)


LINES = st.one_of(st.sampled_from(COMMANDS).flatmap(lines_of), WORDS)
GAPS = st.integers(0, 250)
PLAYS = st.lists(st.tuples(GAPS, LINES), max_size=20)

STOPPING = st.sampled_from(("freeze why", "go", "go", "probe in-the-storm"))
DIRECTING = st.one_of(st.sampled_from(commands_of(SEATS[FACILITATOR])).flatmap(lines_of), STOPPING)
SEATED = st.one_of(
    st.tuples(st.sampled_from(PARTICIPANTS), st.sampled_from(EVERY_COMMAND).flatmap(lines_of)),
    st.tuples(st.just(FACILITATOR), DIRECTING),
)
DRILLS = st.lists(st.tuples(GAPS, SEATED), max_size=25)

few: Callable[..., Any] = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
fewer: Callable[..., Any] = settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@few
@given(PLAYS, st.sampled_from(["08:00", "09:25", "09:30"]), st.integers(1, 300))
def test_any_commands_leave_a_journal_that_is_true(
    play: list[tuple[int, str]], start: str, rest: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.jsonl")
        with Run.begin(SCENARIO, start=start, journal=path) as run:
            given_ = 0
            for gap, line in play:
                run.advance(gap)
                try:
                    run.give(line)
                except CommandError as error:
                    assert str(error).isprintable()  # noqa: PT017 - it may well not be raised
                else:
                    given_ += 1
            run.advance(rest)
            digest, step = run.digest(), run.simulation.now
            run.view()
            run.result()
            assert run.digest() == digest, "looking changed the world"
        found = verify(path)
        assert (found.commands, found.digest, found.step) == (given_, digest, step)
        assert all(
            event.text.isprintable()
            for event in run.simulation.events
            if isinstance(event, Refused)
        )


@few
@given(PLAYS, st.integers(1, 3000))
def test_a_journal_that_is_cut_anywhere_resumes_to_the_same_world(
    play: list[tuple[int, str]], cut: int
) -> None:
    """As after a power cut: the file ends somewhere, and what was before that is played again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "run.jsonl")
        with Run.begin(SCENARIO, journal=path) as run:
            digests = {0: run.digest()}
            for gap, line in play:
                run.advance(gap)
                digests[run.simulation.now] = run.digest()
                try:
                    run.give(line)
                except CommandError:
                    continue
        content = path.read_bytes()
        header = content.index(b"\n") + 1
        path.write_bytes(content[: max(header, len(content) - cut)])
        with Run.resume(path) as again:
            now = again.simulation.now
            assert again.digest() == digests.get(now, again.digest())
        verify(path)


@fewer
@given(DRILLS, st.integers(4, 8), st.integers(0, 300))
def test_any_drill_leaves_a_journal_that_resumes_and_replays_to_the_same_worlds(
    play: list[tuple[int, tuple[str, str]]], people: int, rest: int
) -> None:
    """Whoever says what, and however often time stands still in between."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "drill.jsonl")
        with Run.begin(SCENARIO, start="09:30", journal=path) as run:
            run.give(f"drill {people}", FACILITATOR)
            digests: dict[int, str] = {}
            for gap, (seat, line) in play:
                run.advance(gap)
                # Where time stands still, what is given takes effect at once.
                digests.setdefault(run.simulation.now, run.digest())
                try:
                    run.give(line, seat)
                except CommandError:
                    continue
            run.advance(rest)
            digest, still = run.digest(), run.simulation.still
        found = verify(path)
        assert (found.digest, found.step) == (digest, run.simulation.now)
        if not run.ended:
            with Run.resume(path) as again:
                assert (again.digest(), again.simulation.still) == (digest, still)
        replay = Replay.open(path)
        for step in sorted(digests, reverse=True):
            if step < replay.last:
                replay.seek(step)
                assert replay.digest() == digests[step]
