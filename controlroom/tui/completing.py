"""What a line could become at its cursor, and which of that the tab key has put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from controlroom.sim.commands import Completion
    from controlroom.tui.editor import LineEditor


class Completing:
    """Goes on with the word before the cursor; what stands behind the cursor stays.

    Attributes:
        options: ways to go on, best first.
        picked: which of these the tab key has put in, -1 for none.
    """

    def __init__(
        self, editor: LineEditor, complete: Callable[[str], tuple[Completion, ...]]
    ) -> None:
        self.options: tuple[Completion, ...] = ()
        self.picked = -1
        self._editor = editor
        self._complete = complete

    @property
    def _head(self) -> str:
        return self._editor.text[: self._editor.cursor]

    @property
    def _tail(self) -> str:
        return self._editor.text[self._editor.cursor :]

    def offer(self) -> None:
        """Look what the word before the cursor could become; nothing in the middle of a word."""
        head, tail = self._head, self._tail
        between = not tail or tail[0].isspace()
        self.options = self._complete(head) if head.strip() and between else ()
        self.picked = -1
        if len(self.options) == 1 and self.options[0].text.strip() == head.strip():
            self.options = ()

    def nothing(self) -> None:
        """Offer nothing until something is typed."""
        self.options, self.picked = (), -1

    def ghost(self) -> str:
        """The rest of the best way to go on, at the end of the line."""
        head = self._head
        if not head or self._tail:
            return ""
        for option in self.options:
            if option.text.casefold().startswith(head.casefold()):
                return option.text[len(head) :].rstrip()
        return ""

    def take(self) -> None:
        """Take what `ghost` shows."""
        size, ghost = len(self._head), self.ghost()
        best = next(option for option in self.options if option.text[size:].rstrip() == ghost)
        self._put(best.text)
        self.offer()

    def turn(self, by: int) -> None:
        """Put in what all ways share, else the next of them, or the one before."""
        if len(self.options) == 1:
            text = self.options[0].text.rstrip()
            self._put(text if self._tail else f"{text} ")
            self.offer()
            return
        shared = _shared([option.text for option in self.options])
        if self.picked < 0 and by > 0 and len(shared) > len(self._head):
            self._put(shared)
            self.offer()
            return
        count = len(self.options)
        first = 0 if by > 0 else count - 1
        self.picked = (self.picked + by) % count if self.picked >= 0 else first
        self._put(self.options[self.picked].text.rstrip())

    def _put(self, head: str) -> None:
        self._editor.set(head + self._tail, len(head))


def _shared(texts: list[str]) -> str:
    """The longest beginning that all texts have, without regard to case."""
    first, last = min(texts, key=str.casefold), max(texts, key=str.casefold)
    size = 0
    for a, b in zip(first.casefold(), last.casefold(), strict=False):
        if a != b:
            break
        size += 1
    return first[:size]
