"""The after-action report of a drill: its moments are those of the run, and a seat's is its own."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from controlroom.debrief.pages.html import html
from controlroom.debrief.pages.markdown import markdown
from controlroom.debrief.pages.team import improvements, seat_page, team_page
from controlroom.debrief.team import NoDrillError, Team, own_of, team_of
from controlroom.debrief.team_moments import Key
from controlroom.debrief.whole import Debrief, debrief
from controlroom.debrief.words import usd
from controlroom.runs.run import Run
from controlroom.sim.start import Scenario

BADLY = """
09:25:00 facilitator drill 5
09:25:00 facilitator carry say who may stop all | <Ann> | 1 March
09:25:00 facilitator carry read fills | Ben
09:25:00 facilitator join commander Ann
09:25:00 facilitator join engineer
09:25:00 facilitator join risk
09:25:00 facilitator join comms
09:26:00 comms mail 100
09:27:00 comms note <b>quiet</b> so far
09:31:00 risk account 33
09:31:30 engineer uninstall smars-1 smars-2 smars-3 smars-4 smars-5
09:32:00 engineer suspect the release likely
09:32:30 commander tell engineer | what *is* it <script>
09:32:40 commander tell engineer | what *is* it <script>
09:36:00 risk tell commander 33 is large
09:36:10 commander copy
09:36:30 commander look smars-8
09:37:00 engineer stop smars-8
09:37:10 engineer stop smars-1 smars-2 smars-3 smars-4 smars-5
09:39:00 facilitator kept 2 yes
09:40:00 facilitator end
"""
"""A team that takes the new build off good servers, and whose risk desk says nothing for long."""


def play(scenario: Scenario, path: Path, lines: str) -> Path:
    with Run.begin(scenario, start="09:25", journal=path) as run:
        for line in lines.strip().splitlines():
            clock, seat, command = line.split(maxsplit=2)
            run.advance(scenario.day.parse(clock) - run.simulation.now)
            run.give(command, seat)
            if not run.simulation.still:
                run.advance(1)
    return path


@pytest.fixture(scope="session")
def found(scenario: Scenario, tmp_path_factory: pytest.TempPathFactory) -> Debrief:
    """The debrief of it, up to what each action was worth."""
    path = play(scenario, tmp_path_factory.mktemp("drill") / "drill.jsonl", BADLY)
    last = None
    for last in debrief(path, workers=0):
        if last.worths is not None:
            break
    assert last is not None
    return last


@pytest.fixture(scope="session")
def team(found: Debrief) -> Team:
    """What its team should talk about."""
    return team_of(found)


def key(team: Team, name: str) -> Key:
    return next(one for one in team.keys if one.id == name)


def clock(found: Debrief, one: Key) -> str:
    assert one.step is not None
    return found.scenario.day.text(one.step)


def test_six_moments_come_in_order_each_with_a_question(found: Debrief, team: Team) -> None:
    assert len(team.keys) == 6
    steps = [one.step for one in team.keys if one.step is not None]
    assert steps == sorted(steps)
    assert all(one.question.endswith("?") for one in team.keys)


def test_the_first_action_names_who_did_what(found: Debrief, team: Team) -> None:
    first = key(team, "first-action")
    assert clock(found, first) == "09:31:30"
    assert first.text == "engineer: uninstall smars-1 smars-2 smars-3 smars-4 smars-5"


def test_the_dearest_action_is_the_one_without_which_least_is_lost(found: Debrief) -> None:
    assert found.worths is not None
    best = max(found.worths.items, key=lambda item: item.worth)
    assert best.worth > 10_000_000
    turned = attrs.evolve(best, with_it=best.without, without=best.with_it)
    items = tuple(turned if item is best else item for item in found.worths.items)
    other = attrs.evolve(found, worths=attrs.evolve(found.worths, items=items))
    worst = key(team_of(other), "worst-action")
    assert worst.step == best.action.begin
    assert best.action.label in worst.text
    assert usd(best.worth) in worst.text


def test_where_no_action_made_it_worse_the_report_says_so(found: Debrief, team: Team) -> None:
    assert found.worths is not None
    assert all(item.worth > 0 or item.slight for item in found.worths.items)
    assert key(team, "worst-action").text == "No action made it noticeably worse."


def test_what_was_not_forked_is_judged_by_hindsight(found: Debrief) -> None:
    worst = key(team_of(attrs.evolve(found, worths=None)), "worst-action")
    assert worst.text.startswith("uninstall smars-1")
    assert clock(found, worst) == "09:31:30"


def test_saying_the_same_again_and_acknowledging_is_nothing_new(found: Debrief, team: Team) -> None:
    longest = key(team, "fixation")
    assert clock(found, longest) == "09:32:30", "not from the repetition at 09:32:40"
    assert "For 3\N{NO-BREAK SPACE}min 30\N{NO-BREAK SPACE}s nobody" in longest.text
    assert found.played is not None
    assert longest.step is not None
    grown = found.played.curve.at(longest.step + 840) - found.played.curve.at(longest.step)
    assert f"{grown / 1e6:.1f}" in longest.text


def test_what_risk_saw_and_did_not_say_is_a_gap(found: Debrief, team: Team) -> None:
    gap = key(team, "gap")
    assert clock(found, gap) == "09:31:00"
    assert gap.text.startswith("risk had seen it")
    assert "after 5\N{NO-BREAK SPACE}min" in gap.text


def test_containment_is_the_debriefs(found: Debrief, team: Team) -> None:
    assert found.first is not None
    assert key(team, "contained").step == found.first.times.step("contained") is not None


def test_objectives_are_those_of_the_run_with_their_times(found: Debrief, team: Team) -> None:
    assert found.scenario.plan is not None
    assert [goal.id for goal in team.goals] == [one.id for one in found.scenario.plan.objectives]
    states = {goal.id: goal.state for goal in team.goals}
    assert states["find-the-server"] == "open", "its time was not over"
    assert states["number-told"] == "met"


def test_what_was_acknowledged_is_told_from_what_was_not(team: Team) -> None:
    missing = {one.message.text: one.missing for one in team.heard}
    assert missing["33 is large"] == ()
    assert missing["| what *is* it <script>"] == ("engineer",)


def test_what_a_seat_wrote_is_in_its_own_report_and_in_no_other(found: Debrief) -> None:
    for write in (markdown, html):
        whole = write(team_page(found))
        assert "so far" not in whole
        assert "the release" not in write(seat_page(found, "comms"))
        assert "so far" in write(seat_page(found, "comms"))
        assert "the release" in write(seat_page(found, "engineer"))


def test_text_of_people_is_text(found: Debrief) -> None:
    assert "<script>" not in html(team_page(found))
    assert r"\| what \*is\* it \<script\>" in markdown(team_page(found))


def test_a_refusal_is_told_to_its_seat_only(found: Debrief) -> None:
    own = own_of(found, "commander")
    assert [deed.text for deed in own.deeds if deed.refused] == ["look smars-8"]
    assert "is not for the commander seat" not in markdown(team_page(found))


def test_the_table_of_improvements_has_its_evidence_and_leaves_the_rest(
    found: Debrief, team: Team
) -> None:
    head, *rows = improvements(team, found.scenario.day)
    assert head == ["what", "owner", "date", "evidence"]
    assert len(rows) >= 3
    assert {cell for row in rows for cell in row[:3] if row[3][0].isdigit()} == {""}
    assert any(row[3].startswith("09:31:00 a gap") for row in rows)


def test_a_seat_that_the_drill_has_not_is_named(found: Debrief) -> None:
    with pytest.raises(NoDrillError, match="no seat 'observer' in this drill; there are commander"):
        own_of(found, "observer")


def test_a_run_of_one_player_is_no_drill(found: Debrief) -> None:
    with pytest.raises(NoDrillError, match="is no drill: nobody gave the command drill PEOPLE"):
        team_of(attrs.evolve(found, played=None))


def test_what_was_decided_before_is_looked_at_again_until_it_shows(
    found: Debrief, team: Team
) -> None:
    text = markdown(team_page(found))
    assert "From the drill before" in text
    assert any("read fills" in row and "yes" in row for row in text.splitlines())
    assert "<Ann>" not in html(team_page(found))
    rows = improvements(team, found.scenario.day)
    assert rows[1][:3] == ["say who may stop all", "<Ann>", "1 March"]
    assert not any("read fills" in row[0] for row in rows)
