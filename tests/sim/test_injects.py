"""Injects, contingencies, objectives, faults, probes: what a facilitator works with."""

from __future__ import annotations

import pytest

from controlroom.sim.drill import standing
from controlroom.sim.events import Refused
from controlroom.sim.start import Channel, Measure
from tests.sim.play import Idle
from tests.sim.room import Room, inject, objective, with_plan

FIVE = ("commander", "engineer", "risk", "liaison", "comms")


def at(idle: Idle, clock: str) -> int:
    """The step of a time."""
    return idle.scenario.day.parse(clock)


def subjects(room: Room, seat: str) -> set[str]:
    """What is in a seat's feed."""
    return {row.subject for row in room.see(seat).alerts.rows}


def test_an_inject_comes_at_its_time_to_the_seat_that_it_is_for(idle: Idle) -> None:
    planned = with_plan(
        idle.scenario, inject("for-risk", at=at(idle, "09:26:00"), to="risk"), inject("never")
    )
    room = Room.at(planned, "09:25:00", 6, *FIVE)
    room.until("09:25:59")
    assert "subject of for-risk" not in subjects(room, "risk")
    room.until("09:26:02")
    assert "subject of for-risk" in subjects(room, "risk")
    for other in ("comms", "engineer", "commander", "observer"):
        assert "for-risk" not in repr(room.see(other))
    assert "never" not in repr(room.see("facilitator").alerts)


def test_alone_a_plan_brings_nothing(idle: Idle) -> None:
    planned = with_plan(idle.scenario, inject("timed", at=at(idle, "09:26:00")))
    shift = planned.at("09:27:00")
    assert "timed" not in repr(shift.view)


def test_an_inject_comes_when_its_condition_holds(idle: Idle) -> None:
    planned = with_plan(idle.scenario, inject("big", when=(Measure("gross_usd", 50_000_000),)))
    room = Room.at(planned, "09:30:00", 6, *FIVE)
    room.until("09:30:20")
    assert "subject of big" not in subjects(room, "comms")
    room.until("09:33:00")
    assert "subject of big" in subjects(room, "comms")


def test_a_visit_is_said_to_the_seat_and_lies_in_no_feed(idle: Idle) -> None:
    somebody = inject(
        "visit", channel=Channel.VISIT, sender="Night shift", at=at(idle, "09:26:00"), to="engineer"
    )
    room = Room.at(with_plan(idle.scenario, somebody), "09:25:00", 6, *FIVE)
    room.until("09:26:02")
    assert room.see("engineer").answers[-1].who == "Night shift"
    assert "body of visit" not in repr([room.see(seat) for seat in ("comms", "risk", "commander")])


@pytest.mark.parametrize("answered", [True, False])
def test_a_contingency_comes_only_where_the_expected_response_did_not(
    idle: Idle, *, answered: bool
) -> None:
    planned = with_plan(
        idle.scenario,
        inject(
            "ask",
            at=at(idle, "09:26:00"),
            to="liaison",
            expects=("tell commander",),
            within=60,
            otherwise="ask-again",
        ),
        inject("ask-again", to="liaison"),
    )
    room = Room.at(planned, "09:25:00", 6, *FIVE)
    room.until("09:26:30")
    room.say("tell commander from another seat", seat="risk")
    if answered:
        room.say("tell commander they ask", seat="liaison")
    room.until("09:26:59")
    assert "subject of ask-again" not in subjects(room, "liaison")
    room.until("09:27:03")
    assert ("subject of ask-again" in subjects(room, "liaison")) is not answered
    drill = room.world.drill
    assert drill is not None
    assert ("ask" in drill.answered, "ask" in drill.lapsed) == (answered, not answered)


def test_a_deadline_stands_still_with_time(idle: Idle) -> None:
    """However long people talk while the drill is frozen."""
    planned = with_plan(
        idle.scenario,
        inject("ask", at=at(idle, "09:26:00"), expects=("declare",), within=10, otherwise="again"),
        inject("again"),
    )
    room = Room.at(planned, "09:25:00", 6, *FIVE)
    room.until("09:26:05")
    room.direct("freeze talk")
    room.wait(500)
    room.still("go")
    room.wait(4)
    assert "subject of again" not in subjects(room, "comms")
    room.wait(4)
    assert "subject of again" in subjects(room, "comms")


def test_what_is_held_waits_what_is_skipped_never_comes_and_both_can_be_fired(idle: Idle) -> None:
    times = {name: at(idle, f"09:26:0{number}") for number, name in enumerate("abc")}
    planned = with_plan(idle.scenario, *(inject(name, at=when) for name, when in times.items()))
    room = Room.at(planned, "09:25:00", 6, *FIVE)
    room.direct("hold a", "skip b", "edit c something else")
    room.until("09:27:00")
    found = subjects(room, "comms")
    assert not {"subject of a", "subject of b"} & found
    assert "subject of c" in found
    assert room.world.alerts[len(room.world.alerts) - 1].body != "body of c"
    room.direct("release a", "fire b")
    assert {"subject of a", "subject of b"} <= subjects(room, "comms")
    assert "has come already, at 09:27:00" in room.refused("fire b", "facilitator")
    assert "is not held" in room.refused("release a", "facilitator")


