"""The command palette: every verb, for what is selected, and every word of the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import attrs
from textual.command import DiscoveryHit, Hit, Hits, Provider

from controlroom.sim.commands import COMMANDS
from controlroom.tui.keys import keyed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from controlroom.tui.screens.control_room import ControlRoomScreen


@attrs.frozen
class Entry:
    """One line of the palette.

    Attributes:
        title: what is searched and shown.
        help: under it.
        run: what choosing it does.
    """

    title: str
    help: str
    run: Callable[[], object]


class VerbProvider(Provider):
    """Gives what can be given; what needs more words goes to the prompt to be finished."""

    def _entries(self) -> Iterator[Entry]:
        screen: ControlRoomScreen = self.screen  # type: ignore[assignment]
        for command in COMMANDS:
            what = keyed(command, screen.chosen)
            if what.refusal:
                yield Entry(command.verb, command.summary, partial(screen.say, what.refusal))
                continue
            title = what.text if what.cursor is None else command.usage()
            yield Entry(title, command.summary, partial(screen.carry_out, what))
        for word in screen.words:
            yield Entry(word.usage, word.summary, partial(screen.submit, word.word))

    async def discover(self) -> Hits:
        for entry in self._entries():
            yield DiscoveryHit(entry.title, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for entry in self._entries():
            score = max(matcher.match(entry.title), matcher.match(entry.help) * 0.6)
            if score > 0:
                yield Hit(score, matcher.highlight(entry.title), entry.run, help=entry.help)
