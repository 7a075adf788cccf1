"""A command that cannot be done is refused with the reason, and changes nothing."""

from __future__ import annotations

import pytest

from controlroom.sim.commands import COMMANDS, Command, parse
from controlroom.sim.events import Refused, Said
from controlroom.sim.fleet import ProcessState
from controlroom.sim.state import digest, leaves
from controlroom.sim.world import step
from tests.sim.play import Idle, Shift, orders

REFUSED = [
    # (clock, what was done before, the command, what the refusal has to say)
    ("09:32", (), "start smars-1", ("smars-1", "running now", "not stopped")),
    ("09:32", (), "flag on", ("on already",)),
    ("09:32", (), "refuse off", ("off already",)),
    ("09:32", (), "reroute off", ("off already",)),
    ("09:32", (), "connect NYSE", ("NYSE", "connected already")),
    ("09:32", ("disconnect NYSE",), "disconnect NYSE", ("NYSE", "disconnected already")),
    ("09:32", ("stop smars-3",), "stop smars-3", ("smars-3", "stopped already")),
    ("09:32", ("stop smars-3",), "kill smars-3", ("smars-3", "stopped already")),
    ("09:32", ("stop smars-3",), "drain smars-3", ("smars-3", "stopped already")),
    ("09:32", ("stop smars-3",), "cancel smars-3", ("smars-3", "no process")),
    ("09:32", ("drain smars-8",), "drain smars-8", ("smars-8", "draining already")),
    ("09:32", (), "uninstall smars-8", ("nothing to uninstall", "rlp", "smars-8")),
    ("09:32", ("declare",), "declare", ("declared already", "09:32:15")),
    ("09:32", (), "sell block", ("still grows", "stop the flow first")),
    ("09:32", (), "handover", ("09:45:00",)),
    ("09:50", (), "handover", ("still grows",)),
    ("09:50", ("stop smars-8",), "handover", ("pare", "sell the block")),
    ("09:50", ("stop smars-8",), "sell block", ("needs authority", "declare")),
    ("09:32", ("pare 10",), "pare 10", ("being worked already",)),
    ("09:25", (), "pare 10", ("not open",)),
    ("16:30", (), "pare 10", ("closed", "a block can be sold")),
    ("09:25", (), "hedge 10", ("not open",)),
    ("09:25", (), "sell block", ("no position",)),
    ("09:25", (), "handover", ("not opened", "bell")),
    ("09:25", (), "cancellations", ("no trade",)),
    ("09:32", ("cancellations",), "cancellations", ("asked already", "09:32:00")),
    ("09:25", (), "mail 99999", ("99999", "newest")),
    ("09:25", (), "ack 99999", ("99999", "newest")),
    ("09:25", (), "shelve 99999 5 later", ("99999", "newest")),
    ("09:25", (), "alarm off reject", ("no alarm on", "reject")),
    ("09:25", ("alarm on reject",), "alarm on REJECT", ("an alarm already", "REJECT")),
]


@pytest.mark.parametrize(
    "clock, before, line, says",
    REFUSED,
    ids=[" ".join((case[0], *case[1], case[2])) for case in REFUSED],
)
def test_the_refusal_names_what_stands_in_the_way(
    idle: Idle, clock: str, before: tuple[str, ...], line: str, says: tuple[str, ...]
) -> None:
    """One line with the thing that was named and the reason, and the remedy where there is one."""
    shift = idle.at(clock)
    for earlier in before:
        shift.say(earlier)
        shift.wait(60)
    refused = shift.refusal(line)
    for words in says:
        assert words in refused
    assert "\n" not in refused


def test_a_refused_command_changes_nothing_but_the_log(storm: Shift) -> None:
    """The same step without it comes to the same state, log apart."""
    without = storm.fork()
    step(without.world)
    events = storm.say("stop all")
    assert [type(event) for event in events if isinstance(event, Said | Refused)] == [Said, Refused]
    differ = [
        name
        for (name, one), (_, other) in zip(leaves(storm.world), leaves(without.world), strict=True)
        if one != other
    ]
    assert differ == ["log"]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.verb)
def test_asking_whether_a_command_could_be_given_changes_nothing(
    idle: Idle, command: type[Command]
) -> None:
    """A screen asks between steps, in the middle of a second of the storm."""
    lines = {
        "mail": "mail 3",
        "log": "log smars-8",
        "look": "look smars-8",
        "config": "config flags smars-8",
        "reload": "reload flags smars-8",
        "account": "account 33",
        "tape": "tape CO",
        "deploy": "deploy rlp smars-8",
        "flag": "flag off",
        "disconnect": "disconnect all",
        "connect": "connect all",
        "refuse": "refuse on",
        "reroute": "reroute on",
        "limit": "limit 5m",
        "call": "call cio",
        "notify": "notify cio",
        "ack": "ack all",
        "accept": "accept all",
        "shelve": "shelve 3 5 later",
        "group": "group off",
        "alarm": "alarm on reject",
        "pare": "pare 10",
        "hedge": "hedge 50",
        "sell": "sell block",
        "note": "note x",
        "suspect": "suspect x",
    }
    servers = ("uninstall", "drain", "stop", "start", "kill", "cancel")
    shift = idle.at("09:46:00")
    step(shift.world)
    step(shift.world)
    world = shift.world
    assert world.pegs.fresh_lots.any()
    verb = command.verb
    line = lines.get(verb, f"{verb} all" if verb in servers else verb)
    given = parse(line, world.scenario)
    assert type(given) is command
    before = digest(world)
    given.obstacle(world)
    given.dangerous(world)
    given.stages(world)
    assert digest(world) == before


