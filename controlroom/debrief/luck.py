"""Luck or judgement: the same commands at the same steps, under other seeds.

What the seeds spread is chance: orders, liquidity and prices as they might have come. What lies
outside of that spread is what was done.
"""

from __future__ import annotations

import attrs

from controlroom.debrief.bench import Bench, Job
from controlroom.debrief.forks import Fork, past
from controlroom.debrief.played import Played


@attrs.frozen
class Luck:
    """The run under other seeds.

    Attributes:
        horizon: step at which the runs are compared.
        own: loss of this run then.
        losses: of the others, ascending.
        asked: how many seeds were to be played.
    """

    horizon: int
    own: int
    losses: tuple[int, ...]
    asked: int

    @property
    def waiting(self) -> int:
        """Seeds that have not been played."""
        return self.asked - len(self.losses)

    def quantile(self, share: float) -> int:
        """The loss below which that share of the seeds lies."""
        place = round(share * (len(self.losses) - 1))
        return self.losses[place] if self.losses else self.own

    @property
    def place(self) -> float:
        """Share of the seeds that lost less than this run."""
        if not self.losses:
            return 0.5
        less = sum(loss < self.own for loss in self.losses)
        same = sum(loss == self.own for loss in self.losses)
        return (less + same / 2) / len(self.losses)


def ask(played: Played, seeds: int, bench: Bench) -> list[Job]:
    """Hand in the same commands under so many other seeds, from 1 on."""
    simulation = played.reading.simulation
    others = [seed for seed in range(1, seeds + 2) if seed != simulation.seed][:seeds]
    return [
        bench.submit(
            Fork(
                name=f"seed {seed}",
                seed=seed,
                mode=simulation.mode,
                commands=played.reading.commands,
                until=past(played.horizon),
            )
        )
        for seed in others
    ]


def luck_from(played: Played, jobs: list[Job]) -> Luck:
    """The section from what has been played so far; the rest may still come, or never will."""
    losses = sorted(job.outcome.loss for job in jobs if job.outcome)
    own = played.curve.at(played.horizon)
    return Luck(played.horizon, own, tuple(losses), len(jobs))
