"""What the debrief asks: which moment to see again, and where to write the page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from controlroom.debrief.pages import FORMATS, write
from controlroom.debrief.pages.blocks import Ladder, Section, Table
from controlroom.runs.errors import RunError
from controlroom.runs.files import check_free, write_whole
from controlroom.tui.lines import cut
from controlroom.tui.screens.debrief_table import title_column
from controlroom.tui.screens.keyline import KeyLine
from controlroom.tui.screens.picker import Picker

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.debrief.whole import Debrief

WIDE: Final = 68


class Moment(NamedTuple):
    """A moment that can be seen again.

    Attributes:
        step: when.
        clock: the same as a time of day.
        text: what happened.
    """

    step: int
    clock: str
    text: str


def moments_of(section: Section) -> tuple[Moment, ...]:
    """The moments of the run that a section names, in order."""
    found: list[Moment] = []
    for block in section.blocks:
        if isinstance(block, Ladder):
            found += [
                Moment(rung.step, rung.clock, f"{rung.whose}: {rung.text}") for rung in block.rungs
            ]
        elif isinstance(block, Table):
            title = title_column(block)
            for row in block.rows:
                said = row[title].text
                for place, cell in enumerate(row):
                    if cell.step is not None:
                        head = block.head[place]
                        text = said if head in {"", "time", "from"} else f"{head}: {said}"
                        found.append(Moment(cell.step, cell.text[:8], text))
    return tuple(sorted(dict.fromkeys(found)))


class MomentsScreen(ModalScreen[int]):
    """Chooses a moment; answers its step."""

    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = "#moments"

    BINDINGS = [
        Binding("enter", "choose", "see it again"),
        Binding("escape,r,ctrl+c", "dismiss", "back"),
    ]

    def __init__(self, moments: tuple[Moment, ...], *, plain: bool) -> None:
        super().__init__()
        self._moments = moments
        self._sign = ">" if plain else "❯"

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Static("Replay from which moment?", id="what")
            options = (
                Option(Content.assemble((f"{item.clock}  ", "$muted"), cut(item.text, WIDE - 12)))
                for item in self._moments
            )
            yield Picker(*options, id="moments", sign=self._sign)
        yield KeyLine()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._moments[event.option_index].step)

    def action_choose(self) -> None:
        at = self.query_one(Picker).highlighted
        if at is not None:
            self.dismiss(self._moments[at].step)


class SaveScreen(ModalScreen[str]):
    """Writes the page to a file; answers its name."""

    CSS_PATH = "debrief.tcss"
    AUTO_FOCUS = "Input"

    BINDINGS = [
        Binding("escape,ctrl+c", "dismiss", "back"),
        Binding("tab", "next_form", "another form", priority=True),
    ]

    def __init__(self, found: Debrief) -> None:
        super().__init__()
        self._found = found

    def compose(self) -> ComposeResult:
        with Vertical(id="frame"):
            yield Static("Write the debrief where?", id="what")
            yield Static(
                "The ending says what: .html for a browser and paper, .md for a wiki or a ticket, "
                ".json for programs. Enter writes it; tab goes through the endings.",
                id="hint",
                markup=False,
            )
            stem = Path(self._found.name).stem.replace(" ", "-") or "run"
            yield Input(f"{stem}-debrief.html", compact=True)
            yield Static("", id="error", markup=False)
        yield KeyLine()

    def on_mount(self) -> None:
        self.query_one(Input).cursor_position = len(self.query_one(Input).value)

    def action_next_form(self) -> None:
        """The next of the endings that there are."""
        field = self.query_one(Input)
        path = Path(field.value or "debrief.html")
        endings = ["html", "md", "json"]
        here = path.suffix.lstrip(".").lower()
        after = endings[(endings.index(here) + 1) % len(endings)] if here in endings else "html"
        field.value = str(path.with_suffix(f".{after}"))
        field.cursor_position = len(field.value)

    @on(Input.Submitted)
    def _write(self, event: Input.Submitted) -> None:
        path = Path(event.value.strip()).expanduser()
        form = {"htm": "html", "markdown": "md"}.get(
            path.suffix.lower().lstrip("."), path.suffix.lower().lstrip(".")
        )
        if form not in FORMATS:
            self._say("Name a file that ends in .html, .md or .json.")
            return
        try:
            check_free(path)
            write_whole(path, write(self._found, form))
        except RunError as error:
            self._say(str(error))
            return
        self.dismiss(str(path))

    def _say(self, text: str) -> None:
        self.query_one("#error", Static).update(text)
