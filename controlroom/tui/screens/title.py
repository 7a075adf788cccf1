"""The first screen: what can be played, from where, how, and what was left unfinished.

It stands before anything is loaded. The list of scenarios, the marks of the chosen one and past
runs follow as they are read; what cannot be read says why in its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Static
from textual.widgets.option_list import Option

from controlroom.tui.glossary import MODES
from controlroom.tui.library import Choice, Library
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.picker import Picker
from controlroom.tui.screens.resumable import Resumable
from controlroom.tui.screens.wordmark import Wordmark
from controlroom.tui.seeds import SeedError, read_seed

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from controlroom.runs.catalogue import PastRun
    from controlroom.scenario import Found
    from controlroom.sim.start import Scenario

_USUAL: Final = "knight-2012"
"""The scenario that stands chosen at first."""

WidgetT = TypeVar("WidgetT", bound=Widget)


class TitleScreen(Screen[None]):
    """Choose what to play."""

    # Its style sheet, title.tcss, is loaded by the app: the first screen of an app loads none.

    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    BINDINGS = [
        Binding("enter", "begin", "begin", priority=False),
        Binding("f", "first_shift", "first shift"),
        Binding("r", "resume", "resume"),
        Binding("p", "past_runs", "past runs"),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("t", "app.change_theme", "theme"),
        Binding("q", "app.quit", "quit"),
        Binding("ctrl+p", "app.command_palette", "palette"),
    ]

    HELP = (
        "Choose an incident, the moment to start from and the mode, then press enter. The same "
        "seed gives the same day; leave it empty for the one that the scenario was made with."
    )

    class Begin(Message):
        """The person wants to play `scenario` as chosen."""

        def __init__(self, scenario: Scenario, choice: Choice) -> None:
            super().__init__()
            self.scenario = scenario
            self.choice = choice

    class Offered(Message):
        """The person was offered the first shift."""

    class Resume(Message):
        """The person wants to continue the run of a journal."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class PastRuns(Message):
        """The person wants to see the runs of this machine."""

        def __init__(self, runs: tuple[PastRun, ...]) -> None:
            super().__init__()
            self.runs = runs

    def __init__(self, library: Library, *, plain: bool = False, offer: bool = True) -> None:
        """Prepare the title.

        Args:
            library: where scenarios and runs come from.
            plain: draw with ASCII signs only.
            offer: offer a first shift to somebody who has played nothing yet.
        """
        super().__init__()
        self._offer = offer
        self._library = library
        self._plain = plain
        self._found: tuple[Found, ...] = ()
        self._furnished = False
        self._scenario: Scenario | None = None
        self._runs: tuple[PastRun, ...] = ()

    def compose(self) -> ComposeResult:
        with Vertical(id="column"):
            yield Wordmark(plain=self._plain)
        yield KeyLine()

    def on_screen_resume(self) -> None:
        if not self._furnished:
            # The name stands before the lists are made and the first file is read.
            self.call_after_refresh(self._furnish)
        else:
            self._read_runs()

    async def _furnish(self) -> None:
        """Put up what can be chosen, then fill it."""
        if self._furnished or not self.is_current:
            return
        self._furnished = True
        sign = ">" if self._plain else "❯"
        with self.app.batch_update():
            await self.query_one("#column").mount(
                Resumable(id="resumable"),
                Horizontal(
                    titled(
                        Vertical(
                            Picker(id="scenarios", sign=sign),
                            Static("", id="summary", markup=False),
                            classes="box left",
                        ),
                        "INCIDENT",
                    ),
                    titled(
                        Vertical(Picker(id="marks", sign=sign), classes="box right"), "START AT"
                    ),
                    id="what",
                ),
                Horizontal(
                    titled(
                        Vertical(Picker(*_modes(), id="modes", sign=sign), classes="box left"),
                        "MODE",
                    ),
                    Vertical(
                        titled(
                            Vertical(
                                Input(id="seed", max_length=40, compact=True),
                                classes="box",
                                id="seed-box",
                            ),
                            "SEED",
                        ),
                        Button("Begin", id="begin", compact=True),
                        classes="right",
                    ),
                    id="how",
                ),
                Static("", id="wrong", markup=False),
            )
            self.query_one("#modes", Picker).highlighted = 0
            self.query_one("#marks").focus()
            self._read_shelf()

    # what there is to play

    def _read_shelf(self) -> None:
        self._list(self._library.at_hand())
        self._search_shelf()

    @work(thread=True, exclusive=True, group="shelf")
    def _search_shelf(self) -> None:
        found = self._library.elsewhere()
        self.call_later(self._add_to_shelf, found)

    def _add_to_shelf(self, found: tuple[Found, ...]) -> None:
        if found:
            self._list((*self._found, *found))
        if not self._found:
            self._say("No scenario is installed; `controlroom play FOLDER` plays one of your own.")
            return
        self._read_runs()

    def _list(self, found: tuple[Found, ...]) -> None:
        """Put scenarios into the picker; what was chosen stays so."""
        chosen = self._picked("scenarios") or _USUAL
        self._found = found
        picker = self.query_one("#scenarios", Picker)
        picker.set_options(_entry(each) for each in found)
        if found:
            ids = [each.id for each in found]
            picker.highlighted = ids.index(chosen) if chosen in ids else 0

    @on(OptionList.OptionHighlighted, "#scenarios")
    def _scenario_chosen(self, event: OptionList.OptionHighlighted) -> None:
        self._scenario = None
        found = self._found[event.option_index]
        self.query_one("#summary", Static).update(found.summary)
        self._load(found)

    @work(thread=True, exclusive=True, group="scenario")
    def _load(self, found: Found) -> None:
        from controlroom.scenario import ScenarioError

        try:
            scenario = self._library.load(found.path)
        except ScenarioError as error:
            self.call_later(self._show_marks, None, str(error))
        else:
            self.call_later(self._show_marks, scenario, "")
            self._library.warm()

    def _show_marks(self, scenario: Scenario | None, wrong: str) -> None:
        self._scenario = scenario
        self._say(wrong)
        marks = self.query_one("#marks", Picker)
        if scenario is None:
            marks.set_options([])
            return
        marks.set_options(
            Option(Content.assemble((f"{mark.id}  ", "$strong"), mark.title), id=mark.id)
            for mark in scenario.marks
        )
        marks.highlighted = 0 if scenario.marks else None
        self.query_one("#seed", Input).placeholder = f"{scenario.seed}, the scenario's own"

    # what was left unfinished

    @work(thread=True, exclusive=True, group="runs")
    def _read_runs(self) -> None:
        runs = self._library.past_runs()
        self.call_later(self._show_runs, runs)

    def _show_runs(self, runs: tuple[PastRun, ...]) -> None:
        self._runs = runs
        offer = self.query_one(Resumable)
        titles = {found.id: found.title for found in self._found}
        offer.show(next((run for run in runs if run.can_resume), None), titles)
        first = self._first_shift()
        if self._offer and not runs and first is not None:
            offer.suggest(first)
            self.post_message(self.Offered())
        self.query_one(KeyLine).refresh()

    def _first_shift(self) -> Found | None:
        """The scenario with a coach that comes along."""
        return next((found for found in self._found if found.teaches and not found.origin), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "resume":
            return self._furnished and self.query_one(Resumable).run is not None
        if action == "first_shift":
            return self._furnished and self.query_one(Resumable).first is not None
        if action == "past_runs":
            return bool(self._runs)
        return True

    # what the person does

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    @on(Button.Pressed, "#begin")
    def action_begin(self) -> None:
        seed = self.query_one("#seed", Input)
        try:
            number = read_seed(seed.value)
        except SeedError as error:
            self._say(str(error))
            seed.focus()
            return
        if self._scenario is None:
            if not self.query_one("#wrong").display:
                self._say("One moment: the scenario is being read.")
            return
        choice = Choice(self._picked("marks"), self._picked("modes"), number, self._elsewhere())
        self.post_message(self.Begin(self._scenario, choice))

    def _elsewhere(self) -> Path | None:
        """Where the chosen scenario lies, unless it comes with Control Room."""
        chosen = self._picked("scenarios")
        return next((each.path for each in self._found if each.id == chosen and each.origin), None)

    @on(Input.Changed, "#seed")
    def _seed_typed(self, event: Input.Changed) -> None:
        try:
            read_seed(event.value)
        except SeedError as error:
            self.query_one("#seed-box").add_class("-wrong")
            self._say(str(error))
        else:
            if self.query_one("#seed-box").has_class("-wrong"):
                self.query_one("#seed-box").remove_class("-wrong")
                self._say("")

    def action_resume(self) -> None:
        run = self.query_one(Resumable).run
        if run is not None:
            self.post_message(self.Resume(run.path))

    @work(thread=True, exclusive=True, group="scenario")
    def action_first_shift(self) -> None:
        """Ten minutes with a coach, from the beginning."""
        from controlroom.scenario import ScenarioError

        first = self._first_shift()
        if first is None:
            self.call_later(self._say, "No scenario with a coach is installed.")
            return
        try:
            scenario = self._library.load(first.path)
        except ScenarioError as error:
            self.call_later(self._say, str(error))
        else:
            start = scenario.marks[0].id if scenario.marks else ""
            self.call_later(self.post_message, self.Begin(scenario, Choice(start)))

    def action_past_runs(self) -> None:
        self.post_message(self.PastRuns(self._runs))

    # keys that have nothing to do yet, so that they are not among those at the foot

    def key_p(self) -> None:
        """Past runs, before there are any."""
        if not self._runs:
            self._say("Nothing has been played here yet; once it has, p lists it.")

    def key_r(self) -> None:
        """Resume, where nothing is unfinished."""
        if self.query_one(Resumable).run is None:
            there = "p lists past runs." if self._runs else "enter begins a run."
            self._say(f"No run was left unfinished; {there}")

    def key_f(self) -> None:
        """The first shift, where it is no longer offered."""
        if self.query_one(Resumable).first is None:
            self.action_first_shift()

    def _picked(self, name: str) -> str:
        picker = self.query_one(f"#{name}", Picker)
        if picker.highlighted is None:
            return ""
        return picker.get_option_at_index(picker.highlighted).id or ""

    def say(self, text: str) -> None:
        """Show one line about what went wrong; an empty one takes it away."""
        self._say(text)

    def _say(self, text: str) -> None:
        wrong = self.query_one("#wrong", Static)
        wrong.update(text)
        wrong.display = bool(text)


def titled(widget: WidgetT, title: str) -> WidgetT:
    """The widget with a title in its frame."""
    widget.border_title = title
    return widget


def _entry(found: Found) -> Option:
    return Option(Content.styled(found.title, "$strong"), id=found.id)


def _modes() -> list[Option]:
    return [
        Option(Content.assemble((f"{name:<9}", "$strong"), (few, "$muted")), id=name)
        for name, (few, _) in MODES.items()
    ]
