"""A picture as SVG that looks the same everywhere, and as PNG.

Textual exports its screen as SVG that asks a server on the net for its font, and names things by a
hash. Here it carries the signs that it shows, as a part of our own fonts, and its names are plain;
blocks, of which the charts are made, are rectangles.
resvg turns the same SVG into pixels with the same fonts and no other.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len

from controlroom.recording.blocks import FIRST, LAST, Part, parts
from controlroom.recording.errors import RecordingError, without
from controlroom.recording.faces import ALL, FAMILIES, FONTS, REGULAR, font_for, font_path
from controlroom.recording.subset import font_rules

CELL: Final = 12.2
"""Width of a cell, as rich draws it."""

LINE: Final = 24.4
"""Height of a line, as rich draws it."""

TOP: Final = 1.5
"""Where the first line begins."""

OVERLAP: Final = 0.25
"""How far what fills a cell to its foot reaches into the next, as rich's grounds do."""

_UNIQUE = re.compile(r"terminal-\d+")
_FACES = re.compile(r"\s*@font-face \{.*?\}", re.DOTALL)
_CLASS = re.compile(r"\.(terminal-r\d+) \{([^}]*)\}")
_TEXT = re.compile(r'<text class="([\w-]+)"[^>]*>(.*?)</text>', re.DOTALL)
_LINE = re.compile(
    r'<text class="([\w-]+)" x="([\d.]+)" y="[\d.]+" textLength="[\d.]+" '
    r'clip-path="url\(#terminal-line-(\d+)\)">([^<]*)</text>'
)
_BLOCKS = re.compile(f"[{FIRST}-{LAST}]")
_RUN = re.compile(f"([{FIRST}-{LAST}])\\1*")
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
        raise without("a .png needs the library resvg-py") from None
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
        raise without("a .png needs the library Pillow") from None
    image = Image.open(io.BytesIO(made)).convert("RGBA")
    few = image.quantize(256, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()


def _plain(drawn: str) -> str:
    """The SVG without the net's fonts and without hashes."""
    svg = _LINE.sub(_blocks_filled, _FACES.sub("", _UNIQUE.sub("terminal", drawn)))
    svg = svg.replace("font-family: Fira Code, monospace;", f"font-family: {FONTS};")
    svg = svg.replace("font-family: arial;", f"font-family: {FONTS};")
    # As wide as a cell, so that no gap shows between two blocks.
    return svg.replace("font-size: 20px;", f"font-size: {CELL / 0.6:.3f}px;")


def _blocks_filled(found: re.Match[str]) -> str:
    """A piece of a line with rectangles where blocks stand."""
    text = html.unescape(found[4])
    if not _BLOCKS.search(text):
        return found[0]
    left, top = float(found[2]), TOP + LINE * int(found[3])
    filled = "".join(
        _rectangle(part, found[1], left + CELL * cell_len(text[:place]), top, cells)
        for place, sign, cells in _runs(text)
        for part in parts(sign)
    )
    rest = _BLOCKS.sub("\xa0", text)
    if not rest.strip():
        return filled
    before, after = found[0].split(found[4])
    return f"{filled}{before}{html.escape(rest, quote=False).replace(chr(0xA0), '&#160;')}{after}"


def _runs(text: str) -> Iterator[tuple[int, str, int]]:
    """Where blocks stand, which, and how many in a row where each fills its cell's width."""
    for run in _RUN.finditer(text):
        sign = run[1]
        if all(part.left == 0 and part.right == 8 for part in parts(sign)):
            yield run.start(), sign, len(run[0])
        else:
            yield from ((place, sign, 1) for place in range(*run.span()))


def _rectangle(part: Part, style: str, left: float, top: float, cells: int) -> str:
    """A part of a cell, or of several in a row."""
    x, y = left + CELL * part.left / 8, top + LINE * part.top / 8
    width = CELL * cells * (part.right - part.left) / 8
    height = LINE * (part.bottom - part.top) / 8 + (OVERLAP if part.bottom == 8 else 0)
    density = "" if part.density == 1 else f' fill-opacity="{part.density:g}"'
    return (
        f'<rect class="{style}" x="{x:.6g}" y="{y:.6g}" width="{width:.6g}" height="{height:.6g}"'
        f'{density} shape-rendering="crispEdges"/>'
    )


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
