"""Authority: naming one server needs nobody's leave, leaving the firm without any does."""

from __future__ import annotations

import pytest

from controlroom.sim.events import Refused
from controlroom.sim.fleet import ProcessState
from controlroom.sim.start import Mode
from controlroom.sim.world import start
from tests.sim.play import Idle, Shift

NEEDS_LEAVE = (
    "stop all",
    "kill all",
    "drain all",
    "stop smars-1 smars-2 smars-3 smars-4 smars-5 smars-6 smars-7 smars-8",
    "disconnect all",
    "refuse on",
    "reroute on",
)


@pytest.mark.parametrize("line", NEEDS_LEAVE)
def test_what_stops_everything_or_turns_clients_away_needs_authority(
    storm: Shift, line: str
) -> None:
    """The refusal says what is missing and how to get it."""
    said = storm.refusal(line)
    assert "needs authority" in said
    assert "declare an incident" in said
    assert "call" in said


@pytest.mark.parametrize("line", NEEDS_LEAVE)
def test_a_declared_incident_gives_authority_for_it(storm: Shift, line: str) -> None:
    """Fifteen seconds, and nobody has to be asked."""
    storm.do("declare")
    assert not [event for event in storm.say(line) if isinstance(event, Refused)]


@pytest.mark.parametrize("verb", ["stop", "kill", "drain", "cancel"])
@pytest.mark.parametrize("server", ["smars-1", "smars-8"])
def test_naming_one_server_needs_nobodys_leave(storm: Shift, verb: str, server: str) -> None:
    """Anybody at the console may act on one server, the right one or a wrong one."""
    assert not [event for event in storm.say(f"{verb} {server}") if isinstance(event, Refused)]


@pytest.mark.parametrize("verb", ["stop", "kill", "drain"])
def test_stopping_the_servers_one_by_one_needs_leave_for_the_last(storm: Shift, verb: str) -> None:
    """Also in one breath, while those before are still being stopped."""
    events = storm.say(*(f"{verb} smars-{number}" for number in range(1, 9)))
    refused = [event for event in events if isinstance(event, Refused)]
    assert [event.command for event in refused] == [f"{verb} smars-8"]
    storm.wait(60)
    assert storm.state("smars-8") is ProcessState.RUNNING


def test_disconnecting_the_venues_one_by_one_needs_leave_for_the_last(storm: Shift) -> None:
    """Also in one breath, while the sessions before are still being closed."""
    venues = [venue.name for venue in storm.world.scenario.venues]
    events = storm.say(*(f"disconnect {venue}" for venue in venues))
    refused = [event for event in events if isinstance(event, Refused)]
    assert [event.command for event in refused] == [f"disconnect {venues[-1]}"]
    storm.wait(60)
    assert storm.world.fleet.connected == venues[-1:]


def test_the_last_running_server_needs_leave_while_the_others_are_down(storm: Shift) -> None:
    """Seven stopped, one left: the same rule as for all at once."""
    storm.do("stop smars-1 smars-2 smars-3 smars-4 smars-5 smars-6 smars-7")
    assert "needs authority" in storm.refusal("stop smars-8")
    storm.do("start smars-1")
    assert not [event for event in storm.say("stop smars-8") if isinstance(event, Refused)]


@pytest.mark.parametrize("line", ["deploy rlp smars-8", "uninstall smars-8", "deploy rlp all"])
def test_a_restart_of_the_last_running_server_needs_leave_too(storm: Shift, line: str) -> None:
    """Ten seconds without any server are as long as somebody needs leave for."""
    storm.do("deploy rlp smars-8", 41)
    storm.do("stop smars-1 smars-2 smars-3 smars-4 smars-5 smars-6 smars-7")
    said = storm.refusal(line)
    assert said.startswith(f"{line} restarts the last running server, which needs authority")
    free = storm.fork()
    free.do("start smars-1")
    assert not [event for event in free.say(line) if isinstance(event, Refused)]
    storm.do("declare")
    assert not [event for event in storm.say(line) if isinstance(event, Refused)]


