"""What a seat sees: what its instruments measure, and what somebody has looked up."""

from __future__ import annotations

import attrs
import pytest

from controlroom.sim.alerts import Alert
from controlroom.sim.people import arrive
from controlroom.sim.start import Channel, Scenario
from controlroom.sim.state import restore, snapshot
from controlroom.sim.views import View, view
from controlroom.sim.views.answers import MOST_LINES
from controlroom.sim.views.feed import MOST_ROWS
from controlroom.sim.world import step
from tests.sim.play import SEAT, Idle, Shift


def words(seen: object) -> str:
    """Everything in a picture as one text."""
    return repr(seen)


def tells_of_a_build(seen: View, scenario: Scenario) -> list[str]:
    """Names of builds, their versions and checksums, that the picture holds."""
    text = words((seen.servers, seen.answers, seen.work, seen.alerts))
    marks = [mark for build in scenario.builds for mark in (build.version, build.checksum)]
    # Names are short words of other sentences too, so they are looked for where builds are shown.
    shown = [server.build for server in seen.servers if server.build]
    return [mark for mark in marks if mark in text] + shown


@pytest.mark.parametrize("clock", ["08:00:00", "09:29:59", "09:35:00", "09:50:00"])
def test_nobody_sees_a_build_that_nobody_looked_at(idle: Idle, clock: str) -> None:
    """The panes show `build ?`, whatever is installed."""
    shift = idle.at(clock)
    assert tells_of_a_build(shift.view, shift.world.scenario) == []


def test_acting_on_servers_does_not_give_their_builds_away(storm: Shift) -> None:
    """A stop, a start, a restart: none of them is a look."""
    before = len(storm.view.answers)
    for line in ("drain smars-3", "kill smars-8", "start smars-8", "cancel smars-1"):
        storm.say(line)
        storm.wait(40)
    seen = storm.view
    assert tells_of_a_build(seen, storm.world.scenario) == []
    said = " ".join(line.text for line in seen.answers[before:])
    assert "legacy" not in said
    assert "rlp" not in said


def test_a_look_shows_the_build_of_one_server_and_when_that_was(storm: Shift) -> None:
    """The others stay unknown."""
    told = storm.do("look smars-8", 20)
    scenario = storm.world.scenario
    assert scenario.builds[1].checksum in " ".join(told.lines)
    assert [server.build for server in storm.view.servers] == [""] * 7 + ["legacy"]
    assert storm.view.servers[7].build_at == "09:32:20"
    fills = storm.view.servers[7].fills
    assert fills is not None
    assert fills > 100  # tenths: more than ten times what clients wanted


def test_what_a_look_found_may_be_out_of_date(storm: Shift) -> None:
    """The pane keeps what was seen, until a deployment makes it unknown again."""
    storm.do("look smars-8", 20)
    storm.do("deploy rlp smars-8", 41)
    assert storm.world.fleet.builds[7] == "rlp"
    assert storm.view.servers[7].build == ""


def test_comparing_the_fleet_shows_every_build_after_a_walk(storm: Shift) -> None:
    """Without an inventory it takes twenty seconds a server."""
    storm.say("compare")
    storm.wait(159)
    assert not any(server.build for server in storm.view.servers)
    storm.wait(1)
    assert [server.build for server in storm.view.servers] == ["rlp"] * 7 + ["legacy"]
    assert "different: smars-8" in storm.view.answers[-9].text


def test_an_answer_that_takes_time_is_not_known_before(storm: Shift) -> None:
    """Work in progress shows how long it will still take."""
    storm.say("look smars-8")
    work = storm.view.work[0]
    assert (work.text, work.left) == ("look smars-8", 20)
    assert work.done < 50
    storm.wait(10)
    assert storm.view.work[0].left == 10
    assert 450 <= storm.view.work[0].done <= 550
    storm.wait(10)
    assert storm.view.work == ()


