"""The work behind the debrief's screen: computed in a thread, told as it comes, ended with it.

The thread has processes of its own, which play forks. Whatever becomes of the screen, closing the
iterator that it reads from ends them.
"""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import work
from textual.screen import Screen
from textual.worker import get_current_worker

from controlroom.tui.threads import LeftError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.worker import Worker

    from controlroom.debrief.whole import Debrief, Told

FOLDING: Final = "folding the run"
"""What a debrief says while it can only be left, not stopped with more to show."""

_BAR: Final = 24

COUNTED: Final = 10_000
"""More than so many are steps of a run, which nobody counts."""


class Asked(NamedTuple):
    """What the screen is to show.

    Attributes:
        path: the journal, for a replay; None where no journal was written.
        debrief: computes it: told how far it is, asked whether to stop.
        luck: computes the section about luck for a debrief that is there.
        seeds: how many other seeds are played as soon as everything else is done; 0 for none.
    """

    path: Path | None
    debrief: Callable[[Told, Callable[[], bool]], Iterator[Debrief]]
    luck: Callable[[Debrief, int, Told, Callable[[], bool]], Iterator[Debrief]]
    seeds: int = 0


class DebriefWork(Screen[None]):
    """Computes a debrief, and luck when that is asked for."""

    def __init__(self, asked: Asked, *, plain: bool) -> None:
        """Prepare the work; `compute` begins it.

        Args:
            asked: what is to be computed.
            plain: draw in ASCII.
        """
        super().__init__()
        self.asked = asked
        self.plain = plain
        self.found: Debrief | None = None
        """The debrief as far as it has come."""
        self.failed = False
        """Whether there is none."""
        self._enough = threading.Event()

    # --- what the screen shows of it --------------------------------------------------------------

    def show_found(self, found: Debrief) -> None:
        """There is more of it."""
        raise NotImplementedError

    def show_failure(self, text: str) -> None:
        """There is none, and why."""
        raise NotImplementedError

    def say(self, text: str) -> None:
        """How far it is, or what can be done next."""
        raise NotImplementedError

    # --- beginning and ending it ------------------------------------------------------------------

    @property
    def busy(self) -> bool:
        """Whether something is being computed."""
        return any(
            worker.group == "debrief" and worker.is_running and worker.node is self
            for worker in self.workers
        )

    @property
    def stopping(self) -> bool:
        """Whether somebody has asked to leave it at that."""
        return self._enough.is_set()

    def stop(self) -> None:
        """Leave it at what there is."""
        self._enough.set()
        self.say("stopping")

    def begin_luck(self, seeds: int) -> None:
        """Play the same commands under so many other seeds."""
        if self.found is not None:
            self._enough.clear()
            self._compute_luck(self.found, seeds)

    # --- in the thread ----------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="debrief")
    def compute(self) -> None:
        """Compute the debrief, then luck where that was asked for with it."""
        self._follow(self.asked.debrief(*self._hooks()), seeds=self.asked.seeds)

    @work(thread=True, exclusive=True, group="debrief")
    def _compute_luck(self, found: Debrief, seeds: int) -> None:
        self._follow(self.asked.luck(found, seeds, *self._hooks()), seeds=0)

    def _hooks(self) -> tuple[Told, Callable[[], bool]]:
        """What tells how far it is, and what says whether to stop; for the thread that asks."""
        worker: Worker[None] = get_current_worker()
        last = ""

        def told(what: str, done: int, whole: int) -> None:
            nonlocal last
            if worker.is_cancelled or (self.stopping and what == FOLDING):
                raise LeftError
            said = self._progress(what, done, whole)
            if said != last:
                last = said
                self.call_later(self.say, said)

        return told, lambda: worker.is_cancelled or self.stopping

    def _follow(self, stages: Iterator[Debrief], seeds: int) -> None:
        """Show each debrief as it comes."""
        from controlroom.runs.errors import RunError

        worker = get_current_worker()
        try:
            with closing(stages):  # type: ignore[type-var]  # it is a generator
                for found in stages:
                    if worker.is_cancelled:
                        return
                    self.call_later(self._show, found)
        except LeftError:
            if worker.is_cancelled:
                return
        except RunError as error:
            self.call_later(self._fail, str(error))
            return
        self.call_later(self._done, seeds)

    def _progress(self, what: str, done: int, whole: int) -> str:
        filled = _BAR * done // max(1, whole)
        full, empty = ("#", "-") if self.plain else ("━", "─")
        count = "" if whole > COUNTED else f"  {done} of {whole}"
        return f"{what}  {full * filled}{empty * (_BAR - filled)}{count}"

    # --- back in the screen's own -----------------------------------------------------------------

    def _show(self, found: Debrief) -> None:
        self.found = found
        self.show_found(found)

    def _done(self, seeds: int) -> None:
        """Everything that was asked for is there, or somebody stopped it."""
        found = self.found
        if self.stopping or found is None or not found.complete:
            self.say("stopped; what had been computed by then is here")
        elif seeds:
            self.begin_luck(seeds)
        elif found.luck is None:
            self.say("complete; u plays the same commands under 200 other seeds")
        else:
            self.say("")

    def _fail(self, text: str) -> None:
        """Say why there is no debrief."""
        self.failed = True
        self.show_failure(text)
        self.say("there is no debrief of this journal")
