"""The result screen says what the run says, and tags what is history."""

from __future__ import annotations

import functools
import re
from pathlib import Path

import attrs
import pytest
from textual.containers import VerticalScroll

from controlroom.runs.simulation import Simulation
from controlroom.sim.start import Evidence
from controlroom.tui.library import Choice
from controlroom.tui.report import Report, report_of
from controlroom.tui.screens import result_text
from controlroom.tui.screens.briefing import BriefingScreen
from controlroom.tui.screens.result import ResultScreen
from controlroom.tui.screens.result_chart import result_chart
from controlroom.tui.screens.section import Section
from tests.tui_app.shelf import Shelf, app_on, knight, shown, until


@functools.cache
def stormy() -> Report:
    """Three minutes into the storm, stopped at 09:32; the positions are still there."""
    simulation = Simulation(knight())
    simulation.run_until("09:29:00")
    simulation.submit("note [bold]what[/bold] is \x1b[31mthis")
    simulation.run_until("09:32:00")
    simulation.submit("kill smars-8")
    simulation.submit("stop all")
    simulation.run_until("09:33:00")
    return report_of(simulation, Path("/runs/one.jsonl"), "09:25")


@functools.cache
def calm() -> Report:
    """The stale server is stopped before the open, and the shift handed over."""
    simulation = Simulation(knight())
    simulation.run_until("09:20:00")
    simulation.submit("kill smars-8")
    simulation.run_until("09:50:00")
    simulation.submit("handover")
    simulation.step(4)
    return report_of(simulation, None, "")


def text_of(report: Report, width: int = 100) -> str:
    """Everything that the screen says."""
    builders = (
        result_text.headline,
        result_text.parts,
        result_text.clients,
        result_text.ladder,
        result_text.figures,
        result_text.fairness,
        result_text.sources,
    )
    return "\n".join(build(report, width).plain for build in builders)


def test_a_run_with_positions_shows_an_estimate_and_its_parts_add_up() -> None:
    report = stormy()
    assert not report.result.flat
    text = text_of(report)
    assert "Estimate: the loss if everything were sold at 09:33:00" in text
    amounts = [
        int(amount.replace("$", "").replace(",", ""))
        for amount in re.findall(r"-?\$[\d,]+", result_text.parts(report, 100).plain)
    ]
    assert sum(amounts[:-1]) == amounts[-1] == report.result.loss_usd


def test_a_run_without_loss_says_so() -> None:
    report = calm()
    assert report.result.executions == 0
    text = text_of(report)
    assert "No loss; no position is left" in text
    assert "Not one order was executed that no client had given." in text


