"""The app as a film has it: no machine around it, a clock of its own, and a line for captions."""

from __future__ import annotations

import asyncio
import inspect
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from textual.content import Content
from textual.widgets import Static

from controlroom.recording.terminal import TapeDriver
from controlroom.tui.app import ControlRoomApp
from controlroom.tui.library import Choice, Library
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.screens.room import RoomScreen
from controlroom.tui.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.driver import Driver
    from textual.events import Load

    from controlroom.debrief.whole import Debrief
    from controlroom.recording.tape import Tape
    from controlroom.runs.catalogue import PastRun
    from controlroom.runs.fold import Progress
    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario

CAPTION_ROWS: Final = 3
"""Rows of the terminal that captions take, so that they hide nothing."""

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


class Caption(Static):
    """What to look at, in a sentence, beneath everything else."""

    DEFAULT_CSS = """
    Caption {
        split: bottom;
        height: 3;
        padding: 1 2;
        background: $foreground;
        color: $background;
        text-style: bold;
        content-align: center middle;
        &.-silent { background: $background; }
        &:ansi { background: ansi_bright_white; color: ansi_black; }
        &:ansi.-silent { background: ansi_default; }
    }
    """


class FilmApp(ControlRoomApp):
    """Control Room before a camera."""

    # Textual looks for style sheets beside the class that it runs.
    CSS_PATH = [_TUI / name for name in ControlRoomApp.CSS_PATH]

    def __init__(  # noqa: PLR0913 - each is a choice of the demo's
        self,
        tape: Tape,
        run: Run | None,
        *,
        speed: float = 1.0,
        briefing: bool = False,
        captions: bool = False,
        plain: bool = False,
        frames: int = 10,
        seat: str = "",
        library: Library | None = None,
    ) -> None:
        """Prepare the app; nothing happens before it runs.

        Args:
            tape: where everything goes.
            run: what is played; without one the title stands there.
            speed: to begin with.
            briefing: begin with the briefing of `run`.
            captions: keep room for captions.
            plain: draw with ASCII signs only.
            frames: pictures of the control room in a second.
            seat: whose instruments are shown, or empty for those of somebody who plays alone.
            library: where scenarios and runs come from.
        """
        self.tape = tape
        super().__init__(
            run,
            speed=speed,
            briefing=briefing,
            library=library or Shelf(),
            settings=Settings(theme=tape.theme, plain=plain),
        )
        # The terminal of whoever records does not matter.
        self.plain_signs = plain
        self._captions = captions
        self._caption = ""
        self._frames = frames
        self._seat = seat

    @property
    def terminal(self) -> TapeDriver:
        """Where keys are typed."""
        return cast("TapeDriver", self._driver)

    @property
    def room(self) -> ControlRoomScreen | None:
        """The control room, where it is what is shown."""
        return self.screen if isinstance(self.screen, ControlRoomScreen) else None

    def get_driver_class(self) -> type[Driver]:
        return TapeDriver

    def on_load(self, event: Load) -> None:  # type: ignore[override]
        """Whoever records listens to the system, not the app."""
        event.prevent_default()

    def on_ready(self) -> None:
        self.set_interval(1 / self._frames, self._frame)

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

    # --- the clock --------------------------------------------------------------------------------

    def clockwork(self) -> dict[str, Any]:
        loop = asyncio.get_running_loop()
        return {"clock": lambda: round(loop.time() * 1_000_000_000), "ticking": False}

    def _frame(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, RoomScreen):
                screen.frame()

    # --- captions ---------------------------------------------------------------------------------

    def caption(self, text: str) -> None:
        """Say what to look at, or nothing."""
        self._caption = text
        for screen in self.screen_stack:
            for line in screen.query(Caption):
                self._write(line)

    def _write(self, line: Caption) -> None:
        line.set_class(not self._caption, "-silent")
        line.update(Content(self._caption))

    def push_screen(self, screen: Any, *args: Any, **kwargs: Any) -> Any:
        return super().push_screen(self._prepared(screen), *args, **kwargs)

    def switch_screen(self, screen: Any) -> Any:
        return super().switch_screen(self._prepared(screen))

    def get_default_screen(self) -> Any:
        return self._prepared(super().get_default_screen())

    def _prepared(self, screen: Any) -> Any:
        """The screen with its seat, and with a line for captions unless it lies over another."""
        if self._seat and isinstance(screen, ControlRoomScreen):
            screen.seat = self._seat
        if self._captions and not isinstance(screen, str) and not screen.is_modal:
            compose: Callable[[], ComposeResult] = screen.compose

            def composed() -> ComposeResult:
                yield from compose()
                line = Caption(self._caption)
                self._write(line)
                yield line

            screen.compose = composed
        return screen

    def draw_again(self) -> None:
        """Send the whole screen, for somebody who has not seen it yet."""
        if self.is_running and self._driver is not None:
            self.call_later(self._draw_again)

    def _draw_again(self) -> None:
        self.screen.refresh(layout=True)

    def picture(self) -> str:
        """The screen as Textual's own SVG."""
        with self._context():
            return self.export_screenshot(title=self.tape.title, simplify=True)
