"""The times, the money and the cues of a run, from its journal."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from controlroom.debrief.actions import Verdict, actions_of
from controlroom.debrief.cues import Cues, Seen, Use, cues_of
from controlroom.debrief.money import Phase, money_of
from controlroom.debrief.played import Played
from controlroom.debrief.times import Times, times_of


def clocks(played: Played, times: Times) -> dict[str, str]:
    return {
        moment.id: played.day.text(moment.step)
        for moment in times.moments
        if moment.step is not None
    }


def cue(cues: Cues, wanted: str) -> Seen:
    return next(item for item in (*cues.seen, *cues.absent) if item.cue.id == wanted)


def test_the_times_of_a_run_are_those_of_its_commands(bad: Played) -> None:
    times = clocks(bad, times_of(bad, cues_of(bad)))
    assert times["action"] == "09:31:30"
    assert times["hypothesis"] == "09:33:00"
    assert times["declared"] == "09:33:35"
    assert times["flow"] == "09:30:00"
    assert times["notified-exchange"] == "09:34:10"
    assert "09:33:10" <= times["contained"] <= "09:34:00"
    assert times["flat"] == "09:49:30"
    assert "acknowledged" not in times


def test_the_losses_of_the_phases_sum_to_the_loss_of_the_run(bad: Played) -> None:
    money = money_of(bad, times_of(bad, cues_of(bad)))
    assert sum(stretch.loss for stretch in money.stretches) == money.loss == bad.curve.final
    assert sum(loss for _, loss in money.phases) == money.loss
    assert [stretch.phase for stretch in money.stretches] == [
        Phase.NOBODY_KNEW,
        Phase.KNOWN,
        Phase.WRONG,
        Phase.RIGHT,
        Phase.DISPOSAL,
    ]
    for before, after in zip(money.stretches, money.stretches[1:], strict=False):
        assert before.end == after.begin


def test_a_minute_of_the_storm_costs_millions_and_one_after_it_does_not(bad: Played) -> None:
    money = money_of(bad, times_of(bad, cues_of(bad)))
    minutes = {item.label: item.minute for item in money.decisions}
    assert minutes["uninstall smars-1"] > 1_000_000
    assert minutes["pare 100 15"] < minutes["uninstall smars-1"] / 5


def test_actions_are_judged_in_hindsight(bad: Played) -> None:
    verdicts = {action.label: action.verdict for action in actions_of(bad)}
    assert verdicts["uninstall smars-1"] is Verdict.WRONG
    assert verdicts["kill smars-8"] is Verdict.RIGHT
    # It was right only because the rollback had made the server a bad one.
    assert verdicts["kill smars-1"] is Verdict.RIGHT
    assert verdicts["declare"] is Verdict.NEITHER


def test_a_cue_that_nobody_asked_for_was_never_shown(bad: Played) -> None:
    cues = cues_of(bad)
    assert cue(cues, "one-in-eight").use is Use.NEVER_SHOWN
    assert cue(cues, "nobody-compared").shown is None


def test_a_mail_that_nobody_opened_was_shown_but_not_opened(bad: Played) -> None:
    found = cue(cues_of(bad), "changed-files")
    assert found.use is Use.NOT_OPENED
    # It came at 08:00:40, but this seat took over at the bell and saw it then.
    assert found.shown == bad.begin == bad.day.open_step


def test_a_look_shows_what_it_answers_and_an_act_after_it_uses_it(bad: Played) -> None:
    cues = cues_of(bad)
    build = cue(cues, "build-differs")
    assert build.use is Use.USED
    assert bad.day.text(build.shown or 0) == "09:32:50"
    assert build.answer == "kill smars-8"


def test_what_was_acted_upon_after_its_time_was_used_late(bad: Played) -> None:
    found = cue(cues_of(bad), "reject-mails")
    assert found.opened is not None
    assert found.use is Use.LATE
    assert found.deadline == bad.day.open_step


def test_what_is_opened_and_never_answered_was_not_used(played: Callable[..., Played]) -> None:
    run = played("08:20:00 mail 10", until="08:40:00")
    assert run.alerts[10].inject == "reject"
    assert cue(cues_of(run), "reject-mails").use is Use.NOT_USED


def test_a_cue_that_never_came_is_said_first_and_does_not_count(
    played: Callable[..., Played],
) -> None:
    run = played("08:20:00 mail 10", until="08:40:00")
    cues = cues_of(run)
    absent = {item.cue.id for item in cues.absent}
    assert {"exchange-calls", "money-burns", "memory-of-seven"} <= absent
    assert cues.unknowable
    assert cues.recall == 0
    assert cues.precision == 1


def test_what_comes_when_everything_has_been_put_right_is_no_missed_cue(
    played: Callable[..., Played],
) -> None:
    run = played("08:20:00 mail 10\n08:21:00 look smars-8\n08:22:00 stop smars-8", until="09:20:00")
    cues = cues_of(run)
    assert "memory-of-seven" in {item.cue.id for item in cues.absent}
    assert cue(cues, "reject-mails").use is Use.USED


def test_recall_and_precision_are_counted_over_what_there_was(bad: Played) -> None:
    cues = cues_of(bad)
    used = sum(item.use is Use.USED for item in cues.seen)
    assert cues.recall == pytest.approx(used / len(cues.seen))
    assert 0 < cues.fruitful <= cues.looks
    # mail 10, pmon and look smars-8.
    assert cues.looks == 3


def test_a_run_in_which_nothing_happens_costs_nothing(played: Callable[..., Played]) -> None:
    run = played("", until="08:05:00")
    times = times_of(run, cues_of(run))
    money = money_of(run, times)
    assert money.loss == 0
    assert money.stretches == ()
    assert times.step("contained") is None
    assert times.step("cue-opened") is None


def test_what_the_exchange_said_when_it_was_called_is_known_before_it_calls(
    played: Callable[..., Played],
) -> None:
    """At 09:32 it sees the volume already; its own call comes a minute later."""
    run = played(
        "09:32:00 call exchange\n09:34:00 declare", start="09:30", until="09:35:00", seed=11
    )
    call = next(deed for deed in run.deeds if deed.command.verb == "call")
    assert "about twice the usual" in call.lines[0]
    came = next(alert.step for alert in run.alerts if alert.inject == "exchange-calls")
    assert call.answered is not None
    assert call.answered < came
    seen = cue(cues_of(run), "exchange-calls")
    assert (seen.available, seen.opened, seen.use) == (call.answered, call.answered, Use.USED)


def test_a_call_before_there_is_anything_to_tell_is_no_cue(played: Callable[..., Played]) -> None:
    run = played("09:30:10 call exchange", start="09:30", until="09:34:30")
    seen = cue(cues_of(run), "exchange-calls")
    assert seen.available == next(
        alert.step for alert in run.alerts if alert.inject == "exchange-calls"
    )
    assert seen.use is Use.NOT_OPENED