def test_two_restarts_at_once_on_the_last_two_servers_need_leave(storm: Shift) -> None:
    """Either of them may be down while the other is; with a third one running nobody minds."""
    storm.do("stop smars-1 smars-2 smars-3 smars-4 smars-5")
    free = storm.fork()
    three = free.say("deploy rlp smars-6", "deploy rlp smars-7")
    assert not [event for event in three if isinstance(event, Refused)]
    storm.do("stop smars-6")
    two = storm.say("deploy rlp smars-7", "deploy rlp smars-8", "stop smars-8")
    refused = [event.command for event in two if isinstance(event, Refused)]
    assert refused == ["deploy rlp smars-8", "stop smars-8"]


def test_a_deployment_on_a_stopped_server_needs_nobodys_leave(storm: Shift) -> None:
    """It takes nothing away."""
    storm.do("stop smars-1 smars-2 smars-3 smars-4 smars-5 smars-6 smars-7")
    events = storm.say("deploy legacy smars-1")
    assert not [event for event in events if isinstance(event, Refused)]


def test_the_whole_fleet_can_be_rolled_back_one_server_at_a_time(storm: Shift) -> None:
    """Seven others take orders meanwhile, also while the eighth gets another build."""
    events = storm.say("uninstall smars-1 smars-2 smars-3 smars-4 smars-5 smars-6 smars-7")
    events += storm.say("deploy rlp smars-8")
    assert not [event for event in events if isinstance(event, Refused)]


@pytest.mark.parametrize("who", ["cio", "trading"])
def test_those_who_can_decide_give_leave_once_they_see_it(idle: Idle, who: str) -> None:
    """By 09:40 the exchange has called everybody; a telephone call then gives authority."""
    shift = idle.at("09:40:00")
    told = shift.do(f"call {who}", 120)
    assert "authority" in " ".join((told.text, *told.lines))
    assert shift.view.header.authority
    assert not shift.view.header.declared
    assert not [event for event in shift.say("stop all") if isinstance(event, Refused)]


def test_before_anything_is_seen_nobody_gives_leave_to_stop_everything(idle: Idle) -> None:
    """A hunch at eight in the morning is not enough for the chief information officer."""
    shift = idle.at("08:30:00")
    shift.do("call cio", 120)
    assert not shift.view.header.authority
    assert "needs authority" in shift.refusal("stop all")


def test_escalating_reaches_everybody_who_may_decide(idle: Idle) -> None:
    """One minute for all of them, instead of one after the other."""
    shift = idle.at("09:40:00")
    shift.do("escalate", 90)
    assert shift.view.header.authority
    people = shift.world.scenario.people
    may = {who.id for who in people if any(line.grants for line in who.lines)}
    assert set(shift.world.team.called) == may


def test_one_telephone_carries_one_call(storm: Shift) -> None:
    """The second call is refused and says who is on the line, and until when."""
    storm.say("call cio")
    said = storm.refusal("call exchange")
    assert "call cio" in said
    assert "until 09:33:00" in said


def test_answering_a_telephone_that_rings_saves_the_ringing(idle: Idle) -> None:
    """Somebody calls about the volume; taking the call tells what they wanted to say."""
    shift = idle.at("09:30:00")
    while not shift.view.ringing:
        shift.wait(5)
        assert shift.world.now < shift.world.scenario.day.parse("10:00")
    who = shift.view.ringing[0]
    talks = next(person.talks for person in shift.world.scenario.people if person.id == who)
    told = shift.do(f"call {who}", talks + 1)
    assert who not in shift.view.ringing
    call = next(alert for alert in shift.world.alerts.feed.items if alert.sender == who)
    assert call.body.splitlines()[0] in " ".join((told.text, *told.lines))


def test_a_call_that_nobody_takes_becomes_a_message(idle: Idle) -> None:
    """It rings for a minute."""
    shift = idle.at("09:30:00")
    while not shift.view.ringing:
        shift.wait(5)
    number = shift.world.alerts.ringing[0]
    shift.wait(65)
    assert number not in shift.world.alerts.ringing
    assert shift.world.alerts.states[number].value == "new"
    assert not [event for event in shift.say(f"mail {number}") if isinstance(event, Refused)]


def test_an_assessment_gives_no_hints_and_other_modes_count_them(idle: Idle) -> None:
    """Three strengths for a stretch of the day, then no more."""
    shift = idle.at("08:30:00")
    for _ in range(3):
        shift.say("hint")
    assert shift.view.hints == 3
    assert "three hints" in shift.refusal("hint")
    assert shift.result.hints == 3
    assessed = Shift(start(shift.world.scenario, 7, Mode.ASSESS))
    assert "no hints" in assessed.refusal("hint")
