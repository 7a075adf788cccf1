"""Whose leave it takes: what would leave the firm without a running server needs authority.

Naming one server needs nobody's leave. What takes the last one down, or turns clients away, does:
the SEC found that nobody knew when to disconnect (paragraph 42).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from controlroom.sim.world import World


def needs_leave(world: World, what: str) -> str | None:
    """The refusal where authority is missing."""
    if world.team.authority >= 0:
        return None
    able = [
        person.title[:1].lower() + person.title[1:]
        for person in world.scenario.people
        if any(line.grants for line in person.lines)
    ]
    call = f", or call somebody who can give it ({', '.join(able)})" if able else ""
    return f"{what} needs authority; declare an incident{call}"


def would_stop_everything(world: World, stopped: frozenset[int], restarted: frozenset[int]) -> bool:
    """Whether at some moment no server would be left that takes orders.

    Each installation has one server down at a time, for as long as that restarts; where every
    server that is left may be one of those at once, the firm is out of the market for it.

    Args:
        world: with what is under way.
        stopped: servers that are to stop.
        restarted: servers that are to be restarted, one after the other.
    """
    left = set(world.fleet.taking())
    for work in world.work:
        left -= work.command.stopping(world)
    if not left:
        return False
    rounds = [work.command.restarting(world, work.stage) for work in world.work]
    rounds = [each for each in (*rounds, restarted) if each]
    left -= stopped
    return len(left) <= len(rounds) and left <= frozenset().union(*rounds)
