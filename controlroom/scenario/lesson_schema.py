"""How the file of a coach is written: `lessons.toml`, and what must hold within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from controlroom.scenario import rules
from controlroom.scenario.errors import Problem, one_of
from controlroom.scenario.table import Table
from controlroom.scenario.text import quoted
from controlroom.sim.seats import Pane
from controlroom.sim.start import Channel, Counts, Inject, Lesson, Slip, Training

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FILE = "lessons.toml"

WIDTH = 76
"""Cells of a line of a lesson: what a terminal of 80 columns has inside a frame."""


@attrs.frozen
class LessonsFile:
    """`lessons.toml`; attributes are those of `Training`, in the singular as tables are called."""

    closing: str
    following: str
    lesson: tuple[Lesson, ...]
    message: tuple[Inject, ...]

    def training(self) -> Training:
        """What it holds, for a start."""
        return Training(self.closing, self.following, self.lesson, self.message)


def lesson_tables() -> dict[type, Table]:
    """How each class is written."""
    remark = rules.line(WIDTH)
    patterns = rules.items(rules.pattern, 0, 8)
    return {
        LessonsFile: Table(
            {
                "closing": rules.body(300, width=WIDTH, lines=3),
                "following": rules.name_or_none,
            },
            optional={"following": "", "message": []},
        ),
        Lesson: Table(
            {
                "id": rules.name,
                "title": rules.line(30),
                "says": rules.body(300, width=WIDTH, lines=3),
                "does": patterns,
                "counts": rules.choice(Counts),
                "when": rules.conditions,
                "brings": rules.items(rules.name, 0, 8),
                "shows": rules.items(rules.choice(Pane), 0, 4),
                "nudge": rules.body_or_none(WIDTH),
                "after": rules.count(5, 3600),
                "good": remark,
            },
            optional={
                "does": [],
                "counts": "done",
                "when": {},
                "brings": [],
                "shows": [],
                "nudge": "",
                "after": 45,
                "slip": [],
            },
            renamed={"slips": "slip"},
        ),
        Slip: Table({"did": rules.items(rules.pattern, 1, 24), "says": remark}),
    }


def lesson_problems(
    lessons: LessonsFile, people: Iterable[str], others: Iterable[str]
) -> Iterator[Problem]:
    """What does not fit: names that are there twice or nowhere, lessons that ask for nothing.

    Args:
        lessons: the file.
        people: who can call.
        others: ids of the day's own messages.
    """
    if not lessons.lesson:
        yield Problem(_FILE, "lesson", "is empty", "at least one")
    messages = [message.id for message in lessons.message]
    yield from _twice("lesson", [lesson.id for lesson in lessons.lesson], ())
    yield from _twice("message", messages, others)
    for lesson in lessons.lesson:
        key = f"lesson[{lesson.id}]"
        if not (lesson.does or lesson.when):
            yield Problem(_FILE, key, "asks for nothing", "does, when or both")
        for name in lesson.brings:
            if name not in messages:
                expected = f"{one_of(messages, name)}, a message of this file"
                yield Problem(_FILE, f"{key}.brings", f"has {quoted(name)}", expected)
    known = list(people)
    for message in lessons.message:
        key = f"message[{message.id}]"
        if message.at is not None or message.when:
            yield Problem(_FILE, key, "has at or when", "neither: a lesson brings it")
        if message.channel is Channel.VISIT:
            yield Problem(_FILE, f"{key}.channel", "is 'visit'", "mail, call or alarm")
        if message.channel is Channel.CALL and message.sender not in known:
            expected = f"{one_of(known, message.sender)}, who can call"
            yield Problem(_FILE, f"{key}.from", f"is {quoted(message.sender)}", expected)


def _twice(kind: str, names: Iterable[str], before: Iterable[str]) -> Iterator[Problem]:
    seen = set(before)
    for name in names:
        if name in seen:
            yield Problem(_FILE, f"{kind}[{name}]", "is there twice", "each name once")
        seen.add(name)
