"""One screen before the clock starts: what the day is, what is switched on, which keys begin it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from controlroom.tui.glossary import MODES
from controlroom.tui.lines import wrapped
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.section import Section

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.sim.start import Scenario
    from controlroom.tui.library import Choice


class BriefingScreen(Screen[None]):
    """The scenario's own words, and what was chosen."""

    CSS_PATH = "briefing.tcss"
    AUTO_FOCUS = "#sheet"

    BINDINGS = [
        Binding("enter", "start", "start the clock"),
        Binding("escape", "app.leave_for_title", "back"),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("q", "app.quit", "quit"),
    ]

    HELP = "Read what the day is about; enter starts the clock."

    class Start(Message):
        """The person is ready."""

        def __init__(self, scenario: Scenario, choice: Choice) -> None:
            super().__init__()
            self.scenario = scenario
            self.choice = choice

    def __init__(self, scenario: Scenario, choice: Choice) -> None:
        super().__init__()
        self._scenario = scenario
        self._choice = choice
        self._started = False

    def compose(self) -> ComposeResult:
        scenario, choice = self._scenario, self._choice
        begins = choice.start or scenario.day.text(0)[:5]
        seed = scenario.seed if choice.seed is None else choice.seed
        about = f"   from {begins}   seed {seed}"
        with VerticalScroll(id="sheet"):
            yield Static(
                Content.assemble((scenario.title, "$strong bold"), (about, "$muted")), id="title"
            )
            yield Static(briefing_text(scenario), id="text", markup=False)
            yield Section(lambda width: terms(scenario, choice.mode, width), id="terms")
            yield Static("", id="wait", markup=False)
        yield KeyLine()

    def action_start(self) -> None:
        if self._started:
            return
        self._started = True
        begins = self._choice.start
        self._wait(f"Walking the morning up to {begins} ..." if begins else "Opening the room ...")
        self.post_message(self.Start(self._scenario, self._choice))

    def say_progress(self, done: int, whole: int) -> None:
        """Show how far the way to the mark is."""
        self._wait(f"Walking the morning up to {self._choice.start}, {done * 100 // whole} %")

    def say(self, text: str) -> None:
        """Show why it could not begin; enter tries again."""
        self._started = False
        self._wait(text)

    def _wait(self, text: str) -> None:
        """Put a line in the place of the terms."""
        self.query_one("#terms").display = False
        wait = self.query_one("#wait", Static)
        wait.update(text)
        wait.display = True


def briefing_text(scenario: Scenario) -> Content:
    """The scenario's text, without markup and without blank edges."""
    return Content(scenario.briefing.strip("\n"))


def terms(scenario: Scenario, mode: str, width: int) -> Content:
    """The mode in a sentence, and the safeguards that are switched on."""
    lines = []
    for number, line in enumerate(wrapped(MODES[mode][1], width - 9)):
        head = mode if number == 0 else ""
        lines.append(Content.assemble((f"{head:<9}", "$info bold"), line))
    on = [control.title for control in scenario.controls if control.on]
    for number, title in enumerate(on):
        head = "on" if number == 0 else ""
        lines += [
            Content.assemble((f"{head if row == 0 else '':<9}", "$good bold"), text)
            for row, text in enumerate(wrapped(title, width - 9))
        ]
    return Content("\n").join(lines)
