"""A drill of knight-2012 with five seats, from the welcome to its end, as a team might play it."""

from __future__ import annotations

from pathlib import Path

from controlroom.runs.journal import read_journal
from controlroom.runs.replay import Replay
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.sim.drill import standing
from controlroom.sim.events import Refused
from controlroom.sim.start import Scenario
from controlroom.sim.views.facilitator import facilitator_view

PLAYED = """
09:25:00 facilitator drill 5
09:25:00 facilitator join commander Ann
09:25:00 facilitator join engineer
09:25:00 facilitator join risk
09:25:00 facilitator join liaison
09:25:00 facilitator join comms
09:26:10 comms group on
09:26:40 comms tell engineer 97 mails called BNET reject, each names smars-8
09:26:50 engineer copy
09:27:00 engineer look smars-8
09:29:00 risk look smars-8
09:31:00 risk account 33
09:31:30 risk tell commander 33 is far over its limit and grows
09:32:00 commander declare
09:33:00 facilitator probe after-the-bell
09:33:00 engineer reply 1 an old build sends orders that nobody gave sure
09:33:00 risk reply 1 the open is busy likely
09:33:00 facilitator go
09:34:20 liaison call exchange
09:34:40 commander tell engineer stop smars-8, say when it is done
09:34:50 engineer copy
09:34:55 engineer kill smars-8
09:35:10 engineer tell all smars-8 is off
09:37:00 liaison notify clients
09:38:20 commander tell all it is smars-8, it is off, next word at 09:45
09:40:00 facilitator end
"""


def test_a_team_that_talks_meets_its_objectives(scenario: Scenario, tmp_path: Path) -> None:
    path = tmp_path / "drill.jsonl"
    with Run.begin(scenario, start="09:25", journal=path) as run:
        for line in PLAYED.strip().splitlines():
            clock, seat, command = line.split(maxsplit=2)
            at = scenario.day.parse(clock)
            run.advance(at - run.simulation.now)
            run.give(command, seat)
            if not run.simulation.still:
                run.advance(1)
        log = run.world.log.items
        refused = [(item.seat, item.command) for item in log if isinstance(item, Refused)]
        page = facilitator_view(run.world)
        plan = scenario.plan
        assert plan is not None
        states = {goal.id: standing(run.world, goal)[0] for goal in plan.objectives}
    # What a seat may not do is refused, and nothing else was.
    assert refused == [("risk", "look smars-8")]
    assert set(states.values()) == {"met"}, states
    assert page is not None
    assert page.loss < 30_000_000
    assert {cue.id for cue in page.cues} & {"reject-mails", "build-differs"} == {"reject-mails"}

    assert read_journal(path).end is not None
    assert verify(path).ended == "the drill was ended"
    replay = Replay.open(path)
    replay.seek(scenario.day.parse("09:34:00"))
    assert any("an old build" in line.text for line in replay.view("engineer").answers)
    for other in ("commander", "risk", "liaison", "comms"):
        assert "an old build" not in repr(replay.view(other))
