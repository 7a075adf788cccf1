"""Exchange time and steps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controlroom.sim.clock import Day, Phase, clock_text, parse_clock, seconds

HOUR = 3_600_000
DAY = Day(
    begins=8 * HOUR,
    opens=9 * HOUR + HOUR // 2,
    closes=16 * HOUR,
    ends=20 * HOUR,
    pauses_from=10 * HOUR,
)


@pytest.mark.parametrize(
    "text, step",
    [
        ("08:00:00", 0),
        ("8:00", 0),
        ("08:00:00.25", 1),
        ("08:00:00.5", 2),
        ("08:00:00.750", 3),
        ("08:00:00.1", 1),
        ("09:30", 21_600),
        ("20:00:00", 172_800),
    ],
)
def test_a_time_of_day_is_the_first_step_at_or_after_it(text: str, step: int) -> None:
    """A step is a quarter of a second."""
    assert DAY.parse(text) == step


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "09:60", "09:30:61", "09:30:00.", "nine", "-1:00"]
)
def test_what_is_not_a_time_of_day_is_said_to_be_none(text: str) -> None:
    """With the form that is expected."""
    with pytest.raises(ValueError, match="HH:MM:SS"):
        parse_clock(text)


@pytest.mark.parametrize("text", ["07:59:59", "20:00:00.25", "23:00"])
def test_a_time_outside_the_day_is_refused_with_the_days_bounds(text: str) -> None:
    """It names what was typed and from when to when the day runs."""
    with pytest.raises(ValueError, match=f"{text}.*08:00:00 to 20:00:00"):
        DAY.parse(text)


@given(st.integers(0, 172_800))
def test_a_step_is_read_again_from_its_text(step: int) -> None:
    """With the fraction no step is lost."""
    assert DAY.parse(DAY.text(step, fraction=True)) == step
    assert DAY.text(step) == DAY.text(step, fraction=True)[:8]
    assert DAY.clock_at(step) == DAY.begins + 250 * step


def test_the_phases_of_the_day_change_with_the_bells() -> None:
    """The bell's own step belongs to what begins."""
    assert DAY.phase(DAY.open_step - 1) is Phase.PRE_MARKET
    assert DAY.phase(DAY.open_step) is Phase.OPEN
    assert DAY.phase(DAY.close_step - 1) is Phase.OPEN
    assert DAY.phase(DAY.close_step) is Phase.EVENING


def test_a_duration_is_rounded_up_to_whole_steps() -> None:
    """Nothing takes less than its time."""
    assert (seconds(10), seconds(0.25), seconds(0.1), seconds(0)) == (40, 1, 1, 0)
    assert clock_text(0) == "00:00:00"
