"""Help in the game: the focused thing first, then keys, verbs and words; it can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from controlroom.tui.lines import wrapped
from controlroom.tui.screens.help_text import Chapter, chapters
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.replay_help import replay_chapters
from controlroom.tui.screens.section import Section

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.sim.start import Mode

WIDEST = 110


class HelpScreen(ModalScreen[None]):
    """Everything there is to know, in one page that can be scrolled and searched."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#page"

    BINDINGS = [
        Binding("escape,question_mark,f1", "back", "back to where you were"),
        Binding("slash", "search", "search"),
        Binding("ctrl+c", "copy_or_back", show=False),
        Binding("j", "scroll(3)", show=False),
        Binding("k", "scroll(-3)", show=False),
        Binding("ctrl+q", "app.quit", "quit"),
    ]

    def __init__(
        self,
        topic: str,
        about: str,
        mode: Mode | None,
        *,
        recorded: bool = False,
        own: tuple[Chapter, ...] = (),
    ) -> None:
        """Prepare the page.

        Args:
            topic: a verb or a pane, explained first; or empty.
            about: what the screen below says of itself, or empty.
            mode: of the run that waits below, if there is one.
            recorded: whether a replay waits below, which has keys and words of its own.
            own: all of it, in place of what is said of a run that is played alone.
        """
        super().__init__()
        self._chapters = own or (replay_chapters(topic) if recorded else chapters(topic, about))
        self._mode = mode

    def compose(self) -> ComposeResult:
        yield Static(
            Content.assemble(("Help", "$strong bold"), (f"   {clock_said(self._mode)}", "$muted")),
            id="title",
        )
        yield Input(placeholder="/ searches", id="search", compact=True)
        with VerticalScroll(id="page"):
            yield Section(lambda width: page(self._chapters, "", min(width, WIDEST)), id="text")
        yield KeyLine()

    @on(Input.Changed)
    def _searched(self, event: Input.Changed) -> None:
        wanted = event.value
        self.query_one("#text", Section).rebuild(
            lambda width: page(self._chapters, wanted, min(width, WIDEST))
        )
        self.query_one("#page").scroll_home(animate=False)

    @on(Input.Submitted)
    def _found(self) -> None:
        self.query_one("#page").focus()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_scroll(self, lines: int) -> None:
        self.query_one("#page").scroll_relative(y=lines, animate=False)

    def action_copy_or_back(self) -> None:
        """Copy what the mouse has selected; without that the key leads out."""
        if self.selections:
            self.action_copy_text()
        else:
            self.action_back()

    def action_back(self) -> None:
        """Out of a search first, then back to the game."""
        search = self.query_one(Input)
        if search.value:
            search.value = ""
            self.query_one("#page").focus()
        else:
            self.dismiss()


def clock_said(mode: Mode | None) -> str:
    """What the clock of the run below does meanwhile."""
    if mode is None:
        return ""
    if mode.value == "assess":
        return "this is an assessment: the clock keeps going"
    return "the clock stands still while you read"


def page(parts: tuple[Chapter, ...], wanted: str, width: int) -> Content:
    """The chapters with their entries that hold `wanted`."""
    needle = wanted.strip().casefold()
    lines: list[Content] = []
    for chapter in parts:
        entries = [
            (term, text)
            for term, text in chapter.entries
            if needle in f"{chapter.title} {term} {text}".casefold()
        ]
        if not entries:
            continue
        rule = "─" * max(0, width - len(chapter.title) - 1)
        lines.append(Content.assemble((chapter.title, "$muted bold"), " ", (rule, "$faint")))
        for term, text in entries:
            lines += _entry(term, text, chapter.indent, width)
        lines.append(Content(""))
    if not lines:
        return Content.styled(f"Nothing here says {wanted.strip()!r}.", "$notice")
    return Content("\n").join(lines)


def _entry(term: str, text: str, indent: int, width: int) -> list[Content]:
    """A term with its text beside it, or under it where the term is long."""
    if not term:
        return [Content(row) for row in wrapped(text, width)]
    rows = wrapped(text, max(20, width - indent))
    lines = []
    if len(term) > indent - 2:
        lines.append(Content.styled(term, "$strong"))
        term = ""
    for number, row in enumerate(rows):
        head = term if number == 0 else ""
        lines.append(Content.assemble((f"{head:<{indent}}", "$strong"), row))
    return lines
