"""The facilitator's page as lines: what a drill has come to, and what comes next.

Pure functions of the facilitator's view; nothing here knows a screen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.views.facilitator import FacilitatorView
from controlroom.tui.lines import Line, Span, blank, cut, ends, fit, line, plain, right, wrapped
from controlroom.tui.look import Glyphs, Ground, Role
from controlroom.tui.numbers import short_money, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.drill import Carried
    from controlroom.sim.views.coming import Coming
    from controlroom.sim.views.facilitator import CueStatus, ObjectiveStatus, SeatStatus, Waiting

QUIET: Final = 180
"""Seconds of silence after which a seat is worth a look."""

WIDE: Final = 110
"""Columns from which the page has two halves."""


@attrs.frozen
class PagePicture:
    """What the page shows.

    Attributes:
        view: of the facilitator.
        present: seats with how many screens show each just now.
        probe_left: seconds on the wall that a probe may still take, or -1.
    """

    view: FacilitatorView
    present: tuple[tuple[str, int], ...]
    probe_left: int = -1


def head(title: str, note: str, width: int) -> Line:
    """The first line of a part."""
    return ends((Span(title, Role.STRONG),), (Span(note, Role.MUTED),), width)


def _rows(items: Sequence[tuple[Line, ...]], width: int, most: int, empty: str) -> list[Line]:
    """As many as there is room for; what is left out is counted, and nothing is said in words.

    Where not all have room in full, each is cut to its first line.
    """
    if not items:
        return [line(Span(f"  {empty}", Role.MUTED), width=width)]
    if sum(map(len, items)) <= most:
        return [row for item in items for row in item]
    if len(items) <= most:
        return [item[0] for item in items]
    more = Span(f"  and {len(items) - most + 1} more", Role.MUTED)
    return [*(item[0] for item in items[: most - 1]), line(more, width=width)]


def _seat(seat: SeatStatus, screens: int, width: int, glyphs: Glyphs) -> Line:
    quiet = span(seat.quiet) if seat.quiet >= 0 else ""
    if not seat.names and screens:
        who, role, sign = "here, and sits down as time passes", Role.TEXT, glyphs.good
    elif not seat.names:
        who, role, sign = "the firm's people", Role.MUTED, glyphs.dot
    else:
        named = [plain(name) for name in seat.names if name]
        who = ", ".join(named) or f"{len(seat.names)} of {seat.places}"
        silent = seat.quiet >= QUIET
        role, sign = (Role.NOTICE, glyphs.notice) if silent else (Role.TEXT, glyphs.good)
    away = "" if screens or not seat.names else " no screen"
    unread = f"  {seat.unanswered} unheard" if seat.unanswered else ""
    return ends(
        (
            Span(f"{sign} ", role),
            Span(fit(plain(seat.id), 11), role),
            Span(cut(who, max(4, width - 40)), Role.MUTED),
            Span(away, Role.NOTICE),
        ),
        (Span(unread, Role.NOTICE), Span(f"  quiet {right(quiet, 6)}" if quiet else "", role)),
        width,
    )


def _item(
    sign: str, sign_role: Role, text: str, role: Role, note: Span, width: int
) -> tuple[Line, ...]:
    """A sign, a text that goes on in further lines, and a note at the end of the first."""
    rows = wrapped(plain(text), max(8, width - 3 - len(note.text)))
    first = ends((Span(f"{sign} ", sign_role), Span(rows[0], role)), (note,), width)
    return (first, *(line(Span(f"  {row}", role), width=width) for row in rows[1:]))


def _objective(objective: ObjectiveStatus, width: int, glyphs: Glyphs) -> tuple[Line, ...]:
    sign, role = {
        "met": (glyphs.good, Role.GOOD),
        "missed": (glyphs.bad, Role.BAD),
    }.get(objective.state, (glyphs.dot, Role.TEXT))
    when = f" {objective.state} {objective.clock[:5]}" if objective.state != "open" else ""
    return _item(sign, role, objective.text, role, Span(when, role), width)


def _cue(cue: CueStatus, width: int, glyphs: Glyphs) -> tuple[Line, ...]:
    since = Span(f" {plain(cue.instrument)}, {span(cue.waits)}", Role.MUTED)
    return _item(glyphs.notice, Role.NOTICE, cue.text, Role.TEXT, since, width)


def _coming(coming: Coming, chosen: bool, width: int, glyphs: Glyphs) -> Line:
    state = "" if coming.state == "planned" else f" {coming.state.upper()}"
    edited = " edited" if coming.edited else ""
    when = span(coming.left) if coming.left >= 0 else "waits"
    end = f"{state}{edited} to {plain(coming.to)}"
    said = f"{plain(coming.sender)}: {plain(coming.subject)}"
    role = Role.NOTICE if coming.state in {"held", "due"} else Role.TEXT
    return ends(
        (
            Span(f"{glyphs.answer if chosen else ' '} ", Role.INFO),
            Span(f"{right(when, 6)} ", Role.INFO),
            Span(fit(cut(plain(coming.id), 20), 21), Role.MUTED),
            Span(cut(said, max(4, width - 30 - len(end)), glyphs.ellipsis), role),
        ),
        (Span(end, Role.MUTED),),
        width,
        Ground.CURSOR if chosen else Ground.PLAIN,
    )


def _waiting(waiting: Waiting, width: int, glyphs: Glyphs) -> Line:
    then = f" then {plain(waiting.otherwise)}" if waiting.otherwise else ""
    role = Role.NOTICE if waiting.left < 60 else Role.TEXT
    left, name = f" {span(waiting.left)} left", f"answer to {plain(waiting.inject)}"
    if len(name) + len(left) + len(then) + 2 > width:
        # What comes otherwise is the first to go: it is among what comes next in its time.
        then = ""
    room = max(4, min(40, width - 2 - len(left) - len(then)))
    return ends(
        (Span(f"{glyphs.dot} ", role), Span(cut(name, room, glyphs.ellipsis), role)),
        (Span(left, role), Span(then, Role.MUTED)),
        width,
    )


def _carried(number: int, one: Carried, width: int, glyphs: Glyphs) -> tuple[Line, ...]:
    sign, role = {
        "yes": (glyphs.good, Role.GOOD),
        "no": (glyphs.bad, Role.BAD),
    }.get(one.showed, (glyphs.dot, Role.TEXT))
    said = f" {plain(one.owner)}" if one.owner else ""
    return _item(sign, role, f"{number} {one.what}", role, Span(said, Role.MUTED), width)


def _top(picture: PagePicture, width: int, glyphs: Glyphs) -> list[Line]:
    view = picture.view
    loss = Span(
        f"to get flat {short_money(-view.loss, sign=True)}",
        Role.BAD if view.loss > 0 else Role.TEXT,
    )
    rate = Span(f"  {short_money(-view.per_minute, sign=True)} a minute", Role.MUTED)
    left = Span(f"{view.minutes_left} min left", Role.MUTED)
    lines = [ends((loss, rate), (left,), width)]
    if width < WIDE:
        lines.append(_counts(view, width, glyphs))
    if view.still:
        said = cut(f"TIME STANDS STILL: {plain(view.still)}; space lets it go on", width - 2)
        lines.append(line(Span(f"{glyphs.notice} {said}", Role.NOTICE), width=width))
    if view.probe:
        ends_in = f", {picture.probe_left} s left" if picture.probe_left >= 0 else ""
        said = f"probe {plain(view.probe)} is being asked{ends_in}; answered by "
        who = ", ".join(map(plain, view.answered)) or "nobody yet"
        lines.append(line(Span(cut(said + who, width), Role.INFO), width=width))
    for broken, how in view.faults:
        said = f"{glyphs.bad} {plain(broken)}: {plain(how)}; repair {plain(broken)} mends it"
        lines.append(line(Span(cut(said, width), Role.NOTICE), width=width))
    return lines


def _counts(view: FacilitatorView, width: int, glyphs: Glyphs) -> Line:
    """What a small terminal has no room to list."""
    states = [objective.state for objective in view.objectives]
    return line(
        Span(f"objectives {glyphs.good} {states.count('met')}", Role.GOOD),
        Span(f"  {glyphs.bad} {states.count('missed')}", Role.BAD),
        Span(f"  of {len(states)}", Role.MUTED),
        Span(f"   cues that nobody has opened {len(view.cues)}", Role.NOTICE),
        Span(f"   carried over {len(view.carried)}" if view.carried else "", Role.MUTED),
        width=width,
    )


def _people(
    view: FacilitatorView, present: dict[str, int], width: int, height: int, glyphs: Glyphs
) -> list[Line]:
    """Who is there, and what they should come to do."""
    seats = [(_seat(seat, present.get(seat.id, 0), width, glyphs),) for seat in view.seats]
    lines = [head("SEATS", "quiet since", width), *_rows(seats, width, 9, "none"), blank(width)]
    if view.carried:
        told = [_carried(place, one, width, glyphs) for place, one in enumerate(view.carried, 1)]
        lines.append(head("FROM THE DRILL BEFORE", "kept N yes|no", width))
        lines += [*_rows(told, width, 4, ""), blank(width)]
    goals = [_objective(objective, width, glyphs) for objective in view.objectives]
    met = sum(objective.state == "met" for objective in view.objectives)
    lines.append(head("OBJECTIVES", f"{met} of {len(goals)} met", width))
    return [*lines, *_rows(goals, width, max(2, height - len(lines)), "none in this scenario")]


def _plan(
    view: FacilitatorView, chosen: int, width: int, height: int, glyphs: Glyphs
) -> list[Line]:
    """What comes, what is awaited, what nobody has seen."""
    coming = [
        (_coming(each, place == chosen, width, glyphs),) for place, each in enumerate(view.coming)
    ]
    probes = "  ".join(f"probe {plain(name)} {clock[:5]}" for clock, name in view.probes[:1])
    lines = [head("COMES NEXT", probes, width), *_rows(coming, width, 12, "nothing more")]
    waiting = [(_waiting(each, width, glyphs),) for each in view.waiting]
    lines += [blank(width), head("EXPECTED OF THEM", "", width)]
    lines += _rows(waiting, width, 5, "nothing is awaited")
    cues = [_cue(cue, width, glyphs) for cue in view.cues]
    lines += [blank(width), head("NOBODY HAS OPENED", "where, since", width)]
    return [*lines, *_rows(cues, width, max(2, height - len(lines)), "every cue that is there")]


def page_lines(
    picture: PagePicture,
    chosen: int,
    width: int,
    height: int,
    glyphs: Glyphs,
) -> list[Line]:
    """The inside of the page.

    Args:
        picture: what is shown.
        chosen: place of the inject under the cursor.
        width: in cells.
        height: in cells; what has no room is counted.
        glyphs: signs.
    """
    view, present = picture.view, dict(picture.present)
    top = [*_top(picture, width, glyphs), blank(width)]
    room = height - len(top)
    if width < WIDE:
        first = _plan(view, chosen, width, room, glyphs)
        second = _people(view, present, width, room, glyphs)
        return [*top, *second[: room // 2], blank(width), *first][:height]
    left = width // 2 - 1
    one = _people(view, present, left, room, glyphs)
    other = _plan(view, chosen, width - left - 2, room, glyphs)
    lines = list(top)
    for y in range(room):
        first_line = one[y] if y < len(one) else blank(left)
        second_line = other[y] if y < len(other) else blank(width - left - 2)
        spans = tuple(
            each._replace(ground=second_line.ground)
            if second_line.ground is not Ground.PLAIN
            else each
            for each in second_line.spans
        )
        lines.append(Line((*first_line.spans, Span("  "), *spans)))
    return lines[:height]