def test_the_hot_server_is_hot_in_its_pane_and_nowhere_called_wrong(storm: Shift) -> None:
    """Instruments measure; the diagnosis is the reader's."""
    seen = storm.view
    hot = max(seen.servers, key=lambda server: server.children)
    assert hot.name == "smars-8"
    assert hot.children_per_parent > 3 * max(pane.children_per_parent for pane in seen.servers[:7])
    assert hot.rejects == 97
    for pane in seen.servers:
        assert len(pane.history) == 60
        assert pane.history[-1] == pane.children
        assert 0 <= pane.cpu <= 99
        assert pane.number == seen.servers.index(pane) + 1
        assert "peg" not in words(pane).casefold()


def test_the_newest_second_is_the_last_of_a_panes_history(idle: Idle) -> None:
    """Also in the middle of a second: the chart moves to the left and by one place a second."""
    shift = idle.at("09:30:30")
    before = shift.view.servers[7].history
    for _ in range(8):
        step(shift.world)
        now = shift.view.servers[7].history
        moved = shift.world.seconds_closed - idle.at("09:30:30").world.seconds_closed
        assert now[: 60 - moved] == before[moved:]
    assert moved == 2


def test_a_picture_is_the_same_whenever_it_was_asked_for_before(idle: Idle) -> None:
    """What a seat saw earlier does not decide what it sees now."""
    watched, fresh = idle.at("09:30:20"), idle.at("09:30:20")
    watched.say("look smars-8", "kill smars-3", "deploy rlp smars-8")
    fresh.say("look smars-8", "kill smars-3", "deploy rlp smars-8")
    for _ in range(200):
        step(watched.world)
        step(fresh.world)
        seen, new = watched.view, view(restore(snapshot(fresh.world)), SEAT)
        assert seen.servers == new.servers
        assert seen.answers == new.answers
        assert seen.work == new.work
        assert seen.alerts.rows == new.alerts.rows
        assert seen.header.clock == new.header.clock
        assert seen.money.flat == new.money.flat
        assert seen.money.history == new.money.history


def test_a_panel_that_would_show_the_same_a_second_later_is_the_same_object(idle: Idle) -> None:
    """Its key has changed; whoever compares by identity has nothing to draw all the same."""
    shift = idle.at("08:30:00")
    first = shift.view
    second = shift.wait(1).view
    assert second.header.clock != first.header.clock
    assert second.money is first.money


def test_what_has_not_changed_is_the_same_object_as_before(idle: Idle) -> None:
    """A screen tells by identity what it need not draw again."""
    shift = idle.at("08:40:00")
    first, again = shift.view, shift.view
    for name in ("servers", "alerts", "money", "answers"):
        assert getattr(first, name) is getattr(again, name)
    step(shift.world)  # the beat
    beat = shift.view
    for _ in range(3):
        step(shift.world)
        now = shift.view
        for name in ("servers", "money", "answers"):
            assert getattr(now, name) is getattr(beat, name)
        assert now.alerts.rows is beat.alerts.rows
    shift.say("note x")
    assert shift.view.answers is not beat.answers
    assert shift.view.alerts.rows is beat.alerts.rows


def test_a_pane_that_did_not_change_keeps_the_feed_and_the_answers(storm: Shift) -> None:
    """In the storm the money moves with every step, the rest does not."""
    step(storm.world)
    first = storm.view
    step(storm.world)
    second = storm.view
    assert second.money != first.money
    assert second.money.history is first.money.history
    assert second.money.tape is first.money.tape
    assert second.servers is first.servers
    assert second.answers is first.answers


def test_the_feed_never_has_more_rows_than_a_screen_can_use(storm: Shift) -> None:
    """A flood of different messages: the newest come first and the count is right."""
    storm.say("group off")
    storm.say(*["note again"] * 3 * MOST_LINES)
    for number in range(3 * MOST_ROWS):
        alert = Alert(storm.world.now, Channel.MAIL, "Flood", f"message {number}", "x", "")
        arrive(storm.world, alert, urgent=False)
    seen = storm.view
    assert len(seen.alerts.rows) == MOST_ROWS
    assert seen.alerts.rows[0].subject == f"message {3 * MOST_ROWS - 1}"
    assert seen.alerts.total > 3 * MOST_ROWS
    assert len(seen.answers) <= MOST_LINES
    assert seen.answers[-1].text == "noted"


