"""A stop has a price too: what happens to clients' orders when servers do not take them."""

from __future__ import annotations

from tests.sim.play import Idle


def test_a_kill_is_quicker_than_a_stop_and_dearer_for_clients(idle: Idle) -> None:
    """Two seconds, but nobody wrote down what was open: all of it waits, and longer."""
    stopped, killed = idle.at("09:35:00"), idle.at("09:35:00")
    stopped.do("stop smars-3", 12)
    killed.do("kill smars-3", 12)
    assert killed.result.delayed_orders > stopped.result.delayed_orders > 0
    stopped.wait(30)
    killed.wait(30)
    assert stopped.world.upstream.waiting == []
    assert killed.view.servers[2].waiting > 0
    killed.wait(120)
    assert killed.world.upstream.waiting == []


def test_with_all_servers_stopped_clients_orders_wait_and_then_go_elsewhere(idle: Idle) -> None:
    """A stop has a price too, and the result counts it."""
    shift = idle.at("09:35:00")
    shift.do("declare")
    shift.do("stop all", 30)
    waiting = sum(len(batch.slot) for batch in shift.world.upstream.waiting)
    assert waiting > 0
    assert shift.result.lost_orders == 0
    shift.wait(240)
    result = shift.result
    assert result.lost_orders > waiting / 2
    assert result.delayed_orders > result.lost_orders
    assert result.commission_lost_usd > 0
    # Started again, the fleet takes what still waits and loses no more.
    shift.do("start smars-1 smars-2 smars-3")
    lost = shift.result.lost_orders
    shift.wait(300)
    assert shift.result.lost_orders == lost
    assert shift.world.upstream.waiting == []


def test_clients_complain_when_their_orders_wait(idle: Idle) -> None:
    """A stop of everything does not stay unnoticed outside."""
    shift = idle.at("09:35:00")
    shift.do("declare")
    before = {alert.inject for alert in shift.world.alerts.feed.items}
    shift.do("kill all")
    shift.wait(600)
    after = {alert.inject for alert in shift.world.alerts.feed.items}
    without = {alert.inject for alert in idle.at("09:46:15").world.alerts.feed.items}
    assert after - before - without


def test_telling_clients_to_go_elsewhere_takes_minutes_and_a_few_never_hear_it(
    idle: Idle,
) -> None:
    """The desk telephones: a quarter of the clients each minute."""
    shift = idle.at("09:35:00")
    shift.do("declare")
    shift.say("reroute on")
    lost = []
    for _ in range(5):
        before = shift.result.lost_orders
        shift.wait(60)
        lost.append(shift.result.lost_orders - before)
    assert lost == sorted(lost)
    assert lost[0] == 0
    arrived = shift.world.upstream.arrived
    before = shift.result.lost_orders
    shift.wait(60)
    share = (shift.result.lost_orders - before) / (shift.world.upstream.arrived - arrived)
    assert 0.93 < share < 0.97


def test_refusing_new_orders_does_not_stop_what_the_servers_hold(idle: Idle) -> None:
    """Clients are gone and the loss goes on."""
    shift = idle.at("09:32:00")
    shift.do("declare")
    told = shift.do("refuse on")
    assert "goes on" in told.text
    before, running = shift.executions, len(shift.world.pegs)
    shift.until("09:50:00")
    assert shift.executions > 2 * before
    assert len(shift.world.pegs) == running
    assert shift.result.lost_orders > 5_000
