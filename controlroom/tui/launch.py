"""From a command line to a running screen, and back to a terminal as it was.

Whatever ends the program, the person finds the shell with its cursor, and one sentence where
something went wrong. The whole story of an error goes to a file.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from controlroom.tui.terminal import EXIT_UNFIT, terminal_size, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from controlroom.runs.replay import Replay
    from controlroom.runs.run import Run
    from controlroom.sim.start import Scenario
    from controlroom.tui.app import ControlRoomApp
    from controlroom.tui.recorder import Recorder

EXIT_ERROR: Final = 1
"""Exit code after an error of the program itself."""

_LOG: Final = "errors.log"
_LOG_LIMIT: Final = 1_000_000


def launch(
    run: Run | None,
    speed: float,
    *,
    briefing: bool | None,
    recorder: Recorder | None = None,
    record: bool = False,
) -> int:
    """What `controlroom.tui.play` does; see there."""

    def make() -> ControlRoomApp:
        from controlroom.tui.app import ControlRoomApp

        app = ControlRoomApp(run, speed=speed, briefing=briefing)
        app.recorder, app.record_at_once = recorder, record
        return app

    return present(make, run)


def launch_replay(replay: Replay, at: int | None, seat: str) -> int:
    """What `controlroom.tui.replay` does; see there."""

    def make() -> ControlRoomApp:
        from controlroom.tui.app import ControlRoomApp

        app = ControlRoomApp()
        app.opening_replay = replay, at, seat
        return app

    return present(make, None)


def present(make: Callable[[], ControlRoomApp], run: Run | None) -> int:
    """Show an app on this terminal until the person leaves; the exit code.

    Args:
        make: the app; called once it is sure that it can be shown.
        run: closed at the end, whatever ends it.
    """
    try:
        if _is_unfit():
            return EXIT_UNFIT
        return _shown(make)
    finally:
        if run is not None:
            run.close()


def launch_debrief(
    journal: Path, seeds: int, workers: int | None, scenario: Scenario | None
) -> int:
    """What `controlroom.tui.debrief` does; see there."""

    def make() -> ControlRoomApp:
        from controlroom.tui.app import ControlRoomApp
        from controlroom.tui.library import Library
        from controlroom.tui.screens.debrief import Asked

        library = Library()
        computed = partial(library.debrief, journal, workers=workers, scenario=scenario)
        app = ControlRoomApp()
        app.opening = Asked(journal, computed, partial(library.luck, workers=workers), seeds)
        return app

    return present(make, None)


def _is_unfit() -> bool:
    """Whether this terminal cannot show a screen; says so if it cannot."""
    streams = {
        "standard input": sys.__stdin__,
        "standard output": sys.__stdout__,
        "standard error": sys.__stderr__,
    }
    wrong = unfit(os.environ, streams, terminal_size())
    if wrong:
        sys.stderr.write(f"{wrong}\n")
    return bool(wrong)


def _shown(make: Callable[[], ControlRoomApp]) -> int:
    """Run an app; say in one sentence what went wrong, if something did."""
    code, error, last_words = 0, None, ""
    with _streams_kept():
        try:
            with _nothing_to_collect():
                app = make()
            try:
                app.run()
            finally:
                app.close_run()
            code, error, last_words = app.return_code or 0, app.error, app.last_words
        except Exception as raised:  # noqa: BLE001 - the last line of defence, told in a sentence
            error = raised
    if error is None:
        if last_words:
            sys.stderr.write(f"controlroom: {last_words}\n")
        return code
    sys.stderr.write(f"{sentence(error)}\n")
    return EXIT_ERROR


@contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Import without looking for garbage: there is none, and the search takes a tenth of the start.

    What is there afterwards stays to the end, so later searches need not go through it either.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def _streams_kept() -> Iterator[None]:
    """Standard streams as they were: an app redirects them, and may end before it puts them back.

    Several apps in one process that end out of order would leave them on one that is gone.
    """
    kept = sys.stdin, sys.stdout, sys.stderr
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = kept


def sentence(error: BaseException) -> str:
    """What to say about an error; the traceback goes to a file that the sentence names."""
    from controlroom.scenario.text import visible

    what = visible(str(error)).strip() or "no more is known"
    said = f"Control Room had to stop: {type(error).__name__}, {what[:200].rstrip('.')}."
    said += " A run that was under way can be resumed."
    kept = _logged(error)
    return f"{said} Details are in {kept}" if kept else said


def _logged(error: BaseException) -> Path | None:
    """Write the traceback to the log file; its path, or None where it cannot be written."""
    from datetime import UTC, datetime

    from platformdirs import user_log_path

    path = user_log_path("controlroom", appauthor=False) / _LOG
    story = "".join(traceback.format_exception(error))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > _LOG_LIMIT:
            path.unlink()
        with path.open("a", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{story}\n")
    except OSError:
        return None
    return path