def test_equal_mails_share_a_row_with_their_count(idle: Idle) -> None:
    """One by one, as the day begins, the 97 are noise; grouped, they are a row that stands out."""
    shift = idle.at("09:29:59")
    single = [row for row in shift.view.alerts.rows if row.subject == "BNET reject"]
    assert len(single) > 80  # the rest lies below the last row that is shown
    assert {row.count for row in single} == {1}
    shift.say("group on")
    grouped = [row for row in shift.view.alerts.rows if row.subject == "BNET reject"]
    assert [row.count for row in grouped] == [97]


def test_opening_acknowledging_and_shelving_move_messages_through_their_states(
    idle: Idle,
) -> None:
    """New, seen, acknowledged; put away and back again."""
    shift = idle.at("09:00:00")
    row = next(row for row in shift.view.alerts.rows if row.subject == "BNET reject")
    unread = shift.view.alerts.unread
    shift.say(f"mail {row.id}")
    assert shift.view.alerts.unread == unread - row.count
    assert next(item for item in shift.view.alerts.rows if item.id == row.id).state == "seen"
    shift.say(f"ack {row.id}")
    after = next(item for item in shift.view.alerts.rows if item.id == row.id)
    assert after.state == "acknowledged"
    shift.say(f"shelve {row.id} 5 busy")
    assert all(item.id != row.id for item in shift.view.alerts.rows)
    assert shift.view.alerts.shelved == row.count
    shift.wait(301)
    assert shift.view.alerts.shelved == 0
    back = next(item for item in shift.view.alerts.rows if item.subject == "BNET reject")
    assert back.state == "new"
    assert back.count >= row.count


def test_a_mail_can_be_made_an_alarm(idle: Idle) -> None:
    """What would have helped at eight in the morning: the next reject needs attention."""
    shift = idle.at("08:30:00")
    shift.say('alarm on "power peg"')
    shift.wait(900)
    alarms = [alert for alert in shift.world.alerts.feed.items if alert.channel is Channel.ALARM]
    assert alarms
    assert all("Power Peg" in alert.body for alert in alarms)
    count = len(alarms)
    shift.say('alarm off "power peg"')
    shift.wait(900)
    later = [alert for alert in shift.world.alerts.feed.items if alert.channel is Channel.ALARM]
    assert len(later) == count


def test_a_search_limits_the_feed_to_what_holds_the_text(idle: Idle) -> None:
    """Sender, subject and body, in any case."""
    shift = idle.at("09:29:59")
    shift.say("search POWER PEG")
    assert {row.subject for row in shift.view.alerts.rows} == {"BNET reject"}
    shift.say("search")
    assert len({row.subject for row in shift.view.alerts.rows}) > 10


def test_each_seat_reads_its_own_commands_as_its_own(storm: Shift) -> None:
    """Where everything is seen the seat's name stands in front; the other desks see none of it."""
    storm.say("note mine", seat="engineer")
    mine, all_ = view(storm.world, "engineer"), view(storm.world, "facilitator")
    assert mine.answers[-2].who == "you"
    assert all_.answers[-2].who == "engineer"
    assert mine.header.seat == "engineer"
    assert "note mine" not in words(view(storm.world, "commander"))


def test_the_view_holds_plain_values_only(storm: Shift) -> None:
    """No array, no state, nothing through which a widget could reach the world."""

    def walk(value: object) -> None:
        kind = type(value)
        if attrs.has(kind):
            assert kind.__module__.startswith("controlroom.sim.views.")
            assert kind.__setattr__ is not object.__setattr__  # frozen
            for field in attrs.fields(kind):
                walk(getattr(value, field.name))
        elif isinstance(value, tuple):
            for item in value:
                walk(item)
        else:
            assert value is None or isinstance(value, str | int | float | bool)

    storm.say("look smars-8", "suspect x")
    walk(storm.view)
