"""A debrief for programs: everything in it as JSON, steps with their time of day."""

from __future__ import annotations

import enum
import json
from typing import Any, Final

import attrs

from controlroom.debrief.curve import Curve
from controlroom.debrief.whole import Debrief
from controlroom.sim.clock import STEPS_PER_SECOND, Day
from controlroom.sim.commands import Command

FORMAT: Final = 1
"""The version of this form."""

STEPS: Final = frozenset(
    {
        "acted",
        "answered",
        "available",
        "begin",
        "contained",
        "deadline",
        "end",
        "first_action",
        "horizon",
        "looked",
        "opened",
        "shown",
        "step",
        "taken",
        "used",
    }
)
"""Fields that hold a step; each gets a neighbour with its time of day."""


def data(found: Debrief) -> str:
    """A debrief as one JSON object."""
    day = found.scenario.day
    sections = {
        name: plain(getattr(found, name), day)
        for name in ("first", "par", "worths", "earlier", "safeguards", "luck")
    }
    whole = {
        "debrief": FORMAT,
        "journal": found.name,
        "complete": found.complete,
        "sound": found.sound,
        "notes": list(found.notes),
        "run": attrs.asdict(found.header),
        "fairness": found.first.fairness.line() if found.first else "",
        "steps_per_second": STEPS_PER_SECOND,
        "commands": [
            {
                "step": given.step,
                "at": day.text(given.step),
                "seat": given.seat,
                "text": given.command,
            }
            for given in found.commands
        ],
        **sections,
    }
    return json.dumps(whole, indent=1) + "\n"


def plain(value: Any, day: Day) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Curve):
        return [[point.step, point.loss] for point in value.points]
    if isinstance(value, Command):
        return value.text()
    if isinstance(value, enum.Enum):
        return value.value
    if attrs.has(type(value)):
        return _fields(value, day)
    if isinstance(value, tuple | list):
        return [plain(item, day) for item in value]
    return value


def _fields(value: Any, day: Day) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for field in attrs.fields(type(value)):
        held = getattr(value, field.name)
        fields[field.name] = plain(held, day)
        if field.name in STEPS and isinstance(held, int):
            fields[f"{field.name}_at"] = day.text(held)
    for name in ("worth", "recall", "precision", "place"):
        derived = getattr(type(value), name, None)
        if isinstance(derived, property):
            fields[name] = plain(getattr(value, name), day)
    return fields
