"""A page as one HTML file: no network, no script, for paper and phone, by day and by night.

Each drawing stands there at two widths, of which the style shows one. Everything that came from a
journal or a scenario is escaped where it is written.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from controlroom.debrief.pages import charts
from controlroom.debrief.pages.blocks import (
    Bars,
    Blank,
    Block,
    Cell,
    Columns,
    Figures,
    Ladder,
    Lines,
    Page,
    Points,
    Rung,
    Section,
    Spread,
    Steps,
    Table,
    Text,
    Tone,
)
from controlroom.debrief.pages.svg import shown
from controlroom.sim.start import Evidence

WIDE: Final = 860.0
NARROW: Final = 360.0

POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""A browser that reads it loads nothing and runs nothing, whatever a text holds."""

_MARKS: Final = {
    Evidence.DOCUMENTED: ("●", "documented"),
    Evidence.RECONSTRUCTED: ("○", "reconstructed"),
    Evidence.INFERRED: ("○", "inferred"),
    None: ("▪", "played"),
}


def html(page: Page) -> str:
    """The whole file."""
    style = Path(__file__).with_name("page.css").read_text(encoding="utf-8")
    links = "".join(
        f'<li><a href="#{shown(section.id)}">{shown(section.title)}</a></li>'
        for section in page.sections
    )
    warnings = "".join(f"<p>{shown(warning)}</p>" for warning in page.warnings)
    body = "".join(map(_section, page.sections))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{shown(POLICY)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{shown(page.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f"<header><h1>{shown(page.title)}</h1><p>{shown(page.subtitle)}</p></header>\n"
        + (f'<div class="warning" role="note">{warnings}</div>\n' if warnings else "")
        + f'<nav aria-label="Contents"><ol>{links}</ol></nav>\n<main>\n{body}</main>\n'
        f"<footer><p>{shown(page.under)}</p></footer>\n</body>\n</html>\n"
    )


def _section(section: Section) -> str:
    blocks = "\n".join(map(block_html, section.blocks))
    title = f"<h2>{shown(section.title)}</h2>"
    return f'<section id="{shown(section.id)}">{title}\n{blocks}\n</section>\n'


def block_html(block: Block) -> str:
    """One block."""
    write: Callable[[Any], str] = _WRITERS[type(block)]
    return write(block)


def _text(block: Text) -> str:
    return f"<p{_class('quiet') if block.quiet else ''}>{shown(block.text)}</p>"


def _blank(block: Blank) -> str:
    return f'<div class="blank"><p>{shown(block.label)}</p>{"<i></i>" * block.lines}</div>'


def _points(block: Points) -> str:
    return f"<ul>{''.join(f'<li>{shown(item)}</li>' for item in block.items)}</ul>"


def _figures(block: Figures) -> str:
    items = "".join(
        f"<div><dt>{shown(label)}</dt>"
        f"<dd{_class(cell.tone)}>{shown(cell.text)}<small>{shown(note)}</small></dd></div>"
        for label, cell, note in block.items
    )
    return f'<dl class="figures">{items}</dl>'


def _table(block: Table) -> str:
    flush = [
        any(row[place].number for row in block.rows if len(row) > place)
        for place in range(len(block.head))
    ]
    head = "".join(
        f'<th scope="col"{_class("number") if right else ""}>{shown(label)}</th>'
        for label, right in zip(block.head, flush, strict=True)
    )
    rows = "".join(f"<tr>{''.join(map(_cell, row, block.head))}</tr>" for row in block.rows)
    under = f'<p class="under">{shown(block.under)}</p>' if block.under else ""
    return (
        f'<div class="table" tabindex="0" role="group"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{under}"
    )


def _cell(cell: Cell, label: str) -> str:
    """A cell; on a phone, where a row is a list, its label stands before it."""
    names = [
        *(["number"] if cell.number else []),
        *([cell.tone] if cell.tone is not Tone.PLAIN else []),
    ]
    before = f' data-label="{shown(label)}"' if label else ""
    return f"<td{_class(*names)}{before}>{shown(cell.text)}</td>"


def _class(*names: str) -> str:
    return f' class="{" ".join(names)}"' if names else ""


def _figure(title: str, under: str, wide: str, narrow: str) -> str:
    return (
        f"<figure><figcaption>{shown(title)}</figcaption>{wide}{narrow}"
        f'<p class="under">{shown(under)}</p></figure>'
    )


def _drawn(
    block: Lines | Bars | Columns | Steps | Spread, draw: Callable[[Any, float, str], str]
) -> str:
    wide, narrow = draw(block, WIDE, "wide"), draw(block, NARROW, "narrow")
    return _figure(block.title, block.under, wide, narrow)


def _ladder(block: Ladder) -> str:
    lanes = "".join(f'<span class="{lane}">{shown(name)}</span>' for lane, name in block.lanes)
    rungs = "".join(map(_rung, block.rungs))
    return (
        f'<div class="ladder"><div class="lanes"><span></span>{lanes}</div><ol>{rungs}</ol></div>'
        f'<p class="under">{shown(block.under)}</p>'
    )


def _rung(rung: Rung) -> str:
    mark, word = _MARKS[rung.evidence]
    source = f"<small>{shown(rung.source)}</small>" if rung.source else ""
    return (
        f'<li class="{shown(rung.lane)}"><time>{shown(rung.clock)}</time>'
        f'<span><b title="{word}" aria-label="{word}">{mark}</b> '
        f"<i>{shown(rung.whose)}: </i>{shown(rung.text)} {source}</span></li>"
    )


_WRITERS: Final[dict[type, Callable[[Any], str]]] = {
    Blank: _blank,
    Text: _text,
    Points: _points,
    Figures: _figures,
    Table: _table,
    Ladder: _ladder,
    Lines: lambda block: _drawn(block, charts.lines),
    Bars: lambda block: _drawn(block, charts.bars),
    Columns: lambda block: _drawn(block, charts.columns),
    Steps: lambda block: _drawn(block, charts.steps),
    Spread: lambda block: _drawn(block, charts.spread),
}
