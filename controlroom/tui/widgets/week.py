"""The evenings before a day: a calendar, and the servers with what the tickets say of them.

What is installed stands here only where somebody looked, with when that was. A ticket that is
closed and a server that was seen are two columns, since they are two things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.tui.lines import Frame, Line, Span, blank, cut, ends, fit, framed, line, plain
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from controlroom.sim.views import EveningView, SiteView, WeekView

BESIDE: Final = 110
"""Cells from which on the calendar stands beside the servers."""

_NAME, _TICKET, _SEEN = 9, 13, 11


def site_line(site: SiteView, width: int) -> Line:
    """A server: what its ticket says, what was seen, whether it was reviewed."""
    odd = bool(site.ticket) and site.seen != site.ticket
    role = Role.MUTED if not site.seen else Role.NOTICE if odd else Role.TEXT
    notes = " ".join(filter(None, (site.seen_at, "reviewed" if site.reviewed else "")))
    ticket = site.ticket or "no ticket"
    return line(
        Span(fit(site.name, _NAME), Role.STRONG),
        Span(fit(ticket, _TICKET), Role.TEXT if site.ticket else Role.MUTED),
        Span(fit(site.seen or "?", _SEEN), role),
        Span(cut(plain(notes), max(0, width - _NAME - _TICKET - _SEEN)), Role.MUTED),
        width=width,
    )


def head_line(width: int) -> Line:
    """What the columns are."""
    text = fit("server", _NAME) + fit("ticket says", _TICKET) + fit("seen", _SEEN) + "when"
    return line(Span(text, Role.MUTED), width=width)


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


def week_lines(view: WeekView, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """All of it, beside or below each other."""
    if width < BESIDE:
        lines = [
            *(evening_line(evening, width, glyphs) for evening in view.evenings),
            head_line(width),
            *(site_line(site, width) for site in view.sites),
        ]
        if height >= len(lines) + 4:
            lines += [blank(width), *state_lines(view, width, glyphs)]
        return lines[:height]
    left = width * 5 // 9
    right = width - left - 3
    one = [
        head_line(left),
        *(site_line(site, left) for site in view.sites),
        blank(left),
        *state_lines(view, left, glyphs),
    ]
    other = calendar_lines(view, right, height, glyphs)
    one += [blank(left)] * (height - len(one))
    other += [blank(right)] * (height - len(other))
    return [Line((*a.spans, Span("   "), *b.spans)) for a, b in zip(one, other, strict=False)][
        :height
    ]


class WeekPane(LinePane["WeekView | None"]):
    """What stands in place of the instruments until the day begins."""

    def __init__(self) -> None:
        super().__init__(id="week")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        view = self.view
        if view is None:
            return tuple(blank(width) for _ in range(height))
        hours, minutes = divmod(view.left, 60)
        frame = Frame(
            title=(Span("THE WEEK", Role.STRONG), Span(f" {plain(view.now)}", Role.INFO)),
            badge=(Span(f"{hours} h {minutes:02d} left", Role.NOTICE if hours < 1 else Role.TEXT),),
            foot=(Span("bell", Role.KEY), Span(" lets the day begin", Role.MUTED)),
            role=Role.FAINT,
        )
        body = week_lines(view, max(1, width - 4), max(1, height - 2), self.glyphs)
        return framed(frame, body, width, height, self.glyphs)
