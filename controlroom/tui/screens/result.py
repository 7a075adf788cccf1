"""The last screen: what the run came to, beside what is on record."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from controlroom.tui.lines import wrapped
from controlroom.tui.messages import DebriefWanted, FollowingWanted, ReplayWanted
from controlroom.tui.screens import result_text, shift_text
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.result_chart import result_chart
from controlroom.tui.screens.section import Section
from controlroom.tui.threads import LeftError, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.widget import Widget

    from controlroom.runs.fold import Progress
    from controlroom.runs.learnt import Learnt
    from controlroom.tui.report import Report

CHART_ROWS = 10
TALL_ROWS = 14
"""Rows of the chart, in a terminal of few lines and of many."""

TALL = 32

Series = tuple[tuple[int, int], ...]


class ResultScreen(Screen[None]):
    """A report, to be read, copied and left."""

    CSS_PATH = "result.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (130, "-wide")]
    AUTO_FOCUS = "#page"

    BINDINGS = [
        Binding("d", "debrief", "debrief"),
        Binding("r", "replay", "replay"),
        Binding("p", "app.play_again", "play again"),
        Binding("t,escape", "app.leave_for_title", "title"),
        Binding("n", "following", "next"),
        Binding("s", "sources", "sources"),
        Binding("c,y", "copy", "copy"),
        Binding("j", "scroll(3)", show=False),
        Binding("k", "scroll(-3)", show=False),
        Binding("question_mark,f1", "app.help", "help"),
        Binding("q", "app.quit", "quit"),
    ]

    HELP = (
        "What the run came to, beside what is on record. Every figure is the world's own, made "
        "again from the journal; what is history carries its tag. `d` opens the debrief: what "
        "could have been known, and what would have helped. `r` replays the run. Arrows and pages "
        "scroll, `s` shows the sources, `c` copies everything as text."
    )

    def __init__(
        self, report: Report, reference: Callable[[], Series] | None = None, *, plain: bool = False
    ) -> None:
        super().__init__()
        self.report = report
        self._reference = reference
        self._other: Series = ()
        self._done = 0
        self._plain = plain

    def compose(self) -> ComposeResult:
        report = self.report
        about = f"{report.mode}   seed {report.seed}"
        if report.start:
            about += f"   from {report.start}"
        yield Static(
            Content.assemble((report.scenario.title, "$strong bold"), (f"   {about}", "$muted")),
            id="title",
        )
        with VerticalScroll(id="page"):
            if report.learnt is not None:
                yield from self._shift(report.learnt)
            else:
                yield from self._day()
        yield KeyLine()

    def _day(self) -> Iterator[Widget]:
        """The page of a day that has a record."""
        report = self.report
        yield Section(
            lambda width: result_text.headline(report, width, plain=self._plain), id="headline"
        )
        with Container(id="columns"):
            with Container(id="left"):
                yield Section(self._chart, "LOSS TO GET FLAT", id="chart")
                yield Section(lambda width: result_text.parts(report, width), "PARTS OF THE LOSS")
                yield Section(lambda width: result_text.clients(report, width), "CLIENTS")
                yield Section(lambda width: result_text.figures(report, width), "FIGURES")
            with Container(id="right"):
                yield Section(lambda width: result_text.ladder(report, width), "THE MORNING")
                yield Section(lambda width: result_text.fairness(report, width), "THIS RUN")

    def _shift(self, learnt: Learnt) -> Iterator[Section]:
        """The page of a first shift."""
        text, report, plain = shift_text, self.report, self._plain
        yield Section(lambda width: text.headline(report, learnt, width), id="headline")
        yield Section(lambda width: text.learnt_rows(learnt, width, plain=plain), "LEARNT")
        yield Section(lambda width: text.untried_rows(learnt, width), "NOT TRIED")
        yield Section(lambda width: text.next_step(learnt, width), "NEXT")
        yield Section(lambda width: result_text.fairness(report, width), "THIS RUN")

    def on_mount(self) -> None:
        if self._reference is not None and self.report.learnt is None:
            self._follow(self._reference)

    @work(thread=True, exclusive=True)
    def _follow(self, reference: Callable[[Progress], Series]) -> None:
        """Play the reference run for its curve; that takes a while, and the page stands already."""
        with suppress(LeftError):
            self.call_later(self._show_reference, reference(told(self, self._say_progress)))

    def _say_progress(self, done: int, whole: int) -> None:
        self._done = done * 100 // max(1, whole)
        self.query_one("#chart", Section).rebuild(self._chart)

    def _show_reference(self, series: Series) -> None:
        self._other = series
        self.query_one("#chart", Section).rebuild(self._chart)

    def _chart(self, width: int) -> Content:
        rows = CHART_ROWS if self.size.height < TALL else TALL_ROWS
        chart = result_chart(self.report, self._other, width, rows, plain=self._plain)
        note = ""
        if self._other:
            last = self._other[-1][1]
            note = f"the reference run with this seed: {last:,} dollars   reconstructed"
        elif self._reference is not None:
            note = f"the reference run is being played, {self._done} %"
        lines = [Content.styled(line, "$muted") for line in wrapped(note, width) if line]
        return Content("\n").join([chart, *lines])

    def action_scroll(self, lines: int) -> None:
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        learnt = self.report.learnt
        if action == "following":
            return learnt is not None and bool(learnt.following)
        if action in {"debrief", "sources"} and learnt is not None:
            return False
        return action not in {"debrief", "replay"} or self.report.journal is not None

    def action_debrief(self) -> None:
        """What could have been known, and what would have helped."""
        if self.report.journal is not None:
            self.post_message(DebriefWanted(self.report.journal))

    def action_replay(self) -> None:
        """The run again, at any moment of it, and from there another way."""
        if self.report.journal is not None:
            self.post_message(ReplayWanted(self.report.journal))

    def action_following(self) -> None:
        """What to play after a first shift."""
        if self.report.learnt is not None:
            self.post_message(FollowingWanted(self.report.learnt.following))

    def action_sources(self) -> None:
        from controlroom.tui.screens.sources import SourcesScreen

        self.app.push_screen(SourcesScreen(self.report))

    def action_copy(self) -> None:
        """Copy the selected text, or the whole page as text."""
        text = self.get_selected_text() or self.text()
        self.app.copy_to_clipboard(text)
        self.notify(f"Copied {len(text.splitlines())} lines.", timeout=3, markup=False)

    def text(self, width: int = 100) -> str:
        """The whole page as text."""
        pieces = [section.text(width) for section in self.query(Section)]
        return "\n\n".join([self.report.scenario.title, *pieces])
