"""What a run lost, and when: the P&L history as a curve that can be asked for any step.

Loss is what it would cost to get flat at that moment, whole dollars, positive when money is gone.
The history has a point every ten seconds from the first unwanted execution on; before it nothing
was lost, and what stands between two points is interpolated.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import pairwise
from typing import Final

import attrs

from controlroom.sim.clock import STEPS_PER_MINUTE, STEPS_PER_SECOND
from controlroom.sim.ledger import SAMPLE
from controlroom.sim.state import copied
from controlroom.sim.trading import settle
from controlroom.sim.world import World

TENTH: Final = 10
"""The flow is contained when it burns less than the peak divided by this."""


@attrs.frozen
class Point:
    """A moment of a run.

    Attributes:
        step: when.
        loss: to get flat, dollars.
        gross: gross position, dollars.
        executions: that no client ordered, so far.
    """

    step: int
    loss: int
    gross: int
    executions: int


@attrs.frozen
class Curve:
    """The losses of a run.

    Attributes:
        points: by step; empty when nothing unwanted was ever executed.
        end: last step that the run came to.
        fast: the step at which unwanted executions last came faster than a tenth of their fastest
            second, or -1.
        counted: whether only that count tells when it ended: where a client's basket stands in the
            account for a while, the loss to get flat comes and goes with it.
    """

    points: tuple[Point, ...]
    end: int
    fast: int = -1
    counted: bool = False

    @cached_property
    def _steps(self) -> list[int]:
        return [point.step for point in self.points]

    def at(self, step: int) -> int:
        """The loss at a step; at the last point's value after it, zero before the first."""
        place = bisect_right(self._steps, step)
        if place == 0:
            return 0
        before = self.points[place - 1]
        if place == len(self.points):
            return before.loss
        after = self.points[place]
        span = after.step - before.step
        return before.loss + (after.loss - before.loss) * (step - before.step) // span

    def executed(self, step: int) -> int:
        """Executions that no client ordered, up to a step, as its last point before has them."""
        place = bisect_right(self._steps, step)
        return self.points[place - 1].executions if place else 0

    @property
    def final(self) -> int:
        """The loss at the end."""
        return self.points[-1].loss if self.points else 0

    def next_minute(self, step: int) -> int:
        """What the minute after a step cost."""
        return self.at(min(step + STEPS_PER_MINUTE, self.end)) - self.at(step)

    @cached_property
    def begins(self) -> int | None:
        """The step before the first unwanted execution was booked, as near as the curve knows."""
        if not self.points or not self.points[-1].executions or (self.counted and self.fast < 0):
            return None
        first = next(point.step for point in self.points if point.executions)
        return max(first - SAMPLE, 0)

    @cached_property
    def contained(self) -> int | None:
        """The step from which the loss rate stays below a tenth of its peak.

        Only stretches in which unwanted executions were added count: what prices do to a book that
        no longer grows is the market's, not the flow's. The last stretch may be shorter than the
        others, so rates are compared. Points are ten seconds apart, and orders are counted every
        second: where both tell of the same end, theirs is the finer. None when the flow never ran,
        or runs on.
        """
        if self.counted:
            still = self.fast >= self.end - SAMPLE
            return None if self.fast < 0 or still else self.fast
        burning = [
            (after.step, (after.loss - before.loss) * SAMPLE // max(after.step - before.step, 1))
            for before, after in pairwise((self._before, *self.points))
            if after.executions > before.executions
        ]
        if not burning:
            return None
        peak = max(rate for _, rate in burning)
        hot = [step for step, rate in burning if rate * TENTH >= peak and rate > 0]
        last = hot[-1] if hot else burning[-1][0]
        if abs(self.fast - last) <= SAMPLE:
            last = self.fast
        return last if last < self.end - STEPS_PER_SECOND else None

    @property
    def _before(self) -> Point:
        """Ten seconds before the first point nothing was lost."""
        return Point(self.points[0].step - SAMPLE if self.points else 0, 0, 0, 0)

    def thinned(self, every: int) -> Curve:
        """The same with one point in `every` steps, and the last."""
        kept: list[Point] = []
        for point in self.points:
            if not kept or point.step - kept[-1].step >= every or point is self.points[-1]:
                kept.append(point)
        return Curve(tuple(kept), self.end, self.fast, self.counted)


def curve_of(world: World) -> Curve:
    """The losses of a world, up to where it stands."""
    points = [
        Point(sample.step, -sample.profit.flat, sample.profit.gross, sample.executions)
        for sample in world.ledger.samples.items
    ]
    if points and points[-1].step < world.now:
        # A sale between two points, and the end, are no round ten seconds.
        points.append(_now(world))
    counted = world.riddle is not None
    return Curve(tuple(points), world.now, world.ledger.last_over_tenth, counted)


def _now(world: World) -> Point:
    """This very step, with what has been taken and not booked; the world stays as it is."""
    world = copied(world)
    settle(world)
    base = world.scenario.market.block_base
    profit = world.ledger.profit(world.law, world.market, base)
    return Point(world.now, -profit.flat, profit.gross, world.ledger.executions)
