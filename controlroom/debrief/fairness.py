"""The line under every figure: what it is a figure of, so that nobody compares what differs."""

from __future__ import annotations

import attrs

from controlroom.debrief.played import Played
from controlroom.debrief.words import plural
from controlroom.runs.journal import Header
from controlroom.scenario import visible
from controlroom.sim.start import Mode


@attrs.frozen
class Fairness:
    """The circumstances of a run.

    Attributes:
        scenario: its id.
        checksum: of its files.
        controls: safeguards that were on.
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
            *([f"from {self.start}"] if self.start else []),
            *([f"fork of {self.fork}"] if self.fork else []),
            f"mode {self.mode}",
            f"seed {self.seed}",
            f"played by {self.player}",
            plural(self.hints, "hint"),
            self.pauses,
            "this run alone" if compared < 2 else f"{compared:,} runs compared",
        ]
        return " · ".join(parts)


def _fork(played: Played) -> str:
    """What the run was forked from, and when."""
    header = played.header
    if not header.forked_from:
        return ""
    return f"{visible(header.forked_from)} at {played.day.text(header.forked_at)}"


def player_of(header: Header) -> str:
    """Who gave the commands: a person, a policy by name, or a policy's file without its folder."""
    if not header.policy:
        return "a person"
    return visible(header.policy.replace("\\", "/").rpartition("/")[2])


def fairness_of(played: Played) -> Fairness:
    """The circumstances of a run."""
    header = played.header
    if header.policy:
        pauses = "no pauses"
    elif header.mode == Mode.ASSESS:
        pauses = "no pauses allowed"
    else:
        pauses = "pauses allowed, not recorded"
    return Fairness(
        scenario=played.scenario.id,
        checksum=played.scenario.checksum,
        controls=header.controls,
        mode=header.mode,
        seed=header.seed,
        player=player_of(header),
        start=header.start,
        fork=_fork(played),
        hints=played.world.team.hints,
        pauses=pauses,
    )
