"""One screen before the clock starts: what the day is, what is switched on, which keys begin it.

The switches lie beside the briefing where there is room, and behind it where there is not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static

from controlroom.tui.glossary import MODES
from controlroom.tui.lines import wrapped
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.section import Section
from controlroom.tui.screens.switches import Switches, SwitchList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.sim.start import Scenario
    from controlroom.tui.library import Choice


class BriefingScreen(Screen[None]):
    """The scenario's own words, and what was chosen."""

    CSS_PATH = "briefing.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (160, "-wide")]
    AUTO_FOCUS = "#sheet"

    BINDINGS = [
        Binding("enter", "start", "start the clock", priority=True),
        Binding("s", "switches", "switches"),
        Binding("space", "turn", "switch"),
        Binding("escape", "app.leave_for_title", "back"),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("q", "app.quit", "quit"),
    ]

    HELP = (
        "Read what the day is about; enter starts the clock. `s` goes to the switches and back: "
        "the console, safeguards that the firm did not have, and what makes it harder. There the "
        "arrows choose and space switches, and so does a click. A run with a safeguard is not "
        "comparable with history, and says what the safeguard did."
    )

    class Start(Message):
        """The person is ready."""

        def __init__(self, scenario: Scenario, choice: Choice) -> None:
            super().__init__()
            self.scenario = scenario
            self.choice = choice

    def __init__(self, scenario: Scenario, choice: Choice, *, fixed: bool = False) -> None:
        """Prepare the page.

        Args:
            scenario: what is played.
            choice: how.
            fixed: whether the run has been played already, so that nothing can be switched.
        """
        super().__init__()
        self._scenario = scenario
        self._choice = choice
        self._fixed = fixed
        self._started = False
        self.switches = Switches(scenario)

    def compose(self) -> ComposeResult:
        scenario, choice = self._scenario, self._choice
        begins = choice.start or scenario.day.text(0)[:5]
        seed = scenario.seed if choice.seed is None else choice.seed
        about = f"   from {begins}   seed {seed}"
        with Horizontal(id="pages"):
            with VerticalScroll(id="sheet"):
                yield Static(
                    Content.assemble((scenario.title, "$strong bold"), (about, "$muted")),
                    id="title",
                )
                yield Static(briefing_text(scenario), id="text", markup=False)
                yield Section(self._terms, id="terms")
                yield Static("", id="wait", markup=False)
            if not self._fixed:
                with Vertical(id="switches"):
                    plain = getattr(self.app, "plain_signs", False)
                    yield SwitchList(self.switches, sign=">" if plain else "❯")
                    yield Static("", id="about", markup=False)
        yield KeyLine()

    def _terms(self, width: int) -> Content:
        return terms(self.switches, self._choice.mode, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "turn":
            return isinstance(self.focused, SwitchList)
        return action != "switches" or not self._fixed

    def action_turn(self) -> None:
        """The list's own key; it stands here for the line of keys."""
        self.query_one(SwitchList).action_select()

    def action_switches(self) -> None:
        """To the switches, or back to what the day is about."""
        there = isinstance(self.focused, SwitchList)
        self.set_class(not there, "-switching")
        self.query_one("#sheet" if there else "#list").focus()
        self.call_after_refresh(self.query_one(KeyLine).refresh)

    @on(OptionList.OptionHighlighted)
    def _show_about(self) -> None:
        row = self.query_one(SwitchList).chosen
        self.query_one("#about", Static).update(row.about if row else "")

    @on(OptionList.OptionSelected)
    def _turn(self, event: OptionList.OptionSelected) -> None:
        self.query_one(SwitchList).turn(event.option_id or "")
        self.query_one("#terms", Section).rebuild(self._terms)

    def action_start(self) -> None:
        if self._started:
            return
        self._started = True
        begins = self._choice.start
        self._wait(f"Walking the morning up to {begins} ..." if begins else "Opening the room ...")
        self.post_message(self.Start(self.switches.scenario(), self._choice))

    def say_progress(self, done: int, whole: int) -> None:
        """Show how far the way to the mark is."""
        self._wait(f"Walking the morning up to {self._choice.start}, {done * 100 // whole} %")

    def say(self, text: str) -> None:
        """Show why it could not begin; enter tries again."""
        self._started = False
        self._wait(text)

    def _wait(self, text: str) -> None:
        """Put a line in the place of the terms, on the page that has them."""
        self.remove_class("-switching")
        self.query_one("#terms").display = False
        wait = self.query_one("#wait", Static)
        wait.update(text)
        wait.display = True


def briefing_text(scenario: Scenario) -> Content:
    """The scenario's text, without markup and without blank edges."""
    return Content(scenario.briefing.strip("\n"))


def terms(switches: Switches, mode: str, width: int) -> Content:
    """The mode in a sentence, and what is switched on."""
    lines = []
    for number, line in enumerate(wrapped(MODES[mode][1], width - 9)):
        head = mode if number == 0 else ""
        lines.append(Content.assemble((f"{head:<9}", "$info bold"), line))
    on, means = switches.said()
    if on:
        said = f"{on}; {means}" if means else on
        for number, line in enumerate(wrapped(said, width - 9)):
            head = "on" if number == 0 else ""
            lines.append(Content.assemble((f"{head:<9}", "$good bold"), line))
    return Content("\n").join(lines)