def test_a_stop_given_twice_at_one_step_is_done_once(storm: Shift) -> None:
    """The second one hears that it is in progress."""
    events = storm.say("stop smars-3", "stop smars-3")
    refused = [event.text for event in events if isinstance(event, Refused)]
    assert refused == ["that is in progress already, since 09:32:00"]
    storm.wait(15)
    assert storm.state("smars-3") is ProcessState.STOPPED


def test_a_stop_given_twice_in_a_row_is_done_once(storm: Shift) -> None:
    """While it is in progress, and after it is done."""
    storm.say("stop smars-3")
    storm.wait(4)
    assert "in progress already" in storm.refusal("stop smars-3")
    storm.wait(15)
    assert "stopped already" in storm.refusal("stop smars-3")


def test_two_commands_at_one_step_take_effect_in_the_order_given(storm: Shift) -> None:
    """Before the stop there is nothing to start; after it began, it is still too early."""
    other = storm.fork()
    first = [type(event) for event in storm.say("start smars-3", "stop smars-3")][:3]
    assert first == [Said, Refused, Said]
    second = other.say("stop smars-3", "start smars-3")
    assert [event.text for event in second if isinstance(event, Refused)] == [
        "smars-3: draining now, not stopped"
    ]


def test_two_seats_may_command_at_one_step(storm: Shift) -> None:
    """Each answer goes to the seat that asked; the world hears both."""
    scenario = storm.world.scenario
    step(
        storm.world,
        [
            *orders(scenario, "stop smars-8", seat="engineer"),
            *orders(scenario, "stop smars-8", seat="on-call"),
            *orders(scenario, "stop smars-3", seat="on-call"),
        ],
    )
    refused = [event for event in storm.world.log.items if isinstance(event, Refused)]
    assert [(event.seat, event.command) for event in refused] == [("on-call", "stop smars-8")]
    storm.wait(15)
    assert storm.state("smars-8") is storm.state("smars-3") is ProcessState.STOPPED


def test_a_kill_overtakes_a_stop_in_progress(storm: Shift) -> None:
    """Two seconds instead of ten; the stop finds nothing left to do."""
    storm.say("stop smars-8", "kill smars-8")
    storm.wait(3)
    assert storm.state("smars-8") is ProcessState.STOPPED
    storm.wait(10)
    assert storm.state("smars-8") is ProcessState.STOPPED


def test_what_works_on_a_stopped_server(storm: Shift) -> None:
    """Its disk can be read and written; what needs its process is refused."""
    storm.do("stop smars-8")
    assert "smars-8" in storm.do("look smars-8").text
    assert "smars-8" in storm.do("log smars-8").text
    storm.do("deploy rlp smars-8")
    assert storm.state("smars-8") is ProcessState.STOPPED
    assert storm.world.fleet.builds[7] == "rlp"
    storm.do("start smars-8")
    assert storm.state("smars-8") is ProcessState.RUNNING
    before = storm.executions
    assert storm.until("09:50:00").executions == before


def test_a_team_can_do_twelve_things_at_once(storm: Shift) -> None:
    """The thirteenth has to wait, and is told so."""
    stocks = [stock.symbol for stock in storm.world.scenario.market.stocks]
    storm.say(*(f"tape {symbol}" for symbol in stocks[:12]))
    assert "12 things are in progress" in storm.refusal(f"tape {stocks[12]}")
    storm.wait(6)
    assert not [event for event in storm.say(f"tape {stocks[12]}") if isinstance(event, Refused)]


def test_nothing_happens_after_the_end(scenario_end: Shift) -> None:
    """A world that has ended stays as it is, whatever is given."""
    before = digest(scenario_end.world)
    assert scenario_end.say("stop smars-1", "note too late") == ()
    scenario_end.wait(60)
    assert digest(scenario_end.world) == before


@pytest.fixture
def scenario_end(idle: Idle) -> Shift:
    """A day that was handed over."""
    shift = idle.at("08:45:00")
    shift.do("deploy rlp smars-8")
    shift.until("09:46:00")
    shift.say("handover")
    assert shift.world.ended == "handed over"
    return shift


def test_a_switch_that_is_being_turned_can_be_turned_back(idle: Idle) -> None:
    """Whoever changes his mind need not wait until the mistake is done."""
    shift = idle.at("09:32:00")
    assert "on already" in shift.refusal("flag on")
    shift.say("flag off")
    shift.wait(5)
    shift.say("flag on")
    shift.wait(41)
    assert not shift.world.upstream.flag_on
    shift.wait(5)
    assert shift.world.upstream.flag_on


def test_the_desk_has_one_round_of_telephoning_at_a_time(idle: Idle) -> None:
    """Clients are not told two things at once."""
    shift = idle.at("09:32:00")
    shift.do("declare")
    shift.say("reroute on")
    shift.wait(90)
    assert "on the telephones until" in shift.refusal("reroute off")
    shift.wait(200)
    shift.say("reroute off")
    shift.wait(241)
    assert not shift.world.upstream.rerouting
