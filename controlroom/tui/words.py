"""Words typed at the prompt that mean the screen and not the world: they are in no journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.commands import COMMANDS, Command, Completion, complete, usage_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.start import Scenario


@attrs.frozen
class ScreenWord:
    """A word that the screen answers itself.

    Attributes:
        word: what is typed.
        usage: with what may follow.
        summary: one line for help, palette and completion.
        aliases: other words for the same.
        choices: what may follow, where that is a short list.
    """

    word: str
    usage: str
    summary: str
    aliases: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()


_SPEEDS: Final = ("1/4", "1/2", "1", "2", "5", "10", "30", "60")

SPEED: Final = ScreenWord(
    "speed", f"speed {'|'.join(_SPEEDS)}", "how fast the clock goes", choices=_SPEEDS
)

WORDS: Final = (
    ScreenWord("next", "next", "run to the next thing that needs you"),
    ScreenWord("pause", "pause", "stop the clock"),
    ScreenWord("go", "go", "let the clock go on", ("resume", "unpause")),
    SPEED,
    ScreenWord("takeover", "takeover [HH:MM:SS]", "begin a new run now, or at an earlier moment",
               ("fork", "back")),
    ScreenWord("original", "original", "back to the run that this one was taken over from"),
    ScreenWord("zoom", "zoom", "give the pane with the focus the whole room, or take it back"),
    ScreenWord("help", "help [VERB]", "what the keys and the commands do", ("?",)),
    ScreenWord("quit", "quit", "leave; the run can be resumed", ("exit", "q")),
)  # fmt: skip
"""In the order in which help shows them."""

COACH_WORDS: Final = (
    ScreenWord("skip", "skip", "pass over what the coach teaches now"),
    ScreenWord("again", "again", "hear the coach's lesson again"),
)
"""Besides, in a scenario that teaches."""


def screen_word(text: str, words: Sequence[ScreenWord] = WORDS) -> tuple[ScreenWord, str] | None:
    """The screen's word that a line begins with, and what follows it; None for a command."""
    first, _, rest = text.strip().partition(" ")
    wanted = first.casefold()
    word = next((word for word in words if wanted in {word.word, *word.aliases}), None)
    return (word, rest.strip()) if word else None


def completions(
    text: str,
    scenario: Scenario,
    commands: Sequence[type[Command]] = COMMANDS,
    words: Sequence[ScreenWord] = WORDS,
) -> tuple[Completion, ...]:
    """Ways to go on typing: commands of the world, those that may be given, then the screen's."""
    first, space, _ = text.partition(" ")
    own = own_completions(text, words)
    if space and screen_word(first, words):
        return own or complete(text, scenario, commands)
    return (*complete(text, scenario, commands), *own)


def own_completions(text: str, words: Sequence[ScreenWord] = WORDS) -> tuple[Completion, ...]:
    """Ways to go on typing that the screen's own words give."""
    first, space, rest = text.partition(" ")
    if not space:
        return tuple(
            Completion(word.word + (" " if " " in word.usage else ""), word.word, word.summary)
            for word in words
            if word.word.startswith(first.casefold())
        )
    own = screen_word(first, words)
    if own is None:
        return ()
    return tuple(
        Completion(f"{own[0].word} {choice}", choice, "")
        for choice in own[0].choices
        if choice.startswith(rest)
    )


def usage(text: str, words: Sequence[ScreenWord] = WORDS) -> str:
    """Usage and summary of the word or verb that is being typed, or empty."""
    own = screen_word(text, words)
    if own is not None:
        return f"{own[0].usage}   {own[0].summary}"
    return usage_of(text)
