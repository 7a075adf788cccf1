"""`controlroom rehearse`: a plan for a drill, played at full speed before anybody plays it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from controlroom.cli.types import ScenarioName

if TYPE_CHECKING:
    from controlroom.runs.rehearsal import Rehearsed
    from controlroom.sim.start import Scenario


@click.command(
    epilog="""
    \b
    Examples:
      controlroom rehearse knight-2012
      controlroom rehearse my-incident --player team --player idle --json

    The player `team` gives every expected response just in time, `idle` gives none.
    """
)
@click.argument("scenario", type=ScenarioName())
@click.option(
    "--player",
    "players",
    metavar="NAME",
    multiple=True,
    help="Who plays: team, or a policy; may be given several times. All of them if left out.",
)
@click.option("--seed", type=int, help="What chance is drawn from; the scenario's own if left out.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as one JSON object.")
def rehearse(*, scenario: str, players: tuple[str, ...], seed: int | None, as_json: bool) -> None:
    """Play the plan of a drill with scripted players.

    For each of them: objectives met and missed, responses that did not come, dead time in which
    nothing reached anybody, the busiest ten minutes of a desk. Then what nobody came to.
    """
    from controlroom.cli.progress import Progress
    from controlroom.runs.rehearsal import EVERYBODY, never_came, never_met, plan_of
    from controlroom.runs.rehearsal import rehearse as play
    from controlroom.scenario import load_scenario

    loaded = load_scenario(scenario)
    plan_of(loaded)
    with Progress("rehearsing") as progress:
        found = tuple(play(loaded, players or EVERYBODY, seed=seed, progress=progress))
    nowhere, unmet = never_came(loaded, found), never_met(loaded, found)
    if as_json:
        import attrs

        values = [attrs.asdict(one) for one in found]
        click.echo(json.dumps({"players": values, "never_came": nowhere, "never_met": unmet}))
        return
    for line in _lines(loaded, found):
        click.echo(line)
    click.echo("")
    click.echo(f"Injects that came to nobody: {', '.join(nowhere) or 'none'}")
    click.echo(f"Objectives that nobody met: {', '.join(unmet) or 'none'}")


def _lines(scenario: Scenario, found: tuple[Rehearsed, ...]) -> Iterator[str]:
    """A row for each player, then what was missed and where nothing happened."""
    from controlroom.cli.listing import columns
    from controlroom.scenario.lint import READABLE

    day, goals = scenario.day, len(scenario.plan.objectives) if scenario.plan else 0
    rows = [("player", "objectives", "injects", "unanswered", "longest dead time", "busiest desk")]
    for one in found:
        longest = one.dead[0] if one.dead else None
        dead = (
            f"{longest.seconds // 60} min from {day.text(longest.begins)[:5]}" if longest else "-"
        )
        busy = max(one.loads, key=lambda load: load.most)
        flood = ", a flood" if busy.most > READABLE else ""
        rows.append(
            (
                one.player,
                f"{len(one.met)} of {goals} met",
                str(len(one.came)),
                str(len(one.lapsed)),
                dead,
                f"{busy.seat}: {busy.most} in ten minutes{flood}",
            )
        )
    yield f"{scenario.title}: the plan, rehearsed"
    yield ""
    yield from columns(rows)
    yield ""
    for one in found:
        if one.missed or one.open:
            parts = [f"missed {', '.join(one.missed)}" if one.missed else ""]
            parts.append(f"left open {', '.join(one.open)}" if one.open else "")
            yield f"{one.player}: {'; '.join(filter(None, parts))}"
