"""The line under every figure: what it is a figure of, so that nobody compares what differs."""

from __future__ import annotations

import attrs

from controlroom.debrief.played import Played
from controlroom.debrief.words import plural
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
    hints: int
    pauses: str

    def line(self, compared: int = 1) -> str:
        """The whole line, under a figure that takes in `compared` runs."""
        parts = [
            f"{self.scenario} {self.checksum[:12]}",
            *([f"with {', '.join(self.controls)}"] if self.controls else []),
            *([f"from {self.start}"] if self.start else []),
            f"mode {self.mode}",
            f"seed {self.seed}",
            f"played by {self.player}",
            plural(self.hints, "hint"),
            self.pauses,
            "this run alone" if compared < 2 else f"{compared:,} runs compared",
        ]
        return " · ".join(parts)


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
        player=header.policy or "a person",
        start=header.start,
        hints=played.world.team.hints,
        pauses=pauses,
    )
