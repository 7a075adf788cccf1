"""A picture as SVG that looks the same everywhere, and as PNG.

Textual exports its screen as SVG that asks a server on the net for its font, and names things by a
hash. Here it carries the signs that it shows, as a part of our own fonts, and its names are plain.
resvg turns the same SVG into pixels with the same fonts and no other.
"""

from __future__ import annotations

import html
import io
import re
from typing import Final

from controlroom.recording.errors import MissingError, RecordingError
from controlroom.recording.faces import ALL, FAMILIES, FONTS, REGULAR, font_for, font_path
from controlroom.recording.subset import font_rules

CELL: Final = 12.2
"""Width of a cell, as rich draws it."""

_UNIQUE = re.compile(r"terminal-\d+")
_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_CLASS = re.compile(r"\.(terminal-r\d+) \{([^}]*)\}")
_TEXT = re.compile(r'<text class="([\w-]+)"[^>]*>(.*?)</text>', re.DOTALL)
_EMBEDDED = re.compile(r"url\(data:font/woff2;base64,[^)]*\)")


def finished(drawn: str) -> str:
    """Textual's SVG with plain names and with its fonts inside.

    Raises:
        MissingError: when fontTools or brotli are not installed.
    """
    svg = _plain(drawn)
    return svg.replace("<style>", "<style>\n" + font_rules(_signs(svg)), 1)


def without_fonts(svg: str) -> str:
    """A finished picture without what it carries of fonts: what can be compared."""
    return _EMBEDDED.sub("url()", svg)


def png(drawn: str, zoom: float = 1.0) -> bytes:
    """A picture in pixels.

    Args:
        drawn: Textual's SVG, or a finished one.
        zoom: how much larger.

    Raises:
        MissingError: when resvg-py or Pillow are not installed.
    """
    try:
        import resvg_py
    except ImportError:
        raise MissingError(
            "a .png needs the library resvg-py; install controlroom[record]"
        ) from None
    try:
        made = resvg_py.svg_to_bytes(
            svg_string=_plain(drawn),
            skip_system_fonts=True,
            font_files=[str(font_path(name)) for name in ALL],
            font_family=FAMILIES[REGULAR][0],
            monospace_family=FAMILIES[REGULAR][0],
            zoom=zoom,
        )
    except ValueError as error:
        raise RecordingError(f"the picture could not be drawn: {error}") from None
    return _smaller(bytes(made))


def _smaller(made: bytes) -> bytes:
    """A PNG with a palette: a screen has few colours, and a third of the bytes is enough."""
    try:
        from PIL import Image
    except ImportError:
        raise MissingError("a .png needs the library Pillow; install controlroom[record]") from None
    image = Image.open(io.BytesIO(made)).convert("RGBA")
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _plain(drawn: str) -> str:
    """The SVG without the net's fonts and without hashes."""
    svg = _FACES.sub("", _UNIQUE.sub("terminal", drawn))
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {FONTS};")
    svg = svg.replace("font-family: arial;", f"font-family: {FONTS};")
    # As wide as a cell, so that no gap shows between two blocks.
    return svg.replace("font-size: 20px;", f"font-size: {CELL / 0.6:.3f}px;")


def _signs(svg: str) -> dict[str, set[str]]:
    """The signs that each font is asked for."""
    styles: dict[str, str] = dict(_CLASS.findall(svg))
    found: dict[str, set[str]] = {}
    for name, written in _TEXT.findall(svg):
        style = styles.get(name, "bold" if name.endswith("title") else "")
        for sign in set(html.unescape(written)):
            font = font_for(sign, bold="bold" in style, italic="italic" in style)
            found.setdefault(font, set()).add(sign)
    return {name: found[name] for name in ALL if name in found}
