"""Who has which instruments, who may give which commands, and who hears what."""

from __future__ import annotations

import pytest

from controlroom.sim.commands import (
    COACH_COMMANDS,
    COMMANDS,
    EVERY_COMMAND,
    WEEK_COMMANDS,
    commands_of,
    complete,
)
from controlroom.sim.seats import (
    FACILITATOR,
    FEWEST,
    MOST,
    ON_CALL,
    PARTICIPANTS,
    SEATS,
    SETS,
    Pane,
    seats_for,
)
from controlroom.sim.start import Channel, Mode
from controlroom.sim.state import leaves
from controlroom.sim.views import view
from controlroom.sim.world import start
from tests.sim.play import Idle, Shift
from tests.sim.room import Room

EVERY_PEOPLE = range(FEWEST, MOST + 1)


def test_whoever_plays_alone_may_do_everything_that_there_was() -> None:
    """Besides that they speak to a coach; all else belongs to a drill, but for letting time go."""
    alone = {command.verb for command in (*COMMANDS, *COACH_COMMANDS, *WEEK_COMMANDS)}
    assert alone == SEATS[ON_CALL].verbs - {"go"}


def test_every_verb_that_a_seat_may_give_is_a_command_and_each_command_is_somebodys() -> None:
    verbs = {command.verb for command in EVERY_COMMAND}
    assert set().union(*(seat.verbs for seat in SEATS.values())) == verbs


@pytest.mark.parametrize("people", EVERY_PEOPLE)
def test_with_any_number_of_people_everything_can_be_done_and_seen(people: int) -> None:
    """What one desk gives up another has; hints are the facilitator's, and there is no coach."""
    seats = [seat for name, seat in seats_for(people).items() if name != FACILITATOR]
    verbs = set().union(*(seat.verbs for seat in seats))
    besides = {command.verb for command in (*COACH_COMMANDS, *WEEK_COMMANDS)}
    assert SEATS[ON_CALL].verbs - verbs == {"hint", "go", *besides}
    assert set().union(*(seat.panes for seat in seats)) == set(Pane)
    assert sum(SETS[people].values()) == people


@pytest.mark.parametrize("people", EVERY_PEOPLE)
@pytest.mark.parametrize("pane", [Pane.SERVERS, Pane.LIMIT, Pane.TELEPHONE, Pane.MAIL, Pane.MONEY])
def test_each_instrument_is_on_one_desk_only(people: int, pane: Pane) -> None:
    desks = [name for name, seat in seats_for(people).items() if pane in seat.panes]
    assert len([name for name in desks if name != FACILITATOR]) == 1


@pytest.mark.parametrize("seat", PARTICIPANTS)
def test_no_participant_may_give_a_verb_of_the_facilitators(seat: str) -> None:
    """But for what everybody may: telling, noting."""
    shared = SEATS[seat].verbs & SEATS[FACILITATOR].verbs
    assert shared <= {"tell", "note"}
    assert {command.verb for command in commands_of(SEATS[seat])} == SEATS[seat].verbs


def test_a_seat_is_offered_what_it_may_do(idle: Idle) -> None:
    """At the prompt; alone nobody is offered a facilitator's verb."""
    risk = commands_of(SEATS["risk"])
    assert [item.label for item in complete("acc", idle.scenario, risk)] == ["account"]
    assert complete("loo", idle.scenario, risk) == complete("look ", idle.scenario, risk) == ()
    assert "freeze" not in [item.label for item in complete("f", idle.scenario)]
    facilitator = commands_of(SEATS[FACILITATOR])
    offered = [item.label for item in complete("fire exchange", idle.scenario, facilitator)]
    assert "exchange-calls" in offered


def test_only_the_engineer_looks_into_servers_and_gets_the_answer(storm: Shift) -> None:
    room = Room(storm.world)
    room.direct("drill 6")
    assert "engineer may do it; ask, with: tell engineer" in room.refused("look smars-8", "risk")
    room.say("look smars-8", seat="engineer")
    room.wait(20)
    checksum = room.world.scenario.builds[1].checksum
    assert checksum in repr(room.see("engineer"))
    assert room.see("engineer").servers[7].build == "legacy"
    for other in ("commander", "risk", "liaison", "comms", "observer"):
        assert checksum not in repr(room.see(other))
        assert room.see(other).servers == ()


def test_only_risk_sees_the_account_against_its_limit(storm: Shift) -> None:
    room = Room(storm.world)
    room.direct("drill 6")
    account = room.see("risk").account
    assert account is not None
    assert account.limit == 2_000_000
    assert account.gross > account.limit
    for other in ("commander", "engineer", "liaison", "comms", "observer"):
        seen = room.see(other)
        assert seen.account is None
        assert seen.money.gross == seen.money.capital == 0


