"""How the command line is drawn: what is typed, the question, the invitation to type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.tui.lines import Span, cut, ending, plain, width_of
from controlroom.tui.look import Glyphs, Role

if TYPE_CHECKING:
    from controlroom.tui.editor import LineEditor

_HINT_ROOM: Final = 17
"""Cells below which a hint says too little to be worth showing."""


def question_line(question: str, width: int, glyphs: Glyphs) -> list[Span]:
    """What is asked, and the two keys that answer it."""
    keys = (Span("  y", Role.KEY), Span(" yes  ", Role.TEXT), Span("N", Role.KEY),
            Span(" no ", Role.TEXT))  # fmt: skip
    asked = cut(plain(question), width - 3 - 14)
    return [Span(f" {glyphs.notice} ", Role.NOTICE), Span(asked, Role.NOTICE), *keys]


def invitation_line(invitation: str, glyphs: Glyphs) -> list[Span]:
    """Which key leads to the prompt, while nothing is typed."""
    return [Span(f" {glyphs.prompt} ", Role.MUTED), Span("press ", Role.MUTED),
            Span(":", Role.KEY), Span(f" {invitation}", Role.MUTED)]  # fmt: skip


def aside_line(editor: LineEditor, width: int, glyphs: Glyphs) -> list[Span]:
    """What is typed, while something else has the focus."""
    typed = cut(plain(editor.text), width - 4)
    return [Span(f" {glyphs.prompt} ", Role.MUTED), Span(typed, Role.MUTED)]


def typed_line(editor: LineEditor, ghost: str, hint: str, width: int, glyphs: Glyphs) -> list[Span]:
    """The text around the cursor, as much as there is room for, and a hint in what is left.

    Args:
        editor: what is typed, and where the cursor stands.
        ghost: the rest of the best way to go on, or empty.
        hint: usage of the verb, or empty.
        width: cells.
        glyphs: the signs in use.
    """
    text, cursor = editor.text, editor.cursor
    before = ending(plain(text[:cursor]), width - 5, glyphs.ellipsis)
    spans = [Span(f" {glyphs.prompt} ", Role.INFO), Span(before, Role.STRONG)]
    if ghost:
        spans += [Span(ghost[0], Role.CURSOR), Span(ghost[1:], Role.GHOST)]
    else:
        at, after = plain(text[cursor : cursor + 1]), plain(text[cursor + 1 :])
        spans += [Span(at or " ", Role.CURSOR), Span(after, Role.STRONG)]
    left = width - sum(width_of(span.text) for span in spans) - 4
    if hint and left >= _HINT_ROOM:
        spans += [Span("   "), Span(cut(hint, left), Role.MUTED)]
    return spans
