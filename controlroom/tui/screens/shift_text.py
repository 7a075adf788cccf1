"""What the result screen says of a first shift: what was learnt, what was not tried, what is next.

There is nothing to compare it with: the day is invented, and nothing was at stake.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from controlroom.tui.lines import cut, wrapped

if TYPE_CHECKING:
    from controlroom.runs.learnt import Learnt, Lesson
    from controlroom.tui.report import Report

_COLUMN = 25


def headline(report: Report, learnt: Learnt, width: int) -> Content:
    """How many lessons, and that nothing broke."""
    style = "$good bold" if learnt.count == len(learnt.lessons) else "$strong bold"
    lines = [Content.styled(learnt.headline, style)]
    lines += [Content.styled(row, "$muted") for row in wrapped(harm(report), width)]
    return Content("\n").join(lines)


def harm(report: Report) -> str:
    """What the practice cost, which is next to nothing."""
    result = report.result
    cost = max(0, result.loss_usd)
    waited = result.delayed_orders
    orders = f"{waited:,} client orders waited a moment" if waited else "no client had to wait"
    if result.lost_orders:
        orders += f", {result.lost_orders:,} went elsewhere"
    money = f"{cost:,} dollars" if cost else "nothing"
    return f"It cost {money}, and {orders}. That is what a first shift is for."


def learnt_rows(learnt: Learnt, width: int, *, plain: bool = False) -> Content:
    """What was learnt, each with what it was learnt by."""
    rows = [
        _row("v" if plain else "✓", "$good", lesson, lesson.done, width)
        for lesson in learnt.lessons
        if lesson.learnt
    ]
    return Content("\n").join(rows or [Content("Nothing yet.")])


def untried_rows(learnt: Learnt, width: int) -> Content:
    """What was passed over or not come to, with what there would have been to do."""
    rows = [
        _row("·", "$muted", lesson, missing(lesson), width)
        for lesson in learnt.lessons
        if not lesson.learnt
    ]
    return Content("\n").join(rows or [Content("Nothing: you have given every command once.")])


def missing(lesson: Lesson) -> tuple[str, ...]:
    """What a lesson asked for and was not done."""
    return tuple(pattern for pattern in lesson.does if pattern not in lesson.done)


def next_step(learnt: Learnt, width: int) -> Content:
    """Where to go from here."""
    lines = [Content.styled(row, "") for row in wrapped(
        "The instruments stay the same. What they show does not: on 1 August 2012 the same firm "
        "had eight servers, new code since that week, and 45 minutes.", width)]  # fmt: skip
    if learnt.following:
        lines.append(Content.assemble(("n", "$strong bold"), f"  plays {learnt.following}"))
    return Content("\n").join(lines)


def _row(sign: str, style: str, lesson: Lesson, words: tuple[str, ...], width: int) -> Content:
    title = cut(lesson.title, _COLUMN).ljust(_COLUMN)
    said = cut("   ".join(words), max(0, width - _COLUMN - 3))
    return Content.assemble((f"{sign} ", style), (title, "$strong"), " ", (said, "$info"))
