"""`apprentice`: does what the coach says, as soon as it is said, and nothing else.

The same for every scenario with lessons. What a lesson leaves open is filled in with the first that
fits; while something is refused, the rest of the lesson is tried and then this once more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from controlroom.runs.policies.player import Script, do, look, pause
from controlroom.sim.commands import Kind, verb_of

if TYPE_CHECKING:
    from controlroom.sim.views import CoachView, View

_WAIT: Final = 5
"""Seconds until something that came to nothing is tried again."""

_TEXT: Final = "as the coach says"

_UNDO: Final = {"search": "search"}
"""What ends a state that a lesson's command leaves, where the lesson waits for that."""


def apprentice() -> Script[None]:
    """From the first lesson to the last, for as long as there is a coach."""
    while True:
        view = yield from look()
        coach = view.coach
        if coach is None:
            return
        if coach.number > coach.count:
            yield from pause(60)
            continue
        open_ = [pattern for pattern, done in coach.does if not done]
        under_way = {work.text for work in view.work}
        tried = False
        for pattern in open_:
            command = spelt_out(pattern, view)
            if command and command not in under_way:
                tried = (yield from do(command)).done or tried
        if not open_:
            tried = yield from _put_right(coach, view)
        yield from pause(1 if tried else _WAIT)


def _put_right(coach: CoachView, view: View) -> Script[bool]:
    """All was given and the lesson goes on waiting: end what was begun, start what stands still."""
    done = False
    for pattern, _ in coach.does:
        verb = pattern.split()[0]
        if verb in _UNDO:
            done = (yield from do(_UNDO[verb])).done
    for state, verb in (("draining", "stop"), ("stopped", "start")):
        named = [server.name for server in view.servers if server.state == state]
        if named:
            done = (yield from do(f"{verb} {' '.join(named)}")).done
    return done


def spelt_out(pattern: str, view: View) -> str:
    """The pattern as a whole command: a word for each slot that it leaves open."""
    command = verb_of(pattern)
    if command is None:
        return ""
    verb, *words = pattern.split()
    slots = command.slots()[len(words) :]
    if slots and slots[0].kind is Kind.SERVERS and words:
        slots = slots[1:]
    for slot in slots:
        if slot.optional and slot.kind is not Kind.ALERT:
            continue
        match slot.kind:
            case Kind.ALERT:
                words.append(str(view.alerts.rows[0].id) if view.alerts.rows else "0")
            case Kind.NUMBER:
                words.append(str(max(slot.low, 1)))
            case Kind.TEXT:
                words.append(_TEXT)
            case Kind.SERVERS | Kind.SERVER:
                stopped = [server.name for server in view.servers if server.state == "stopped"]
                words.append((stopped or [server.name for server in view.servers])[0])
            case Kind.STOCK:
                words.append(view.money.tape[0].symbol)
            case _:
                words.append(slot.choices[0] if slot.choices else "clients")
    return " ".join((verb, *words))
