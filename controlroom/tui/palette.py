"""The command palette: every verb, for what is selected, and every word of the screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import attrs
from textual.command import DiscoveryHit, Hit, Hits, Provider

from controlroom.tui.keys import Keyed, display, keyed
from controlroom.tui.replay_keys import STOPS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from controlroom.tui.screens.control_room import ControlRoomScreen
    from controlroom.tui.screens.replay import ReplayScreen

_MEANT: Final = 100.0
"""Above what Textual gives to the best of other matches."""

_KEPT: Final = {"mail": "go.feed", "accept": "alarm.accept"}
"""Verbs whose key is one of the screen's."""


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
            if entry.title.casefold().startswith(query.strip().casefold()):
                # Whoever types the beginning of a verb means that verb.
                score += _MEANT
            if score > 0:
                yield Hit(score, matcher.highlight(entry.title), entry.run, help=entry.help)


class VerbProvider(_Entries):
    """Gives what can be given; what needs more words goes to the prompt to be finished."""

    def _entries(self) -> Iterator[Entry]:
        screen: ControlRoomScreen = self.screen  # type: ignore[assignment]
        keys = {
            active.binding.id: display(active.binding.key)
            for active in screen.active_bindings.values()
        }
        for command in screen.commands:
            key = keys.get(f"verb.{command.verb}") or keys.get(_KEPT.get(command.verb))
            said = f"{key}   {command.summary}" if key else command.summary
            what = keyed(command, screen.chosen)
            if what.refusal:
                yield Entry(command.verb, said, partial(screen.say, what.refusal))
                continue
            title = what.text if what.cursor is None else command.usage()
            yield Entry(title, said, partial(screen.carry_out, what))
        for word in screen.words:
            what = Keyed(f"{word.word} ", len(word.word) + 1, asks=word.usage)
            run = (
                partial(screen.carry_out, what)
                if word.choices
                else partial(screen.submit, word.word)
            )
            yield Entry(word.usage, word.summary, run)


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
