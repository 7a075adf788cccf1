"""Messages between seats, empty desks, and time that stands still."""

from __future__ import annotations

from controlroom.sim.events import Refused
from controlroom.sim.fleet import ProcessState
from controlroom.sim.state import digest, restore, snapshot
from controlroom.sim.world import advance, step
from tests.sim.play import Idle, Shift, orders
from tests.sim.room import Room, inject, with_plan

FIVE = ("commander", "engineer", "risk", "liaison", "comms")


def test_what_is_told_arrives_there_and_nowhere_else(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.say("tell risk [bold]how much[/] is it", seat="commander")
    assert room.told("risk")[-1] == "to you (1): [bold]how much[/] is it"
    assert room.see("risk").answers[-1].who == "commander"
    assert room.answers("commander")[-1].text == "told risk (1)"
    for other in ("engineer", "liaison", "comms", "observer"):
        assert "how much" not in repr(room.see(other))
    room.say("tell all it is smars-8", seat="engineer")
    for seat in (*FIVE, "observer", "facilitator"):
        assert "smars-8" in repr(room.see(seat).answers)
    room.direct("tell all listen")
    said = [line for line in room.see("facilitator").answers if "listen" in line.text]
    assert [line.who for line in said] == ["you"]


def test_a_message_is_acknowledged_and_its_sender_learns_of_it(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.say("tell engineer stop smars-8", "tell risk report", seat="commander")
    room.say("copy", seat="engineer")
    assert room.told("commander")[-1] == "to you: copy, message 1"
    assert [message.copied for message in room.see("commander").room] == [("engineer",), ()]
    room.say("copy 1", "copy", seat="risk")
    said = [answer.text for answer in room.answers("risk")]
    assert said == ["message 1 was not told to you", "message 2 acknowledged"]
    room.say("copy", seat="liaison")
    assert room.answers("liaison")[-1].text == "nothing was told to you"


def test_an_order_to_an_empty_desk_is_done_late_and_answered_thin(idle: Idle) -> None:
    """The firm's people play it: a minute later, and the first line only."""
    room = Room.at(idle, "09:32:00", 6, "commander")
    room.say("tell engineer look smars-8", seat="commander")
    assert "in their own time: look smars-8" in room.answers("commander")[-1].text
    room.wait(59)
    assert not room.world.work
    room.wait(25)
    assert [event.text for event in room.words if event.seat == "engineer"] == ["smars-8"]
    assert "checksum" not in repr(room.see("commander"))
    room.say("tell engineer kill smars-8", "tell engineer hurry up", seat="commander")
    assert room.answers("commander")[-1].text.endswith("sit there and have heard it")
    room.wait(65)
    assert room.state("smars-8") is ProcessState.STOPPED


def test_an_empty_desk_passes_its_calls_on_three_minutes_late(idle: Idle) -> None:
    room = Room.at(idle, "09:33:00", 6, "commander")
    room.until("09:36:00")
    assert "is this you?" not in repr(room.see("commander"))
    room.until("09:37:30")
    assert any("is this you?" in text for text in room.told("commander"))


def test_somebody_who_takes_the_seat_gets_it_at_once(idle: Idle) -> None:
    room = Room.at(idle, "09:33:00", 6, "commander")
    room.direct("join liaison Ann")
    room.until("09:38:00")
    assert any("is this you?" in text for text in room.told("liaison"))
    assert "is this you?" not in repr(room.see("commander"))
    assert "Ann" not in repr([room.see(seat) for seat in FIVE])
    room.direct("leave liaison Ann")
    assert room.world.drill is not None
    assert room.world.drill.is_empty("liaison")


def test_time_stands_still_for_everybody_until_the_facilitator_lets_it_go_on(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.direct("freeze what do we know")
    now = room.world.now
    assert advance(room.world, 400) == ()
    assert step(room.world) == ()
    assert room.world.now == now
    for seat in FIVE:
        assert room.see(seat).still == "what do we know"
        assert room.told(seat)[-1] == "time stands still: what do we know"
    refused = room.still("stop smars-8", "engineer")
    assert [event.text for event in refused if isinstance(event, Refused)] == [
        "time stands still (what do we know); wait until the facilitator lets it go on"
    ]
    room.still("note before we went on", "engineer")
    assert room.world.now == now
    room.still("go")
    step(room.world)
    assert room.world.now == now + 1


def test_the_stop_word_of_any_seat_freezes_everything(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.say("timeout somebody feels ill", seat="observer")
    assert room.world.still == "stop word by observer: somebody feels ill"
    assert room.told("engineer")[-1].endswith("somebody feels ill")


def test_a_drill_folds_to_the_same_world_however_its_commands_are_taken(idle: Idle) -> None:
    """Commands of a frozen moment one by one, or with the one before; snapshots in between."""
    lines = [
        ("09:32:10", "facilitator", "freeze think"),
        ("", "engineer", "note thinking"),
        ("", "facilitator", "fault smars-8 calm"),
        ("", "facilitator", "go"),
        ("09:32:30", "engineer", "look smars-8"),
        ("09:33:00", "commander", "tell engineer and"),
    ]
    one = Room.at(idle, "09:32:00", 6, *FIVE)
    other = Room.at(idle, "09:32:00", 6, *FIVE)
    for clock, seat, line in lines:
        for room in (one, other):
            if clock:
                room.until(clock)
        one.still(line, seat)
        other.world = restore(snapshot(other.world))
        other.still(line, seat)
    one.wait(60)
    other.wait(30).wait(30)
    assert digest(one.world) == digest(other.world)


def test_the_firms_people_say_nothing_while_nobody_plays(idle: Idle) -> None:
    """A rehearsal drills a policy that plays alone."""
    room = Room.at(idle, "09:31:00")
    room.until("09:50:00")
    seats = {event.seat for event in room.words}
    assert not seats & {"risk", "liaison", "engineer", "comms"}


def test_two_seats_may_telephone_at_once_in_a_drill(storm: Shift) -> None:
    """There are several people, and each has a telephone; alone one has one."""
    room = Room(storm.world)
    room.direct("drill 6")
    scenario = room.world.scenario
    given = [
        *orders(scenario, "call exchange", seat="liaison"),
        *orders(scenario, "escalate", seat="commander"),
        *orders(scenario, "call cio", seat="liaison"),
    ]
    refused = [event.text for event in step(room.world, given) if isinstance(event, Refused)]
    assert refused == ["you are on the telephone until 09:32:48 (call exchange)"]


def test_the_shift_before_hands_over_to_each_desk(idle: Idle) -> None:
    """And what stands at the start is in the feed of whoever has the mail."""
    room = Room.at(with_plan(idle.scenario, inject("later")), "09:25:00")
    assert any("smars-4 was restarted at seven" in text for text in room.told("engineer"))
    assert "smars-4 was restarted" not in repr(room.see("risk"))
    newest = [row.subject for row in room.see("comms").alerts.rows[:3]]
    assert "subject of standing-one" in newest
    assert any("This is a drill." in text for text in room.told("risk"))


def test_each_seat_reads_its_own_card_and_whoever_has_two_desks_both(idle: Idle) -> None:
    """Also while time stands still."""
    room = Room.at(idle, "09:25:00", 4, "commander", "liaison")
    room.direct("freeze read your cards")
    room.still("card", "commander")
    room.still("card", "liaison")
    assert [answer.text for answer in room.answers("commander")] == ["Incident commander"]
    titles = [answer.text for answer in room.answers("liaison")]
    assert titles == ["Liaison: exchange, clients, press", "Comms and scribe"]
    card = " ".join(room.answers("commander")[0].lines)
    assert all(part in card for part in ("you see: ", "you may: ", "say: "))
