"""The debrief on the screen: one section at a time, the first at once, the rest as it is played.

What it shows are the blocks that the files are written from. The computing runs in a thread of its
own with processes of its own, and ends with this screen.
"""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on, work
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static
from textual.worker import get_current_worker

from controlroom.debrief.pages.blocks import Section as Part
from controlroom.debrief.pages.blocks import Text
from controlroom.debrief.pages.content import OUTLINE, page_of
from controlroom.tui.lines import wrapped
from controlroom.tui.messages import ReplayWanted
from controlroom.tui.screens.debrief_asks import MomentsScreen, SaveScreen, moments_of
from controlroom.tui.screens.debrief_contents import SHORT, Contents
from controlroom.tui.screens.debrief_table import MOMENT
from controlroom.tui.screens.debrief_text import Written
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.section import Section
from controlroom.tui.threads import LeftError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from textual.app import ComposeResult
    from textual.events import Click, Resize
    from textual.worker import Worker

    from controlroom.debrief.whole import Debrief, Told

SEEDS: Final = 200
"""Other seeds that are played for luck or judgement."""

FEW_LINES: Final = 30
"""Height of a terminal below which charts are drawn lower."""

_BAR: Final = 24

_WAITING: Final = {
    "worth": "The run is played again without each action.",
    "earlier": "The decisive action is found first, then moved forward.",
    "safeguards": "The run is played again with each safeguard.",
    "par": "History and the scripted players play the same morning.",
    "ladder": "History and the scripted players play the same morning.",
}
"""What is being done for a section that is not there yet."""


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


