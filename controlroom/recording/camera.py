"""What makes an app a film: a terminal that is a tape, a clock of its own, a line for captions.

It is put before any of our apps, the one that plays alone or those of a drill. Nothing of the
machine around it is left then.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Final, cast

import attrs
from textual.content import Content
from textual.widgets import Static

from controlroom.recording.tape import Tape
from controlroom.recording.terminal import TapeDriver
from controlroom.tui.screens.control_room import ControlRoomScreen
from controlroom.tui.screens.room import RoomScreen
from controlroom.tui.settings import Settings
from controlroom.tui.shell import Shell

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.driver import Driver
    from textual.events import Load

    from controlroom.tui.pacing import Pacing

CAPTION_ROWS: Final = 3
"""Rows of the terminal that captions take, so that they hide nothing."""


@attrs.frozen
class Camera:
    """How an app is filmed.

    Attributes:
        tape: where everything goes.
        captions: keep room for captions.
        plain: draw with ASCII signs only.
        frames: pictures of a room in a second.
    """

    tape: Tape
    captions: bool = False
    plain: bool = False
    frames: int = 10

    @property
    def settings(self) -> Settings:
        """What a person would have chosen."""
        return Settings(theme=self.tape.theme, plain=self.plain)


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


class OnFilm(Shell):
    """An app before a camera; `camera` must be set before it is made."""

    CSS = "Screen.-captioned ToastRack { margin-bottom: 4; }"

    camera: Camera

    _caption = ""

    @property
    def tape(self) -> Tape:
        """Where everything goes."""
        return self.camera.tape

    @property
    def terminal(self) -> TapeDriver:
        """Where keys are typed."""
        return cast("TapeDriver", self._driver)

    @property
    def room(self) -> ControlRoomScreen | None:
        """The control room, where it is what is shown."""
        return self.screen if isinstance(self.screen, ControlRoomScreen) else None

    # --- what differs between who plays alone and a drill -----------------------------------------

    @abstractmethod
    def pacing_of(self, room: ControlRoomScreen) -> Pacing:
        """The clock that moves the world of a room."""

    @abstractmethod
    def go_on(self, room: ControlRoomScreen, steps: int) -> None:
        """Take steps of the world at once."""

    @abstractmethod
    def set_speed(self, room: ControlRoomScreen, text: str) -> None:
        """Set the speed of the world's clock, as somebody does who has it."""

    # --- no machine around it ---------------------------------------------------------------------

    def _dress(self) -> None:
        # The terminal of whoever records does not matter.
        self.plain_signs = self.camera.plain
        super()._dress()

    def get_driver_class(self) -> type[Driver]:
        return TapeDriver

    def on_load(self, event: Load) -> None:  # type: ignore[override]
        """Whoever records listens to the system, not the app."""
        event.prevent_default()

    def on_ready(self) -> None:
        self.set_interval(1 / self.camera.frames, self._frame)

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
        return super().push_screen(self.prepared(screen), *args, **kwargs)

    def switch_screen(self, screen: Any) -> Any:
        return super().switch_screen(self.prepared(screen))

    def get_default_screen(self) -> Any:
        return self.prepared(super().get_default_screen())

    def prepared(self, screen: Any) -> Any:
        """The screen with a line for captions, unless it lies over another."""
        if self.camera.captions and not isinstance(screen, str) and not screen.is_modal:
            screen.add_class("-captioned")
            compose: Callable[[], ComposeResult] = screen.compose

            def composed() -> ComposeResult:
                yield from compose()
                line = Caption(self._caption)
                self._write(line)
                yield line

            screen.compose = composed
        return screen

    # --- what is seen -----------------------------------------------------------------------------

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
