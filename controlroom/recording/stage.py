"""The app as a film has it: who plays alone, and nobody who ever played on this machine."""

from __future__ import annotations

import inspect
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from controlroom.recording.camera import OnFilm
from controlroom.tui.app import ControlRoomApp
from controlroom.tui.library import Choice, Library
from controlroom.tui.screens.control_room import ControlRoomScreen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from controlroom.debrief.whole import Debrief
    from controlroom.recording.camera import Camera
    from controlroom.runs.catalogue import PastRun
    from controlroom.runs.fold import Progress
    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario
    from controlroom.tui.pacing import Pacing

_TUI: Final = Path(inspect.getfile(ControlRoomApp)).parent


class Shelf(Library):
    """Scenarios that come along, and no trace of what was played on this machine."""

    def past_runs(self) -> tuple[PastRun, ...]:
        return ()

    def begin(self, scenario: Scenario, choice: Choice, progress: Progress) -> Run:  # noqa: ARG002
        """A new run without a journal."""
        from controlroom.runs.run import Run

        return Run.begin(
            scenario, seed=choice.seed, mode=choice.mode, start=choice.start or None, journal=None
        )

    def debrief(self, *arguments: Any, **named: Any) -> Iterator[Debrief]:
        """As it is computed without other processes, whose order is chance."""
        return super().debrief(*arguments, **(named | {"workers": 0}))

    def warm(self) -> None:
        """Everything is loaded before the clock begins."""


class FilmApp(OnFilm, ControlRoomApp):
    """Control Room before a camera."""

    # Textual looks for style sheets beside the class that it runs.
    CSS_PATH = [_TUI / name for name in ControlRoomApp.CSS_PATH]

    def __init__(
        self,
        camera: Camera,
        run: Run | None,
        *,
        speed: float = 1.0,
        briefing: bool = False,
        seat: str = "",
        library: Library | None = None,
    ) -> None:
        """Prepare the app; nothing happens before it runs.

        Args:
            camera: how it is filmed.
            run: what is played; without one the title stands there.
            speed: to begin with.
            briefing: begin with the briefing of `run`.
            seat: whose instruments are shown, or empty for those of somebody who plays alone.
            library: where scenarios and runs come from.
        """
        self.camera = camera
        self._seat = seat
        super().__init__(
            run,
            speed=speed,
            briefing=briefing,
            library=library or Shelf(),
            settings=camera.settings,
        )

    def prepared(self, screen: Any) -> Any:
        """The screen with its seat as well."""
        if self._seat and isinstance(screen, ControlRoomScreen):
            screen.seat = self._seat
        return super().prepared(screen)

    def open_past(self, path: Path, *, debrief: bool, at: int | None) -> None:
        """Begin with the replay of a run that has been, or with its debrief.

        Args:
            path: of its journal.
            debrief: whether it is the debrief.
            at: the step at which the replay begins.
        """
        from controlroom.runs.replay import Replay
        from controlroom.tui.screens.debrief import Asked

        if debrief:
            computed = partial(self._library.debrief, path)
            self.opening = Asked(path, computed, self._library.luck)
        else:
            self.opening_replay = Replay.open(path), at, ""

    def pacing_of(self, room: ControlRoomScreen) -> Pacing:
        return room.pacing

    def go_on(self, room: ControlRoomScreen, steps: int) -> None:
        room.run.advance(steps)

    def set_speed(self, room: ControlRoomScreen, text: str) -> None:
        room.set_speed(text)
