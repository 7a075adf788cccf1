"""Work in progress: what takes time, how far it is, who rings, and what authority there is."""

from __future__ import annotations

import attrs

from controlroom.sim.views import WorkView
from controlroom.tui.lines import Frame, Line, Span, blank, cut, ends, framed, line, plain
from controlroom.tui.look import Glyphs, Role
from controlroom.tui.numbers import span
from controlroom.tui.widgets.line_pane import LinePane


@attrs.frozen
class WorkPicture:
    """What the pane shows.

    Attributes:
        work: in progress, first to end first.
        ringing: who is on the telephones that ring, by title.
        declared: an incident is declared.
        authority: the seat may stop everything.
        waiting: commands given while the clock stood still.
        suspicions: hypotheses written down, newest last.
    """

    work: tuple[WorkView, ...]
    ringing: tuple[str, ...]
    declared: bool
    authority: bool
    waiting: int = 0
    suspicions: tuple[str, ...] = ()


def _task(task: WorkView, width: int, glyphs: Glyphs) -> list[Line]:
    left = Span(f"{span(task.left)} left", Role.INFO)
    name = cut(plain(task.text), width - len(left.text) - 1, glyphs.ellipsis)
    bar = max(4, width - (18 if task.doing else 0))
    done = min(bar, task.done * bar // 1000)
    doing = f" {plain(task.doing)}" if task.doing else ""
    return [
        ends((Span(name, Role.TEXT),), (Span(" "), left), width),
        line(
            Span(glyphs.bar * done, Role.INFO),
            Span(glyphs.bar_left * (bar - done), Role.FAINT),
            Span(cut(doing, width - bar), Role.MUTED),
            width=width,
        ),
    ]


def work_lines(picture: WorkPicture, width: int, height: int, glyphs: Glyphs) -> list[Line]:
    """The inside of the pane; who rings comes first, what may be done last."""
    lines = [
        line(Span(f"{glyphs.call} {cut(plain(name), width - 10)}", Role.NOTICE),
             Span(" rings", Role.NOTICE), width=width)
        for name in picture.ringing
    ]  # fmt: skip
    if picture.waiting:
        text = f"{picture.waiting} given, waiting for the clock"
        lines.append(line(Span(cut(text, width), Role.INFO), width=width))
    declared = ("incident declared", Role.GOOD) if picture.declared else ("no incident", Role.MUTED)
    leave = ("authority", Role.GOOD) if picture.authority else ("no authority", Role.MUTED)
    footer = [
        line(Span(declared[0], declared[1]), Span(f" {glyphs.dot} ", Role.FAINT),
             Span(leave[0], leave[1]), width=width)
    ]  # fmt: skip
    if picture.suspicions:
        text = f"suspected: {plain(picture.suspicions[-1])}"
        footer.insert(0, line(Span(cut(text, width), Role.MUTED), width=width))
    room = height - len(lines) - len(footer)
    if not (picture.work or lines):
        lines.append(line(Span("nothing", Role.MUTED), width=width))
    shown = 0
    for task in picture.work:
        if (shown + 1) * 2 > room:
            break
        lines += _task(task, width, glyphs)
        shown += 1
    if shown < len(picture.work) and lines:
        more = Span(f" +{len(picture.work) - shown} more", Role.INFO)
        lines[-1] = ends(lines[-1].spans, (more,), width)
    lines += [blank(width)] * (height - len(lines) - len(footer))
    return (lines + footer)[:height]


class WorkPane(LinePane[WorkPicture], can_focus=True):
    """The pane beside the answers."""

    def __init__(self) -> None:
        super().__init__(id="work")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        if self.view is None:
            return tuple(blank(width) for _ in range(height))
        frame = Frame(
            title=(Span("IN PROGRESS", Role.STRONG),),
            role=Role.INFO if self.has_focus else Role.FAINT,
            heavy=self.has_focus,
        )
        body = work_lines(self.view, max(1, width - 4), max(1, height - 2), self.glyphs)
        return framed(frame, body, width, height, self.glyphs)
