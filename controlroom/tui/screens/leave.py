"""The question before a run is left: nothing is lost, but its clock is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widgets import Button, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.runs.run import Run


class LeaveScreen(ModalScreen[str]):
    """Answers `stay`, `title` or `quit`."""

    CSS_PATH = "leave.tcss"
    AUTO_FOCUS = "#stay"

    BINDINGS = [
        Binding("n,escape,ctrl+c", "answer('stay')", "stay"),
        Binding("t", "answer('title')", "title screen"),
        Binding("y,q", "answer('quit')", "quit"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, run: Run) -> None:
        super().__init__()
        self._run = run

    def compose(self) -> ComposeResult:
        with Vertical(id="question"):
            yield Static(f"Leave the run at {self._run.clock}?", id="what", markup=False)
            yield Static(said(self._run), id="why", markup=False)
            with Horizontal():
                yield Button("Stay  n", id="stay", compact=True)
                yield Button("Title  t", id="title", compact=True)
                yield Button("Quit  y", id="quit", compact=True)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id)

    def action_answer(self, answer: str) -> None:
        self.dismiss(answer)


def said(run: Run) -> str:
    """What leaving means for this run."""
    kept = (
        "Its journal is kept; the title screen offers to resume it at this very step."
        if run.journal is not None
        else "No journal is written, so it cannot be resumed."
    )
    going = " This is an assessment: the clock keeps going." if run.mode.value == "assess" else ""
    return kept + going
