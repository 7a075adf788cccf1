"""A debrief on the page: complete, escaped, self-contained, and with drawings one can see."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import zlib
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

from controlroom.debrief.pages import FORMATS, write
from controlroom.debrief.pages.markdown import escaped
from controlroom.debrief.pages.svg import apart, round_ticks, shown
from controlroom.debrief.whole import Debrief

VOID = {"meta", "link", "br", "hr", "img", "input"}

SECTIONS = (
    "story",
    "times",
    "phases",
    "money",
    "cues",
    "alarms",
    "worth",
    "earlier",
    "safeguards",
    "par",
    "ladder",
    "luck",
)


@pytest.fixture(scope="session")
def html(whole: Debrief) -> str:
    return write(whole, "html")


@pytest.fixture(scope="session")
def markdown(whole: Debrief) -> str:
    return write(whole, "md")


class Checker(HTMLParser):
    """Follows the elements of a page, and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = dict(attributes)
        if tag in {"script", "iframe", "object", "embed", "img", "link", "base", "form"}:
            self.wrong.append(tag)
        for name, value in names.items():
            local = name == "href" and (value or "").startswith("#")
            if name.startswith("on") or (name in {"src", "href", "style"} and not local):
                self.wrong.append(f"{tag} {name}={value}")
        if "id" in names:
            self.ids.append(names["id"] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def checked(page: str) -> Checker:
    checker = Checker()
    checker.feed(page)
    checker.close()
    return checker


def test_the_page_is_whole_and_asks_for_nothing_from_elsewhere(html: str) -> None:
    found = checked(html)
    assert found.wrong == []
    assert found.open == []
    assert tuple(found.ids) == SECTIONS
    assert "default-src &#x27;none&#x27;" in html
    assert "url(" not in html
    assert "@import" not in html
    assert not re.search(r"https?://", html)


def test_text_that_a_player_wrote_stays_text(html: str, markdown: str) -> None:
    assert '<script>alert("x")</script>' in " ".join(checked(html).words)
    assert "<script" not in html
    line = next(line for line in markdown.splitlines() if "alert(" in line)
    assert r"\<script\>" in line
    assert r"\| \*bold\* \`tick\`" in line
    # Escaped pipes are no borders of cells: the row has as many as its head.
    assert len(re.findall(r"(?<!\\)\|", line)) == 5


def test_every_drawing_is_sound_svg_with_a_name_and_a_fairness_line(html: str) -> None:
    figures = re.findall(r"<figure>(.*?)</figure>", html, re.DOTALL)
    assert len(figures) == 7
    for figure in figures:
        drawings = re.findall(r"<svg.*?</svg>", figure, re.DOTALL)
        assert len(drawings) == 2
        for drawing in drawings:
            root = ET.fromstring(drawing)  # noqa: S314 -- our own
            assert root.get("aria-label")
            width, height = map(float, (root.get("viewBox") or "").split()[2:])
            for text in root.iter("text"):
                assert -1 <= float(text.get("x") or "") <= width + 1
                assert 0 <= float(text.get("y") or "") <= height
        under = re.search(r'<p class="under">(.*?)</p>', figure)
        assert under
        assert re.search(r"knight-2012 [0-9a-f]{12} · .*mode explore · seed 7", under[1])
        assert "runs compared" in under[1] or "this run alone" in under[1]


def test_what_was_not_played_is_marked_as_an_estimate(html: str) -> None:
    for name in ("worth", "earlier", "safeguards", "par", "luck"):
        section = re.search(rf'<section id="{name}">(.*?)</section>', html, re.DOTALL)
        assert section
        assert "Model estimate" in section[1]
    for name in ("times", "phases", "cues", "alarms"):
        section = re.search(rf'<section id="{name}">(.*?)</section>', html, re.DOTALL)
        assert section
        assert "Model estimate" not in section[1]


def test_what_could_not_have_been_known_stands_before_what_could(markdown: str) -> None:
    part = markdown.partition("## What could have been known")[2].partition("\n## ")[0]
    assert "What could not have been known" in part
    assert part.index("no instrument showed") < part.index("| cue |")
    assert "Recall" in part


def test_documented_and_reconstructed_are_marked_apart(html: str, markdown: str) -> None:
    ladder = markdown.partition("## What happened when")[2]
    assert "● " in ladder
    assert "○ " in ladder
    assert 'aria-label="documented"' in html
    assert 'aria-label="reconstructed"' in html


def test_markdown_tables_have_as_many_cells_in_every_row(markdown: str) -> None:
    columns = 0
    tables = 0
    for line in markdown.splitlines():
        if not line.startswith("|"):
            columns = 0
            continue
        bars = len(re.findall(r"(?<!\\)\|", line))
        tables += columns == 0
        assert columns in (0, bars), line
        columns = bars
    assert tables >= 10


def test_json_holds_every_section_with_times_of_day(whole: Debrief) -> None:
    found = json.loads(write(whole, "json"))
    assert found["debrief"] == 1
    assert found["complete"]
    assert found["sound"]
    assert found["run"]["seed"] == 7
    assert "knight-2012" in found["fairness"]
    for name in ("first", "par", "worths", "earlier", "safeguards", "luck"):
        assert found[name]
    kill = next(item for item in found["worths"]["items"] if item["action"]["verb"] == "kill")
    assert kill["worth"] == kill["without"] - kill["with_it"]
    assert kill["action"]["deeds"][0]["step_at"] == "09:33:10"
    assert found["commands"][0] == {
        "step": 21760,
        "at": "09:30:40",
        "seat": "on-call",
        "text": "mail 10",
    }
    assert found["first"]["cues"]["recall"] is not None


def test_every_stage_of_a_debrief_can_be_written(stages: list[Debrief]) -> None:
    for stage in stages:
        for form in FORMATS:
            assert write(stage, form)
    assert "being folded" in write(stages[0], "md")
    assert "left before everything" in write(stages[1], "md")


def test_what_is_wrong_with_a_journal_stands_at_the_top(whole: Debrief) -> None:
    broken = attrs.evolve(whole, notes=("Line 7 of the journal <is> gone.",), sound=False)
    page = write(broken, "html")
    assert page.index("Line 7 of the journal &lt;is&gt; gone.") < page.index("What happened")
    assert "**Take care:** Line 7" in write(broken, "md")


def test_nothing_that_acts_on_a_terminal_or_a_browser_passes() -> None:
    assert shown("\x1b[2J<b>\u202e") == "␛[2J&lt;b&gt;\\u202e"
    assert escaped("# a\n- b") == r"\# a␊- b"
    assert escaped("1. first") == r"\1. first"
    assert escaped("a|b") == r"a\|b"


def test_ticks_are_round_and_hold_the_values() -> None:
    ticks = round_ticks(-12.0, 371.0)
    assert 0 in ticks
    assert ticks[-1] >= 371
    assert {tick % 100 for tick in ticks} == {0}


def test_labels_are_moved_apart_but_not_out_of_sight() -> None:
    moved = apart([10.0, 12.0, 95.0], 20, 0, 100)
    assert moved == [10.0, 30.0, 95.0]
    assert apart([98.0, 99.0], 20, 0, 100) == [80.0, 100.0]


# A real browser, where there is one. --------------------------------------------------------------

BROWSER = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def pixels(path: Path) -> tuple[int, bytes]:
    """Width and RGB bytes of a PNG file without interlacing."""
    content = path.read_bytes()
    width, height, depth, colour = struct.unpack(">IIBB", content[16:26])
    assert (depth, colour) in ((8, 2), (8, 6))
    size = 3 if colour == 2 else 4
    packed, place = b"", 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        if content[place + 4 : place + 8] == b"IDAT":
            packed += content[place + 8 : place + 8 + length]
        place += length + 12
    raw = zlib.decompress(packed)
    before = bytearray(width * size)
    rows = bytearray()
    for row in range(height):
        begin = row * (width * size + 1)
        line = bytearray(raw[begin + 1 : begin + 1 + width * size])
        _unfilter(raw[begin], line, before, size)
        before = line
        for column in range(0, width * size, size):
            rows += line[column : column + 3]
    return width, bytes(rows)


def _unfilter(kind: int, line: bytearray, before: bytearray, size: int) -> None:
    for place in range(len(line)):
        left = line[place - size] if place >= size else 0
        above = before[place]
        corner = before[place - size] if place >= size else 0
        if kind == 1:
            guess = left
        elif kind == 2:
            guess = above
        elif kind == 3:
            guess = (left + above) // 2
        elif kind == 4:
            guess = min((left, above, corner), key=lambda value: abs(left + above - corner - value))
        else:
            guess = 0
        line[place] = (line[place] + guess) & 255


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.parametrize("width", [900, 500])
def test_a_browser_shows_the_loss_and_what_burns(html: str, tmp_path: Path, width: int) -> None:
    page, picture = tmp_path / "page.html", tmp_path / "page.png"
    page.write_text(html, encoding="utf-8")
    command = [
        str(BROWSER),
        *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        f"--user-data-dir={tmp_path / 'profile'}",
        f"--window-size={width},1200",
        f"--screenshot={picture}",
        page.as_uri(),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    seen, colours = pixels(picture)
    assert seen == width
    count = Counter(colours[place : place + 3].hex() for place in range(0, len(colours), 3))
    assert count["ffffff"] > 100_000  # the sheet
    assert count["1d5bb5"] > 300  # this run
    assert count["7c828a"] > 100  # history
