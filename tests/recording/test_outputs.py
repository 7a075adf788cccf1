"""Every kind of file that a film becomes can be opened by what opens such files."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import psutil
import pytest
from PIL import Image

from controlroom.recording import outputs
from controlroom.recording.errors import MissingError, RecordingError
from controlroom.recording.faces import ALL, signs_of
from controlroom.recording.film import pictures_of
from controlroom.recording.outputs import check_kind, film_as, picture_as
from controlroom.recording.painter import Painter
from controlroom.recording.picture import without_fonts
from tests.recording.conftest import short, storm


@pytest.mark.parametrize("kind", ["webp", "gif"])
def test_a_film_is_as_long_as_its_tape_and_the_same_twice(kind: str) -> None:
    recording = short()
    made = film_as(kind, recording)
    assert film_as(kind, recording) == made
    image = Image.open(io.BytesIO(made))
    frames = getattr(image, "n_frames", 1)
    assert frames == len(pictures_of(recording.tape))
    lasts = 0
    for frame in range(frames):
        image.seek(frame)
        image.load()
        lasts += image.info["duration"]
    assert recording.tape.length <= lasts <= recording.tape.length + 100


def test_a_gif_has_the_colours_of_the_film() -> None:
    """One palette for the whole film, near enough that nobody sees it."""
    made = Image.open(io.BytesIO(film_as("gif", short()))).convert("RGB")
    exact = Image.open(io.BytesIO(film_as("webp", short()))).convert("RGB")
    differences = [
        abs(one - other)
        for one, other in zip(made.tobytes(), exact.tobytes(), strict=True)
        if one != other
    ]
    assert max(differences) < 24
    assert sum(differences) < 0.2 * len(made.tobytes())


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_video_can_be_played(tmp_path: Path) -> None:
    file = tmp_path / "film.mp4"
    file.write_bytes(film_as("mp4", storm()))
    probed = subprocess.run(
        [str(shutil.which("ffprobe")), "-v", "error", "-show_chapters", "-show_format", str(file)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "TAG:title=The open" in probed
    duration = re.search(r"duration=([\d.]+)", probed)
    assert duration is not None
    assert float(duration[1]) == pytest.approx(storm().tape.length / 1000, abs=0.2)


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_film_without_chapters_is_a_video_too() -> None:
    assert short().tape.chapters == ()
    assert film_as("mp4", short())[4:8] == b"ftyp"


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_video_that_is_stopped_leaves_no_program_behind() -> None:
    def told(done: int, _whole: int) -> None:
        if done > 2:
            raise RuntimeError("Ctrl-C")

    with pytest.raises(RuntimeError, match="Ctrl-C"):
        film_as("mp4", storm(), told)
    children = psutil.Process().children(recursive=True)
    assert [each.name() for each in children if each.name().startswith("ffmpeg")] == []


def test_without_ffmpeg_a_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    with pytest.raises(MissingError, match="needs the program ffmpeg"):
        check_kind("mp4")
    with pytest.raises(MissingError, match="needs the program ffmpeg"):
        film_as("mp4", short())


def test_a_missing_library_is_named_before_anything_is_played(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import importlib.util

    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(
        MissingError, match=r"a \.png needs looptime and resvg-py and Pillow: pip install"
    ):
        check_kind("png")


@pytest.mark.parametrize("kind", ["", "avi"])
def test_another_kind_of_file_is_refused_with_those_that_there_are(kind: str) -> None:
    with pytest.raises(RecordingError, match=r"\.cast, \.gif, .* or \.png"):
        check_kind(kind)


def test_a_picture_carries_its_fonts_and_asks_the_net_for_nothing() -> None:
    svg = picture_as("svg", storm().picture("stopped")).decode()
    ET.fromstring(svg)  # noqa: S314 - made here
    addresses = set(re.findall(r"https?://[\w./-]+", svg))
    assert addresses <= {"http://www.w3.org/2000/svg", "https://www.textualize.io"}
    assert svg.count("@font-face") >= 2
    assert not re.search(r"terminal-\d", svg)
    assert len(without_fonts(svg)) < len(svg)
    assert picture_as("svg", storm().picture("stopped")).decode() == svg


def test_a_picture_in_pixels_is_the_same_twice() -> None:
    made = picture_as("png", short().picture("last"))
    assert picture_as("png", short().picture("last")) == made
    image = Image.open(io.BytesIO(made))
    assert image.width > 1400
    # Not one colour only: text was drawn, with the fonts that come along.
    assert len(image.convert("RGBA").getcolors(1 << 24) or ()) > 50


def test_every_sign_of_the_screens_has_a_font() -> None:
    known = frozenset().union(*(signs_of(name) for name in ALL))
    shown = {
        sign
        for recording in (storm(), short())
        for event in recording.tape.events
        for sign in event.data
        if sign.isprintable()
    }
    assert {sign for sign in shown if ord(sign) not in known} == set()


def test_blocks_leave_no_gap_between_two_cells() -> None:
    from controlroom.recording.glass import Glass

    glass = Glass(4, 2)
    glass.write("\x1b[1;1H\x1b[38;2;255;255;255m████\x1b[2;1H████")
    painter = Painter(4, 2, "control-room")
    pixels = painter.paint(glass)
    inside = pixels[12 : 12 + 2 * painter.height, 12 : 12 + 4 * painter.width]
    assert (inside == 255).all()


def test_a_page_needs_nothing_but_itself() -> None:
    page = film_as("html", storm()).decode()
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img)[^>]+(src|href)=", page)
    assert "The stop</button>" in page
    assert page.count("</script>") == 2


def test_a_page_keeps_text_of_a_film_out_of_its_markup() -> None:
    import attrs

    from controlroom.recording.tape import Event

    tape = attrs.evolve(storm().tape, title="</script><b>")
    tape.events = [*tape.events, Event(tape.length, "m", "<i>$css")]
    page = film_as("html", attrs.evolve(storm(), tape=tape)).decode()
    assert "</script><b>" not in page
    assert "&lt;i&gt;$css</button>" in page


def test_kinds_are_what_can_be_made() -> None:
    for kind in outputs.KINDS:
        if kind != "mp4" or shutil.which("ffmpeg"):
            check_kind(kind)


def test_resvg_draws_the_braille_of_the_charts() -> None:
    """A font that it does not take would leave boxes where the curves are."""
    from controlroom.recording.picture import png

    def drawn(sign: str) -> bytes:
        return png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><style>'
            ".a { font-family: Fira Code, monospace; font-size: 20px; }</style>"
            f'<text class="a" y="30">{sign}</text></svg>'
        )

    assert len({drawn(sign) for sign in "⠁⡇⣿\ue123"}) == 4
