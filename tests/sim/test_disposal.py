"""Getting flat: cancellations by the exchange's rule, paring, hedging, selling the block."""

from __future__ import annotations

import attrs
import numpy as np
import pytest

from controlroom.sim.clock import parse_clock
from controlroom.sim.commands.book import REVIEW_CLOCK
from controlroom.sim.events import Milestone
from controlroom.sim.start import PRICE_UNIT, Scenario
from tests.sim.play import Idle, Shift


@pytest.fixture
def stopped(idle: Idle) -> Shift:
    """The runaway contained after twelve minutes, an incident declared, a book to get rid of."""
    shift = idle.at("09:42:00")
    shift.do("declare")
    shift.do("stop smars-8")
    return shift


def test_pare_hedge_and_block_end_flat_and_the_loss_is_what_the_account_paid(
    stopped: Shift,
) -> None:
    """When nothing is left there is nothing to value: the loss is the cash that is missing."""
    stopped.do("hedge 100")
    stopped.do("pare 50 60", 3601)
    stopped.do("hedge 0")
    stopped.do("hedge 100")
    stopped.do("sell block", 2701)
    world, result = stopped.world, stopped.result
    assert world.ended == "flat"
    assert result.flat
    assert not world.ledger.position().any()
    assert world.ledger.hedge == 0
    cash = world.ledger.cash()
    assert cash < 0
    assert result.loss_usd == result.loss_fair_usd == result.loss_marked_usd
    assert result.loss_usd == -(cash // PRICE_UNIT)
    flat = [event for event in world.log.items if isinstance(event, Milestone)][-1]
    assert flat.id == "flat"


def test_selling_the_block_at_once_costs_about_what_the_ticker_said(stopped: Shift) -> None:
    """The line "to get flat" is the loss that a sale of the whole book now would leave."""
    said = -stopped.view.money.flat
    stopped.do("sell block", 2701)
    assert stopped.world.ended == "flat"
    assert 0.8 * said < stopped.result.loss_usd < 1.2 * said
    assert stopped.result.block_discount_usd > 0


def test_a_hedge_is_worth_what_it_cost_at_the_moment_it_is_bought(stopped: Shift) -> None:
    """It changes what moves the result, not the result."""
    hedged = stopped.fork()
    told = hedged.do("hedge 100", 30)
    stopped.wait(30)
    stopped.world.log.items.clear()  # nothing but the answers differs
    stake = abs(hedged.world.ledger.hedge)
    assert f"{hedged.world.ledger.hedge:+,} USD" in told.text
    assert stake > 0
    assert abs(hedged.view.money.fair - stopped.view.money.fair) <= stake // 1000 + 1


def test_a_hedge_of_nothing_lifts_the_hedge(stopped: Shift) -> None:
    """What remains is its profit or loss, in cash."""
    stopped.do("hedge 100")
    assert stopped.world.ledger.hedge != 0
    stopped.wait(600)
    stopped.do("hedge 0")
    assert stopped.world.ledger.hedge == 0
    assert stopped.view.money.hedge == 0


def test_paring_works_the_asked_part_of_every_position_off_exactly(stopped: Shift) -> None:
    """Rounding loses no share: the programme's seconds add up to the whole."""
    before = stopped.world.ledger.position()
    stopped.do("pare 30 20", 1201)
    after = stopped.world.ledger.position()
    wanted = np.sign(before) * (np.abs(before) * 30 // 100)
    assert np.array_equal(before - after, wanted)
    assert stopped.world.programmes == []


def test_paring_everything_leaves_the_firm_flat_and_somebody_may_take_over(stopped: Shift) -> None:
    """Slow, and without a buyer's discount."""
    stopped.do("pare 100 30", 1801)
    assert stopped.result.flat
    assert stopped.result.block_discount_usd == 0
    stopped.say("handover")
    assert stopped.world.ended == "handed over"


@pytest.mark.parametrize("step", [1, 2, 3])
def test_a_programme_that_begins_in_the_middle_of_a_second_loses_no_share(
    stopped: Shift, step: int
) -> None:
    """Commands fall on any step, programmes trade on the beat."""
    stopped.wait(step / 4)
    before = stopped.world.ledger.position()
    stopped.do("pare 100 2", 130)
    assert before.any()
    assert not stopped.world.ledger.position().any()


def test_a_block_is_not_sold_while_the_position_grows_again(stopped: Shift) -> None:
    """The buyer walks away when the runaway starts anew during the talks."""
    stopped.say("sell block")
    stopped.say("start smars-8")
    stopped.wait(2702)
    assert len(stopped.world.pegs)
    assert stopped.world.ended == ""
    assert any("withdrew" in event.text for event in stopped.world.log.items)


@pytest.fixture
def reviewed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exchange that has reviewed the morning already: it answers within a quarter of an hour."""
    monkeypatch.setattr("controlroom.sim.commands.book.REVIEW_CLOCK", 9 * 3_600_000)


def busted(scenario: Scenario, percent: int, clock: str = "09:45:00") -> Shift:
    """A contained morning on a day whose exchange cancels trades so far from the open."""
    market = attrs.evolve(scenario.market, bust_move=percent)
    shift = Idle(attrs.evolve(scenario, market=market)).at(clock)
    shift.do("stop smars-8")
    return shift


@pytest.mark.usefixtures("reviewed")
def test_the_exchange_cancels_trades_far_from_the_open_and_nothing_else(
    scenario: Scenario,
) -> None:
    """Position and cash lose exactly the trades beyond the threshold; what is near stands."""
    shift = busted(scenario, 4)
    ledger, stocks = shift.world.ledger, shift.world.law.stocks
    far = ledger.far_shares[:stocks] - ledger.far_shares[stocks:]
    paid = int((ledger.far_cost[:stocks] - ledger.far_cost[stocks:]).sum())
    touched = ledger.far_shares[:stocks] + ledger.far_shares[stocks:] > 0
    assert touched.any()
    assert not touched.all()
    position, cash = ledger.position(), ledger.cash()
    told = shift.do("cancellations", 901)
    assert told.text == f"the exchange cancels trades in {int(touched.sum())} stocks"
    assert np.array_equal(position - ledger.position(), far)
    assert ledger.cash() - cash == paid
    assert shift.result.cancelled_stocks == int(touched.sum())


def test_only_stocks_that_moved_so_far_have_trades_cancelled(scenario: Scenario) -> None:
    """A stock that never got so far from its opening price keeps all its trades."""
    for percent in (2, 6):
        shift = busted(scenario, percent)
        world, stocks = shift.world, shift.world.law.stocks
        far = world.ledger.far_shares[:stocks] + world.ledger.far_shares[stocks:] > 0
        opens = world.law.opens
        reached = np.maximum(world.market.high - opens, opens - world.market.low) * 100
        assert (reached[far] >= opens[far] * percent).all()
        assert not far[reached < opens * percent].any()


def test_the_rule_of_the_day_is_thirty_percent(idle: Idle) -> None:
    """The request says so, and the scenario takes it from the exchange's announcement."""
    shift = idle.at("09:45:00")
    assert shift.world.scenario.market.bust_move == 30
    told = shift.do("cancellations", 1)
    assert "30 %" in told.text


@pytest.mark.usefixtures("reviewed")
def test_were_every_trade_cancelled_the_firm_would_be_where_it_began(scenario: Scenario) -> None:
    """With a threshold of nothing all of it is undone: no position, no cash, no loss."""
    shift = busted(scenario, 0, "09:40:00")
    assert shift.result.loss_usd > 1_000_000
    shift.do("cancellations", 901)
    assert not shift.world.ledger.position().any()
    assert shift.world.ledger.cash() == 0
    assert shift.result.loss_usd == 0


@pytest.mark.usefixtures("reviewed")
def test_were_nothing_cancelled_everything_would_stand(scenario: Scenario) -> None:
    """A threshold that no stock reaches."""
    shift = busted(scenario, 1000, "09:40:00")
    position = shift.world.ledger.position()
    told = shift.do("cancellations", 901)
    assert told.text == "the exchange cancels trades in 0 stocks"
    assert np.array_equal(shift.world.ledger.position(), position)


def test_the_exchange_answers_when_it_has_reviewed_the_morning(
    idle: Idle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 14:57 on the day; here at ten, to spare the test five hours."""
    assert parse_clock("14:57") == REVIEW_CLOCK
    monkeypatch.setattr("controlroom.sim.commands.book.REVIEW_CLOCK", parse_clock("10:00"))
    shift = idle.at("09:32:00")
    shift.say("stop smars-8", "cancellations")
    shift.until("10:00:00")
    assert shift.result.cancelled_stocks == -1
    assert shift.wait(1).result.cancelled_stocks >= 0


@pytest.mark.usefixtures("reviewed")
def test_after_the_review_a_request_takes_a_quarter_of_an_hour(storm: Shift) -> None:
    """The rule is known by then; only the firm's own trades are looked through."""
    storm.say("cancellations")
    storm.until("09:46:59")
    assert storm.result.cancelled_stocks == -1
    assert storm.wait(2).result.cancelled_stocks >= 0
