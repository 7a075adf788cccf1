"""The line under every figure: what it is a figure of, so that nobody compares what differs."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from controlroom.debrief.words import span
from controlroom.runs.journal import Given, Header, Noted
from controlroom.scenario import visible
from controlroom.sim.clock import MS_PER_STEP
from controlroom.sim.start import Mode, Scenario
from controlroom.sim.tasks import counted


@attrs.frozen
class Fairness:
    """The circumstances of a run.

    Attributes:
        scenario: its id.
        checksum: of its files.
        controls: safeguards that were on.
        stressors: what made it harder.
        console: which picture the screens gave; empty for the trainer's.
        mode: explore, coach or assess.
        seed: of the run.
        player: who gave the commands: a person, or the name of a policy.
        start: the mark from which it was played, or empty for the whole day.
        fork: of which run, and from when on it was played, or empty.
        hints: how many were taken.
        pauses: what is known about them.
    """

    scenario: str
    checksum: str
    controls: tuple[str, ...]
    stressors: tuple[str, ...]
    console: str
    mode: str
    seed: int
    player: str
    start: str
    fork: str
    hints: int
    pauses: str

    def line(self, compared: int = 1) -> str:
        """The whole line, under a figure that takes in `compared` runs."""
        parts = [
            f"{self.scenario} {self.checksum[:12]}",
            *([f"with {', '.join(self.controls)}"] if self.controls else []),
            *([f"under {', '.join(self.stressors)}"] if self.stressors else []),
            *([f"on the {self.console} console"] if self.console else []),
            *(["not comparable with history"] if self.controls or self.stressors else []),
            *([f"from {self.start}"] if self.start else []),
            *([f"fork of {self.fork}"] if self.fork else []),
            f"mode {self.mode}",
            f"seed {self.seed}",
            f"played by {self.player}",
            "no hints" if not self.hints else counted(self.hints, "hint"),
            self.pauses,
            "this run alone" if compared < 2 else f"{compared:,} runs compared",
        ]
        return " · ".join(parts)


def forked_from(header: Header, scenario: Scenario) -> str:
    """What the run was forked from, and when; or empty."""
    if not header.forked_from:
        return ""
    return f"{visible(header.forked_from)} at {scenario.day.text(header.forked_at)}"


def player_of(header: Header) -> str:
    """Who gave the commands: a person, a policy by name, or a policy's file without its folder."""
    if not header.policy:
        return "a person"
    return visible(header.policy.replace("\\", "/").rpartition("/")[2])


def pauses_of(header: Header, noted: Iterable[Noted]) -> str:
    """How often and how long the clock stood still, as far as the journal tells."""
    if header.policy:
        return "no pauses"
    if header.mode == Mode.ASSESS:
        return "no pauses allowed"
    notes = tuple(noted)
    clocks = sum(note.note == "clock" for note in notes)
    if not clocks:
        return "pauses not recorded"
    lengths = [note.wall_ms for note in notes if note.note == "pause"]
    said = "no pauses"
    if lengths:
        whole = span(sum(lengths) // MS_PER_STEP)
        said = f"{counted(len(lengths), 'pause')} of {whole}{' in all' if len(lengths) > 1 else ''}"
    left = clocks - 1
    return said if left < 1 else f"{said}, left and resumed {counted(left, 'time')}"


def hints_in(commands: Iterable[Given]) -> int:
    """How many hints were asked for, by the commands alone."""
    return sum(given.command.split(maxsplit=1)[0] == "hint" for given in commands)


def fairness_of(header: Header, scenario: Scenario, noted: Iterable[Noted], hints: int) -> Fairness:
    """The circumstances of a run.

    Args:
        header: what it was started from.
        scenario: what it was played on.
        noted: how it was played, from its journal.
        hints: how many were taken.
    """
    return Fairness(
        scenario=scenario.id,
        checksum=scenario.checksum,
        controls=header.controls,
        stressors=header.stressors,
        console=header.console,
        mode=header.mode,
        seed=header.seed,
        player=player_of(header),
        start=header.start,
        fork=forked_from(header, scenario),
        hints=hints,
        pauses=pauses_of(header, noted),
    )
