"""A tape as one HTML file: a player, the chapters, and nothing that is fetched from anywhere.

The player is asciinema-player (Apache-2.0), which comes along. The page forbids itself the network,
so a file that somebody sends on stays what it is.
"""

from __future__ import annotations

import html
import json
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from controlroom.recording.cast import cast, ground_of
from controlroom.recording.faces import ALL, FONTS, font_for
from controlroom.recording.glass import Glass
from controlroom.recording.subset import font_rules
from controlroom.recording.tape import MILLISECONDS

if TYPE_CHECKING:
    from controlroom.recording.tape import Tape

PLAYER: Final = Path(__file__).resolve().parent / "player"

POLICY: Final = (
    "default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; "
    "img-src data:; font-src data:"
)
"""What the page may load: what it holds, and no more."""


def page(tape: Tape) -> str:
    """The text of the page."""
    text, ground = ground_of(tape.theme)
    values = {
        "title": html.escape(tape.title),
        "policy": POLICY,
        "text": text,
        "ground": ground,
        "fonts": font_rules(_signs(tape)),
        "families": FONTS,
        "css": (PLAYER / "asciinema-player.css").read_text(encoding="utf-8"),
        "player": inline((PLAYER / "asciinema-player.min.js").read_text(encoding="utf-8")),
        "cast": inline(json.dumps(cast(tape, 2))),
        "markers": inline(json.dumps([(_seconds(at), title) for at, title in tape.chapters])),
        "chapters": "".join(
            f'<li><button data-at="{_seconds(at)}"><time>{_clock(at)}</time>'
            f"{html.escape(title)}</button></li>"
            for at, title in tape.chapters
        ),
    }
    template = Template((PLAYER / "page.html").read_text(encoding="utf-8"))
    return template.substitute(values)


def _signs(tape: Tape) -> dict[str, set[str]]:
    """The signs that each font is asked for in a film."""
    glass = Glass(tape.columns, tape.rows)
    found: dict[str, set[str]] = {}
    for event in tape.events:
        glass.show(event)
        for sign, look in {cell for row in glass.rows for cell in row if cell[0] > " "}:
            font = font_for(sign, bold=look.bold, italic=look.italic)
            found.setdefault(font, set()).add(sign)
    return {name: found[name] for name in ALL if name in found}


def inline(script: str) -> str:
    """Text that may stand inside a script without ending it."""
    return script.replace("</", "<\\/").replace("<!--", "<\\!--")


def _seconds(at: int) -> float:
    return at / MILLISECONDS


def _clock(at: int) -> str:
    seconds = at // MILLISECONDS
    return f"{seconds // 60}:{seconds % 60:02d}"
