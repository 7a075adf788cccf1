"""Charts say what the figures say: higher is more, the storm has room, nothing is left out."""

from __future__ import annotations

import pytest

from controlroom.tui.plots.canvas import Axis, ceiling, value_at
from controlroom.tui.plots.losses import Losses, Mark, Series, losses_chart
from controlroom.tui.plots.sums import Bar, Place, bars, columns, curve, spread


def straight(begin: float, end: float, value: float, name: str = "this run") -> Series:
    """A loss that grows evenly."""
    return Series(name, f"${value:,.0f}", "$bad", "*", ((begin, 0.0), (end, value)))


def chart(own: Series, *others: Series, turn: float = 3600.0, marks: tuple[Mark, ...] = ()) -> str:
    end = max(line.points[-1][0] for line in (own, *others))
    return losses_chart(Losses(own, others, 0.0, turn, end, marks), 80, 10).plain


@pytest.mark.parametrize("value", [1, 9, 10, 11, 99, 101, 999, 4_500, 1_000_000, 459_406_688])
def test_an_axis_ends_a_little_above_what_it_has_to_reach(value: int) -> None:
    assert value <= ceiling(value) <= max(2 * value, value + 1)


def test_a_line_is_read_between_its_points_and_not_beyond_them() -> None:
    points = ((0.0, 0.0), (10.0, 100.0))
    assert value_at(points, 2.5) == 25
    assert value_at(points, 10.0) == 100
    assert value_at(points, 10.5) is None
    assert value_at((), 1.0) is None


def test_time_runs_faster_after_the_turn_and_every_place_leads_back() -> None:
    axis = Axis(0.0, 3600.0, 36_000.0, 100)
    assert axis.broken == 70
    assert axis.column(1800.0) == 35
    assert axis.column(3600.0) == 70
    assert axis.column(36_000.0) == 100
    for second in (0.0, 900.0, 3600.0, 9_000.0, 36_000.0):
        assert axis.at(axis.column(second)) == pytest.approx(second)


def test_a_loss_that_grows_fills_more_cells_to_the_right() -> None:
    rows = chart(straight(0, 3600, 500_000_000)).split("\n")[1:11]
    heights = [
        sum(row[column] != " " for row in rows if len(row) > column) for column in (10, 40, 75)
    ]
    assert heights == sorted(set(heights))


def test_a_loss_that_is_tiny_beside_another_still_shows() -> None:
    drawn = chart(straight(0, 3600, 1_000.0), straight(0, 3600, 5e8, "history"))
    assert "▁" in drawn


def test_marks_that_fall_into_one_column_stand_beside_each_other() -> None:
    marks = tuple(Mark(1800.0 + place, str(place)) for place in range(1, 4))
    assert "123" in chart(straight(0, 3600, 5e8), marks=marks)


def test_the_longest_bar_is_the_largest_sum_and_losses_go_left() -> None:
    drawn = bars(
        [
            Bar("saved much", 200, "$200", "$good"),
            Bar("saved little", 20, "$20", "$good"),
            Bar("cost", -50, "-$50", "$bad"),
        ],
        60,
    ).plain.split("\n")
    lengths = [line.count("█") for line in drawn]
    assert lengths[0] > lengths[2] > lengths[1] >= 0
    zero = drawn[0].index("█")
    assert drawn[2].rindex("█") < zero
    assert drawn[2].endswith("-$50")


def test_what_is_above_the_limit_reaches_over_its_line() -> None:
    drawn = columns((3, 23), ((0, "08:00"),), (10, "a flood"), 40, 8).plain.split("\n")
    limit = next(place for place, line in enumerate(drawn) if "╌╌╌" in line)
    assert "█" in "".join(drawn[:limit])
    assert "a flood" in drawn[-1]
    assert "08:00" in drawn[-2]


def test_a_curve_falls_where_acting_earlier_saves() -> None:
    points = ((0.0, "0", 500_000_000), (5.0, "5", 300_000_000), (30.0, "30", 10_000_000))
    drawn = curve(points, "cue shown 09:00", 70, 10).plain.split("\n")
    tall = [sum(line[column] in "█▁▂▃▄▅▆▇●" for line in drawn[:10] if len(line) > column)
            for column in (9, 40, 66)]  # fmt: skip
    assert tall == sorted(tall, reverse=True)
    assert tall[0] > tall[2]
    assert "cue shown 09:00" in drawn[-1]
    assert sum(line.count("●") for line in drawn) == 3


def test_this_run_stands_in_the_band_where_it_lies() -> None:
    values = tuple(range(100, 200))
    place = Place((150, "$150"), (105, "$105"), (195, "$195"))
    drawn = spread(values, place, 60, 6).plain.split("\n")
    band = next(line for line in drawn if "▲" in line)
    assert band.index("├") < band.index("▲") < band.index("┤")
    assert any("this run $150" in line for line in drawn)
    outside = spread(values, place._replace(own=(260, "$260")), 60, 6).plain.split("\n")
    band = next(line for line in outside if "▲" in line)
    assert band.index("▲") > band.index("┤")
