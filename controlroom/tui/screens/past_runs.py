"""The runs of this machine: what became of them, and which can go on."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controlroom.tui.numbers import short_money
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.picker import Picker

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from controlroom.runs.catalogue import PastRun


class PastRunsScreen(Screen[None]):
    """Enter goes on with a run, or shows what it came to."""

    CSS_PATH = "past_runs.tcss"
    AUTO_FOCUS = "#runs"

    BINDINGS = [
        Binding("enter", "open", "open"),
        Binding("escape,p", "dismiss", "back"),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("q", "app.quit", "quit"),
    ]

    HELP = "The last run is at the top. Enter goes on with a run, or shows the result of one."

    class Chosen(Message):
        """The person wants to see a run or to go on with it."""

        def __init__(self, path: Path, *, resume: bool) -> None:
            super().__init__()
            self.path = path
            self.resume = resume

    def __init__(self, runs: tuple[PastRun, ...]) -> None:
        super().__init__()
        self._runs = runs

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Past runs", "$strong bold"), id="title")
        yield Picker(*(Option(line_of(run)) for run in self._runs), id="runs")
        yield Static("", id="about", markup=False)
        yield KeyLine()

    @on(OptionList.OptionHighlighted)
    def _describe(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#about", Static).update(about(self._runs[event.option_index]))

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self._open(self._runs[event.option_index])

    def action_open(self) -> None:
        at = self.query_one(Picker).highlighted
        if at is not None:
            self._open(self._runs[at])

    def _open(self, run: PastRun) -> None:
        if run.can_resume or run.ended:
            self.post_message(self.Chosen(run.path, resume=run.can_resume))
        else:
            self.say(about(run))

    def say(self, text: str) -> None:
        """Show why a run cannot be opened."""
        self.query_one("#about", Static).update(text)


def line_of(run: PastRun) -> Content:
    """A run in one line."""
    saved = datetime.fromtimestamp(run.saved).astimezone().strftime("%d %b %H:%M")
    if not run.scenario:
        return Content.assemble(
            (f"{saved}  ", "$muted"), run.path.name, ("  unreadable", "$notice")
        )
    cost = "" if run.loss_usd is None else short_money(-run.loss_usd)
    if run.ended:
        state, style = run.ended, "$muted"
    elif run.can_resume:
        state, style = "can be resumed", "$info"
    else:
        state, style = "cannot be resumed", "$notice"
    return Content.assemble(
        (f"{saved}  ", "$muted"),
        f"{run.scenario:<12.12}  {run.clock}  {run.mode:<7}  ",
        (f"{state:<17}", style),
        f"{cost:>9}" if cost else "",
    )


def about(run: PastRun) -> str:
    """What can be done with a run, and where it lies."""
    if run.can_resume:
        said = f"Enter goes on at {run.clock}."
    elif run.ended:
        said = "Enter shows what it came to."
    else:
        said = f"It cannot be resumed: {run.obstacle}."
    start = f"from {run.start}" if run.start else "from the beginning of the day"
    return f"{said}\nSeed {run.seed}, {start}.\n{run.path}"
