"""A debrief on the page: complete, escaped, self-contained, and with drawings one can see."""

from __future__ import annotations

import json
import re
import shutil
import struct
import subprocess
import threading
import zlib
from collections import Counter
from html.parser import HTMLParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
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


class Served:
    """A page on a loopback port, and everything that was asked of it."""

    def __init__(self, html: str) -> None:
        asked: list[str] = []
        self.asked = asked

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                self.send_response(200 if self.path == "/page" else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                if self.path == "/page":
                    self.wfile.write(html.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/page"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def browse(url: str, folder: Path, *options: str) -> None:
    """Open a page in a browser that nobody sees, and that knows no other machine."""
    command = [
        str(BROWSER),
        *("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
        *("--disable-background-networking", "--disable-component-update", "--no-first-run"),
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        f"--user-data-dir={folder / 'profile'}",
        *options,
        url,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)


def colours_of(picture: Path) -> Counter[str]:
    """How many pixels there are of each colour, as `rrggbb`."""
    _, colours = pixels(picture)
    return Counter(colours[place : place + 3].hex() for place in range(0, len(colours), 3))


LIGHT = {"sheet": "ffffff", "you": "1d5bb5", "history": "7c828a"}
DARK = {"sheet": "161b21", "you": "74a9ff", "history": "939ca6"}


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
@pytest.mark.parametrize(
    "width, dress, options",
    [
        (900, LIGHT, ()),
        (900, DARK, ("--blink-settings=preferredColorScheme=0",)),
        (500, LIGHT, ()),  # the narrowest window that the browser opens
    ],
    ids=["light", "dark", "narrow"],
)
def test_a_browser_shows_the_charts_and_asks_for_nothing_else(
    html: str, tmp_path: Path, width: int, dress: dict[str, str], options: tuple[str, ...]
) -> None:
    picture = tmp_path / "page.png"
    with Served(html) as served:
        browse(
            served.url, tmp_path, *options, f"--window-size={width},1200",
            f"--screenshot={picture}",
        )  # fmt: skip
        assert set(served.asked) - {"/favicon.ico"} == {"/page"}
    assert pixels(picture)[0] == width
    count = colours_of(picture)
    assert count[dress["sheet"]] > 100_000
    assert count[dress["you"]] > 300, "this run's line"
    assert count[dress["history"]] > 100, "history's line"
    other = DARK if dress is LIGHT else LIGHT
    assert not count[other["you"]]


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_nothing_on_the_page_is_wider_than_a_phone(html: str, tmp_path: Path) -> None:
    """In a frame of 360 pixels, which is narrower than any window that the browser opens."""
    ruler = (
        "<!doctype html><body style='margin:0'><iframe id=f width=360 height=9000 "
        "style='border:0'></iframe><p id=said></p><script>f.srcdoc=PAGE;f.onload=()=>{"
        "const d=f.contentDocument.documentElement;said.textContent="
        "`wide ${d.scrollWidth} tall ${d.scrollHeight}`}</script>"
    ).replace("PAGE", json.dumps(html).replace("<", "\\u003c"))
    with Served(ruler) as served:
        command = [str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom",
                   f"--user-data-dir={tmp_path / 'profile'}", served.url]  # fmt: skip
        done = subprocess.run(command, check=True, capture_output=True, timeout=90, text=True)
    found = re.search(r'id="said">wide (\d+) tall (\d+)<', done.stdout)
    assert found is not None
    assert int(found[1]) <= 360
    assert int(found[2]) > 3_000


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_it_is_printed_on_pages_of_paper(html: str, tmp_path: Path) -> None:
    paper = tmp_path / "page.pdf"
    with Served(html) as served:
        browse(served.url, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    content = paper.read_bytes()
    assert content.startswith(b"%PDF-")
    assert 3 <= len(re.findall(rb"/Type\s*/Page\b", content)) <= 20
