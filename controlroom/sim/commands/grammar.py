"""How typed commands are read: word by word, with what is wrong and the nearest that is right."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any, Final

from controlroom.sim.command import Command, Kind, Slot
from controlroom.sim.seats import PARTICIPANTS
from controlroom.sim.start import Scenario

MAX_TEXT: Final = 400
"""Most characters after the verb of a typed command; more is refused rather than cut."""

QUOTES: Final = '"“”'
"""May stand around a TEXT, and keep its last word from being read as the next slot's."""


class CommandError(ValueError):
    """A typed command that cannot be read; it names what is wrong and the nearest that is right."""


def nearest(word: str, options: Iterable[str]) -> str | None:
    """The option that looks most like `word`, or None when nothing does."""
    folded = {option.casefold(): option for option in options}
    close = difflib.get_close_matches(word.casefold(), list(folded), n=1, cutoff=0.5)
    return folded[close[0]] if close else None


def unknown(what: str, word: str, options: Sequence[str]) -> CommandError:
    """The error for a word that is none of `options`."""
    close = nearest(word, options)
    if close is not None:
        return CommandError(f"no {what} {quoted(word)}; did you mean {close}?")
    listed = ", ".join(options[:8]) + (" …" if len(options) > 8 else "")
    return CommandError(f"no {what} {quoted(word)}; there are {listed}")


def quoted(word: str) -> str:
    """A word as an error shows it: cut short, with its control characters spelt out."""
    return repr(word if len(word) <= 40 else word[:39] + "…")


def options(slot: Slot, scenario: Scenario) -> tuple[str, ...]:
    """The words that may stand in `slot`, as far as the scenario knows them."""
    named: dict[Kind, tuple[str, ...]] = {
        Kind.SERVER: tuple(server.name for server in scenario.servers),
        Kind.SERVERS: (*(server.name for server in scenario.servers), "all"),
        Kind.BUILD: tuple(build.name for build in scenario.builds),
        Kind.VENUE: tuple(venue.name for venue in scenario.venues),
        Kind.STOCK: tuple(stock.symbol for stock in scenario.market.stocks),
        Kind.PERSON: tuple(person.id for person in scenario.people),
        Kind.SEAT: PARTICIPANTS,
        Kind.INJECT: tuple(scenario.drill_injects),
        Kind.PROBE: tuple(probe.id for probe in scenario.plan.probes) if scenario.plan else (),
    }
    return named.get(slot.kind, ()) + slot.choices


def _one(verb: str, slot: Slot, word: str, scenario: Scenario) -> str:
    allowed = options(slot, scenario)
    for option in allowed:
        if option.casefold() == word.casefold():
            return option
    if slot.kind in (Kind.SERVER, Kind.SERVERS) and word.isdecimal():
        for option in allowed:
            if option.endswith(f"-{int(word)}"):
                return option
    if slot.kind is Kind.CHOICE:
        raise _no_choice(verb, word, allowed)
    if slot.kind is Kind.PERSON:
        # People are known by what they do as well as by the word that is typed for them.
        for who in scenario.people:
            if word.casefold() in who.title.casefold().split():
                raise CommandError(f"no person {quoted(word)}; did you mean {who.id}?")
    raise unknown(slot.kind.value.rstrip("s"), word, allowed)


def _no_choice(verb: str, word: str, choices: Sequence[str]) -> CommandError:
    """The error for a word that is none of a few that are listed."""
    *most, last = choices
    listed = f"{', '.join(most)} or {last}" if most else last
    close = nearest(word, choices) if most else None
    also = f"; did you mean {close}?" if close else ""
    return CommandError(f"{verb} takes {listed}, not {quoted(word)}{also}")


def _number(slot: Slot, word: str) -> int:
    match = re.fullmatch(r"\$?([\d,_]{1,18}(?:\.\d{1,3})?)\s*([kmb%]?|bn)", word.casefold())
    if match is None:
        raise CommandError(f"{slot.label} should be a number, not {word[:40]!r}")
    scale = {"": 1, "%": 1, "k": 10**3, "m": 10**6, "b": 10**9, "bn": 10**9}[match[2]]
    whole, _, part = match[1].replace(",", "").replace("_", "").partition(".")
    value = int(whole or 0) * scale + int(part.ljust(3, "0") or 0) * scale // 1000
    if not slot.low <= value <= slot.high:
        raise CommandError(
            f"{slot.label} should be from {slot.low:,} to {slot.high:,}, not {value:,}"
        )
    return value


def _read(verb: str, slot: Slot, word: str, scenario: Scenario) -> Any:
    if slot.kind is Kind.NUMBER:
        return _number(slot, word)
    if slot.kind is Kind.ALERT:
        bare = word.removeprefix("#")
        if word.casefold() in slot.choices:
            return word.casefold()
        if not (bare.isascii() and bare.isdecimal() and len(bare) <= 9):
            raise CommandError(f"{slot.label} should be the number of a message, not {word[:40]!r}")
        return str(int(bare))
    return _one(verb, slot, word, scenario)


def read_words(command: type[Command], rest: str, scenario: Scenario) -> Command:
    """Read the words after the verb.

    Raises:
        CommandError: naming the word that does not fit and the nearest that does.
    """
    slots = command.slots()
    values: list[Any] = []
    left = rest.split()
    for place, slot in enumerate(slots):
        after = slots[place + 1 :]
        if not left:
            if not slot.optional:
                raise CommandError(f"{command.verb} needs {slot.usage}: {command.usage()}")
            values.append(None)
        elif slot.kind is Kind.SERVERS:
            names = list(dict.fromkeys(_one(command.verb, slot, word, scenario) for word in left))
            every = tuple(server.name for server in scenario.servers)
            picked = "all" in names or len(names) == len(every)
            values.append(("all",) if picked else tuple(sorted(names, key=every.index)))
            left = []
        elif slot.kind is Kind.TEXT:
            tail = after[0] if after else None
            trailing = tail is not None and len(left) > 1 and left[-1].casefold() in tail.choices
            text, left = (left[:-1], left[-1:]) if trailing else (left, [])
            values.append(" ".join(text).strip(QUOTES + " ") or None)
            if values[-1] is None and not slot.optional:
                raise CommandError(f"{command.verb} needs {slot.usage}: {command.usage()}")
        else:
            values.append(_read(command.verb, slot, left.pop(0), scenario))
    if left:
        raise CommandError(f"{' '.join(left)[:40]!r} is one word too many: {command.usage()}")
    return command(*values)
