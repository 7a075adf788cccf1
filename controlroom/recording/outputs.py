"""The kinds of files that a recording can become."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from controlroom.recording.cast import cast
from controlroom.recording.demo import MOST_SECONDS
from controlroom.recording.errors import RecordingError
from controlroom.recording.recording import Picture, Recording
from controlroom.recording.tape import MILLISECONDS

Told = Callable[[int, int], None]

FILMS: Final = ("cast", "gif", "webp", "mp4", "html")
PICTURES: Final = ("svg", "png")
KINDS: Final = (*FILMS, *PICTURES)
"""Endings of the files."""

CHECKED: Final = ("cast", "webp")
"""Kinds of which it can be said, without encoding, whether one is still true."""

_ENDINGS: Final = f".{', .'.join(KINDS[:-1])} or .{KINDS[-1]}"


def check_kind(kind: str) -> None:
    """See that a kind of file can be made here, before a film is played for it.

    Raises:
        RecordingError: when there is no such kind, or a font is missing.
        MissingError: when a library or a program is not installed.
    """
    import importlib.util
    import shutil

    from controlroom.recording.errors import MissingError, without
    from controlroom.recording.faces import ALL, font_path

    if kind not in KINDS:
        raise RecordingError(
            f"no kind of file .{kind}; it is {_ENDINGS}"
            if kind
            else f"the file needs an ending: {_ENDINGS}"
        )
    libraries = {
        "gif": ("PIL", "fontTools"), "webp": ("PIL", "fontTools"), "mp4": ("PIL", "fontTools"),
        "svg": ("fontTools", "brotli"), "png": ("resvg_py", "PIL"),
    }  # fmt: skip
    names = {"PIL": "Pillow", "resvg_py": "resvg-py"}
    missing = [
        names.get(name, name)
        for name in ("looptime", *libraries.get(kind, ()))
        if importlib.util.find_spec(name) is None
    ]
    if missing:
        raise without(f"a .{kind} needs {' and '.join(missing)}")
    if kind == "mp4" and shutil.which("ffmpeg") is None:
        raise MissingError(
            "an .mp4 needs the program ffmpeg, which is not installed; .webp and .gif need none"
        )
    if kind != "cast":
        for name in ALL:
            font_path(name)


def film_as(
    kind: str, recording: Recording, told: Told | None = None, *, v2: bool = False
) -> bytes:
    """The film as a file of a kind of `FILMS`.

    Raises:
        RecordingError: when it is too long for a kind that is made of pictures.
        MissingError: when a library or a program is not installed.
    """
    tape = recording.tape
    if kind in ("gif", "webp", "mp4") and tape.length > MOST_SECONDS * MILLISECONDS:
        raise RecordingError(
            f"the film is {tape.length / MILLISECONDS / 60:.0f} minutes long, and "
            f"{MOST_SECONDS // 60} are the most for a .{kind}; --speed makes it shorter"
        )
    match kind:
        case "cast":
            return cast(tape, 2 if v2 else 3).encode()
        case "html":
            from controlroom.recording.page import page

            return page(tape).encode()
        case "gif":
            from controlroom.recording.film import gif

            return gif(tape, told)
        case "webp":
            from controlroom.recording.film import webp

            return webp(tape, told)
        case "mp4":
            from controlroom.recording.video import mp4

            return mp4(tape, told)
        case _:
            raise AssertionError(kind)


def is_true(kind: str, content: bytes, recording: Recording, *, v2: bool = False) -> bool:
    """Whether a file of a kind of `CHECKED` is what the recording would become now.

    Raises:
        MissingError: when a library is not installed.
    """
    if kind == "cast":
        return content == film_as("cast", recording, v2=v2)
    from controlroom.recording.mark import is_of

    return is_of(content, recording.tape)


def picture_as(kind: str, picture: Picture) -> bytes:
    """A picture as a file of a kind of `PICTURES`."""
    from controlroom.recording.picture import finished, png

    return finished(picture.svg).encode() if kind == "svg" else png(picture.svg)