def test_a_loss_is_held_against_what_the_firm_had() -> None:
    report = stormy()
    capital = report.scenario.firm.capital
    ruined = attrs.evolve(report, result=attrs.evolve(report.result, loss_usd=capital + 1))
    assert (
        "more than the 365 M dollars that the firm had: it cannot go on alone"
        in result_text.verdict(ruined)
    )
    hurt = attrs.evolve(report, result=attrs.evolve(report.result, loss_usd=capital // 10))
    assert "10.0 % of the 365 M dollars" in result_text.verdict(hurt)


@pytest.mark.parametrize("report", [stormy, calm])
def test_every_figure_is_the_runs_own(report: functools._lru_cache_wrapper[Report]) -> None:
    made = report()
    text = result_text.figures(made, 120).plain
    for name in ("executions", "shares", "power_peg_parents", "reject_mails_before_open"):
        assert f"{getattr(made.result, name):,}" in text


def test_history_carries_its_tag_wherever_it_is_shown() -> None:
    report = stormy()
    text = " ".join(text_of(report, 120).split())
    for fact in report.scenario.facts:
        if fact.id == "capital_usd":
            continue
        assert fact.evidence.value in text
        if fact.evidence is Evidence.DOCUMENTED:
            assert fact.source.split(";")[0] in text


def test_where_the_act_is_on_record_and_its_minute_is_not_both_is_said() -> None:
    """ "Reconstructed" alone would take the uninstall itself for an invention."""
    said = " ".join(re.sub(r"[\d:]{8}|│", "", result_text.ladder(stormy(), 240).plain).split())
    assert "it gets worse reconstructed, P ¶27 gives the act; the minute is a choice" in said


def test_inferred_stocks_are_listed_as_inferred() -> None:
    report = stormy()
    page = result_text.sources(report, 100).plain
    inferred = page[page.index("inferred from their daily bar") :]
    names = [
        stock.symbol for stock in report.scenario.market.stocks if stock.status is Evidence.INFERRED
    ]
    assert names
    assert set(names) <= set(inferred.split())


def test_the_ladder_holds_both_mornings_in_order_of_time() -> None:
    report = stormy()
    ladder = result_text.ladder(report, 160).plain
    for words in ("kill smars-8", "opening bell", "stop all: refused", "eighth runs Power Peg"):
        assert words in ladder
    times = re.findall(r"\d\d:\d\d:\d\d", ladder)
    assert times == sorted(times)


def test_what_was_typed_is_shown_as_text() -> None:
    ladder = result_text.ladder(stormy(), 160).plain
    assert "[bold]what[/bold]" in ladder
    assert "\x1b" not in ladder


def test_anybody_can_check_the_run() -> None:
    said = " ".join(result_text.fairness(stormy(), 100).plain.split())
    assert knight().checksum[:12] in said
    assert "seed 7, explore, from 09:25" in said
    assert "/runs/one.jsonl" in said
    assert "controlroom verify" in said


@pytest.mark.parametrize("width", [48, 76, 110, 200])
def test_no_line_is_wider_than_the_page(width: int) -> None:
    builders = (result_text.headline, result_text.parts, result_text.clients, result_text.ladder,
                result_text.figures, result_text.fairness, result_text.sources)  # fmt: skip
    for build in builders:
        for line in build(stormy(), width).split("\n"):
            assert line.cell_length <= width, build.__name__


def storms(losses: tuple[tuple[int, int], ...]) -> Report:
    """A report whose curve is given."""
    return attrs.evolve(stormy(), losses=losses)


OTHER = ((0, 0), (2700, -450_000_000), (31_000, -460_000_000))


@pytest.mark.parametrize("plain", [False, True])
def test_the_chart_shows_the_whole_run_and_gives_the_storm_most_of_the_width(plain: bool) -> None:
    own = ((0, 0), (600, -50_000_000), (30_000, -40_000_000))
    chart = result_chart(storms(own), OTHER, 120, 10, plain=plain).plain.split("\n")
    assert "500M" in chart[0]
    axis = chart[10]
    places = [axis.index(clock) for clock in ("09:30", "10:00", "/", "16:00")]
    assert places == sorted(places)
    assert places[2] - places[0] > 2 * (places[3] - places[2])
    assert all(ord(char) < 128 for char in "".join(chart)) == plain


def test_each_action_is_marked_on_the_curve_and_explained_below_it() -> None:
    chart = result_chart(stormy(), (), 120, 10).plain
    above, _, below = chart.partition("09:30")
    assert "1" in above
    assert "1  09:32 kill smars-8" in below
    assert "stop all" not in below, "it was refused"


def test_a_gain_is_drawn_below_the_line() -> None:
    won = ((0, 0), (600, 40_000_000), (1200, -20_000_000))
    chart = result_chart(storms(won), (), 120, 10).plain.split("\n")
    zero = next(row for row, line in enumerate(chart) if line.lstrip().startswith("0┤"))
    assert any("█" in line for line in chart[zero:10])
    assert any("-40M" in line for line in chart)


def test_without_executions_there_is_no_chart() -> None:
    assert "Nothing was bought" in result_chart(calm(), (), 80, 10).plain


@pytest.mark.parametrize("size", [(80, 24), (120, 35), (160, 45)], ids=str)
async def test_the_page_is_read_to_its_end_and_left(size: tuple[int, int]) -> None:
    app = app_on(Shelf())
    async with app.run_test(size=size) as pilot:
        await until(pilot, "08:00")
        app._show_result(stormy())
        await until(pilot, "on record")
        await pilot.press("j", "j", "j")
        await until(pilot, "the reference run with this seed: -2,000,000 dollars")
        await pilot.press("end")
        page = app.screen.query_one(VerticalScroll)
        assert page.scroll_y == page.max_scroll_y
        await pilot.press("s")
        await until(pilot, "Sources")
        await pilot.press("escape")
        await pilot.press("t")
        await until(pilot, "START AT")


async def test_play_again_is_the_same_run_from_its_start() -> None:
    app = app_on(Shelf())
    async with app.run_test() as pilot:
        await until(pilot, "08:00")
        app._show_result(stormy())
        await until(pilot, "on record")
        await pilot.press("p")
        await until(pilot, "start the clock")
        assert isinstance(app.screen, BriefingScreen)
        assert app.screen._choice == Choice("09:25", "explore", 7)


async def test_the_whole_page_is_copied() -> None:
    app = app_on(Shelf())
    async with app.run_test(notifications=True) as pilot:
        await until(pilot, "08:00")
        app._show_result(stormy())
        await until(pilot, "on record")
        await pilot.press("c")
        await until(pilot, "Copied")
        screen = app.screen
        assert isinstance(screen, ResultScreen)
        for section in screen.query(Section):
            assert section.text(100) in app.clipboard
        assert "▓" not in shown(app)
