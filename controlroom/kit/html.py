"""A sheet as one HTML file for the printer: light, no network, no script, for A4 and for Letter.

The file names no paper, so a browser takes the one that lies in the printer; where a PDF is made,
its size is put in.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from controlroom.debrief.pages.html import POLICY, block_html
from controlroom.debrief.pages.svg import shown
from controlroom.kit.parts import (
    Boxes,
    Card,
    Form,
    Head,
    Part,
    Phase,
    Said,
    Sheet,
    Slips,
    Small,
)

PAPERS: Final = {"a4": "A4", "letter": "letter"}
"""The papers that a PDF may be made for, as a style sheet calls them."""


def html(sheet: Sheet, foot: str, language: str, paper: str = "") -> str:
    """The whole file.

    Args:
        sheet: what.
        foot: the line at the foot of each page.
        language: of its words.
        paper: one of `PAPERS`, or empty for whatever lies in the printer.
    """
    style = Path(__file__).with_name("kit.css").read_text(encoding="utf-8")
    size = " ".join(filter(None, (PAPERS.get(paper, ""), "landscape" if sheet.landscape else "")))
    margin = "margin: 7mm 9mm 9mm; " if sheet.landscape else ""
    page = f"@page {{ {f'size: {size}; ' if size else ''}{margin}}}\n"
    title = "" if sheet.plain else f"<header><h1>{shown(sheet.title)}</h1></header>\n"
    body = "\n".join(map(_part, sheet.parts))
    return (
        f'<!doctype html>\n<html lang="{shown(language)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{shown(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light">\n'
        f"<title>{shown(sheet.title)}</title>\n<style>\n{style}{page}</style>\n</head>\n"
        f'<body class="{shown(sheet.id)}">\n{title}<main>\n{body}\n</main>\n'
        f"<footer>{shown(sheet.title)} · {shown(foot)}</footer>\n</body>\n</html>\n"
    )


def _part(part: Part) -> str:
    write: Callable[[Any], str] = _WRITERS.get(type(part), block_html)
    return write(part)


def _head(part: Head) -> str:
    begins = ' class="page"' if part.page else ""
    return f"<h2{begins}>{shown(part.text)}</h2>"


def _boxes(part: Boxes) -> str:
    return f'<ul class="boxes">{_items(part.items)}</ul>'


def _items(items: tuple[str, ...]) -> str:
    return "".join(f"<li>{shown(item)}</li>" for item in items)


def _form(part: Form) -> str:
    head = "".join(
        f'<th scope="col" style="width:{width}%">{shown(label)}</th>' for label, width in part.head
    )
    rest = "<td></td>" * (len(part.head) - 1)
    rows = "".join(f"<tr><td>{shown(first)}</td>{rest}</tr>" for first in part.first)
    return f'<table class="form"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _phase(part: Phase) -> str:
    columns = "".join(
        f"<div><h4>{shown(label)}</h4><ul>{_items(items)}</ul></div>"
        for label, items in part.columns
        if items
    )
    return f'<div class="phase"><h3>{shown(part.title)}</h3>{columns}</div>'


def _card(part: Card) -> str:
    lists = "".join(
        f"<h3>{shown(label)}</h3><ul>{_items(items)}</ul>" for label, items in part.lists if items
    )
    label, said = part.quote
    quote = f"<h3>{shown(label)}</h3><blockquote>{shown(said)}</blockquote>" if said else ""
    commands = "".join(
        f'<h3>{shown(label)}</h3><dl class="commands">'
        + "".join(f"<div><dt>{shown(one)}</dt><dd>{shown(does)}</dd></div>" for one, does in rows)
        + "</dl>"
        for label, rows in part.commands
        if rows
    )
    note = f"<p>{shown(part.note)}</p>" if part.note else ""
    return (
        f'<section class="card"><p class="cut">✂ {shown(part.cut)}</p><div class="edge">'
        f"<small>{shown(part.over)}</small><h1>{shown(part.title)}</h1>{note}"
        f'<p class="name">{shown(part.name)}</p>{lists}{quote}{commands}</div></section>'
    )


def _slips(part: Slips) -> str:
    slips = "".join(
        f'<div class="slip"><small>{shown(slip.head)}</small><h4>{shown(slip.subject)}</h4>'
        f"<p>{shown(slip.text)}</p>"
        + (f'<p class="foot">{shown(slip.foot)}</p>' if slip.foot else "")
        + "</div>"
        for slip in part.items
    )
    return f'<div class="slips">{slips}</div>'


def _said(part: Said) -> str:
    return "".join(
        f'<div class="said"><h4>{shown(asked)} <small>{shown(who)}</small></h4>'
        f"<pre>{shown_lines(lines)}</pre></div>"
        for asked, who, lines in part.items
    )


def shown_lines(lines: tuple[str, ...]) -> str:
    """Lines as they stand, each escaped."""
    return "\n".join(map(shown, lines))


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    Head: _head,
    Small: lambda part: f"<h3>{shown(part.text)}</h3>",
    Boxes: _boxes,
    Form: _form,
    Phase: _phase,
    Card: _card,
    Slips: _slips,
    Said: _said,
}
