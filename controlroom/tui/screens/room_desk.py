"""The desk of a room: what keys, clicks and typed words ask for.

Whatever it is, it is answered: it is done, it is asked about once, or it is said why not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on

from controlroom.sim.commands import Command, CommandError, parse
from controlroom.sim.events import Tone
from controlroom.tui.keys import (
    ALWAYS,
    ASKING,
    CONTEXTS,
    MORE,
    TYPING,
    Keyed,
    command_of,
    display,
    keyed,
)  # fmt: skip
from controlroom.tui.messages import HelpWanted, Leave
from controlroom.tui.screens.room_clock import RoomClock
from controlroom.tui.screens.room_floor import MOST_KEYED
from controlroom.tui.screens.room_week import OF_THE_DAY, RoomWeek
from controlroom.tui.widgets.alerts import AlertFeed
from controlroom.tui.widgets.answers import AnswersPane
from controlroom.tui.widgets.bars import Key, KeyBar, Keys
from controlroom.tui.widgets.line_pane import LinePane, unframed
from controlroom.tui.widgets.money import MoneyPane
from controlroom.tui.widgets.prompt import Prompt, is_text
from controlroom.tui.widgets.server import ServerPane
from controlroom.tui.widgets.week import WeekPane
from controlroom.tui.words import WORDS, screen_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual.widget import Widget

    from controlroom.sim.views import AlertView
    from controlroom.tui.words import ScreenWord


class RoomDesk(RoomClock, RoomWeek):
    """Answers every key, and reads what is typed."""

    context_keys: Mapping[str, tuple[tuple[str, str], ...]] = CONTEXTS
    """For the pane with the focus: ids of keys, and what they do there."""
    more_keys: tuple[tuple[str, str], ...] = MORE
    """Keys that the last line shows where there is room."""
    always_keys: tuple[tuple[str, str], ...] = ALWAYS
    """Keys that it shows however little room there is."""
    words: tuple[ScreenWord, ...] = WORDS
    """What the screen answers itself."""

    def __init__(self) -> None:
        super().__init__()
        self._asked: tuple[Callable[[], object], str] | None = None
        self._came_from: Widget | None = None

    # --- commands ---------------------------------------------------------------------------------

    def submit(self, text: str) -> bool:
        """Carry out a typed line; False when it cannot be read."""
        own = screen_word(text, self.words)
        if own is not None:
            return self.carry_word(own[0].word, own[1])
        try:
            command = parse(text, self.source.scenario, [word.word for word in self.words])
        except CommandError as error:
            self.say(str(error), Tone.NOTICE)
            return False
        return self.consider(command)

    def consider(self, command: Command) -> bool:
        """Do what a typed command asks for, or say why not; False when it may be typed again."""
        raise NotImplementedError

    def ask(self, question: str, then: Callable[[], object], otherwise: str) -> None:
        """Ask once at the prompt, and do `then` where the answer is yes; else say `otherwise`."""
        self._asked = then, otherwise
        prompt = self.query_one(Prompt)
        if self.focused is not prompt:
            self._came_from = self.focused
            prompt.focus()
        prompt.ask(question)
        self.show_keys()

    def carry_out(self, what: Keyed) -> None:
        """Give what a key or the palette came to, or leave it at the prompt to be finished."""
        if what.refusal:
            self.say(what.refusal, Tone.NOTICE)
        elif what.cursor is None:
            self.submit(what.text)
        else:
            prompt = self.query_one(Prompt)
            if self.focused is not prompt:
                self._came_from = self.focused
            prompt.focus()
            # Typing goes on where a word is missing, with what is known already around it.
            prompt.put(what.text, what.cursor)
            self.say(what.asks)

    @on(Prompt.Submitted)
    def _submitted(self, event: Prompt.Submitted) -> None:
        if not self.submit(event.text):
            self.query_one(Prompt).refused()
            return
        self.query_one(Prompt).done()
        self.after_word()
        if self._asked is None:
            self._leave_prompt()

    def after_word(self) -> None:
        """What was typed is done; a room may move the focus on."""

    @on(Prompt.Decided)
    def _decided(self, event: Prompt.Decided) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            then, otherwise = asked
            if event.yes:
                then()
            else:
                self.say(otherwise)
        self._leave_prompt()
        self.show_keys()

    def _leave_prompt(self) -> None:
        """To the pane from which a key led to the prompt; whoever went there by himself stays."""
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.is_attached and isinstance(self.focused, Prompt):
            came_from.focus()

    @on(events.DescendantBlur)
    def _prompt_left(self, event: events.DescendantBlur) -> None:
        if isinstance(event.widget, Prompt):
            self._came_from = None

    @on(Prompt.Told)
    def _prompt_told(self, event: Prompt.Told) -> None:
        self.say(event.text, Tone.NOTICE)

    @on(Prompt.Edited)
    def _edited(self, event: Prompt.Edited) -> None:
        self.query_one(AnswersPane).offer(event.menu, event.picked)

    def carry_word(self, word: str, rest: str) -> bool:
        """Do what a word of the screen says; False when what follows it cannot be read."""
        if word == "speed":
            return self.set_speed(rest)
        if word in {"pause", "go"}:
            self.hold(still=word == "pause")
        elif word == "help":
            self.post_message(HelpWanted(rest or self.topic))
        elif word == "quit":
            self.post_message(Leave())
        else:
            self.action_zoom()
        return True

    @on(AlertFeed.Opened)
    def _opened(self, event: AlertFeed.Opened) -> None:
        self.open_alert(event.alert)

    @on(AlertFeed.Accepted)
    def _accepted(self, event: AlertFeed.Accepted) -> None:
        self.submit(f"accept {event.number}")

    def action_accept(self) -> None:
        """Accept the alarm at the top of the modern console's list."""
        if self.chosen.alerts.alarms is None:
            self.say("this console has no alarms; the modern one has")
        elif not any(alarm.state != "accepted" for alarm in self.chosen.alerts.alarms):
            self.say("every alarm is accepted")
        else:
            self.query_one(AlertFeed).action_accept()

    def open_alert(self, alert: AlertView) -> None:
        """Enter on a message: read it, or take the call."""
        ids = {person.title: person.id for person in self.source.scenario.people}
        if alert.state == "ringing" and alert.sender in ids:
            self.submit(f"call {ids[alert.sender]}")
        else:
            self.submit(f"mail {alert.id}")
        if self.tabbed:
            self.go("answers")
            self.reading = True
            self.say("esc goes back to the messages")

    # --- keys -------------------------------------------------------------------------------------

    def action_verb(self, verb: str) -> None:
        self.carry_out(keyed(command_of(verb), self.chosen))

    def action_help(self) -> None:
        self.post_message(HelpWanted(self.topic))

    def action_copy(self) -> None:
        """Copy what the mouse has selected, or else the pane with the focus."""
        text = self.get_selected_text()
        if not text and isinstance(self.focused, LinePane):
            text = unframed("\n".join(self.focused.text_lines)).strip()
        if text:
            self.app.copy_to_clipboard(text)
            count = len(text.splitlines())
            self.say(f"copied {count} line{'s' if count > 1 else ''}", Tone.GOOD)
        else:
            self.say("nothing to copy; ctrl+q leaves")

    def action_copy_selected(self) -> None:
        """Copy what the mouse has selected; else the key means what it means everywhere: out."""
        if self.get_selected_text():
            self.action_copy()
        elif isinstance(self.focused, Prompt):
            self.action_back()
        else:
            self.say("nothing is selected; y copies the pane, ctrl+q leaves")

    def on_key(self, event: events.Key) -> None:
        fleet = isinstance(self.focused, ServerPane | WeekPane)
        if fleet and event.key in {"left", "right", "up", "down"}:
            event.stop()
            self.move(event.key)
            return
        if event.key == "enter" and isinstance(self.focused, ServerPane | MoneyPane | AnswersPane):
            event.stop()
            self.action_zoom()
            return
        if event.key in self.active_bindings:
            return
        # No key of ours: a letter begins a command, anything else is told that it does nothing.
        if is_text(event) and event.character and event.character.isalpha():
            event.stop()
            prompt = self.query_one(Prompt)
            prompt.focus()
            prompt.put(event.character)
            self.say("")
        elif event.key not in {"ctrl+p", "ctrl+q", "ctrl+z"}:
            self.say(f"{display(event.key)} does nothing here; ? lists the keys")

    def on_paste(self, event: events.Paste) -> None:
        """Text that is pasted over a pane is meant for the prompt."""
        event.stop()
        prompt = self.query_one(Prompt)
        prompt.focus()
        prompt.paste(event.text)

    def show_keys(self) -> None:
        """The last line for the state that the screen is in."""
        prompt = self.query_one(Prompt)
        if prompt.question or self.focused is prompt:
            fixed = ASKING if prompt.question else TYPING
            keys = Keys(tuple(Key(display(key), meaning, key) for key, meaning in fixed))
        else:
            by_id: dict[str, str] = {}
            for active in self.active_bindings.values():
                if active.binding.id:
                    by_id.setdefault(active.binding.id, active.binding.key)
            here = (*self.context_keys.get(self.topic, ()), *self.more_keys)
            always = self.always_keys
            if self.in_week:
                here = tuple(key for key in here if key[0] not in OF_THE_DAY)
                always = tuple(key for key in always if key[0] not in OF_THE_DAY)
            fleet = len(self.source.scenario.servers)
            keys = Keys(_live(here, by_id, fleet), _live(always, by_id, fleet))
        self.query_one(KeyBar).show(keys)


def _live(
    wanted: Iterable[tuple[str, str]], by_id: Mapping[str, str], fleet: int
) -> tuple[Key, ...]:
    """Keys by the ids of their bindings, as mapped now; a bare name is a key of the app.

    The key of the first server stands for those of a `fleet` of so many.
    """
    keys = []
    for id_, meaning in wanted:
        key = by_id.get(id_, "" if "." in id_ else id_)
        if key:
            shown = display(key)
            if id_ == "server.1" and key == "1" and fleet > 1:
                shown = f"{shown}-{min(fleet, MOST_KEYED)}"
            keys.append(Key(shown, meaning, key))
    return tuple(keys)
