"""What surrounds the screens: settings, the terminal's fitness, keys in order, errors."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import Input, Label

from controlroom.runs.simulation import Simulation
from controlroom.tui import launch
from controlroom.tui.app import ControlRoomApp
from controlroom.tui.report import report_of
from controlroom.tui.screens.title import TitleScreen
from controlroom.tui.settings import Settings, load_settings, save_settings
from controlroom.tui.terminal import Size, unfit
from controlroom.tui.themes import DARK, LIGHT, NATIVE
from controlroom.tui.typeahead import OrderedKeys
from tests.tui_app.shelf import Shelf, app_on, knight, until

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from controlroom.runs.fold import Progress
    from controlroom.sim.start import Scenario

# --- settings ------------------------------------------------------------------------------------


def test_settings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "settings.toml"
    settings = Settings(theme='a "b" \\ c', bell=True, plain=True)
    assert save_settings(settings, path)
    assert load_settings(path) == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.toml"]


@pytest.mark.parametrize("text", ["", "theme = ", "theme = 7\nbell = 1", "\xff\x00", "[a]\nb = 1"])
def test_a_file_that_makes_no_sense_counts_as_absent(tmp_path: Path, text: str) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes(text.encode("latin-1"))
    assert load_settings(path) == Settings()


def test_settings_that_cannot_be_kept_are_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert not save_settings(Settings(), tmp_path / "file" / "settings.toml")


async def test_the_theme_that_is_picked_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("controlroom.tui.settings.settings_path", lambda: tmp_path / "s.toml")
    app = ControlRoomApp(library=Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        app.theme = LIGHT
        await pilot.pause()
    assert load_settings(tmp_path / "s.toml").theme == LIGHT
    assert ControlRoomApp(library=Shelf()).theme == LIGHT


@pytest.mark.parametrize("theme", [DARK, LIGHT, NATIVE])
async def test_the_palette_shows_which_command_enter_gives(theme: str) -> None:
    app = app_on(Shelf(), settings=Settings(theme=theme))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, "08:00")
        await pilot.press("ctrl+p", "down")
        text = await until(pilot, "Leave Control Room")
        grounds = {
            word: ground_of(app, next(y for y, row in enumerate(text.split("\n")) if word in row))
            for word in ("Bell on", "Keys, verbs and words", "Leave Control Room")
        }
        assert (
            grounds["Bell on"] == grounds["Leave Control Room"] != grounds["Keys, verbs and words"]
        )


def ground_of(app: ControlRoomApp, row: int) -> object:
    """What the text of a row stands on."""
    strip = app.screen._compositor.render_strips()[row]
    return next(s.style.bgcolor for s in strip if s.text.strip() and s.style is not None)


def test_a_theme_that_is_not_known_gives_way_to_the_terminals_own() -> None:
    assert app_on(Shelf(), settings=Settings(theme="solarised-mauve")).theme in {DARK, NATIVE}


async def test_ctrl_c_leads_out_of_whatever_lies_over_a_screen() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        for opens in ("question_mark", "ctrl+p"):
            await pilot.press(opens)
            await pilot.pause()
            assert not isinstance(app.screen, TitleScreen)
            await pilot.press("ctrl+c")
            await pilot.pause()
            assert isinstance(app.screen, TitleScreen)
        await pilot.press("question_mark")
        await pilot.press("slash", *"stop", "ctrl+c")
        assert app.screen.query_one(Input).value == ""
        await pilot.press("ctrl+c")
        await pilot.pause()
        assert isinstance(app.screen, TitleScreen)


async def test_the_bell_is_off_until_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from controlroom.tui.messages import Bell

    rung: list[int] = []
    app = app_on(Shelf())
    monkeypatch.setattr(app, "bell", lambda: rung.append(1))
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        app.screen.post_message(Bell("the exchange calls"))
        await pilot.pause()
        assert not rung
        app.action_toggle_bell()
        app.screen.post_message(Bell("the exchange calls"))
        await pilot.pause()
        assert rung


# --- the terminal --------------------------------------------------------------------------------


class Stream:
    """A standard stream that is a terminal, or not."""

    def __init__(self, terminal: bool) -> None:
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    "term, terminal, size, words",
    [
        ("xterm-256color", True, (80, 24), ""),
        ("linux", True, (200, 60), ""),
        ("dumb", True, (80, 24), "TERM=dumb is one that cannot"),
        ("", True, (80, 24), "TERM is not set"),
        ("xterm", False, (80, 24), "standard input is not one"),
        ("xterm", True, (79, 24), "this one has 79 and 24"),
        ("xterm", True, (80, 23), "this one has 80 and 23"),
    ],
)
def test_what_a_terminal_lacks_is_said_in_a_sentence(
    term: str, terminal: bool, size: tuple[int, int], words: str
) -> None:
    said = unfit({"TERM": term}, {"standard input": Stream(terminal)}, Size(*size))
    assert words in said
    assert bool(said) == bool(words)
    assert "\n" not in said


def test_a_stream_that_is_closed_is_no_terminal() -> None:
    assert "standard output" in unfit({"TERM": "xterm"}, {"standard output": None}, Size(80, 24))


# --- keys ----------------------------------------------------------------------------------------


class Typing(Screen[None]):
    """`:` moves to an input; any other letter counts as an act."""

    def __init__(self) -> None:
        super().__init__()
        self.acts: list[str] = []

    def compose(self) -> ComposeResult:
        pane = Label("pane")
        pane.can_focus = True
        yield pane
        yield Input()

    def on_mount(self) -> None:
        self.query_one(Label).focus()

    def key_colon(self) -> None:
        self.query_one(Input).focus()

    def on_key(self, event: events.Key) -> None:
        if event.key != "colon":
            self.acts.append(event.key)


async def test_keys_that_come_in_one_piece_go_where_the_first_has_moved_to() -> None:
    """`:stop` typed at once is four letters in the prompt, not an act of the pane before it."""
    app = OrderedKeys()
    async with app.run_test() as pilot:
        screen = Typing()
        await app.push_screen(screen)
        await pilot.pause()
        for key, character in (("colon", ":"), *((letter, letter) for letter in "stop")):
            app.post_message(events.Key(key, character))
        for _ in range(20):
            await pilot.pause()
        assert screen.query_one(Input).value == "stop"
        assert screen.acts == []


async def test_a_key_whose_widget_goes_away_does_not_stop_the_ones_after_it() -> None:
    app = OrderedKeys()
    async with app.run_test() as pilot:
        screen = Typing()
        await app.push_screen(screen)
        await pilot.pause()
        app._busy = True
        app._pressed_at = 0.0
        await pilot.press("a")
        await pilot.pause()
        assert screen.acts == ["a"]


# --- errors --------------------------------------------------------------------------------------


async def test_an_error_ends_the_program_and_is_kept_for_the_launcher() -> None:
    app = app_on(Shelf())
    with pytest.raises(ZeroDivisionError):  # noqa: PT012 - raised as the app is left
        async with app.run_test() as pilot:
            await until(pilot, "08:00")
            app.screen.call_later(lambda: 1 // 0)
            await pilot.pause(0.2)
    assert isinstance(app.error, ZeroDivisionError)
    assert app.return_code == 1


def test_an_error_is_one_sentence_on_the_terminal_and_a_story_in_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> None:
        sys.stdout = sys.stderr
        raise ValueError("the \x1b[31mwidget\nfell")

    monkeypatch.setattr("controlroom.tui.app.ControlRoomApp", broken)
    monkeypatch.setattr("platformdirs.user_log_path", lambda *_, **__: tmp_path / "log")
    monkeypatch.setattr(launch, "unfit", lambda *_: "")
    before = sys.stdout
    assert launch.launch(None, 1.0, briefing=None) == launch.EXIT_ERROR
    assert sys.stdout is before
    said = capsys.readouterr().err
    assert said.startswith("Control Room had to stop: ValueError, the ␛[31mwidget␊fell.")
    assert len(said.splitlines()) == 1
    assert "Traceback" not in said
    story = (tmp_path / "log" / "errors.log").read_text()
    assert "Traceback" in story
    assert "ValueError" in story


def test_the_title_is_the_first_screen() -> None:
    assert isinstance(app_on(Shelf()).get_default_screen(), TitleScreen)


async def test_leaving_while_the_reference_run_is_played_does_not_wait_for_it() -> None:
    class Endless(Shelf):
        def reference(
            self, scenario: Scenario, seed: int, progress: Progress
        ) -> tuple[tuple[int, int], ...]:
            while True:
                progress(1, 100)
                time.sleep(0.01)

    app = app_on(Endless())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        simulation = Simulation(knight())
        simulation.run_until("08:01")
        app._show_result(report_of(simulation, None, ""))
        await until(pilot, "is being played, 1 %")
    assert app.error is None
