"""A tape as MP4, by ffmpeg where that is installed. Chapters go along."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from controlroom.recording.errors import MissingError, RecordingError
from controlroom.recording.film import RATE, Shown, Told, painted, pictures_of

if TYPE_CHECKING:
    from controlroom.recording.painter import Pixels
    from controlroom.recording.tape import Tape

FONT_SIZE: Final = 20
"""Pixels of the em: video is shown large."""

_OPTIONS: Final = (
    *("-c:v", "libx264", "-preset", "medium", "-crf", "20", "-pix_fmt", "yuv420p"),
    *("-tune", "animation", "-movflags", "+faststart", "-fflags", "+bitexact"),
    *("-flags:v", "+bitexact"),
)


def mp4(tape: Tape, told: Told | None = None) -> bytes:
    """A video.

    Raises:
        MissingError: when ffmpeg is not installed.
        RecordingError: when it fails.
    """
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        raise MissingError("an .mp4 needs the program ffmpeg, which is not installed; .webp and "
                           ".gif need no program")  # fmt: skip
    shown = pictures_of(tape)
    pictures = painted(tape, shown, told, FONT_SIZE)
    first = next(pictures)
    high, wide, _ = first.shape
    with tempfile.TemporaryDirectory() as folder:
        about, film = Path(folder, "chapters.txt"), Path(folder, "film.mp4")
        about.write_text(_chapters(tape), encoding="utf-8")
        command = [
            ffmpeg, "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "rgb24",
            "-s", f"{wide}x{high}", "-r", str(RATE), "-i", "-", "-i", str(about),
            "-map_metadata", "1", *_OPTIONS, str(film),
        ]  # fmt: skip
        process = subprocess.Popen(  # noqa: S603 - a program by its full path, no shell
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:
            _feed(process, first, shown[0])
            for pixels, each in zip(pictures, shown[1:], strict=True):
                _feed(process, pixels, each)
        except BrokenPipeError:
            pass
        except BaseException:
            process.kill()
            process.communicate()
            raise
        _, said = process.communicate()
        if process.returncode or not film.is_file():
            reason = said.decode(errors="replace").strip().splitlines() or ["it said nothing"]
            raise RecordingError(f"ffmpeg could not make the video: {reason[-1][:200]}")
        return film.read_bytes()


def _feed(process: subprocess.Popen[bytes], pixels: Pixels, shown: Shown) -> None:
    """Hand over a picture as often as it is looked at."""
    if process.stdin is not None:
        process.stdin.write(pixels.tobytes() * shown.looks)


def _chapters(tape: Tape) -> str:
    """The title and the chapters as ffmpeg reads them."""
    lines = [";FFMETADATA1", f"title={_plain(tape.title)}"]
    chapters = tape.chapters
    ends = [*(at for at, _ in chapters[1:]), tape.length][: len(chapters)]
    for (at, title), end in zip(chapters, ends, strict=True):
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={at}", f"END={end}"]
        lines.append(f"title={_plain(title)}")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Text with the signs escaped that mean something to ffmpeg."""
    return "".join(f"\\{sign}" if sign in "=;#\\" else sign for sign in text)
