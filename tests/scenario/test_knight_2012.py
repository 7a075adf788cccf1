"""What knight-2012 must hold for the world to make history of it."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from controlroom.scenario import load_scenario
from controlroom.sim.start import MEASURES, Channel, Evidence, PegCount, Scenario

STALE = 7


@pytest.fixture(scope="module")
def knight() -> Scenario:
    return load_scenario("knight-2012")


def test_seven_servers_have_the_new_code_and_the_eighth_the_old(knight: Scenario) -> None:
    builds = {build.name: build for build in knight.builds}
    assert [server.build for server in knight.servers] == ["rlp"] * 7 + ["legacy"]
    assert builds["rlp"].has_rlp
    assert not builds["legacy"].has_rlp
    assert builds["legacy"].peg_count is PegCount.ELSEWHERE


def test_every_eighth_early_order_makes_ninety_seven_rejects_from_08_01_on(
    knight: Scenario,
) -> None:
    opens = knight.day.open_step
    early = [order for order in knight.flow.flagged if order.step < opens]
    stale = early[STALE::8]
    session = [order for order in stale if not order.auction]
    assert len(session) == 97
    assert knight.day.text(session[0].step).startswith("08:01")
    assert sum(not order.auction for order in early) == 97 * 8
    by_ten_minutes = Counter(knight.day.text(order.step)[:4] for order in session)
    assert max(by_ten_minutes.values()) >= 3 * min(by_ten_minutes.values())


def test_flagged_orders_are_small_and_retail(knight: Scenario) -> None:
    assert max(order.shares for order in knight.flow.flagged) <= 900
    assert any(order.shares % 100 for order in knight.flow.flagged)
    assert {order.side for order in knight.flow.flagged} == {1, -1}


def test_the_market_has_154_stocks_with_the_six_that_were_cancelled(knight: Scenario) -> None:
    stocks = {stock.symbol: stock for stock in knight.market.stocks}
    assert len(stocks) == 154
    for symbol in ("WZE", "CO", "UTG.RT", "EJ", "ARC", "KWK"):
        assert stocks[symbol].status is Evidence.DOCUMENTED
        assert "cancelled" in stocks[symbol].note
    assert not any("no visible footprint" in stock.note for stock in stocks.values())
    assert stocks["CO"].open == 24_700


def test_the_mail_of_the_morning_hides_the_rejects_and_does_not_give_the_answer(
    knight: Scenario,
) -> None:
    mails = [
        each for each in knight.injects if each.channel is Channel.MAIL and each.at is not None
    ]
    early = [mail for mail in mails if mail.at is not None and mail.at < knight.day.open_step]
    assert 130 <= len(mails) <= 180
    assert 90 <= len(early) <= 120
    for mail in mails:
        assert "power peg" not in f"{mail.subject} {mail.body}".casefold()
        assert "BNET" not in f"{mail.subject} {mail.body}"


def test_a_reject_says_what_is_documented_and_names_its_server(knight: Scenario) -> None:
    body = knight.reject_mail.body
    assert "Power Peg disabled" in body
    assert "SMARS" in body
    assert "{server}" in body
    assert "{server}" not in knight.reject_mail.subject


def test_the_exchange_calls_when_volume_has_doubled(knight: Scenario) -> None:
    call = next(each for each in knight.injects if each.id == "exchange-calls")
    assert (call.channel, call.sender, call.needs_you) == (Channel.CALL, "exchange", True)
    assert {measure.name for measure in call.when} >= {"volume_ratio"}


def test_everybody_has_something_to_say_and_two_can_give_leave(knight: Scenario) -> None:
    people = {person.id: person for person in knight.people}
    expected = {"exchange", "cio", "trading", "risk", "datacentre", "clients", "compliance"}
    assert people.keys() == expected
    giving = {person.id for person in knight.people if any(line.grants for line in person.lines)}
    assert giving == {"cio", "trading"}
    used = {
        measure.name for person in knight.people for line in person.lines for measure in line.when
    }
    assert used <= MEASURES.keys()


def test_the_reference_run_does_what_knight_did_in_that_order(knight: Scenario) -> None:
    texts = [(knight.day.text(each.step), each.text) for each in knight.reference]
    uninstalls = [(at, text) for at, text in texts if text.startswith("uninstall")]
    assert [text for _, text in uninstalls] == [f"uninstall smars-{n}" for n in range(1, 8)]
    assert "09:49:00" <= uninstalls[0][0] <= uninstalls[-1][0] <= "09:54:00"
    stops = [(at, text) for at, text in texts if re.match(r"(stop|kill) smars", text)]
    assert [text[-7:] for _, text in stops] == [f"smars-{n}" for n in range(1, 9)]
    assert (stops[0][0], stops[-1][0]) == ("09:58:00", "10:15:00")
    verbs = [text.partition(" ")[0] for _, text in texts]
    assert verbs[-3:] == ["cancellations", "pare", "sell"]


def test_every_figure_of_the_record_has_a_source(knight: Scenario) -> None:
    facts = {fact.id: fact for fact in knight.facts}
    for field in ("reject_mails_before_open", "power_peg_parents", "executions", "shares", "stocks",
                  "stocks_long", "stocks_short", "net_long_usd", "net_short_usd",
                  "stocks_over_20pct_5pct", "stocks_over_50pct_10pct", "loss_usd"):  # fmt: skip
        assert facts[field].evidence is Evidence.DOCUMENTED
        assert facts[field].source
    assert len(knight.sources) >= 5


def test_hints_cover_the_whole_day(knight: Scenario) -> None:
    ends = 0
    for hint in knight.hints:
        assert hint.after == ends
        ends = hint.until
    assert ends == knight.day.end_step


def test_the_cues_tell_the_stale_server_from_everything_else(knight: Scenario) -> None:
    right = [belief.id for belief in knight.hypotheses if belief.right]
    assert right == ["stale-server"]
    cues = {cue.id: cue for cue in knight.cues}
    assert all("stale-server" in cue.supports for cue in cues.values())
    assert cues["reject-mails"].by == knight.day.open_step
    contradicted = {name for cue in cues.values() for name in cue.contradicts}
    assert contradicted == {belief.id for belief in knight.hypotheses} - set(right)
    assert len(knight.unknowable) >= 3


def test_every_command_that_a_cue_names_can_be_typed(knight: Scenario) -> None:
    servers = {server.name for server in knight.servers}
    known = servers | {person.id for person in knight.people}
    known |= {venue.name for venue in knight.venues} | {build.name for build in knight.builds}
    known |= {"all", "on", "off"}
    for pattern in (
        pattern
        for item in (*knight.cues, *knight.hypotheses)
        for name in ("after", "opens", "answers", "acts")
        for pattern in getattr(item, name, ())
    ):
        assert set(pattern.split()[1:]) <= known, pattern
