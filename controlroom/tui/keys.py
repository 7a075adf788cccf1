"""The keys of the control room, as data: what can be remapped by id, and what the footer shows.

A verb's key is declared on its command, the rest here: small letters for servers and messages,
where seconds count, capitals for the rest. Single letters act only while no text is being typed.
"""

from __future__ import annotations

from typing import Final

import attrs
from textual.binding import Binding

from controlroom.sim.commands import COMMANDS, Command, Kind, Slot
from controlroom.sim.start import Channel
from controlroom.sim.views import AlertsView, AlertView

SCREEN_KEYS: Final = (
    Binding("space", "pause", "pause", id="clock.pause"),
    Binding("plus,equals_sign", "faster", "faster", id="clock.faster", key_display="+"),
    Binding("minus", "slower", "slower", id="clock.slower", key_display="-"),
    Binding("n", "next", "next thing", id="clock.next"),
    Binding("A", "accept", "accept alarm", id="alarm.accept"),
    Binding("m", "feed", "mail", id="go.feed"),
    Binding("r", "answers", "answers", id="go.answers"),
    Binding("colon", "prompt", "command", id="go.prompt", key_display=":"),
    Binding("z", "zoom", "zoom", id="go.zoom"),
    Binding("escape", "back", "back", id="go.back", show=False),
    Binding("tab", "focus_group(1)", "next pane", id="go.next_pane", show=False),
    Binding("shift+tab", "focus_group(-1)", "pane before", id="go.previous_pane", show=False),
    Binding("f", "take_over", "take over", id="run.takeover"),
    Binding("y", "copy", "copy", id="text.copy"),
    Binding("ctrl+c", "copy_selected", "copy", id="text.copy_selected", show=False),
    Binding("question_mark,f1", "help", "help", id="app.help", key_display="?"),
    *(
        Binding(str(number), f"server({number})", f"server {number}", id=f"server.{number}",
                show=False)
        for number in range(1, 10)
    ),
)  # fmt: skip

COACH_KEYS: Final = (
    Binding("e", "lesson('skip')", "pass over", id="coach.skip", show=False),
    Binding("w", "lesson('again')", "say again", id="coach.again", show=False),
)
"""In a scenario that teaches."""

_TAKEN: Final = {key for binding in SCREEN_KEYS for key in binding.key.split(",")}

VERB_KEYS: Final = tuple(
    Binding(command.key, f"verb('{command.verb}')", command.verb, id=f"verb.{command.verb}")
    for command in COMMANDS
    if command.key and command.key not in _TAKEN
)
"""Without `m` and `A`: one moves to the feed, which is how one reads mail here, the other accepts
the first alarm without asking for its number."""


_SERVER: Final = frozenset({Kind.SERVER, Kind.SERVERS})

_ASKED_ALL: Final = {"search"}
"""Verbs whose key asks for the word that may be left out: without it they only take back."""


@attrs.frozen
class Chosen:
    """What the keys act on.

    Attributes:
        server: name of the selected server.
        alert: the message under the cursor, if any.
        alerts: the feed.
        ringing: who has been calling longest, or empty.
    """

    server: str
    alert: AlertView | None
    alerts: AlertsView
    ringing: str = ""


@attrs.frozen
class Keyed:
    """What a verb's key comes to.

    Attributes:
        text: the command as typed.
        cursor: where typing has to go on, or None when the command is complete.
        refusal: why the key does nothing, or empty.
        asks: which word has to be typed, where one is missing.
    """

    text: str
    cursor: int | None = None
    refusal: str = ""
    asks: str = ""


def keyed(command: type[Command], chosen: Chosen) -> Keyed:
    """The command that a verb's key gives for what is selected.

    A word that the selection does not tell is left for the person to type.
    """
    if command.verb == "alarm" and chosen.alert and chosen.alert.channel is Channel.MAIL:
        text = f"alarm on {chosen.alert.subject}"
        return Keyed(text, len(text), asks="alarm: on mails like this one? enter gives it, esc not")
    text, cursor, asks = command.verb, None, ""
    for slot in command.slots():
        if slot.optional and command.verb not in _ASKED_ALL:
            continue
        if slot.kind in _SERVER and not chosen.server:
            return Keyed("", refusal=f"{command.verb}: select a server first, with its digit")
        if slot.kind is Kind.ALERT and chosen.alert is None:
            return Keyed("", refusal=f"{command.verb}: there is no message to act on")
        word = _told(command, slot, chosen)
        text += " " + word
        if not word and cursor is None:
            cursor, asks = len(text), _asked(command, slot)
    return Keyed(text, cursor, asks=asks)


