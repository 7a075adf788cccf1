"""What keys, clicks and typed words do in the control room; whatever they are, they get an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from textual import events, on
from textual.widget import Widget

from controlroom.runs.errors import RunError
from controlroom.sim.commands import COMMANDS, Command, CommandError, parse
from controlroom.sim.events import Event, Tone
from controlroom.sim.start import Mode
from controlroom.tui.keys import (
    ALWAYS, ASKING, CONTEXTS, MORE, TYPING, Keyed, command_of, display, keyed,
)  # fmt: skip
from controlroom.tui.messages import HelpWanted, Leave
from controlroom.tui.pacing import read_speed, speed_text
from controlroom.tui.widgets.alerts import AlertFeed
from controlroom.tui.widgets.answers import AnswersPane
from controlroom.tui.widgets.bars import Key, KeyBar, Keys, TabBar
from controlroom.tui.widgets.line_pane import LinePane, LineScreen, unframed
from controlroom.tui.widgets.money import MoneyPane
from controlroom.tui.widgets.prompt import Prompt
from controlroom.tui.widgets.server import ServerPane
from controlroom.tui.widgets.work import WorkPane
from controlroom.tui.words import screen_word

if TYPE_CHECKING:
    from controlroom.runs.run import Run
    from controlroom.sim.views import View
    from controlroom.tui.keys import Chosen
    from controlroom.tui.pacing import Pacing

GROUPS: Final = ("servers", "alerts", "money", "answers", "work", "prompt")
"""What the tab key goes through."""

_TAB_OF: Final = {"work": "answers"}
_COLUMNS: Final = 4


class RoomActions(LineScreen[None]):
    """The half of the control room that answers; the other half, its subclass, shows."""

    run: Run
    pacing: Pacing
    latest: View | None
    seeking: bool
    waiting: int

    def __init__(self) -> None:
        super().__init__()
        self.selected = 1
        """Number of the server that the verb keys mean."""
        self.zoomed = ""
        """What has the room: `server`, `alerts`, `money`, `answers`, or nothing."""
        self.tab = "servers"
        """The tab shown on a small terminal."""
        self._asked: Command | None = None
        self._came_from: Widget | None = None
        self._was_running = False

    # --- given by the subclass --------------------------------------------------------------------

    @property
    def chosen(self) -> Chosen:
        """What keys and the palette act on."""
        raise NotImplementedError

    def say(self, text: str, tone: Tone = Tone.PLAIN) -> None:
        """Answer a key or a word."""
        raise NotImplementedError

    def refresh_picture(self) -> None:
        """Show the world as it is."""
        raise NotImplementedError

    # --- commands ---------------------------------------------------------------------------------

    def submit(self, text: str) -> bool:
        """Carry out a typed line; False when it cannot be read."""
        own = screen_word(text)
        if own is not None:
            return self._screen_word(own[0].word, own[1])
        try:
            command = parse(text, self.run.scenario)
        except CommandError as error:
            self.say(str(error), Tone.NOTICE)
            return False
        return self.consider(command)

    def consider(self, command: Command) -> bool:
        """Give a command, or ask first where it is dangerous."""
        world = self.run.world
        if not self.run.ended and command.dangerous(world) and command.obstacle(world) is None:
            self._asked = command
            prompt = self.query_one(Prompt)
            if self.focused is not prompt:
                self._came_from = self.focused
                prompt.focus()
            prompt.ask(f"{command.text()}: {command.summary}. Sure?")
            self.show_keys()
            return True
        return self.give(command)

    def give(self, command: Command) -> bool:
        """Give a command to the run."""
        try:
            self.run.give(command, self.seat)
        except (CommandError, RunError) as error:
            self.say(str(error), Tone.NOTICE)
            return False
        self.waiting += 1
        self.query_one(AnswersPane).follow()
        if self.pacing.paused and not self.seeking:
            self.say(
                f"{command.text()}: given, but the clock stands still; space goes on, n runs to "
                "the answer"
            )
        else:
            self.say(f"{command.text()}: given")
        self.refresh_picture()
        return True

    def carry_out(self, what: Keyed) -> None:
        """Give what a key or the palette came to, or leave it at the prompt to be finished."""
        if what.refusal:
            self.say(what.refusal, Tone.NOTICE)
        elif what.cursor is None:
            self.submit(what.text)
        else:
            prompt = self.query_one(Prompt)
            prompt.focus()
            # Typing goes on where a word is missing, with what is known already around it.
            prompt.put(what.text, what.cursor)
            self.say(f"{what.text.split()[0]}: which? tab completes")

    @on(Prompt.Submitted)
    def _submitted(self, event: Prompt.Submitted) -> None:
        if self.submit(event.text):
            self.query_one(Prompt).done()

    @on(Prompt.Decided)
    def _decided(self, event: Prompt.Decided) -> None:
        command, self._asked = self._asked, None
        if command is not None:
            if event.yes:
                self.give(command)
            else:
                self.say(f"{command.text()}: not given")
        came_from, self._came_from = self._came_from, None
        if came_from is not None and came_from.is_attached:
            came_from.focus()
        self.show_keys()

    @on(Prompt.Edited)
    def _edited(self, event: Prompt.Edited) -> None:
        self.query_one(AnswersPane).offer(event.menu, event.picked)

    def _screen_word(self, word: str, rest: str) -> bool:
        if word == "speed":
            speed = read_speed(rest)
            if speed is None:
                self.say(f"speed: one of 1/4, 1/2, 1, 2, 5, 10, 30, 60, not {rest!r}", Tone.NOTICE)
                return False
            self.pacing.speed = speed
            self._say_speed()
        elif word == "pause":
            self._pause(wanted=True)
        elif word == "go":
            self._pause(wanted=False)
        elif word == "help":
            self.post_message(HelpWanted(rest or self._topic()))
        elif word == "quit":
            self.post_message(Leave())
        else:
            {"next": self.action_next, "zoom": self.action_zoom}[word]()
        return True

    # --- the clock --------------------------------------------------------------------------------

    def _pause(self, *, wanted: bool) -> None:
        if wanted and self.run.mode is Mode.ASSESS:
            self.say("an assessment has no pause", Tone.NOTICE)
            return
        if self.run.ended:
            self.say(f"the run is over: {self.run.ended}", Tone.NOTICE)
            return
        self.seeking = False
        self.pacing.pause(wanted)
        self.say("the clock stands still" if wanted else f"the clock goes, {self._speed_text()}")
        self.refresh_picture()

    def _speed_text(self) -> str:
        return speed_text(self.pacing.speed)

    def _say_speed(self) -> None:
        still = "; the clock stands still" if self.pacing.paused else ""
        self.say(f"speed {self._speed_text()}{still}")
        self.refresh_picture()

    def action_pause(self) -> None:
        self._pause(wanted=self.seeking or not self.pacing.paused)

    def action_faster(self) -> None:
        if self.pacing.faster():
            self._say_speed()
        else:
            self.say(f"{self._speed_text()} is as fast as it goes")

    def action_slower(self) -> None:
        if self.pacing.slower():
            self._say_speed()
        else:
            self.say(f"{self._speed_text()} is as slow as it goes")

    def action_next(self) -> None:
        if self.run.ended:
            self.say(f"the run is over: {self.run.ended}", Tone.NOTICE)
            return
        self.seeking = True
        self.say("running to the next thing that needs you; space stops")
        self.refresh_picture()

    def found(self, event: Event | None) -> None:
        """The next thing is here: stand still, where that is allowed."""
        self.seeking = False
        if self.run.mode is not Mode.ASSESS:
            self.pacing.pause(True)
        if event is not None:
            self.say(event.text, Tone.NOTICE if event.tone is Tone.PLAIN else event.tone)

    # --- moving about -----------------------------------------------------------------------------

    @property
    def tabbed(self) -> bool:
        """Whether the terminal is so small that one thing is shown at a time."""
        return any(self.has_class(name) for name in ("-narrow", "-low", "-tiny"))

    @property
    def zoomed_server(self) -> int:
        """Number of the server that has the room, or 0."""
        return self.selected if self.zoomed == "server" else 0

    def _widget_of(self, group: str) -> Widget:
        if group == "servers":
            return self.query_one(f"#server-{self.selected}", ServerPane)
        kinds: dict[str, type[Widget]] = {
            "alerts": AlertFeed, "money": MoneyPane, "answers": AnswersPane, "work": WorkPane,
            "prompt": Prompt,
        }  # fmt: skip
        return self.query_one(kinds[group])

    def group_of(self, widget: Widget | None) -> str:
        """The group that a widget belongs to."""
        if isinstance(widget, ServerPane):
            return "servers"
        return widget.id if widget is not None and widget.id in GROUPS else ""

    def go(self, group: str) -> None:
        """Move the focus to a group, and show it where it is hidden."""
        if group != "prompt":
            if self.zoomed and self.zoomed != ("server" if group == "servers" else group):
                if not (self.zoomed == "answers" and group == "work"):
                    self._set_zoom("")
            self._set_tab(_TAB_OF.get(group, group))
        self._widget_of(group).focus()

    def _set_tab(self, tab: str) -> None:
        if tab == self.tab:
            return
        self.remove_class(f"-tab-{self.tab}")
        self.tab = tab
        self.add_class(f"-tab-{tab}")
        self.refresh_picture()

    def _set_zoom(self, zoom: str) -> None:
        for pane in self.query(ServerPane):
            pane.set_class(zoom == "server" and pane.number == self.selected, "-zoomed")
        if self.zoomed:
            self.remove_class(f"-zoom-{self.zoomed}")
        self.zoomed = zoom
        if zoom:
            self.add_class(f"-zoom-{zoom}")
        self.refresh_picture()

    @on(ServerPane.Picked)
    def _picked(self, event: ServerPane.Picked) -> None:
        if self.selected != event.number:
            self.selected = event.number
            self.refresh_picture()

    @on(AlertFeed.Opened)
    def _opened(self, event: AlertFeed.Opened) -> None:
        alert = event.alert
        if alert.state == "ringing":
            ids = {person.title: person.id for person in self.run.scenario.people}
            if alert.sender in ids:
                self.submit(f"call {ids[alert.sender]}")
                return
        self.submit(f"mail {alert.id}")

    @on(TabBar.Chosen)
    def _tab_chosen(self, event: TabBar.Chosen) -> None:
        self.go(event.tab)

    @on(events.DescendantFocus)
    def _focused(self) -> None:
        self.show_keys()

    def action_server(self, number: int) -> None:
        count = len(self.run.scenario.servers)
        if number > count:
            self.say(f"there are {count} servers")
            return
        again = self.selected == number and isinstance(self.focused, ServerPane)
        self.selected = number
        if again:
            self._set_zoom("" if self.zoomed == "server" else "server")
        elif self.zoomed == "server":
            self._set_zoom("server")
        self.go("servers")
        self.refresh_picture()
        name = self.run.scenario.servers[number - 1].name
        self.say(f"{name}; {number} again gives it the room" if not self.zoomed else f"{name}")

    def action_zoom(self) -> None:
        group = self.group_of(self.focused)
        if self.zoomed:
            self._set_zoom("")
            self.say("all panes")
        elif group in {"servers", "alerts", "money", "answers", "work"}:
            zoom = {"servers": "server", "work": "answers"}.get(group, group)
            self._set_zoom(zoom)
            self.say("z or esc takes the room back")
        else:
            self.say("move to a pane first; z gives it the room", Tone.NOTICE)

    def action_back(self) -> None:
        if isinstance(self.focused, Prompt):
            self.go(self._place_before_prompt())
            self.say("")
        elif self.selections:
            self.clear_selection()
        elif self.zoomed:
            self._set_zoom("")
            self.say("all panes")
        elif self.seeking:
            self._pause(wanted=True)
        else:
            self.go("servers")
            self.say("")

    def _place_before_prompt(self) -> str:
        return {"server": "servers"}.get(self.zoomed, self.zoomed) or (
            self.tab if self.tabbed else "servers"
        )

    def action_feed(self) -> None:
        self.go("alerts")
        self.say("arrows choose, enter opens, a acknowledges")

    def action_prompt(self) -> None:
        self.go("prompt")
        self.say("")

    def action_focus_group(self, by: int) -> None:
        group = self.group_of(self.focused) or "servers"
        self.go(GROUPS[(GROUPS.index(group) + by) % len(GROUPS)])
        self.say("")

    # --- keys -------------------------------------------------------------------------------------

    def action_verb(self, verb: str) -> None:
        self.carry_out(keyed(command_of(verb), self.chosen))

    def action_help(self) -> None:
        self.post_message(HelpWanted(self._topic()))

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

    def on_key(self, event: events.Key) -> None:
        if isinstance(self.focused, ServerPane) and event.key in {"left", "right", "up", "down"}:
            event.stop()
            self._move(event.key)
            return
        if event.key == "enter" and isinstance(self.focused, ServerPane | MoneyPane | AnswersPane):
            event.stop()
            self.action_zoom()
            return
        if event.key in self.active_bindings:
            return
        # No key of ours: a letter begins a command, anything else is told that it does nothing.
        if event.is_printable and event.character and event.character.isalpha():
            event.stop()
            prompt = self.query_one(Prompt)
            prompt.focus()
            prompt.put(event.character)
            self.say("")
        elif event.key not in {"ctrl+p", "ctrl+q", "ctrl+z"}:
            self.say(f"{display(event.key)} does nothing here; ? lists the keys")

    def _move(self, key: str) -> None:
        count = len(self.run.scenario.servers)
        by = {"left": -1, "right": 1, "up": -_COLUMNS, "down": _COLUMNS}[key]
        if self.zoomed == "server":
            by = 1 if by > 0 else -1
        number = self.selected + by
        if 1 <= number <= count:
            self.selected = number
            if self.zoomed == "server":
                self._set_zoom("server")
            self.go("servers")
            self.refresh_picture()
        elif key in {"right", "down"}:
            self.go("alerts" if key == "right" else "money")
        else:
            self.say("nothing further there")

    def _topic(self) -> str:
        group = self.group_of(self.focused)
        return {"servers": "server"}.get(group, group or "server")

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
            here = (*CONTEXTS[self._topic()], *MORE)
            keys = Keys(_live(here, by_id), _live(ALWAYS, by_id))
        self.query_one(KeyBar).show(keys)


def _live(wanted: Iterable[tuple[str, str]], by_id: Mapping[str, str]) -> tuple[Key, ...]:
    """Keys by the ids of their bindings, as they are mapped now; a bare name is a key of the app."""
    keys = []
    for id_, meaning in wanted:
        key = by_id.get(id_, "" if "." in id_ else id_)
        if key:
            keys.append(Key(display(key), meaning, key))
    return tuple(keys)