def test_only_the_liaison_gets_the_calls(idle: Idle) -> None:
    room = Room.at(idle, "09:33:00", 6, "liaison")
    room.until("09:34:10")
    assert "exchange" in room.see("liaison").ringing
    assert any("is this you?" in text for text in room.told("liaison"))
    for other in ("commander", "engineer", "risk", "comms", "observer"):
        assert room.see(other).ringing == ()
        assert "is this you?" not in repr(room.see(other))
    assert "liaison may do it" in room.refused("call exchange", "commander")


def test_only_comms_gets_the_mail(idle: Idle) -> None:
    room = Room.at(idle, "09:29:00")
    assert room.see("comms").alerts.total > 100
    for other in ("commander", "engineer", "risk", "liaison", "observer"):
        assert {row.channel for row in room.see(other).alerts.rows} <= {Channel.ALARM}
        assert "BNET" not in repr(room.see(other))


def test_a_message_that_did_not_reach_a_desk_cannot_be_opened_there(idle: Idle) -> None:
    """Whether there is one of that number is not said; the one that can is the plan's alarm."""
    room = Room.at(idle, "09:29:00")
    assert room.refused("mail 3", "engineer") == "no message 3 has reached your desk"
    assert room.refused("mail 9999", "engineer") == "no message 9999 has reached your desk"
    room.say("mail", "ack all", seat="engineer")
    assert [answer.text for answer in room.answers("engineer")] == [
        "1 message, 1 not opened",
        "1 message acknowledged",
    ]
    unread = room.see("comms").alerts.unread
    room.say("mail 3", seat="comms")
    assert room.see("comms").alerts.unread == unread - 1


def test_what_comms_searches_for_is_how_comms_sees_the_feed(idle: Idle) -> None:
    """With four people the liaison has that desk too."""
    room = Room.at(idle, "09:29:00", 4)
    room.say("search power peg", seat="liaison")
    assert {row.subject for row in room.see("liaison").alerts.rows} == {"BNET reject"}
    assert room.see("engineer").alerts.search == ""


def test_the_commander_sees_what_everybody_does_and_the_others_what_they_do(storm: Shift) -> None:
    room = Room(storm.world)
    room.direct("drill 6")
    room.say("look smars-8", seat="engineer")
    room.say("account 33", seat="risk")
    assert {work.text for work in room.see("commander").work} == {"look smars-8", "account 33"}
    assert [work.text for work in room.see("risk").work] == ["account 33"]
    assert room.see("liaison").work == ()


def test_a_seat_that_there_is_not_sees_a_clock_and_may_do_nothing(storm: Shift) -> None:
    seen = view(storm.world, "ghost")
    assert (seen.servers, seen.alerts.total, seen.work) == ((), 0, ())
    assert [line.text for line in seen.answers] == ["opening bell"]
    assert seen.header.clock == "09:32:00"
    room = Room(storm.world)
    assert "there is no seat 'ghost' here; there are on-call" in room.refused("note x", "ghost")
    room.direct("drill 4")
    assert room.refused("note x", "comms") == (
        "in a drill for so few people liaison has the desk of comms too"
    )
    assert "there is no seat 'observer'" in room.refused("note x", "observer")


def test_alone_a_facilitators_verb_is_refused_with_whose_it_is(storm: Shift) -> None:
    assert storm.refusal("freeze x") == "freeze is the facilitator's, in a drill"
    assert storm.refusal("drill 6") == "drill is the facilitator's, in a drill"
    assert storm.refusal("tell risk x").startswith("tell is not for the on-call seat: commander")


def test_hints_are_the_facilitators_to_give_in_a_drill(storm: Shift) -> None:
    room = Room(storm.world)
    room.direct("drill 6")
    assert "the facilitator gives hints" in room.refused("hint", "engineer")
    room.direct("coach engineer tell")
    assert "hint: Kill smars-8." in room.told("engineer")[-1]
    assert "Kill smars-8" not in repr(room.see("commander"))


def test_an_assessment_gives_no_hints_from_anybody(idle: Idle) -> None:
    world = start(idle.scenario, 7, Mode.ASSESS)
    room = Room(world)
    room.direct("drill 4")
    assert room.refused("coach all nudge", FACILITATOR) == "an assessment gives no hints"


def test_a_world_without_a_drill_says_nothing_of_one_in_its_digest(storm: Shift) -> None:
    """So that the journals of those who play alone stay what they were."""
    assert not [name for name, _ in leaves(storm.world) if name.startswith("drill")]
    room = Room(storm.world)
    room.direct("drill 4")
    assert [name for name, _ in leaves(room.world) if name.startswith("drill.people")]
