"""The curve of losses: what it says between its points, and when the flow is contained."""

from __future__ import annotations

from collections.abc import Callable

from controlroom.debrief.curve import Curve, Point
from controlroom.debrief.played import Played
from controlroom.sim.clock import STEPS_PER_MINUTE

TEN_SECONDS = 40


def curve(losses: list[int], executions: list[int], after: int = 400) -> Curve:
    """Points every ten seconds."""
    points = tuple(
        Point(TEN_SECONDS * place, loss, 0, count)
        for place, (loss, count) in enumerate(zip(losses, executions, strict=True))
    )
    return Curve(points, points[-1].step + after)


def test_nothing_is_lost_before_the_first_point_and_the_last_one_stays() -> None:
    made = curve([0, 100, 300], [0, 5, 9])
    assert made.at(-5) == 0
    assert made.at(60) == 200
    assert made.at(5_000) == made.final == 300


def test_a_minute_costs_what_the_next_sixty_seconds_add() -> None:
    made = curve([100 * place for place in range(12)], list(range(12)))
    assert made.next_minute(0) == 600
    assert made.next_minute(10 * TEN_SECONDS) == 100
    assert STEPS_PER_MINUTE == 6 * TEN_SECONDS


def test_the_flow_is_contained_when_it_burns_less_than_a_tenth_and_stays_so() -> None:
    losses = [0, 100, 200, 300, 301, 302, 402, 403, 404]
    made = curve(losses, [10 * place for place in range(9)])
    assert made.contained == 6 * TEN_SECONDS
    assert made.begins == 0


def test_what_prices_do_to_a_book_that_no_longer_grows_does_not_count() -> None:
    made = curve([0, 100, 200, 200, 900, 100], [0, 10, 20, 20, 20, 20])
    assert made.contained == 2 * TEN_SECONDS


def test_a_flow_that_runs_on_is_not_contained() -> None:
    assert curve([0, 100, 200], [0, 10, 20], after=0).contained is None


def test_a_run_that_ends_in_the_storm_is_not_contained_however_the_end_falls(
    played: Callable[..., Played],
) -> None:
    """A point of the curve lies up to ten seconds back; what was taken since counts too."""
    for end in ("09:32:00", "09:32:01", "09:32:09", "09:32:10"):
        run = played("09:30:30 look smars-8", start="09:30", until=end, name=f"{end}.jsonl")
        assert run.world.ledger.executions > 10_000
        assert run.curve.contained is None, end
        assert run.curve.points[-1].step == run.end


def test_containment_is_the_second_in_which_the_last_orders_went_out(
    played: Callable[..., Played],
) -> None:
    run = played("09:31:03 kill smars-8", start="09:30", until="09:31:30")
    contained = run.curve.contained
    assert contained is not None
    assert run.day.text(contained) == run.reading.simulation.result().contained_at
    assert "09:31:03" <= run.day.text(contained) < "09:31:10"


def test_runs_are_compared_at_a_point_of_the_curve(played: Callable[..., Played]) -> None:
    run = played("09:31:03 kill smars-8", start="09:30", until="09:50:00")
    assert run.horizon in {point.step for point in run.curve.points}


def test_a_short_last_stretch_is_held_against_the_peak_by_its_rate() -> None:
    made = curve([0, 100, 200], [0, 10, 20], after=0)
    tail = Point(made.end + 4, 211, 0, 21)
    assert Curve((*made.points, tail), tail.step).contained is None


def test_a_day_without_unwanted_executions_has_nothing_to_contain() -> None:
    empty = Curve((), 1000)
    assert empty.contained is None
    assert empty.begins is None
    assert empty.final == 0
    assert empty.at(500) == 0


def test_thinning_keeps_the_first_and_the_last_point() -> None:
    made = curve(list(range(20)), list(range(20))).thinned(200)
    assert [point.step for point in made.points] == [0, 200, 400, 600, 760]
