"""A result as lines of text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Final

from controlroom.runs.learnt import Learnt
from controlroom.runs.results import result_rows, truth_of, why_quiet
from controlroom.scenario import visible
from controlroom.sim.result import Result
from controlroom.sim.start import Scenario

_HISTORY: Final = 48


def result_lines(result: Result, scenario: Scenario) -> Iterator[str]:
    """Label, figure and what history says, below each other; no line is longer than 110 signs."""
    rows = result_rows(result, scenario)
    left = max(len(row.label) for row in rows)
    middle = max(len(row.value) for row in rows)
    head = "   history" if scenario.facts else ""
    yield f"{'':<{left}}  {'this run':>{middle}}{head}"
    for row in rows:
        history = f"{row.history} [{row.tag}]" if row.history else ""
        wrapped = textwrap.wrap(visible(history), _HISTORY) or [""]
        yield f"{row.label:<{left}}  {row.value:>{middle}}   {wrapped[0]}".rstrip()
        for more in wrapped[1:]:
            yield f"{'':<{left}}  {'':>{middle}}   {more}"


def learnt_lines(taught: Learnt) -> Iterator[str]:
    """What a first shift came to, as sentences."""
    yield taught.headline
    for lesson in taught.lessons:
        if not lesson.learnt:
            left = [pattern for pattern in lesson.does if pattern not in lesson.done]
            yield f"not tried: {visible(lesson.title)}{': ' if left else ''}{', '.join(left)}"
    if taught.following:
        yield f"next: controlroom play {taught.following}"


def spoken_lines(result: Result, scenario: Scenario) -> Iterator[str]:
    """The same as sentences, a line each: a column means nothing to who hears it."""
    for row in result_rows(result, scenario):
        history = f". History: {visible(row.history)} [{visible(row.tag)}]" if row.history else ""
        yield f"{row.label}: {row.value}{history}"
    yield from map(visible, why_quiet(result, scenario))
    if result.ended:
        yield from map(visible, truth_of(scenario))
