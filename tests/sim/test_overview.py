"""What the facilitator has in sight."""

from __future__ import annotations

import attrs

from controlroom.sim.state import digest
from controlroom.sim.views.facilitator import FacilitatorView, facilitator_view
from tests.sim.play import Idle, Shift
from tests.sim.room import Room

FIVE = ("commander", "engineer", "risk", "liaison", "comms")


def seen(room: Room) -> FacilitatorView:
    """The page."""
    page = facilitator_view(room.world)
    assert page is not None
    return page


def test_without_a_drill_there_is_no_page(storm: Shift) -> None:
    assert facilitator_view(storm.world) is None


def test_looking_at_the_page_changes_nothing(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    before = digest(room.world)
    seen(room)
    assert digest(room.world) == before


def test_the_page_shows_who_is_quiet_and_who_has_not_acknowledged(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.say("tell engineer what do you see", seat="commander")
    room.wait(60)
    room.say("look smars-8", seat="engineer")
    seats = {seat.id: seat for seat in seen(room).seats}
    assert [seats[name].quiet for name in ("commander", "engineer", "observer")] == [60, 0, -1]
    assert seats["engineer"].unanswered == 1
    room.say("copy", seat="engineer")
    assert {seat.id: seat.unanswered for seat in seen(room).seats}["engineer"] == 0


def test_the_page_shows_cues_that_nobody_opened_until_somebody_does(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.wait(6)
    assert "reject-mails" in {cue.id for cue in seen(room).cues}
    number = next(row.id for row in room.see("comms").alerts.rows if row.subject == "BNET reject")
    room.say(f"mail {number}", seat="comms")
    room.wait(6)
    assert "reject-mails" not in {cue.id for cue in seen(room).cues}
    assert all(cue.waits >= 0 for cue in seen(room).cues)


def test_the_next_five_come_in_their_order_and_what_is_held_stays_in_sight(idle: Idle) -> None:
    room = Room.at(idle, "09:25:00", 6, *FIVE)
    first = seen(room).coming
    assert len(first) == 5
    assert (first[0].id, first[0].when, first[0].left) == ("pile-of-mail", "09:25:40", 39)
    room.direct("hold pile-of-mail", "edit ask-for-the-number How much?")
    room.until("09:26:00")
    page = seen(room)
    assert [(item.id, item.state) for item in page.coming[5:]] == [("pile-of-mail", "due")]
    assert "pile-of-mail" not in [item.id for item in page.coming[:5]]
    assert next(item.edited for item in page.coming if item.id == "ask-for-the-number")
    room.direct("release pile-of-mail")
    assert [item.inject for item in seen(room).waiting] == ["pile-of-mail"]
    assert seen(room).waiting[0].otherwise == "pile-again"


def test_the_page_shows_loss_objectives_faults_and_probes(idle: Idle) -> None:
    room = Room.at(idle, "09:32:00", 6, *FIVE)
    room.wait(180)
    room.direct("fault smars-1 calm", "probe in-the-storm")
    room.still("reply 1 smars-8 sure", "engineer")
    page = seen(room)
    money = room.see("facilitator").money
    assert page.loss > 10_000_000
    assert abs(page.loss + money.flat) < page.per_minute
    assert page.faults == (("smars-1", "calm"),)
    assert (page.probe, page.answered) == ("in-the-storm", ("engineer",))
    assert page.probes == (("09:42:00", "in-the-storm"), ("10:06:00", "after-the-stop"))
    assert {item.state for item in page.objectives} == {"open"}
    assert page.still.startswith("three questions")


def test_the_page_holds_plain_frozen_values(idle: Idle) -> None:
    def walk(value: object) -> None:
        kind: type = type(value)
        if attrs.has(kind):
            assert kind.__module__.startswith("controlroom.sim.views.")
            for field in attrs.fields(kind):
                walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        else:
            assert isinstance(value, str | int | bool)

    walk(seen(Room.at(idle, "09:32:00", 6, *FIVE)))