def test_the_days_own_messages_can_be_held_too(idle: Idle) -> None:
    room = Room.at(idle, "09:33:00", 6, *FIVE)
    room.direct("hold exchange-calls", "skip cio-calls")
    room.until("09:36:00")
    assert not {"exchange", "cio"} & set(room.see("liaison").ringing)
    room.direct("release exchange-calls")
    assert "exchange" in room.see("liaison").ringing


def test_objectives_are_met_or_missed_with_their_moment(idle: Idle) -> None:
    planned = with_plan(
        idle.scenario,
        objectives=(
            objective("declared", did=("declare",), seat="commander", within=600),
            objective("asked", did=("call exchange",), within=60),
            objective("cheap", keeps=(Measure("loss_usd", 3_000_000),)),
            objective("contained", reaches=(Measure("contained_s", 20),)),
            objective("quiet", keeps=(Measure("executions", 10**9),)),
        ),
    )
    room = Room.at(planned, "09:29:00", 6, *FIVE)
    room.say("declare", seat="commander")
    room.until("09:32:00")
    room.say("kill smars-8", seat="engineer")
    room.wait(60)
    drill = room.world.drill
    assert drill is not None
    assert set(drill.met) == {"declared", "contained"}
    assert set(drill.missed) == {"asked", "cheap"}
    assert room.world.scenario.day.text(drill.missed["asked"]) == "09:30:01"
    room.direct("end enough")
    assert room.world.ended == "the drill was ended"
    plan = room.world.scenario.plan
    assert plan is not None
    goals = {goal.id: goal for goal in plan.objectives}
    assert standing(room.world, goals["quiet"]) == ("met", room.world.now)
    assert standing(room.world, goals["cheap"])[0] == "missed"


def test_a_server_that_does_not_answer_hinders_what_names_it(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.direct("fault smars-3 dead")
    for line in ("look smars-3", "stop smars-2 smars-3", "compare", "stop all"):
        assert "smars-3: no answer" in room.refused(line, "engineer")
    room.say("look smars-2", seat="engineer")
    assert [work.text for work in room.see("engineer").work] == ["look smars-2"]
    room.direct("repair smars-3")
    room.say("look smars-3", seat="engineer")
    assert len(room.see("engineer").work) == 2


def test_a_monitor_that_lies_lies_to_the_engineer_and_not_to_the_facilitator(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    before = room.see("engineer").servers[7]
    room.direct("fault smars-8 calm")
    seen, truth = room.see("engineer").servers, room.see("facilitator").servers
    assert seen[7].children < before.children / 2
    assert truth[7].children > seen[7].children
    assert seen[7].name == "smars-8"
    assert seen[:7] == truth[:7]


def test_pmon_hangs_and_shows_what_it_showed(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    account = room.see("risk").account
    assert account is not None
    room.direct("fault pmon hangs")
    room.say("pmon", seat="risk")
    room.wait(120)
    later, answer = room.see("risk").account, room.answers("risk")[-1].text
    assert later is not None
    # The fault came at the start of the step after which the account was last looked at.
    assert later.gross == pytest.approx(account.gross, rel=0.02)
    assert f"gross position {later.gross:,} USD" in answer
    assert room.see("risk").money.pmon != room.see("facilitator").money.pmon
    assert "can hang" in room.refused("fault pmon dead", "facilitator")


def test_a_probe_stops_time_and_keeps_each_seats_answers(idle: Idle) -> None:
    room = Room.at(with_plan(idle.scenario), "09:32:00", 6, *FIVE)
    room.direct("probe first")
    assert room.told("risk")[-4:-1] == [
        "to all: question 1: what?",
        "to all: question 2: so what?",
        "to all: question 3: what next?",
    ]
    room.still("reply 1 an old build sure", "engineer")
    room.still("reply 1 no idea", "risk")
    assert "old build" not in repr(room.see("risk"))
    room.still("go")
    late = room.say("reply 2 too late", seat="risk")
    assert [event.text for event in late if isinstance(event, Refused)] == [
        "no question is being asked now"
    ]
    drill = room.world.drill
    assert drill is not None
    assert [(note.seat, note.kind, note.text) for note in drill.written] == [
        ("engineer", "first 1", "an old build (sure)"),
        ("risk", "first 1", "no idea (maybe)"),
    ]


def test_participants_see_nothing_of_what_the_facilitator_does(idle: Idle) -> None:
    room = Room.at(with_plan(idle.scenario, inject("secret")), "09:32:00", 6, *FIVE)
    room.direct("hold secret", "note they are slow", "fault smars-1 calm", "skip cio-calls")
    room.direct("voice risk risk who has a button")
    for seat in (*FIVE, "observer"):
        seen = repr(room.see(seat))
        for word in ("secret", "they are slow", "calm", "cio-calls", "a drill for 6"):
            assert word not in seen
    assert room.told("risk")[-1] == "to you: who has a button"
    assert "who has a button" not in repr(room.see("commander"))


def test_a_cue_is_opened_by_whoever_looks(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.wait(6)
    drill = room.world.drill
    assert drill is not None
    assert {"fills-beyond-targets", "reject-mails", "build-differs"} <= set(drill.there)
    assert not drill.opened
    room.say("look smars-8", seat="engineer")
    room.say("mail 3", seat="comms")
    room.wait(26)
    assert {"fills-beyond-targets", "build-differs"} <= set(drill.opened)
