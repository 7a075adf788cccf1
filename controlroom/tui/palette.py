"""The command palette: every verb, for what is selected, and every word of the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import attrs
from textual.command import DiscoveryHit, Hit, Hits, Provider

from controlroom.tui.keys import keyed
from controlroom.tui.replay_keys import STOPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from controlroom.tui.screens.control_room import ControlRoomScreen
    from controlroom.tui.screens.replay import ReplayScreen


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


class _Entries(Provider):
    """Lists and searches what its screen can do."""

    def _entries(self) -> Iterator[Entry]:
        raise NotImplementedError

    async def discover(self) -> Hits:
        for entry in self._entries():
            yield DiscoveryHit(entry.title, entry.run, help=entry.help)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for entry in self._entries():
            score = max(matcher.match(entry.title), matcher.match(entry.help) * 0.6)
            if score > 0:
                yield Hit(score, matcher.highlight(entry.title), entry.run, help=entry.help)


class VerbProvider(_Entries):
    """Gives what can be given; what needs more words goes to the prompt to be finished."""

    def _entries(self) -> Iterator[Entry]:
        screen: ControlRoomScreen = self.screen  # type: ignore[assignment]
        for command in screen.commands:
            what = keyed(command, screen.chosen)
            if what.refusal:
                yield Entry(command.verb, command.summary, partial(screen.say, what.refusal))
                continue
            title = what.text if what.cursor is None else command.usage()
            yield Entry(title, command.summary, partial(screen.carry_out, what))
        for word in screen.words:
            yield Entry(word.usage, word.summary, partial(screen.submit, word.word))


class ReplayProvider(_Entries):
    """Every way to move in a recording, to look at it and to leave it."""

    def _entries(self) -> Iterator[Entry]:
        screen: ReplayScreen = self.screen  # type: ignore[assignment]
        for word in screen.words:
            yield Entry(word.usage, word.summary, partial(screen.submit, word.word))
        for way in ("next", "previous"):
            for kind in STOPS:
                said = f"{way} {kind}"
                yield Entry(said, f"go to the {said}", partial(screen.submit, said))
        for seat in screen.replay.seats:
            yield Entry(f"seat {seat}", f"the screen of {seat}", partial(screen.show_seat, seat))
