"""The pictures of the README: which there are, and the page that shows them.

The demos of `demos/gallery` say where pictures are taken and what each shows. Here stands in which
sizes and themes they are played. Everything on disk comes from that: the folder can be deleted and
made again, the same to the byte.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, TypeVar

import attrs

from controlroom.recording.demo import Demo, bundled_demos
from controlroom.recording.demo_file import THEMES, read_demo
from controlroom.recording.director import perform
from controlroom.recording.errors import RecordingError
from controlroom.recording.outputs import picture_as
from controlroom.recording.picture import without_fonts
from controlroom.recording.recording import Picture
from controlroom.scenario import visible

A = TypeVar("A")
B = TypeVar("B")

Told = Callable[[int, int], None]

_GLANCE: Final = 0.1
"""Seconds between two looks at whoever may want to stop."""

INDEX: Final = "README.md"


@attrs.frozen
class Variant:
    """A demo of the gallery, in a size and a theme.

    Attributes:
        demo: name of its file.
        size: columns and rows, or None for the demo's own.
        theme: by the name that demos give it, or empty for the demo's own.
        about: what is special about it, which goes into the caption.
    """

    demo: str
    size: tuple[int, int] | None = None
    theme: str = ""
    about: str = ""

    @property
    def suffix(self) -> str:
        """What its pictures are called besides."""
        size = f"-{self.size[0]}x{self.size[1]}" if self.size else ""
        return size + (f"-{self.theme}" if self.theme else "")

    def of(self, demo: Demo) -> Demo:
        """The demo in this size and theme."""
        if self.size:
            demo = attrs.evolve(demo, columns=self.size[0], rows=self.size[1])
        return attrs.evolve(demo, theme=THEMES[self.theme]) if self.theme else demo


VARIANTS: Final = (
    Variant("first"),
    Variant("history"),
    Variant("replay"),
    Variant("debrief"),
    Variant("drill"),
    Variant("seat"),
    Variant("storm", (120, 35), about="at 120 x 35"),
    Variant("storm", (80, 24), about="at 80 x 24, the smallest"),
    Variant("storm", (120, 35), "light", "in the light theme"),
    Variant("storm", (120, 35), "high-contrast", "in high contrast"),
    Variant("storm", (120, 35), "colour-blind", "in colours that stay apart for everybody"),
    Variant("storm", (120, 35), "ansi", "in the terminal's own sixteen colours"),
)
"""In the order in which the page shows them."""


def gallery(told: Told | None = None, workers: int | None = None) -> tuple[Picture, ...]:
    """Take every picture.

    Args:
        told: told now and then how many demos have been played, and of how many.
        workers: processes that play them; one a core where it is None, and none for 0.

    Raises:
        RecordingError: when one cannot be played.
    """
    return tuple(picture for each in _each(_played, VARIANTS, told, workers) for picture in each)


def _played(variant: Variant) -> tuple[Picture, ...]:
    """The pictures of one variant."""
    path = bundled_demos() / "gallery" / f"{variant.demo}.demo"
    recording = perform(variant.of(read_demo(path)))
    return tuple(_named(recording.pictures[:-1], variant))


def _each(
    do: Callable[[A], B], items: Sequence[A], told: Told | None, workers: int | None
) -> list[B]:
    """Do something for each of several, in processes of their own; the results are in order."""
    tell = told or (lambda _done, _whole: None)
    count = (os.cpu_count() or 1) if workers is None else workers
    done: list[B] = []
    if count < 2:
        for item in items:
            done.append(do(item))
            tell(len(done), len(items))
        return done
    with multiprocessing.get_context("spawn").Pool(min(count, len(items)), _work) as pool:
        results = pool.imap(do, items)
        while len(done) < len(items):
            with suppress(multiprocessing.TimeoutError):
                done.append(results.next(timeout=_GLANCE))
            # Whoever wants to stop is heard here; leaving the pool ends its processes.
            tell(len(done), len(items))
    return done


def _work() -> None:
    """What a process does first: Ctrl-C is for the one that asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _named(pictures: tuple[Picture, ...], variant: Variant) -> Iterator[Picture]:
    """The pictures of a variant under their own names."""
    for picture in pictures:
        about = f", {variant.about}" if variant.about else ""
        yield attrs.evolve(
            picture, name=picture.name + variant.suffix, caption=picture.caption + about
        )


def files_of(
    pictures: tuple[Picture, ...], told: Told | None = None, workers: int | None = None
) -> dict[str, bytes]:
    """Every file of the folder by its name.

    Args:
        pictures: all of them.
        told: told how many have been drawn, and of how many.
        workers: as for `gallery`.

    Raises:
        MissingError: when a library is not installed.
    """
    files: dict[str, bytes] = {INDEX: _index(pictures).encode()}
    for picture, (svg, png) in zip(pictures, _each(_drawn, pictures, told, workers), strict=True):
        files[f"{picture.name}.svg"], files[f"{picture.name}.png"] = svg, png
    return files


def _drawn(picture: Picture) -> tuple[bytes, bytes]:
    return picture_as("svg", picture), picture_as("png", picture)


def texts_of(pictures: tuple[Picture, ...]) -> dict[str, str]:
    """What can be compared: the page, and each SVG without its fonts."""
    texts = {f"{each.name}.svg": picture_as("svg", each).decode() for each in pictures}
    return {INDEX: _index(pictures)} | {name: without_fonts(text) for name, text in texts.items()}


def differences(folder: Path, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Which files of a folder are not as they would be made now, each with what is wrong.

    Raises:
        RecordingError: when the folder cannot be read.
    """
    found: list[str] = []
    try:
        for name, text in texts.items():
            file = folder / name
            if not file.is_file():
                found.append(f"{name} is missing")
            elif without_fonts(file.read_text(encoding="utf-8")) != text:
                found.append(f"{name} differs")
        known = {Path(name).stem for name in texts}
        strays = sorted(path.name for path in folder.iterdir() if path.stem not in known)
    except (OSError, UnicodeDecodeError) as error:
        raise RecordingError(f"{visible(str(folder))} cannot be read: {error}") from None
    return (*found, *(f"{visible(name)} is not of the gallery" for name in strays))


def _index(pictures: tuple[Picture, ...]) -> str:
    lines = [
        "# Pictures of Control Room",
        "",
        "Made by `controlroom screenshots` from the demos in `demos/gallery`; the folder can be",
        "deleted and made again. Each picture is here as SVG, which is shown, and as PNG.",
    ]
    for picture in pictures:
        lines += ["", f"## {picture.name}", "", f"{picture.caption}."]
        lines += ["", f"[![{picture.caption}]({picture.name}.svg)]({picture.name}.png)"]
    return "\n".join(lines) + "\n"
