"""A live session as a cast, written while it is played.

Each event is a line that stands by itself, so what has been written can be played whatever happens
next. What would change the terminal of whoever plays it back, or tell what was copied, is left out.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from controlroom.recording.errors import RecordingError
from controlroom.runs.errors import os_reason
from controlroom.scenario import visible

_LEFT_OUT = re.compile(
    r"\x1b\[\?(?!25[hl])[\d;]+(?:[hl]|\$p)"  # modes but for the cursor's: mouse, paste, screens
    r"|\x1b\[[<>=][\d;]*u"  # kitty's keyboard
    r"|\x1b\](?:52|22);[^\x07\x1b]*(?:\x07|\x1b\\)"  # the clipboard, the shape of the mouse
)


class LiveRecorder:
    """Writes a cast. The file that somebody named, or a new one in a folder for each session."""

    def __init__(
        self,
        place: Path,
        *,
        named: bool = False,
        force: bool = False,
        clock: Callable[[], int] = time.monotonic_ns,
        today: Callable[[], str] = lambda: time.strftime("%Y-%m-%d"),
    ) -> None:
        """Prepare to record.

        Args:
            place: the file, or the folder for files whose names nobody has chosen.
            named: whether it is the file; who records again in the same session gets a second one
                beside it.
            force: write over what stands there.
            clock: nanoseconds that never go back.
            today: for the name of a file.
        """
        self._place = place
        self._named = named
        self._force = force
        self._clock = clock
        self._today = today
        self._file: TextIO | None = None
        self._path: Path | None = None
        self._last = 0

    @property
    def path(self) -> Path | None:
        """The file that is being written, or None."""
        return self._path

    def begin(self, columns: int, rows: int, theme: str) -> Path:
        """Begin a file.

        Raises:
            RecordingError: when it cannot be written.
        """
        self.end()
        try:
            self._file = self._opened()
        except (OSError, ValueError) as error:
            reason = os_reason(error) if isinstance(error, OSError) else str(error)
            shown = visible(str(self._place))
            raise RecordingError(f"{shown} cannot be recorded to: {reason}") from None
        path = self._path = Path(self._file.name)
        self._last = self._clock() // 1_000_000
        # Not before somebody records: the title screen would wait for it.
        from controlroom.recording.cast import header_of
        from controlroom.recording.glass import CLEARED
        from controlroom.recording.tape import Tape

        header = header_of(Tape(columns, rows, "Control Room", theme), 3)
        self._line(header)
        self.write(CLEARED)
        return path

    def write(self, data: str) -> None:
        """Keep what was sent to the terminal.

        Raises:
            RecordingError: when the file takes no more; it is ended then.
        """
        kept = _LEFT_OUT.sub("", data)
        if kept and self._file is not None:
            self._event("o", kept)

    def resized(self, columns: int, rows: int) -> None:
        """Keep that the terminal has another size."""
        if self._file is not None:
            self._event("r", f"{columns}x{rows}")

    def end(self) -> None:
        """The file is whole."""
        if self._file is None:
            return
        with suppress(RecordingError):
            self._event("x", "0")
        self._close()

    def _close(self) -> None:
        file, self._file, self._path = self._file, None, None
        if file is not None:
            with suppress(OSError):
                file.close()

    def _event(self, code: str, data: str) -> None:
        now = self._clock() // 1_000_000
        since, self._last = now - self._last, now
        self._line((since / 1000, code, data))

    def _line(self, what: object) -> None:
        if self._file is None:
            return
        try:
            self._file.write(json.dumps(what, ensure_ascii=False) + "\n")
            self._file.flush()
        except (OSError, ValueError) as error:
            shown = visible(str(self._path))
            self._close()
            reason = os_reason(error) if isinstance(error, OSError) else str(error)
            raise RecordingError(f"{shown} takes no more: {reason}; it ends there") from None

    def _opened(self) -> TextIO:
        """The next file: never one that holds a session already, unless somebody said so."""
        if self._named and self._force:
            self._force = False
            return self._place.open("w", encoding="utf-8")
        if not self._named:
            self._place.mkdir(parents=True, exist_ok=True)
        for path in self._names():
            with suppress(FileExistsError):
                return path.open("x", encoding="utf-8")
        raise ValueError("there are ten thousand recordings already")

    def _names(self) -> Iterator[Path]:
        """Names for a file, until one is free."""
        if self._named:
            yield self._place
            for number in range(2, 10_000):
                yield self._place.with_stem(f"{self._place.stem}-{number}")
        else:
            for number in range(1, 10_000):
                yield self._place / f"{self._today()}-{number}.cast"


def usual_place() -> Path:
    """The folder for recordings that nobody has named."""
    import platformdirs

    return platformdirs.user_data_path("controlroom", appauthor=False) / "recordings"
