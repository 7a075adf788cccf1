"""What can be switched on before a run: the console, safeguards, and what makes it harder.

Nothing is on at first but what the scenario or the command line has on. What is chosen goes into
the start, and so into the journal; a run with a safeguard is not comparable with history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, NamedTuple

from textual.binding import Binding
from textual.content import Content
from textual.widgets.option_list import Option

from controlroom.scenario.switches import switched
from controlroom.scenario.text import visible
from controlroom.sim.controls import WHERE
from controlroom.sim.start import Console
from controlroom.tui.screens.picker import Picker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from controlroom.sim.start import Scenario

CONSOLES: Final = {
    Console.TRAINER: (
        "this program's own: rates, ratios, the loss to get flat",
        "What one plays on unless something else is chosen. It has no alarms.",
    ),
    Console.AS_WAS: (
        "the firm's: states, counts, mails, no limits",
        (
            "That there were no alerts and no limits is documented (P ¶19, ¶25); how the "
            "screens looked is reconstructed."
        ),
    ),
    Console.MODERN: (
        "rates, ratios, alarms after ISA-18.2",
        "Few alarms by priority, each with cause, consequence and response. Its limits are ours.",
    ),
}
"""Console -> a few words for its row, and a sentence or two for what lies under the list."""


class Switch(NamedTuple):
    """A row of the list.

    Attributes:
        group: what it belongs to.
        id: as people type it.
        source: where it was found missing, or empty.
        title: a few words.
        about: what lies under the list while it is chosen.
    """

    group: str
    id: str
    source: str
    title: str
    about: str


CONSOLE, SAFEGUARDS, DIFFICULTY, STRESSORS = "CONSOLE", "SAFEGUARDS", "DIFFICULTY", "STRESSORS"
ONE_OF: Final = frozenset({CONSOLE, DIFFICULTY})
"""Groups of which one is chosen at a time."""


class Switches:
    """What is on, and the scenario that comes of it.

    Attributes:
        rows: everything that can be switched.
        controls: ids of the safeguards that are on.
        stressors: ids of the stressors that are on.
        console: the console.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self.rows = tuple(_rows(scenario))
        self.controls = {control.id for control in scenario.controls if control.on}
        self.stressors = {stressor.id for stressor in scenario.stressors if stressor.on}
        self.console = scenario.console
        self._levels = {level.id: set(level.stressors) for level in scenario.difficulties}

    def is_on(self, row: Switch) -> bool:
        """Whether a row is chosen."""
        if row.group == CONSOLE:
            return self.console == row.id
        if row.group == DIFFICULTY:
            return self.stressors == self._levels[row.id]
        return row.id in (self.controls if row.group == SAFEGUARDS else self.stressors)

    def turn(self, row: Switch) -> None:
        """Switch a row on, or off where it is on and may be."""
        if row.group == CONSOLE:
            self.console = Console(row.id)
        elif row.group == DIFFICULTY:
            self.stressors = set(self._levels[row.id])
        else:
            chosen = self.controls if row.group == SAFEGUARDS else self.stressors
            chosen ^= {row.id}

    @property
    def changed(self) -> bool:
        """Whether it is another start than the one that was given."""
        scenario = self._scenario
        controls = {control.id for control in scenario.controls if control.on}
        stressors = {stressor.id for stressor in scenario.stressors if stressor.on}
        before = (controls, stressors, scenario.console)
        return before != (self.controls, self.stressors, self.console)

    def scenario(self) -> Scenario:
        """The start that was chosen."""
        if not self.changed:
            return self._scenario
        base = self._scenario.written or self._scenario
        return switched(base, self.controls, self.stressors, self.console)

    def said(self) -> tuple[str, str]:
        """What is on, in a line, and what that means; both empty where nothing is."""
        on = [row.id for row in self.rows if row.group not in ONE_OF and self.is_on(row)]
        parts = [*on]
        if self.console is not Console.TRAINER:
            parts.append(f"{self.console.value} console")
        return ", ".join(parts), "not comparable with history" if on else ""


def _rows(scenario: Scenario) -> Iterator[Switch]:
    for console, (title, about) in CONSOLES.items():
        yield Switch(CONSOLE, console.value, "", title, about)
    for control in scenario.controls:
        about = f"{visible(control.title)} ({visible(control.source)}). {WHERE[control.id]}"
        yield Switch(SAFEGUARDS, control.id, control.source, control.title, about)
    for level in scenario.difficulties:
        listed = ", ".join(level.stressors) or "none"
        yield Switch(DIFFICULTY, level.id, "", level.title, f"Switches on: {listed}.")
    for stressor in scenario.stressors:
        about = "Makes it harder and takes nothing away that could be found out."
        yield Switch(STRESSORS, stressor.id, "", stressor.title, about)


class SwitchList(Picker):
    """The rows with a mark each; space or a click turns the one that is chosen."""

    DEFAULT_CSS = """
    SwitchList {
        border: none;
        padding: 0;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $muted; text-style: bold; }
    }
    """

    # Enter begins the run, here as everywhere on the briefing.
    BINDINGS = [Binding("space", "select", "switch", show=False)]
    ALLOW_SELECT = False
    ALWAYS_SIGNED = False
    COLUMN: ClassVar[int] = 20

    def __init__(self, switches: Switches, *, sign: str) -> None:
        super().__init__(id="list", sign=sign)
        self._switches = switches
        self._places: list[int] = []
        self._fill()

    @property
    def chosen(self) -> Switch | None:
        """The row that the keys act on."""
        if self.highlighted is None:
            return None
        name = self.get_option_at_index(self.highlighted).id or ""
        return self._named(name)

    def turn(self, name: str) -> None:
        """Turn a row by the id of its option."""
        row = self._named(name)
        if row is not None:
            self._switches.turn(row)
            for index, other in zip(self._places, self._switches.rows, strict=True):
                self.replace_option_prompt_at_index(index, self._prompt(other))

    def _named(self, name: str) -> Switch | None:
        return next((row for row in self._switches.rows if _key(row) == name), None)

    def _fill(self) -> None:
        group, options = "", []
        for row in self._switches.rows:
            if row.group != group:
                group = row.group
                options.append(Option(Content(group), disabled=True))
            self._places.append(len(options))
            options.append(Option(self._prompt(row), id=_key(row)))
        self.add_options(options)
        self.highlighted = self._places[0]

    def _prompt(self, row: Switch) -> Content:
        on = self._switches.is_on(row)
        sign = ("(o)" if on else "( )") if row.group in ONE_OF else ("[x]" if on else "[ ]")
        width = max(len(other.source) for other in self._switches.rows)
        source = f"{row.source:<{width + 2}}" if row.source else ""
        return Content.assemble(
            (f"{sign} ", "$good bold" if on else "$muted"),
            (f"{row.id:<{self.COLUMN}}", "$strong" if on else ""),
            (visible(source), "$muted"),
            visible(row.title),
        )


def _key(row: Switch) -> str:
    return f"{row.group}-{row.id}".lower().replace(".", "_")
