"""The debrief on the screen: one section at a time, the first at once, the rest as it is played.

What it shows are the blocks that the files are written from; `debrief_work` computes them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from controlroom.debrief.pages.blocks import Section as Part
from controlroom.debrief.pages.blocks import Text
from controlroom.debrief.pages.content import OUTLINE, page_of
from controlroom.tui.lines import wrapped
from controlroom.tui.messages import ReplayWanted
from controlroom.tui.screens.debrief_asks import MomentsScreen, SaveScreen, moments_of
from controlroom.tui.screens.debrief_contents import SHORT, Contents
from controlroom.tui.screens.debrief_table import MOMENT
from controlroom.tui.screens.debrief_text import Written
from controlroom.tui.screens.debrief_work import Asked, DebriefWork
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.section import Section

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Click, Resize

    from controlroom.debrief.whole import Debrief

__all__ = ["Asked", "DebriefScreen"]

SEEDS: Final = 200
"""Other seeds that are played for luck or judgement."""

FEW_LINES: Final = 30
"""Height of a terminal below which charts are drawn lower."""

_WAITING: Final = {
    "worth": "The run is played again without each action.",
    "earlier": "The decisive action is found first, then moved forward.",
    "safeguards": "The run is played again with each safeguard.",
    "par": "History and the scripted players play the same morning.",
    "ladder": "History and the scripted players play the same morning.",
}
"""What is being done for a section that is not there yet."""


class DebriefScreen(DebriefWork):
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
        super().__init__(asked, plain=plain)
        self._alone = alone
        self._parts: dict[str, Part] = {}
        self._at = ""

    # --- what is there ----------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield Static("Debrief", id="title", markup=False)
        with Horizontal(id="body"):
            yield Contents(plain=self.plain, id="contents")
            with Vertical():
                yield Static("", id="where")
                with VerticalScroll(id="page"):
                    yield Section(lambda _width: Content(""), id="section")
        yield Static("", id="state")
        yield KeyLine()

    def on_mount(self) -> None:
        self.compute()

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the sections, those that are coming among them."""
        if self.found is not None and self.found.first is None:
            return ("journal",)
        return tuple(OUTLINE)

    # --- as it comes ------------------------------------------------------------------------------

    def show_found(self, found: Debrief) -> None:
        page = page_of(found)
        self._parts = {part.id: part for part in page.sections}
        run = Content.styled(f"   {page.subtitle}", "$muted")
        title = Content.styled(page.title, "$strong bold") + run
        self.query_one("#title", Static).update(title)
        if self._at not in self.names:
            self._at = self.names[0]
        self._refresh()

    def show_failure(self, text: str) -> None:
        self.query_one("#section", Section).rebuild(
            lambda width: Content.styled("\n".join(wrapped(text, width)), "$notice")
        )

    def say(self, text: str) -> None:
        self.query_one("#state", Static).update(Content.styled(text, "$info"))
        self.query_one(KeyLine).refresh()

    def on_worker_state_changed(self) -> None:
        """What can be done now has changed: something is computed, or no longer is."""
        if self.is_mounted:
            self.query_one(KeyLine).refresh()
            self._refresh()

    # --- reading ----------------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Show the section that is read as it is now; where it is the same, nothing is drawn."""
        names, found = self.names, self.found
        if found is None or self.failed:
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
            written = Written(found.scenario.day, plain=self.plain, low=self._low)
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
        if self.found is not None:
            self.go_to(names[(names.index(self._at) + by) % len(names)])

    def action_go(self, number: int) -> None:
        names = self.names
        if self.found is not None and number <= len(names):
            self.go_to(names[number - 1])

    def action_scroll(self, lines: int) -> None:
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    # --- more of it -------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "stop":
            return self.busy and not self.stopping
        if action == "luck":
            return not self.busy and self.found is not None and self.found.played is not None
        if action == "replay":
            return self.asked.path is not None and self.found is not None
        return True

    def action_stop(self) -> None:
        """Leave it at what there is."""
        self.stop()

    def action_luck(self) -> None:
        """Play the same commands under other seeds."""
        self.begin_luck(SEEDS)

    def begin_luck(self, seeds: int) -> None:
        self.go_to("luck")
        super().begin_luck(seeds)

    def action_replay(self) -> None:
        """Choose one of the section's moments to see again."""
        moments = moments_of(self._part())
        if not moments:
            every = (moments_of(part) for part in self._parts.values())
            moments = tuple(sorted({moment for found in every for moment in found}))
        if moments:
            self.app.push_screen(MomentsScreen(moments, plain=self.plain), self._replay)

    def _replay(self, step: int | None) -> None:
        if step is not None and self.asked.path is not None:
            self.post_message(ReplayWanted(self.asked.path, step))

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
        if self.found is not None:
            self.app.push_screen(SaveScreen(self.found), self._saved)

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
        if self.found is None:
            return ""
        written = Written(self.found.scenario.day, plain=self.plain)
        part = self._part()
        return f"{part.title}\n\n{written.section(part, width).plain}"


def _warned(warnings: tuple[str, ...], width: int) -> Content:
    """What is wrong with the journal, before everything else."""
    lines: list[str] = []
    for warning in warnings:
        lines += wrapped(f"Take care: {warning}", width)
    return Content.styled("\n".join([*lines, "", ""]), "$notice") if lines else Content("")
