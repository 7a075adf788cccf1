"""The coach of a first shift: the lesson of the moment, in a place of its own that does not move.

Three lines say what to do, one what there is to give and what of it is done, one what came of the
last thing. What is to be typed or pressed stands out from the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.sim.events import Tone
from controlroom.tui.lines import Frame, Line, Span, blank, cut, ends, framed, line, plain
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.widgets.answers import ROLES, tone_sign
from controlroom.tui.widgets.line_pane import LinePane

if TYPE_CHECKING:
    from controlroom.sim.views import CoachView

LINES: Final = 3
"""Lines of a lesson."""

_KEYS: Final = (
    Span("e", Role.KEY),
    Span(" passes over  ", Role.MUTED),
    Span("w", Role.KEY),
    Span(" says it again", Role.MUTED),
)


def emphasised(text: str, role: Role = Role.TEXT) -> tuple[Span, ...]:
    """Text in which what stands between backticks is to be typed or pressed."""
    parts = plain(text).split("`")
    spans = (
        Span(part, Role.INFO if place % 2 else role) for place, part in enumerate(parts) if part
    )
    return tuple(spans)


def coach_lines(view: CoachView, width: int, glyphs: Glyphs) -> list[Line]:
    """What the pane says: five lines, whatever there is to say."""
    remark = blank(width)
    if view.said:
        tone = view.tone
        role = Role.MUTED if tone is Tone.PLAIN else ROLES[tone]
        sign = Span(f"{tone_sign(tone, glyphs)} ", role)
        remark = line(sign, *emphasised(cut(view.said, width - 2, glyphs.ellipsis), role),
                      width=width)  # fmt: skip
    said = [line(*emphasised(text), width=width) for text in view.says[:LINES]]
    said += [blank(width)] * (LINES - len(said))
    return [*said, _to_do(view, width, glyphs), remark]


def _to_do(view: CoachView, width: int, glyphs: Glyphs) -> Line:
    """What there is to give; what is done is ticked and grey."""
    spans: list[Span] = []
    for text, done in view.does:
        sign = glyphs.good if done else glyphs.prompt
        spans += [
            Span(f"{sign} ", Role.GOOD if done else Role.INFO),
            Span(plain(text), Role.MUTED if done else Role.INFO),
            Span("   "),
        ]
    return line(*spans, width=width)


def _title(view: CoachView) -> tuple[Span, ...]:
    if view.number > view.count:
        return (Span("COACH", Role.STRONG), Span(" all lessons are over", Role.GOOD))
    count = f" {view.number} of {view.count}  "
    return (
        Span("COACH", Role.STRONG),
        Span(count, Role.MUTED),
        Span(plain(view.title), Role.INFO),
    )


class CoachPane(LinePane["CoachView | None"]):
    """The pane between the instruments and the prompt, where a scenario teaches."""

    def __init__(self) -> None:
        super().__init__(id="coach")

    def draw(self, width: int, height: int) -> tuple[Line, ...]:
        view = self.view
        if view is None:
            return tuple(blank(width) for _ in range(height))
        taught = view.number <= view.count and not self.screen.has_class("-recorded")
        keys = _KEYS if taught else ()
        if height > LINES + 3:
            frame = Frame(title=_title(view), badge=keys, role=Role.INFO)
            return framed(frame, coach_lines(view, width - 4, self.glyphs), width, height,
                          self.glyphs)  # fmt: skip
        head = ends((Span(" "), *_title(view)), (*keys, Span(" ")), width, Ground.MENU)
        body = [
            Line((Span("  "), *row.spans, Span("  ")))
            for row in coach_lines(view, width - 4, self.glyphs)
        ]
        return (head, *body)[:height]
