"""The debrief: first what the run itself tells, then what other runs tell about it.

`debrief` gives the same debrief again and again, each time with more in it: at once what stands in
the journal, then what the folded run tells, then each study as soon as its forks have been played.
Nothing is kept between two debriefs; everything comes from the journal and from forks of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

import attrs

from controlroom.debrief import luck, par
from controlroom.debrief.alarms import Alarms, alarms_of
from controlroom.debrief.bench import Bench, Job, bench_of
from controlroom.debrief.consoles import Consoles, consoles_of
from controlroom.debrief.cues import Cues, cues_of
from controlroom.debrief.earlier import Earlier, earlier_of
from controlroom.debrief.fairness import Fairness, fairness_of
from controlroom.debrief.luck import Luck
from controlroom.debrief.money import Money, money_of
from controlroom.debrief.par import Par
from controlroom.debrief.played import Played
from controlroom.debrief.reading import Opened, Reading, fold_opened, open_journal, with_trunk
from controlroom.debrief.safeguards import Safeguards, safeguards_of
from controlroom.debrief.study import Study
from controlroom.debrief.times import Times, times_of
from controlroom.debrief.worth import Worths, worths_of
from controlroom.runs.journal import End, Given, Header, Noted
from controlroom.runs.pool import cores
from controlroom.sim.result import Result
from controlroom.sim.start import Scenario

SEEDS_AT_A_TIME: Final = 5
"""Seeds that are played between two debriefs."""

Told = Callable[[str, int, int], None]
"""Told how far it is: what is being done, how much of it is done, how much there is."""


@attrs.frozen
class First:
    """What the folded run itself tells.

    Attributes:
        fairness: the line under every figure.
        result: the run's figures.
        end: the step that it has come to.
        times: its moments.
        money: what it cost.
        cues: what was to be seen.
        alarms: how much else was.
        consoles: what a modern console would have said, and when; None where that was not kept.
    """

    fairness: Fairness
    result: Result
    end: int
    times: Times
    money: Money
    cues: Cues
    alarms: Alarms
    consoles: Consoles | None


@attrs.frozen
class Debrief:
    """A debrief, as far as it has come.

    Attributes:
        name: of the journal, or what else the run is called.
        header: what the run was started from.
        scenario: what it was played on.
        commands: what was given when.
        notes: what is wrong with the journal, a sentence each.
        sound: whether all that the journal says is true.
        end: how the run ended, in the journal's own word; only until it has been folded.
        reached: the last step that the journal knows of.
        noted: how it was played, from the journal.
        first: what the run itself tells.
        par: history and the scripted players beside it.
        worths: what each action was worth.
        earlier: what acting earlier would have been worth.
        safeguards: what each safeguard would have been worth.
        luck: the run under other seeds; only where that was asked for.
        complete: whether everything that was asked for is in it.
        played: the folded run, for whoever asks for more of it.
    """

    name: str
    header: Header
    scenario: Scenario
    commands: tuple[Given, ...]
    notes: tuple[str, ...] = ()
    sound: bool = True
    end: End | None = None
    reached: int = 0
    noted: tuple[Noted, ...] = ()
    first: First | None = None
    par: Par | None = None
    worths: Worths | None = None
    earlier: Earlier | None = None
    safeguards: Safeguards | None = None
    luck: Luck | None = None
    complete: bool = False
    played: Played | None = attrs.field(default=None, eq=False, repr=False)


def debrief(
    run: Path | Reading,
    *,
    scenario: Scenario | None = None,
    seeds: int = 0,
    workers: int | None = None,
    told: Told = lambda _what, _done, _whole: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Debrief]:
    """The debrief of a run, again and again with more in it.

    Args:
        run: a journal, or a run that has just been played.
        scenario: what a journal was played on, where its own word for it leads nowhere.
        seeds: how many other seeds are played; 0 leaves luck out.
        workers: processes that play forks; as many as there are cores where it is None, and
            none, everything in this one, for 0.
        told: told how far it is.
        stopped: asked now and then whether to leave it at that.

    Raises:
        JournalError: when nothing of the journal can be read.
    """
    opened = open_journal(run, scenario) if isinstance(run, Path) else None
    if opened is not None:
        yield _unfolded(opened)
    elif isinstance(run, Reading):
        yield _first(run, Played(run))
    played_on = opened.scenario if opened else run.scenario if isinstance(run, Reading) else None
    if played_on is None:
        raise TypeError("a debrief is of a journal or of a reading")
    # What can be told in a moment has been told before other processes begin.
    with ExitStack() as stack:
        bench = stack.enter_context(bench_of(played_on, cores() if workers is None else workers))
        yield from _Work(bench, seeds, told, stopped).stages(opened, run)


def with_luck(
    found: Debrief,
    seeds: int,
    *,
    workers: int | None = None,
    told: Told = lambda _what, _done, _whole: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Debrief]:
    """A debrief that is there, again and again with more seeds in its section about luck.

    Args:
        found: the debrief.
        seeds: how many other seeds are played.
        workers: as for `debrief`.
        told: as for `debrief`.
        stopped: as for `debrief`.
    """
    if found.played is None:
        return
    with ExitStack() as stack:
        bench = stack.enter_context(
            bench_of(found.scenario, cores() if workers is None else workers)
        )
        for section in _Work(bench, seeds, told, stopped).luck(found.played):
            yield attrs.evolve(found, luck=section)


@attrs.define
class _Work:
    """One debrief in the making."""

    bench: Bench
    seeds: int
    told: Told
    stopped: Callable[[], bool]

    def stages(self, opened: Opened | None, run: Path | Reading) -> Iterator[Debrief]:
        """From what the journal says to what its last fork tells."""
        if isinstance(run, Reading):
            reading = run
            beside = self._beside(run.header, run.scenario, ended=bool(run.simulation.ended))
        elif opened is not None:
            header = opened.journal.header
            ended = opened.journal.end is not None
            beside = self._beside(header, opened.scenario, ended=ended)
            reading = fold_opened(opened, self._folding)
            if header.policy not in beside and not reading.simulation.ended:
                # The line that says that the run ended is not sound: it has to be played after all.
                beside |= par.ask(header, opened.scenario, self.bench)
        played = Played(reading)
        found = _first(reading, played)
        if opened is not None:
            yield found
        if reading.trunk is None:
            self.told("folding the run again", 0, 1)
            played = Played(with_trunk(reading))
            found = attrs.evolve(found, played=played)
        yield from self._studies(found, played, beside)

    def _beside(self, header: Header, scenario: Scenario, *, ended: bool) -> dict[str, Job]:
        return par.ask(header, scenario, self.bench, header.policy if ended else "")

    def _folding(self, step: int, last: int) -> None:
        self.told("folding the run", step, last)
        self.bench.beside()

    def _studies(self, found: Debrief, played: Played, beside: dict[str, Job]) -> Iterator[Debrief]:
        """Every study, each as soon as it is there; luck last, since it takes longest."""
        first = found.first
        if first is None:
            return
        studies: dict[str, Study[Any]] = {
            "worths": worths_of(played, self.bench),
            "safeguards": safeguards_of(played, self.bench),
            "par": par.par_of(played, first.times, beside),
        }
        for name, section in self._finished(studies):
            found = attrs.evolve(found, **{name: section})
            if name == "worths":
                studies["earlier"] = earlier_of(played, first.cues, section, self.bench)
            yield found
        if studies:
            return
        for section in self.luck(played):
            found = attrs.evolve(found, luck=section)
            yield found
        if not (found.luck and found.luck.waiting):
            yield attrs.evolve(found, complete=True)

    def _finished(self, studies: dict[str, Study[Any]]) -> Iterator[tuple[str, Any]]:
        """Name and section of each study as it is done; leaves those that were stopped."""
        waits: dict[str, tuple[Job, ...]] = {}
        while studies:
            ready = [name for name in studies if all(job.outcome for job in waits.get(name, ()))]
            for name in ready:
                try:
                    waits[name] = tuple(next(studies[name]))
                except StopIteration as end:
                    del studies[name]
                    yield name, end.value
            if ready:
                continue
            if self.stopped():
                return
            self.bench.work()
            self.told("playing what was not played", self.bench.done, self.bench.asked)

    def luck(self, played: Played) -> Iterator[Luck]:
        """The section about luck, each time with more seeds in it."""
        jobs = luck.ask(played, self.seeds, self.bench)
        shown = done = 0
        while done < len(jobs) and not self.stopped():
            self.bench.work()
            done = sum(job.outcome is not None for job in jobs)
            self.told("playing other seeds", done, len(jobs))
            if done - shown >= SEEDS_AT_A_TIME:
                shown = done
                yield luck.luck_from(played, jobs)
        if done > shown:
            yield luck.luck_from(played, jobs)


def _unfolded(opened: Opened) -> Debrief:
    """What stands in the journal."""
    return Debrief(
        name=opened.journal.path.name,
        header=opened.journal.header,
        scenario=opened.scenario,
        commands=opened.commands,
        notes=(*opened.doubts, *opened.notes),
        sound=opened.sound,
        end=opened.journal.end,
        reached=opened.journal.reached,
        noted=tuple(note for _, note in opened.journal.noted),
    )


def _first(reading: Reading, played: Played) -> Debrief:
    """What the folded run itself tells."""
    cues = cues_of(played)
    times = times_of(played, cues)
    return Debrief(
        name=reading.name,
        header=reading.header,
        scenario=reading.scenario,
        commands=reading.commands,
        notes=reading.notes,
        sound=reading.sound,
        reached=played.end,
        noted=reading.noted,
        first=First(
            fairness=fairness_of(
                reading.header, reading.scenario, reading.noted, played.world.team.hints
            ),
            result=reading.simulation.result(),
            end=played.end,
            times=times,
            money=money_of(played, times),
            cues=cues,
            alarms=alarms_of(played),
            consoles=consoles_of(played),
        ),
        played=played,
    )
