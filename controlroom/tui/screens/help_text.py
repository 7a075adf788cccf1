"""What help says, as data: chapters of terms with their texts.

Verbs and keys are read from where they are declared, so a new command is in help by being one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import attrs

from controlroom.sim.commands import COMMANDS, Command, Group, verb_of
from controlroom.tui.glossary import GLOSSARY
from controlroom.tui.keys import SCREEN_KEYS, display
from controlroom.tui.words import WORDS, screen_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import Binding

    from controlroom.tui.words import ScreenWord

Entry = tuple[str, str]

GROUPS: Final = {
    Group.LOOK: "LOOK",
    Group.ACT: "ACT",
    Group.PEOPLE: "PEOPLE",
    Group.ALERTS: "ALERTS",
    Group.POSITIONS: "POSITIONS",
    Group.NOTES: "NOTES",
}


class Pane(NamedTuple):
    """What help says of a pane."""

    title: str
    text: str


PANES: Final = {
    "server": Pane(
        "A SERVER",
        "What its instruments measure: child orders a second with the last minute's trace, parents "
        "in work and completed, child orders for each parent received, refusals, orders that "
        "wait. Its build and its fills are unknown until somebody looks. The digits select a "
        "server, the same digit again gives it the whole room.",
    ),
    "week": Pane(
        "THE WEEK",
        "The evenings before the day, on which the release goes out. What a ticket says and what "
        "was seen on a server are two columns, since they are two things. Digits, arrows and "
        "clicks choose a server; `deploy`, `look`, `compare`, `review`, `procedure`, `test` and "
        "`remove` take minutes of an evening, `tomorrow` ends one, `bell` lets the day begin.",
    ),
    "alerts": Pane(
        "THE FEED",
        "Mails, calls and alarms, newest first. Arrows choose, enter opens or takes a call, `ack` "
        "acknowledges, `shelve` puts away for a time, `group on` puts equal ones together, "
        "`search` looks for words, and `alarm on` turns a kind of mail into an alarm. On the "
        "modern console its alarms stand above: 1 is high, 3 low; for the first of them what to "
        "do, what usually brings it and what happens else. `A` accepts it, `alarms` says it all.",
    ),
    "money": Pane(
        "PROFIT AND LOSS",
        "The large figure is what it would come to if everything were sold now. `fair` leaves out "
        "the cost of selling, `marked` believes the last prices, which your own orders hold up; "
        "PMON is what the risk screen shows, late under load.",
    ),
    "answers": Pane("ANSWERS", "What was asked and what came of it, newest at the bottom."),
    "coach": Pane(
        "THE COACH",
        "In a first shift it says what to try, notices what was done, and goes on by itself. `e` "
        "or `skip` passes over a lesson, `w` or `again` says it again. It never holds you up, and "
        "what you do before its turn counts.",
    ),
    "work": Pane("IN PROGRESS", "What takes time and is under way: looks, deployments, calls."),
    "prompt": Pane(
        "THE PROMPT",
        "Type a command; tab completes, up and down go through what was typed before, also in "
        "other runs, the right arrow takes the suggestion. Escape goes back to the panes; what was "
        "typed and not given is one up. The key at the left of a verb below gives it without the "
        "prompt: for what is selected, or it asks here for what is missing.",
    ),
}
"""What help says of the pane with the focus."""

KEYS: Final[tuple[tuple[tuple[str, ...], str], ...]] = (
    (("go.next_pane", "go.previous_pane"), "the next pane, the one before; arrows move within"),
    (("clock.pause",), "stop the clock, or let it go on"),
    (("clock.faster", "clock.slower"), "how fast the clock goes"),
    (("clock.next",), "run to the next thing that needs you"),
    (("go.feed",), "to the messages"),
    (("go.answers",), "to the answers"),
    (("alarm.accept",), "accept the first alarm of the modern console"),
    (("go.prompt",), "to the prompt; a letter that is no key begins a command as well"),
    (("go.zoom",), "give the pane with the focus the whole room, or take it back"),
    (("go.back",), "one thing back: out of the prompt, a search, a zoomed pane"),
    (("run.takeover",), "begin a new run at this moment; the one before is kept"),
    (("text.copy",), "copy what the mouse has selected, or else the pane"),
    (("text.copy_selected",), "copy what the mouse has selected; at the prompt, clear the line"),
    (("app.help",), "this page, with what has the focus first"),
)
"""Ids of keys with what they do; verbs name their own key below."""

VERB_KEYS_SAID: Final[Entry] = (
    "letters",
    "give the verb that they stand before, for what is selected; what is missing is asked for",
)

DIGITS: Final[tuple[Entry, ...]] = (
    ("1 to 9", "select a server; again gives it the room"),
    VERB_KEYS_SAID,
)

ANYWHERE: Final[tuple[Entry, ...]] = (
    ("arrows", "from pane to pane, up and down the messages and the answers; enter opens"),
    ("^p", "the command palette: everything that can be done, by name"),
    ("^q", "quit; a run is kept and can be resumed"),
    ("^r", "record the session as a film, or end that"),
    ("^z", "suspend; `fg` comes back"),
    ("mouse", "everything can be clicked; dragging selects text, ^c copies it"),
)


@attrs.frozen
class Chapter:
    """A titled list of terms with their texts.

    Attributes:
        title: in capitals.
        entries: term and text; a text without a term stands for itself.
        indent: where the texts begin.
    """

    title: str
    entries: tuple[Entry, ...]
    indent: int = 18


def chapters(
    topic: str,
    about: str,
    commands: Sequence[type[Command]] = COMMANDS,
    words: Sequence[ScreenWord] = WORDS,
) -> tuple[Chapter, ...]:
    """All of help, with what was asked for first.

    Args:
        topic: a verb, a pane of `PANES`, or empty.
        about: what the screen says of itself, or empty.
        commands: what can be given there.
        words: what the screen answers itself.
    """
    first = [chapter for chapter in (of_topic(topic), _of_screen(about)) if chapter is not None]
    verbs = _of_verbs(commands)
    return (*first, _of_keys(), *verbs, _of_words(words), Chapter("WORDS", GLOSSARY))


def of_topic(topic: str) -> Chapter | None:
    """What was asked for: a pane of `PANES` or a verb; None where it was nothing."""
    if topic in PANES:
        return Chapter(PANES[topic].title, (("", PANES[topic].text),))
    command = verb_of(topic) if topic.strip() else None
    if command is not None:
        return Chapter(command.verb.upper(), _details(command), 34)
    own = screen_word(topic)
    if own is not None:
        return Chapter(own[0].word.upper(), ((own[0].usage, own[0].summary),), 34)
    if not topic:
        return None
    return Chapter("ALL OF IT", (("", f"There is no command {topic[:40]!r}; these there are."),))


def _details(command: type[Command]) -> tuple[Entry, ...]:
    said = [(command.usage(), command.summary)]
    if command.aliases:
        said.append(("also", ", ".join(command.aliases)))
    if command.key:
        said.append(("key", f"{display(command.key)}, for what is selected"))
    if command.asks:
        said.append(("asks", "once on the screen before it is given"))
    if command.phone:
        said.append(("telephone", "one call at a time"))
    return tuple(said)


def _of_screen(about: str) -> Chapter | None:
    return Chapter("THIS SCREEN", (("", about),)) if about else None


def _of_keys() -> Chapter:
    keys = {binding.id: binding for binding in SCREEN_KEYS}
    entries = [
        ("  ".join(shown for id_ in ids for shown in written(keys[id_])), text)
        for ids, text in KEYS
        if all(id_ in keys for id_ in ids)
    ]
    return Chapter("KEYS", (*DIGITS, *entries, *ANYWHERE))


def written(binding: Binding) -> tuple[str, ...]:
    """The keys of a binding as they are pressed."""
    first, *others = binding.key.split(",")
    # A second key of the same sign, such as = for +, is for those who need not shift.
    more = [display(key) for key in others if key != "equals_sign"]
    return (binding.key_display or display(first), *more)


def _of_verbs(commands: Sequence[type[Command]]) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(
            title, tuple(verb_entry(command) for command in commands if command.group is group), 34
        )
        for group, title in GROUPS.items()
    )


def verb_entry(command: type[Command]) -> Entry:
    """A verb behind its key, with what it does."""
    return f"{display(command.key or ''):<3}{command.usage()}", command.summary


def _of_words(words: Sequence[ScreenWord]) -> Chapter:
    return Chapter(
        "THE CLOCK AND THE SCREEN", tuple((word.usage, word.summary) for word in words), 34
    )
