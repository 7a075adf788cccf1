"""Words typed at the prompt that mean the screen and not the world: they are in no journal."""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.sim.commands import Completion, complete, usage_of


@attrs.frozen
class ScreenWord:
    """A word that the screen answers itself.

    Attributes:
        word: what is typed.
        usage: with what may follow.
        summary: one line for help, palette and completion.
        aliases: other words for the same.
    """

    word: str
    usage: str
    summary: str
    aliases: tuple[str, ...] = ()


WORDS: Final = (
    ScreenWord("next", "next", "run to the next thing that needs you"),
    ScreenWord("pause", "pause", "stop the clock"),
    ScreenWord("go", "go", "let the clock go on", ("resume", "unpause")),
    ScreenWord("speed", "speed 1/4|1/2|1|2|5|10|30|60", "how fast the clock goes"),
    ScreenWord("zoom", "zoom", "give the pane with the focus the whole room, or take it back"),
    ScreenWord("help", "help [VERB]", "what the keys and the commands do", ("?",)),
    ScreenWord("quit", "quit", "leave; the run can be resumed", ("exit", "q", ":q")),
)
"""In the order in which help shows them."""

_SPEEDS: Final = ("1/4", "1/2", "1", "2", "5", "10", "30", "60")

_BY_WORD: Final = {name: word for word in WORDS for name in (word.word, *word.aliases)}


def screen_word(text: str) -> tuple[ScreenWord, str] | None:
    """The screen's word that a line begins with, and what follows it; None for a command."""
    first, _, rest = text.strip().partition(" ")
    word = _BY_WORD.get(first.casefold())
    return (word, rest.strip()) if word else None


def completions(text: str, scenario: object) -> tuple[Completion, ...]:
    """Ways to go on typing: the world's commands first, then the screen's words."""
    found = complete(text, scenario)  # type: ignore[arg-type]
    first, space, rest = text.partition(" ")
    if not space:
        own = tuple(
            Completion(word.word + (" " if " " in word.usage else ""), word.word, word.summary)
            for word in WORDS
            if word.word.startswith(first.casefold())
        )
        return (*found, *own)
    if first.casefold() == "speed":
        return tuple(
            Completion(f"speed {speed}", speed, "") for speed in _SPEEDS if speed.startswith(rest)
        )
    return found


def usage(text: str) -> str:
    """Usage and summary of the word or verb that is being typed, or empty."""
    own = screen_word(text)
    if own is not None:
        return f"{own[0].usage}   {own[0].summary}"
    return usage_of(text)
