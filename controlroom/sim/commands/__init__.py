"""Every command there is. Adding one is a class here; everything else reads this list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from controlroom.sim.command import Command, Group, Kind, Slot
from controlroom.sim.commands import (
    alarms,
    book,
    builds,
    carried,
    direct,
    evenings,
    faults,
    feed,
    injects,
    look,
    mail,
    practice,
    processes,
    record,
    room,
    sessions,
    settings,
    talk,
    upstream,
)
from controlroom.sim.commands.completion import (
    Completion,
    verbs_that_begin,
    words_that_go_on,
)
from controlroom.sim.commands.grammar import (
    MAX_TEXT,
    QUOTES,
    CommandError,
    nearest,
    quoted,
    read_words,
)
from controlroom.sim.seats import Seat
from controlroom.sim.start import Scenario

__all__ = [
    "COACH_COMMANDS",
    "COMMANDS",
    "DRILL_COMMANDS",
    "EVERY_COMMAND",
    "WEEK_COMMANDS",
    "Command",
    "CommandError",
    "Completion",
    "Group",
    "Kind",
    "Slot",
    "commands_of",
    "complete",
    "parse",
    "usage_of",
    "verb_of",
]

COMMANDS: Final[tuple[type[Command], ...]] = (
    mail.Mail,
    look.Log,
    look.Look,
    look.Compare,
    settings.Config,
    look.Pmon,
    look.Positions,
    look.Account,
    look.Tape,
    builds.Deploy,
    builds.Uninstall,
    settings.Reload,
    upstream.Flag,
    processes.Drain,
    processes.Stop,
    processes.Start,
    processes.Kill,
    sessions.Cancel,
    sessions.Disconnect,
    sessions.Connect,
    upstream.Refuse,
    upstream.Reroute,
    upstream.Limit,
    talk.Call,
    talk.Declare,
    talk.Escalate,
    talk.Notify,
    feed.Ack,
    feed.Shelve,
    feed.GroupEqual,
    feed.Search,
    feed.Alarm,
    alarms.Alarms,
    alarms.Accept,
    book.Cancellations,
    book.Pare,
    book.Hedge,
    book.Sell,
    book.Handover,
    record.Note,
    record.Suspect,
    record.Hint,
)
"""What somebody who plays alone can do, in the order in which help shows it."""

DRILL_COMMANDS: Final[tuple[type[Command], ...]] = (
    room.Tell,
    room.Copy,
    room.Card,
    room.Reply,
    room.TimeOut,
    direct.BeginDrill,
    direct.Join,
    direct.Leave,
    direct.Freeze,
    direct.Go,
    injects.Fire,
    injects.Hold,
    injects.Release,
    injects.Skip,
    injects.Edit,
    faults.Fault,
    faults.Repair,
    direct.Voice,
    direct.Coach,
    direct.AskProbe,
    direct.Enough,
    carried.Carry,
    carried.Kept,
    direct.End,
)
"""What there is besides in a drill: between seats, and the facilitator's."""

COACH_COMMANDS: Final[tuple[type[Command], ...]] = (practice.Lesson,)
"""What there is besides where a coach teaches."""

WEEK_COMMANDS: Final[tuple[type[Command], ...]] = (
    evenings.Review,
    evenings.Procedure,
    evenings.Remove,
    evenings.Test,
    evenings.Tomorrow,
    evenings.Bell,
)
"""What there is besides in the evenings before a day."""

EVERY_COMMAND: Final = (*COMMANDS, *DRILL_COMMANDS, *COACH_COMMANDS, *WEEK_COMMANDS)
"""All of them; a journal may hold any, and the world says who may give which."""

_BY_VERB: Final = {
    word: command for command in EVERY_COMMAND for word in (command.verb, *command.aliases)
}


def commands_of(seat: Seat) -> tuple[type[Command], ...]:
    """What a seat may do, in the order in which help shows it."""
    return tuple(command for command in EVERY_COMMAND if command.verb in seat.verbs)


def verb_of(text: str) -> type[Command] | None:
    """The command whose verb or alias begins the text, or None."""
    first = text.split(maxsplit=1)
    return _BY_VERB.get(first[0].casefold()) if first else None


def parse(text: str, scenario: Scenario, own: Sequence[str] = ()) -> Command:
    """Read a typed command.

    Args:
        text: as typed.
        scenario: whose servers, builds, stocks and people it may name.
        own: words besides the verbs that whoever asks answers itself; one of them may be nearest.

    Raises:
        CommandError: one line that names what is wrong and the nearest that is right.
    """
    words = text.split(maxsplit=1)
    if not words:
        raise CommandError("nothing typed; help lists the commands")
    # The verb is not counted in, or the canonical text of an alias could be too long to read again.
    longest = max(len(word.strip(QUOTES)) for word in words)
    if longest > MAX_TEXT:
        raise CommandError(f"too long: {longest} characters, at most {MAX_TEXT}")
    command = verb_of(text)
    if command is None:
        close = nearest(words[0], [*(item.verb for item in COMMANDS), *own])
        also = f"did you mean {close}?" if close else "help lists the commands"
        raise CommandError(f"no command {quoted(words[0])}; {also}")
    return read_words(command, words[1] if len(words) > 1 else "", scenario)


def complete(
    text: str, scenario: Scenario, commands: Sequence[type[Command]] = COMMANDS
) -> tuple[Completion, ...]:
    """Ways to go on from what is typed so far, best first; only `commands` are offered."""
    words = text.split()
    open_ = "" if not text or text[-1].isspace() else words.pop()
    if not words:
        return verbs_that_begin(open_, commands)
    command = verb_of(words[0])
    if command is None or command not in commands:
        return ()
    return words_that_go_on(command, words, open_, scenario)


def usage_of(text: str) -> str:
    """Usage and summary of the verb that is being typed, or empty."""
    command = verb_of(text)
    return f"{command.usage()}   {command.summary}" if command else ""