def _told(command: type[Command], slot: Slot, chosen: Chosen) -> str:
    """The word that the selection tells, or empty."""
    if slot.kind in _SERVER:
        return chosen.server
    if slot.kind is Kind.ALERT and chosen.alert is not None:
        return str(chosen.alert.id)
    if slot.kind is Kind.PERSON and command.phone:
        return chosen.ringing
    if slot.choices == ("on", "off") and command.verb == "group":
        return "off" if chosen.alerts.grouped else "on"
    return slot.choices[0] if slot.kind is Kind.CHOICE and len(slot.choices) == 1 else ""


def _asked(command: type[Command], slot: Slot) -> str:
    """What is asked for where the selection does not tell a word."""
    if slot.kind in {Kind.TEXT, Kind.NUMBER}:
        return f"{command.verb}: type {slot.label}; enter gives it, esc leaves it"
    return f"{command.verb}: {slot.usage}? tab completes, enter gives it, esc leaves it"


def command_of(verb: str) -> type[Command]:
    """The command class of a verb."""
    return next(command for command in COMMANDS if command.verb == verb)


CONTEXTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "server": (
        ("server.1", "server"), ("verb.look", "look"), ("verb.log", "log"), ("verb.drain", "drain"),
        ("verb.stop", "stop"), ("verb.kill", "kill"), ("verb.start", "start"),
        ("verb.deploy", "install"), ("verb.cancel", "cancel"), ("verb.compare", "compare"),
        ("verb.uninstall", "uninstall"), ("verb.flag", "flag"),
    ),
    "week": (
        ("server.1", "server"), ("verb.look", "look"), ("verb.deploy", "install"),
        ("verb.compare", "compare"),
    ),
    "alerts": (
        ("alert.open", "open"), ("verb.ack", "ack"), ("verb.shelve", "shelve"),
        ("verb.group", "group"), ("verb.search", "search"), ("verb.alarm", "alarm"),
    ),
    "money": (
        ("verb.positions", "positions"), ("verb.pmon", "pmon"), ("verb.account", "account"),
        ("verb.tape", "tape"), ("verb.pare", "pare"), ("verb.hedge", "hedge"),
        ("verb.sell", "sell block"),
    ),
    "answers": (("verb.note", "note"), ("verb.suspect", "suspect"), ("text.copy", "copy")),
    "work": (
        ("verb.call", "call"), ("verb.declare", "declare"), ("verb.escalate", "escalate"),
        ("verb.notify", "notify"), ("verb.refuse", "refuse"), ("verb.reroute", "reroute"),
    ),
}  # fmt: skip
"""For the pane with the focus: ids of keys, and what they do there."""

MORE: Final = (
    ("go.answers", "answers"),
    ("clock.faster", "speed"), ("go.zoom", "zoom"), ("run.takeover", "take over"),
    ("ctrl+p", "palette"),
    ("ctrl+q", "quit"),
)  # fmt: skip
"""Where there is room, after those of the pane."""

ALWAYS: Final = (
    ("clock.pause", "pause"), ("clock.next", "next"), ("go.feed", "mail"),
    ("go.prompt", "command"), ("app.help", "help"),
)  # fmt: skip
"""However little room there is."""

TYPING: Final = (
    ("enter", "give"), ("tab", "complete"), ("up", "history"), ("right", "take"),
    ("escape", "back to the panes"), ("ctrl+p", "palette"), ("ctrl+q", "quit"),
)  # fmt: skip

ASKING: Final = (("y", "yes, do it"), ("n", "no"), ("escape", "no"))

DISPLAY: Final = {
    "question_mark": "?", "colon": ":", "plus": "+/-", "minus": "-", "escape": "esc",
    "ctrl+q": "^q", "ctrl+p": "^p", "space": "space", "full_stop": ".", "comma": ",",
    "equals_sign": "=",
    "right_square_bracket": "]", "left_square_bracket": "[", "slash": "/",
    "exclamation_mark": "!",
    "up": "↑↓", "down": "↑↓", "right": "→",
    "at": "@",
}  # fmt: skip


def display(key: str) -> str:
    """A key as the footer writes it."""
    return DISPLAY.get(key, key.replace("ctrl+", "^"))
