"""What the firm holds, what it is worth, and what the instruments say it is worth."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from controlroom.sim.dealing import place
from controlroom.sim.events import Answer, Milestone
from controlroom.sim.start import Scenario
from controlroom.sim.state import copied
from controlroom.sim.trading import settle
from controlroom.sim.world import World, advance
from tests.sim.play import Idle, Shift


def settled(world: World) -> World:
    """A copy in which everything is booked to the moment."""
    twin = copied(world)
    settle(twin)
    return twin


def test_the_marked_book_shows_a_profit_while_the_firm_is_being_ruined(idle: Idle) -> None:
    """Its own orders hold the price up; the loss is in what the stocks are worth without them."""
    for clock in ("09:35:00", "09:45:00", "10:00:00"):
        money = idle.at(clock).view.money
        assert money.marked > 0 > money.fair > money.flat


def test_the_loss_to_get_flat_grows_from_minute_to_minute(idle: Idle) -> None:
    """The headline moves one way while nobody acts."""
    flats = [idle.at(f"09:{minute}:00").view.money.flat for minute in range(31, 46, 2)]
    assert flats == sorted(flats, reverse=True)


def test_after_the_stop_the_price_comes_back_and_the_marked_profit_is_gone(idle: Idle) -> None:
    """Nobody holds the price up any more, so the marked line falls towards the fair one."""
    shift = idle.at("09:45:00")
    shift.do("stop smars-8")
    held_up = shift.view.money
    later = shift.until("12:00:00").view.money
    assert held_up.marked - held_up.fair > 3 * abs(later.marked - later.fair)


def test_pmon_is_late_and_wrong_under_load_and_shows_no_loss(idle: Idle) -> None:
    """It books 400 executions a second of more than a thousand, and marks what it has booked."""
    money = idle.at("09:45:00").view.money
    assert money.pmon_age > 600
    assert money.pmon > 0 > money.flat
    assert abs(money.pmon - money.marked) > abs(money.marked) // 10


def test_pmon_is_late_by_more_the_longer_the_storm_lasts(idle: Idle) -> None:
    """A queue that cannot be emptied only grows."""
    ages = [idle.at(clock).view.money.pmon_age for clock in ("09:32:00", "09:40:00", "09:50:00")]
    assert 0 < ages[0] < ages[1] < ages[2]


def test_pmon_is_right_again_once_it_has_caught_up(idle: Idle) -> None:
    """After the stop it works its queue off and then shows the marked line."""
    shift = idle.at("09:35:00")
    shift.do("stop smars-8")
    shift.until("10:30:00")
    money = shift.view.money
    assert money.pmon_age == 0
    assert abs(money.pmon - money.marked) <= max(abs(money.marked) // 100, 10_000)


def test_pmon_shows_what_the_screen_shows(storm: Shift) -> None:
    """The command and the ticker read the same late book; neither knows a limit."""
    storm.say("pmon")
    storm.wait(4.75)
    shown = storm.view.money.pmon
    told = [event for event in storm.say() if isinstance(event, Answer)]
    assert f"{shown:+,} USD" in told[0].text
    assert "no limits" in told[0].lines[-1]


def test_the_33_account_is_over_its_limit_and_nothing_happens(idle: Idle) -> None:
    """Two million dollars, wired to nothing (SEC paragraph 23)."""
    shift = idle.at("09:35:00")
    told = shift.do("account 33", 15)
    assert "limit 2,000,000 USD" in told.text
    assert "blocks nothing" in told.lines[-1]
    before = shift.executions
    assert shift.view.money.gross > 2_000_000
    assert shift.wait(60).executions > before


def test_no_stock_is_paused_before_a_quarter_to_ten(scenario: Scenario) -> None:
    """The pauses of 2012 did not apply to the first 15 minutes, however far a stock moved."""
    nervous = attrs.evolve(scenario, market=attrs.evolve(scenario.market, pause_move=1))
    day = Idle(nervous)
    before = day.at("09:44:59").world
    assert not before.market.pauses.any()
    assert pauses(before) == []
    begun = pauses(day.at("09:50:00").world)
    assert begun
    first = begun[0].step
    assert scenario.day.parse("09:45:00") <= first <= scenario.day.parse("09:45:20")


def test_the_runaway_moves_stocks_far_enough_to_be_paused(idle: Idle) -> None:
    """By the rule of the day: ten percent within five minutes."""
    world = idle.at("10:15:00").world
    assert pauses(world)
    assert int(world.market.pauses.sum()) == len(pauses(world))


def test_a_stock_is_paused_for_a_move_within_the_window_only(scenario: Scenario) -> None:
    """The same storm moves fewer stocks by three percent in ten seconds than in five minutes."""
    exchange = attrs.evolve(scenario.market, pause_move=3)
    sudden = Idle(attrs.evolve(scenario, market=attrs.evolve(exchange, pause_window=10)))
    usual = Idle(attrs.evolve(scenario, market=exchange))
    few, many = (len(pauses(day.at("09:50:00").world)) for day in (sudden, usual))
    assert few < many / 2


@pytest.fixture(scope="module")
def nervous(scenario: Scenario) -> Idle:
    """The idle day on an exchange that pauses a stock for three percent."""
    return Idle(attrs.evolve(scenario, market=attrs.evolve(scenario.market, pause_move=3)))


def test_a_paused_stock_is_not_traded_and_trades_again_after_five_minutes(nervous: Idle) -> None:
    """Parents that run in it neither buy nor sell while it is paused."""
    shift = nervous.at("09:46:00")
    world = shift.world
    paused = np.flatnonzero(world.market.paused_until)
    running = np.unique(world.pegs.slot % world.law.stocks)
    paused = paused[np.isin(paused, running)]
    assert len(paused)
    stock = int(paused[0])
    symbol = world.scenario.market.stocks[stock].symbol
    until = int(world.market.paused_until[stock])
    assert "in a trading pause" in " ".join(shift.do(f"tape {symbol}", 10).lines)
    slots = [stock, stock + world.law.stocks]
    before = settled(world).ledger.shares[slots].tolist()
    advance(world, until - world.now - 4)
    assert settled(world).ledger.shares[slots].tolist() == before
    assert world.market.paused_until[stock]
    shift.wait(40)
    assert not world.market.paused_until[stock]
    assert sum(settled(world).ledger.shares[slots].tolist()) > sum(before)
    said = [event.text for event in world.log.items if isinstance(event, Milestone)]
    assert f"{symbol} paused" in said
    assert f"{symbol} trades again" in said


def test_a_parent_that_arrives_in_a_pause_waits_for_its_end(nervous: Idle) -> None:
    """Also the first one in its stock and on its side."""
    world = nervous.at("09:50:00").world
    paused = np.flatnonzero(world.market.paused_until > world.now + 8)
    slots = np.concatenate((paused, paused + world.law.stocks))
    slot = int(np.setdiff1d(slots, world.pegs.slot)[0])
    place(world, 7, 999_999, slot, 100, flagged=True)
    advance(world, 8)
    assert slot in world.pegs.slot
    assert settled(world).ledger.shares[slot] == 0


def pauses(world: World) -> list[Milestone]:
    """The trading pauses so far."""
    return [
        event for event in world.log.items if isinstance(event, Milestone) and event.id == "pause"
    ]


def test_the_gross_position_on_the_screen_is_long_plus_short(idle: Idle) -> None:
    """And it counts only stocks that are held."""
    shift = idle.at("09:45:00")
    money = shift.view.money
    assert abs(money.gross - money.long - money.short) <= 1
    assert money.stocks == int((shift.world.ledger.position() != 0).sum())


def test_the_positions_listed_are_those_of_the_ledger(storm: Shift) -> None:
    """The largest first, and one stock's own when it is named."""
    world = storm.world
    told = storm.do("positions", 5)
    value = np.abs(world.ledger.position() * world.market.mid)
    largest = world.scenario.market.stocks[int(np.argmax(value))].symbol
    assert told.lines[0].startswith(largest)
    assert storm.do(f"positions {largest}", 5).text.startswith(largest)
