"""The evenings before a day: a calendar, and the servers with what the tickets say of them.

What is installed stands here only where somebody looked, with when that was. A ticket that is
closed and a server that was seen are two columns, since they are two things.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import attrs
from textual.message import Message

from controlroom.sim.views import WeekView
from controlroom.tui.lines import Frame, Line, Span, blank, cut, ends, fit, framed, line, plain
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from textual import events

    from controlroom.sim.views import EveningView, SiteView

BESIDE: Final = 110
"""Cells from which on the calendar stands beside the servers."""

_MARK, _NAME, _TICKET, _SEEN = 2, 9, 13, 11


@attrs.frozen
class WeekPicture:
    """What the pane shows.

    Attributes:
        week: its view; None once the day has begun.
        selected: number of the server that the verb keys mean.
    """

    week: WeekView | None
    selected: int = 1


def site_line(site: SiteView, width: int, glyphs: Glyphs, *, chosen: bool) -> Line:
    """A server: what its ticket says, what was seen, whether it was reviewed."""
    odd = bool(site.ticket) and site.seen != site.ticket
    role = Role.MUTED if not site.seen else Role.NOTICE if odd else Role.TEXT
    notes = " ".join(filter(None, (site.seen_at, "reviewed" if site.reviewed else "")))
    ticket = site.ticket or "no ticket"
    room = max(0, width - _MARK - _NAME - _TICKET - _SEEN)
    return line(
        Span(fit(glyphs.prompt if chosen else "", _MARK), Role.INFO),
        Span(fit(site.name, _NAME), Role.STRONG),
        Span(fit(ticket, _TICKET), Role.TEXT if site.ticket else Role.MUTED),
        Span(fit(site.seen or "?", _SEEN), role),
        Span(cut(plain(notes), room), Role.MUTED),
        width=width,
        ground=Ground.CURSOR if chosen else Ground.PLAIN,
    )


def head_line(width: int) -> Line:
    """What the columns are."""
    heads = (("", _MARK), ("server", _NAME), ("ticket says", _TICKET), ("seen", _SEEN))
    text = "".join(fit(head, size) for head, size in heads)
    return line(Span(f"{text}when", Role.MUTED), width=width)


def evening_line(evening: EveningView, width: int, glyphs: Glyphs) -> Line:
    """An evening with how much of it is used."""
    name = Span(fit(plain(evening.name), 18), Role.INFO if evening.now else Role.TEXT)
    bar = max(6, min(24, width - 30))
    used = min(bar, evening.used * bar // max(1, evening.minutes))
    count = len(evening.entries)
    done = f"{count} done" if count else ""
    return ends(
        (
            name,
            Span(glyphs.bar * used, Role.INFO),
            Span(glyphs.bar_left * (bar - used), Role.FAINT),
        ),
        (Span(done, Role.MUTED),),
        width,
    )


def state_lines(view: WeekView, width: int, glyphs: Glyphs) -> list[Line]:
    """What is decided: procedure, dead code, tests."""
    rows = (
        (view.procedure, "a written procedure", "nothing in writing"),
        (view.removed, "dead code is out of the release", "dead code is in, its flag used again"),
        (bool(view.tested), f"tested: {', '.join(view.tested)}", "nothing tested"),
    )
    return [
        line(
            Span(f"{glyphs.good if done else glyphs.dot} ", Role.GOOD if done else Role.MUTED),
            Span(cut(plain(yes if done else no), width - 2), Role.TEXT if done else Role.MUTED),
            width=width,
        )
        for done, yes, no in rows
    ]


def calendar_lines(view: WeekView, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The evenings, each with what was done in it."""
    lines: list[Line] = []
    room = max(0, (height - 2 * len(view.evenings)) // max(1, len(view.evenings)))
    for evening in view.evenings:
        lines.append(evening_line(evening, width, glyphs))
        entries = evening.entries
        shown = entries if len(entries) <= room else entries[len(entries) - max(0, room - 1) :]
        if len(shown) < len(entries):
            lines.append(
                line(Span(f"  {len(entries) - len(shown)} before", Role.MUTED), width=width)
            )
        lines += [
            line(Span(f"  {clock} ", Role.MUTED), Span(cut(plain(text), width - 9)), width=width)
            for clock, text in shown
        ]
        lines.append(blank(width))
    return lines


def site_lines(view: WeekView, selected: int, width: int, glyphs: Glyphs) -> list[Line]:
    """The servers, with a mark before the chosen one."""
    return [
        site_line(site, width, glyphs, chosen=number == selected)
        for number, site in enumerate(view.sites, 1)
    ]


def week_lines(
    view: WeekView, selected: int, width: int, height: int, glyphs: Glyphs
) -> list[Line]:
    """All of it, beside or below each other."""
    if width < BESIDE:
        lines = [
            *(evening_line(evening, width, glyphs) for evening in view.evenings),
            head_line(width),
            *site_lines(view, selected, width, glyphs),
        ]
        if height >= len(lines) + 4:
            lines += [blank(width), *state_lines(view, width, glyphs)]
        return lines[:height]
    left = width * 5 // 9
    right = width - left - 3
    one = [
        head_line(left),
        *site_lines(view, selected, left, glyphs),
        blank(left),
        *state_lines(view, left, glyphs),
    ]
    other = calendar_lines(view, right, height, glyphs)
    one += [blank(left)] * (height - len(one))
    other += [blank(right)] * (height - len(other))
    return [
        Line((*(span._replace(ground=a.ground) for span in a.spans), Span("   "), *b.spans))
        for a, b in zip(one[:height], other, strict=False)
    ]


class WeekPane(LinePane[WeekPicture], can_focus=True):
    """What stands in place of the instruments until the day begins."""

    @dataclass
    class Picked(Message):
        """A server was clicked.

        Attributes:
            number: its place in the fleet, from 1.
        """

        number: int

    def __init__(self) -> None:
        super().__init__(id="week")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        view = self.view.week if self.view is not None else None
        if self.view is None or view is None:
            return tuple(blank(width) for _ in range(height))
        hours, minutes = divmod(view.left, 60)
        frame = Frame(
            title=(Span("THE WEEK", Role.STRONG), Span(f" {plain(view.now)}", Role.INFO)),
            badge=(Span(f"{hours} h {minutes:02d} left", Role.NOTICE if hours < 1 else Role.TEXT),),
            foot=(Span("bell", Role.KEY), Span(" lets the day begin", Role.MUTED)),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )
        inner, rows = max(1, width - 4), max(1, height - 2)
        body = week_lines(view, self.view.selected, inner, rows, self.glyphs)
        return framed(frame, body, width, height, self.glyphs)

    def on_click(self, event: events.Click) -> None:
        view = self.view.week if self.view is not None else None
        if view is None or not 0 <= event.y < len(self.text_lines):
            return
        words = self.text_lines[event.y].split()
        for number, site in enumerate(view.sites, 1):
            if site.name in words[:3]:
                self.post_message(self.Picked(number))
