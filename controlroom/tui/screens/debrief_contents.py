"""The list of a debrief's sections: which is shown, which are there, which are still coming."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.events import Click

SHORT: Final = {
    "journal": "What the journal says",
    "story": "What happened",
    "times": "The times of this run",
    "phases": "The money by phase",
    "money": "Where the money stood",
    "cues": "What could have been known",
    "alarms": "The messages",
    "worth": "What each action was worth",
    "earlier": "Minutes earlier",
    "safeguards": "With that control",
    "par": "Beside others",
    "ladder": "What happened when",
    "luck": "Luck or judgement",
}
"""The sections' names in few words."""


class Contents(Widget):
    """One line a section. A click goes there."""

    ALLOW_SELECT = False

    class Wanted(Message):
        """A section was clicked.

        Attributes:
            name: its id.
        """

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, *, plain: bool, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._plain = plain
        self._names: tuple[str, ...] = ()
        self._ready: frozenset[str] = frozenset()
        self._shown = ""

    def show(self, names: Sequence[str], ready: Sequence[str], shown: str) -> None:
        """List these sections.

        Args:
            names: ids, in order.
            ready: ids of those that are there.
            shown: id of the one that is read.
        """
        self._names, self._ready, self._shown = tuple(names), frozenset(ready), shown
        self.refresh()

    def render(self) -> Content:
        lines = []
        for number, name in enumerate(self._names, 1):
            here = name == self._shown
            there = name in self._ready
            sign = (">" if self._plain else "❯") if here else " "
            wait = "" if there else " ..." if self._plain else " …"
            style = "$strong bold" if here else "$foreground" if there else "$muted"
            line = Content.assemble(
                (f"{sign} ", "$info bold"), (f"{number:>2} ", "$muted"), (SHORT[name] + wait, style)
            )
            lines.append(line.stylize(Style.from_meta({"section": name})))
        return Content("\n").join(lines)

    def on_click(self, event: Click) -> None:
        name = event.style.meta.get("section")
        if isinstance(name, str):
            self.post_message(self.Wanted(name))
