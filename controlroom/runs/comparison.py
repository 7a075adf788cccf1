"""Up to four runs laid over each other: what they lost, held and did, minute by minute.

Each journal is folded again, so what is compared is what its digests vouch for; one that is not
sound is compared as far as it is. The runs may differ in seed, mode and safeguards, not in the
scenario.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs

from controlroom.runs.errors import JournalError, RunError
from controlroom.runs.fold import Progress
from controlroom.runs.journal import Given, Header
from controlroom.runs.opened import Opened, open_journal
from controlroom.runs.results import result_values
from controlroom.runs.sound import fold_sound
from controlroom.scenario import visible
from controlroom.sim.clock import STEPS_PER_MINUTE
from controlroom.sim.result import Result
from controlroom.sim.start import Console, Scenario
from controlroom.sim.world import World

LETTERS: Final = "abcd"
"""What the runs are called, in the order in which they were named."""


@attrs.frozen
class Point:
    """A run at a full minute.

    Attributes:
        step: when.
        loss: what getting flat would cost, dollars.
        gross: gross position at the last mid, dollars.
        rate: what the minute before cost, dollars.
        executions: that no client ordered, so far.
    """

    step: int
    loss: int
    gross: int
    rate: int
    executions: int


@attrs.frozen
class Compared:
    """One of the runs.

    Attributes:
        letter: what it is called here.
        path: of the journal.
        header: what it was started from.
        commands: what was given when.
        points: from the open on, a minute apart.
        result: what it came to.
        clock: time of day that it came to.
        notes: what is wrong with the journal, a sentence each.
        sound: whether all that the journal says is true.
    """

    letter: str
    path: Path
    header: Header
    commands: tuple[Given, ...]
    points: tuple[Point, ...]
    result: Result
    clock: str
    notes: tuple[str, ...] = ()
    sound: bool = True

    @property
    def who(self) -> str:
        """Who gave the commands: a policy, by the name of its file where it has one, or you."""
        return Path(visible(self.header.policy)).name or "you"

    def at(self, step: int) -> Point | None:
        """The point of a full minute, or None where the run has none."""
        place = (step - self.points[0].step) // STEPS_PER_MINUTE if self.points else -1
        return self.points[place] if 0 <= place < len(self.points) else None


@attrs.frozen
class Act:
    """A command, and who of the runs gave it.

    Attributes:
        step: when.
        text: the command.
        letters: of the runs.
    """

    step: int
    text: str
    letters: str


@attrs.frozen
class Comparison:
    """Runs of one scenario.

    Attributes:
        scenario: what was played.
        runs: in the order in which they were named.
    """

    scenario: Scenario
    runs: tuple[Compared, ...]

    @property
    def acts(self) -> tuple[Act, ...]:
        """Every command by step; one that several runs gave at one step is there once."""
        letters: dict[tuple[int, str], str] = {}
        for run in self.runs:
            for given in run.commands:
                key = (given.step, given.command)
                if run.letter not in letters.get(key, ""):
                    letters[key] = letters.get(key, "") + run.letter
        return tuple(
            Act(step, text, who)
            for (step, text), who in sorted(letters.items(), key=lambda item: item[0][0])
        )

    @property
    def storm(self) -> tuple[int, int]:
        """The steps worth drawing: from the open to well after the last unwanted execution.

        What comes later is the slow way out; its end is in the results, and the hours that it takes
        would press everything else into a corner.
        """
        begin = self.scenario.day.open_step
        last = begin
        for run in self.runs:
            most = run.points[-1].executions if run.points else 0
            last = max([last, *(p.step for p in run.points if p.executions < most)])
        ends = max((run.points[-1].step for run in self.runs if run.points), default=begin)
        length = max((last - begin) * 3 // 2, 10 * STEPS_PER_MINUTE)
        length += -length % STEPS_PER_MINUTE
        return begin, min(begin + length, max(ends, begin + STEPS_PER_MINUTE))


def compare(paths: Sequence[Path], progress: Progress | None = None) -> Comparison:
    """Fold journals and lay them over each other.

    Args:
        paths: of two to four journals; one alone is shown too.
        progress: told how far it is, over all of them.

    Raises:
        RunError: when there are none or too many, or they are of several scenarios.
        JournalError: when nothing of one is sound.
    """
    if not 1 <= len(paths) <= len(LETTERS):
        raise RunError(f"{len(paths)} journals; between one and {len(LETTERS)} can be compared")
    opened = [open_journal(path) for path in paths]
    for other in opened[1:]:
        _see_that_they_compare(opened[0], other)
    whole = sum(each.journal.reached for each in opened)
    runs: list[Compared] = []
    done = 0
    for letter, each in zip(LETTERS, opened, strict=False):
        before = done

        def onward(step: int, _: int, before: int = before) -> None:
            if progress:
                progress(before + step, whole)

        found = fold_sound(each, onward)
        done += each.journal.reached
        runs.append(
            Compared(
                letter=letter,
                path=each.journal.path,
                header=each.journal.header,
                commands=found.journal.commands,
                points=points_of(found.simulation.world),
                result=found.simulation.result(),
                clock=found.simulation.clock,
                notes=found.notes,
                sound=found.whole,
            )
        )
    scenario = opened[0].scenario
    return Comparison(scenario, tuple(runs))


def _see_that_they_compare(first: Opened, other: Opened) -> None:
    """Two journals are of one scenario, and of one version of it.

    Raises:
        JournalError: when they are not.
    """
    mine, its = first.journal.header, other.journal.header
    named = visible(str(first.journal.path))
    if its.scenario != mine.scenario:
        why = f"is of {visible(its.scenario)} and {named} of {visible(mine.scenario)}"
    elif its.checksum != mine.checksum:
        why = (
            f"is of another version of {visible(its.scenario)} than {named}: its checksum is "
            f"{visible(its.checksum)[:12]} and that one's {visible(mine.checksum)[:12]}"
        )
    else:
        return
    raise JournalError(other.journal.path, f"{why}; they cannot be compared")


def points_of(world: World) -> tuple[Point, ...]:
    """The full minutes of a world from the open to where it stands."""
    samples = world.ledger.samples.items
    steps = [sample.step for sample in samples]
    points: list[Point] = []
    for step in range(world.scenario.day.open_step, world.now + 1, STEPS_PER_MINUTE):
        place = bisect_right(steps, step)
        if not place:
            points.append(Point(step, 0, 0, 0, 0))
            continue
        sample = samples[place - 1]
        loss, before = -sample.profit.flat, points[-1].loss if points else 0
        points.append(Point(step, loss, sample.profit.gross, loss - before, sample.executions))
    return tuple(points)


def comparison_values(comparison: Comparison) -> dict[str, object]:
    """Everything that was compared, ready for JSON."""
    day = comparison.scenario.day

    def values(run: Compared) -> dict[str, object]:
        header = run.header
        return {
            "run": run.letter,
            "journal": str(run.path),
            "seed": header.seed,
            "mode": header.mode,
            "start": header.start,
            "controls": list(header.controls),
            "stressors": list(header.stressors),
            "console": header.console or Console.TRAINER.value,
            "policy": header.policy,
            "forked_from": header.forked_from or None,
            "forked_at": day.text(header.forked_at) if header.forked_from else None,
            "at": run.clock,
            "sound": run.sound,
            "notes": list(run.notes),
            "result": result_values(run.result),
            "commands": [
                {"at": day.text(given.step), "seat": given.seat, "command": given.command}
                for given in run.commands
            ],
            "minutes": {
                "at": [day.text(point.step) for point in run.points],
                "loss_usd": [point.loss for point in run.points],
                "gross_usd": [point.gross for point in run.points],
                "loss_usd_per_minute": [point.rate for point in run.points],
                "executions": [point.executions for point in run.points],
            },
        }

    return {
        "scenario": comparison.scenario.id,
        "checksum": comparison.scenario.checksum,
        "runs": [values(run) for run in comparison.runs],
    }