class DebriefScreen(Screen[None]):
    """What happened, what it cost, and what would have helped."""

    CSS_PATH = "debrief.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    AUTO_FOCUS = "#page"
    STAYS_BELOW = True
    """A replay that is asked for here lies on it, and is left for it: it took long to compute."""

    BINDINGS = [
        Binding("x", "stop", "stop computing"),
        Binding("n,right", "turn(1)", "next section"),
        Binding("left,p", "turn(-1)", "section before", show=False),
        Binding("r", "replay", "replay a moment"),
        Binding("s", "save", "save"),
        Binding("escape,d", "leave", "back"),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("u", "luck", "luck: 200 seeds"),
        Binding("c,y", "copy", "copy"),
        Binding("j", "scroll(3)", show=False),
        Binding("k", "scroll(-3)", show=False),
        *(
            Binding(key, f"go({number})", show=False)
            for number, key in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "0"), 1)
        ),
        Binding("q", "app.quit", "quit"),
    ]

    HELP = (
        "The debrief: what happened, what could have been known, what it cost and what would have "
        "helped. Left and right or the digits go through its sections, arrows and pages scroll. "
        "What comes from runs that were not played is an estimate of the model; it fills in while "
        "you read, and `x` stops it. `r` shows a moment again in the replay, as a click on its "
        "time does; `u` plays the same commands under 200 other seeds; `s` writes the page as "
        "HTML, Markdown or JSON; `c` copies the section as text. The line under every figure says "
        "what it is a figure of."
    )

    def __init__(self, asked: Asked, *, plain: bool = False, alone: bool = False) -> None:
        """Prepare the screen.

        Args:
            asked: what it is to show.
            plain: draw in ASCII.
            alone: leaving it is leaving the program.
        """
        super().__init__()
        self._alone = alone
        self._asked = asked
        self._plain = plain
        self._found: Debrief | None = None
        self._parts: dict[str, Part] = {}
        self._at = ""
        self._state = "reading the journal"
        self._failed = False
        self._enough = threading.Event()

    # --- what is there ----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Static("Debrief", id="title", markup=False)
        with Horizontal(id="body"):
            yield Contents(plain=self._plain, id="contents")
            with Vertical():
                yield Static("", id="where")
                with VerticalScroll(id="page"):
                    yield Section(lambda _width: Content(""), id="section")
        yield Static("", id="state")
        yield KeyLine()

    def on_mount(self) -> None:
        self._compute()

    @property
    def found(self) -> Debrief | None:
        """The debrief as far as it has come."""
        return self._found

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the sections, those that are coming among them."""
        if self._found is not None and self._found.first is None:
            return ("journal",)
        return tuple(OUTLINE)

    # --- computing --------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="debrief")
    def _compute(self) -> None:
        self._follow(self._asked.debrief(*self._hooks()), seeds=self._asked.seeds)

    @work(thread=True, exclusive=True, group="debrief")
    def _compute_luck(self, found: Debrief, seeds: int) -> None:
        self._follow(self._asked.luck(found, seeds, *self._hooks()), seeds=0)

    def _hooks(self) -> tuple[Told, Callable[[], bool]]:
        """What tells how far it is, and what says whether to stop; for the thread that asks."""
        worker: Worker[None] = get_current_worker()
        last = ""

        def told(what: str, done: int, whole: int) -> None:
            nonlocal last
            if worker.is_cancelled:
                raise LeftError
            said = self._progress(what, done, whole)
            if said != last:
                last = said
                self.call_later(self._say, said)

        return told, lambda: worker.is_cancelled or self._enough.is_set()

    def _follow(self, stages: Iterator[Debrief], seeds: int) -> None:
        """Show each debrief as it comes."""
        from controlroom.runs.errors import RunError

        worker = get_current_worker()
        try:
            # Closing the iterator ends its processes, whatever becomes of this screen.
            with closing(stages):  # type: ignore[type-var]  # it is a generator
                for found in stages:
                    if worker.is_cancelled:
                        return
                    self.call_later(self._show, found)
        except LeftError:
            return
        except RunError as error:
            self.call_later(self._fail, str(error))
            return
        self.call_later(self._done, seeds)

    def _progress(self, what: str, done: int, whole: int) -> str:
        filled = _BAR * done // max(1, whole)
        bar = ("#" if self._plain else "━") * filled + ("-" if self._plain else "─") * (
            _BAR - filled
        )
        count = "" if whole > 10_000 else f"  {done} of {whole}"
        return f"{what}  {bar}{count}"

    def _show(self, found: Debrief) -> None:
        self._found = found
        page = page_of(found)
        self._parts = {part.id: part for part in page.sections}
        run = Content.styled(f"   {page.subtitle}", "$muted")
        title = Content.styled(page.title, "$strong bold") + run
        self.query_one("#title", Static).update(title)
        if self._at not in self.names:
            self._at = self.names[0]
        self._refresh()

    def _done(self, seeds: int) -> None:
        stopped = self._enough.is_set()
        if self._found is not None and not self._found.complete and not stopped:
            stopped = True
        luck = self._found.luck if self._found else None
        said = "stopped; what had been computed by then is here" if stopped else ""
        if not stopped and luck is None:
            said = "complete; u plays the same commands under 200 other seeds"
        self._say(said)
        if seeds and not stopped:
            self._begin_luck(seeds)
        self._refresh()

    def on_worker_state_changed(self) -> None:
        """What can be done now has changed: something is computed, or no longer is."""
        if self.is_mounted:
            self.query_one(KeyLine).refresh()
            self._refresh()

    def _fail(self, text: str) -> None:
        """Say why there is no debrief."""
        self._failed = True
        self.query_one("#section", Section).rebuild(
            lambda width: Content.styled("\n".join(wrapped(text, width)), "$notice")
        )
        self._say("there is no debrief of this journal")

    def _say(self, text: str) -> None:
        self._state = text
        self.query_one("#state", Static).update(Content.styled(text, "$info"))
        self.query_one(KeyLine).refresh()

    @property
    def busy(self) -> bool:
        """Whether something is being computed."""
        return any(
            worker.group == "debrief" and worker.is_running and worker.node is self
            for worker in self.workers
        )

    # --- reading ----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Show the section that is read as it is now; where it is the same, nothing is drawn."""
        names, found = self.names, self._found
        if found is None or self._failed:
            return
        self.query_one(Contents).show(names, tuple(self._parts), self._at)
        number = names.index(self._at) + 1
        where = Content.assemble(
            (f"{number}/{len(names)} ", "$muted"), (SHORT[self._at], "$strong bold")
        )
        self.query_one("#where", Static).update(where)
        part = self._part()
        if part != self._shown_part or self._shown_low != self._low:
            self._shown_part, self._shown_low = part, self._low
            written = Written(found.scenario.day, plain=self._plain, low=self._low)
            warnings = found.notes if self._at in {"journal", "story"} else ()
            self.query_one("#section", Section).rebuild(
                lambda width: _warned(warnings, width) + written.section(part, width)
            )

    _shown_part: Part | None = None
    _shown_low: bool | None = None

    @property
    def _low(self) -> bool:
        return self.size.height < FEW_LINES

    def _part(self) -> Part:
        """The section that is read, or what is said in its place."""
        part = self._parts.get(self._at)
        if part is not None:
            return part
        coming = self.busy
        said = _WAITING.get(self._at, "") if coming else "It was stopped before this was computed."
        return Part(self._at, OUTLINE[self._at], (Text(said, quiet=True),))

    def on_resize(self, event: Resize) -> None:
        self._refresh()

    @on(Contents.Wanted)
    def _wanted(self, event: Contents.Wanted) -> None:
        self.go_to(event.name)

    def go_to(self, name: str) -> None:
        """Read the section with this id from its beginning."""
        if name in self.names and name != self._at:
            self._at = name
            self._refresh()
            self.query_one("#page").scroll_home(animate=False)

    def action_turn(self, by: int) -> None:
        names = self.names
        if self._found is not None:
            self.go_to(names[(names.index(self._at) + by) % len(names)])

    def action_go(self, number: int) -> None:
        names = self.names
        if self._found is not None and number <= len(names):
            self.go_to(names[number - 1])

    def action_scroll(self, lines: int) -> None:
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    # --- more of it -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return self.busy and not self._enough.is_set()
        if action == "luck":
            return not self.busy and self._found is not None and self._found.played is not None
        if action == "replay":
            return self._asked.path is not None and self._found is not None
        return True

    def action_stop(self) -> None:
        """Leave it at what there is."""
        self._enough.set()
        self._say("stopping")

    def action_luck(self) -> None:
        """Play the same commands under other seeds."""
        self._begin_luck(SEEDS)

    def _begin_luck(self, seeds: int) -> None:
        if self._found is not None:
            self._enough.clear()
            self.go_to("luck")
            self._compute_luck(self._found, seeds)

    def action_replay(self) -> None:
        """Choose one of the section's moments to see again."""
        moments = moments_of(self._part())
        if not moments:
            every = (moments_of(part) for part in self._parts.values())
            moments = tuple(sorted({moment for found in every for moment in found}))
        if moments:
            self.app.push_screen(MomentsScreen(moments, plain=self._plain), self._replay)

    def _replay(self, step: int | None) -> None:
        if step is not None and self._asked.path is not None:
            self.post_message(ReplayWanted(self._asked.path, step))

    def on_click(self, event: Click) -> None:
        step = event.style.meta.get(MOMENT)
        if isinstance(step, int):
            self._replay(step)

    def action_leave(self) -> None:
        """Back to where one came from; what is being computed ends."""
        if self._alone:
            self.app.exit()
        else:
            self.dismiss()

    def action_save(self) -> None:
        """Write the page to a file."""
        if self._found is not None:
            self.app.push_screen(SaveScreen(self._found), self._saved)

    def _saved(self, name: str | None) -> None:
        if name:
            self.notify(f"Written: {name}", timeout=6, markup=False)

    def action_copy(self) -> None:
        """Copy the selected text, or the whole section as text."""
        text = self.get_selected_text() or self.text()
        self.app.copy_to_clipboard(text)
        self.notify(f"Copied {len(text.splitlines())} lines.", timeout=3, markup=False)

    def text(self, width: int = 100) -> str:
        """The section that is read as text."""
        if self._found is None:
            return ""
        written = Written(self._found.scenario.day, plain=self._plain)
        part = self._part()
        return f"{part.title}\n\n{written.section(part, width).plain}"


def _warned(warnings: tuple[str, ...], width: int) -> Content:
    """What is wrong with the journal, before everything else."""
    lines: list[str] = []
    for warning in warnings:
        lines += wrapped(f"Take care: {warning}", width)
    return Content.styled("\n".join([*lines, "", ""]), "$notice") if lines else Content("")
