"""The runs of this machine and their forks: what became of them, which can go on or be seen again.

A fork stands below the run that it was taken over from, as in `controlroom runs`.
"""

from __future__ import annotations

import enum
from datetime import datetime
from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from controlroom.tui.messages import DebriefWanted
from controlroom.tui.numbers import short_money
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.picker import Picker

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from controlroom.runs.catalogue import Branch, PastRun


class Wish(enum.Enum):
    """What somebody wants of a run."""

    GO_ON = "go on"
    REPLAY = "replay"
    RESULT = "result"


class PastRunsScreen(Screen[None]):
    """Enter goes on with a run, or shows what it came to; letters do one thing each."""

    CSS_PATH = "past_runs.tcss"
    AUTO_FOCUS = "#runs"

    BINDINGS = [
        Binding("enter", "open", "open"),
        Binding("g", "wish('GO_ON')", "go on"),
        Binding("r", "wish('REPLAY')", "replay"),
        Binding("s", "wish('RESULT')", "result"),
        Binding("d", "debrief", "debrief"),
        Binding("escape,p", "dismiss", "back"),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("q", "app.quit", "quit"),
    ]

    HELP = (
        "The last run is at the top, and runs that were taken over from one stand below it. Enter "
        "goes on with a run, or shows the result of one that is over. `r` replays any of them, "
        "`s` shows the result, `d` the debrief."
    )

    class Chosen(Message):
        """The person wants something of a run."""

        def __init__(self, path: Path, wish: Wish) -> None:
            super().__init__()
            self.path = path
            self.wish = wish

    def __init__(self, runs: tuple[PastRun, ...]) -> None:
        super().__init__()
        from controlroom.runs.catalogue import tree

        self._branches = tree(runs)

    def compose(self) -> ComposeResult:
        yield Static(Content.styled("Past runs", "$strong bold"), id="title")
        plain = getattr(self.app, "plain_signs", False)
        options = (Option(line_of(branch, plain=plain)) for branch in self._branches)
        yield Picker(*options, id="runs", sign=">" if plain else "❯")
        yield Static("", id="about", markup=False)
        yield KeyLine()

    @on(OptionList.OptionHighlighted)
    def _describe(self, event: OptionList.OptionHighlighted) -> None:
        self.say(about(self._branches[event.option_index].run))

    @on(OptionList.OptionSelected)
    def action_open(self) -> None:
        run = self._run
        if run is None:
            return
        if run.can_resume:
            self._want(run, Wish.GO_ON)
        elif run.ended:
            self._want(run, Wish.RESULT)
        else:
            self.say(about(run))

    def action_wish(self, name: str) -> None:
        run, wish = self._run, Wish[name]
        if run is None:
            return
        refusal = refused(run, wish)
        if refusal:
            self.say(refusal)
        else:
            self._want(run, wish)

    def action_debrief(self) -> None:
        run = self._run
        if run is not None and run.scenario:
            self.post_message(DebriefWanted(run.path))
        elif run is not None:
            self.say(f"There is nothing to read in it: {run.obstacle}.")

    @property
    def _run(self) -> PastRun | None:
        """The run under the cursor."""
        at = self.query_one(Picker).highlighted
        return None if at is None else self._branches[at].run

    def _want(self, run: PastRun, wish: Wish) -> None:
        self.post_message(self.Chosen(run.path, wish))

    def say(self, text: str) -> None:
        """Show what can be done with a run, or why something cannot."""
        self.query_one("#about", Static).update(text)

    def say_progress(self, done: int, whole: int) -> None:
        """Folding a journal takes some seconds."""
        self.say(f"One moment: {100 * done // max(1, whole)} %")


def refused(run: PastRun, wish: Wish) -> str:
    """Why a run cannot be had in that way; empty when it can."""
    if not run.scenario:
        return f"There is nothing to read in it: {run.obstacle}."
    if wish is Wish.GO_ON and not run.can_resume:
        over = run.ended or run.obstacle
        return f"It cannot go on: {over}. `r` replays it, and there you can take over."
    return ""


def line_of(branch: Branch, *, plain: bool = False) -> Content:
    """A run in one line; a fork is indented, and says where it was taken over."""
    run = branch.run
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
    name = run.scenario
    if branch.depth:
        corner = "`-" if plain else "└ "
        name = f"{'  ' * (min(branch.depth, _DEEPEST) - 1)}{corner}{run.forked_at}"
    return Content.assemble(
        (f"{saved}  ", "$muted"),
        f"{name:<16.16}  {run.clock}  {run.mode:<7}  ",
        # The cost first: on a narrow terminal the last words are cut off.
        f"{cost:>9} " if cost else "",
        (state, style),
    )


_DEEPEST = 4
"""Forks of forks beyond this stand below each other."""


def about(run: PastRun) -> str:
    """What can be done with a run, and where it lies."""
    if run.can_resume:
        said = f"Enter goes on at {run.clock}; r replays it."
    elif run.ended:
        said = "Enter shows what it came to; r replays it."
    elif run.scenario:
        said = f"It cannot be resumed: {run.obstacle}. r replays it as far as it is sound."
    else:
        said = f"It cannot be read: {run.obstacle}."
    start = f"from {run.start}" if run.start else "from the beginning of the day"
    origin = f", taken over at {run.forked_at} from {run.forked_from}" if run.forked_from else ""
    return f"{said}\nSeed {run.seed}, {start}{origin}.\n{run.path}"
