"""The clock on the wall becomes whole steps, and none is ever lost."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controlroom.tui.pacing import LONGEST_GAP, SPEEDS, Pacing, read_speed, speed_text
from tests.tui.fake_run import HandClock


@pytest.mark.parametrize(
    "speed,steps", [(Fraction(1, 4), 10), (Fraction(1), 40), (Fraction(60), 2400)]
)
def test_ten_seconds_make_as_many_steps_as_the_speed_says(speed: Fraction, steps: int) -> None:
    clock = HandClock()
    pacing = Pacing(clock, speed=speed)
    total = 0
    for _ in range(200):
        clock.pass_(Fraction(1, 20))
        total += pacing.due()
    assert total == steps


@given(frames=st.lists(st.integers(0, LONGEST_GAP), max_size=40), speed=st.sampled_from(SPEEDS))
def test_however_the_frames_fall_the_steps_are_the_same(frames: list[int], speed: Fraction) -> None:
    clock = HandClock()
    pacing = Pacing(clock, speed=speed)
    total = 0
    for elapsed in frames:
        clock.now += elapsed
        total += pacing.due()
    assert total == int(Fraction(sum(frames), 250_000_000) * speed)


def test_what_a_frame_cannot_take_stays_owed() -> None:
    clock = HandClock()
    pacing = Pacing(clock, speed=Fraction(60))
    clock.pass_(2)
    taken = [pacing.due(most=200) for _ in range(3)]
    assert taken == [200, 200, 80]


def test_time_in_a_pause_does_not_count() -> None:
    clock = HandClock()
    pacing = Pacing(clock)
    clock.pass_(1)
    pacing.pause()
    clock.pass_(3)
    pacing.pause(False)
    clock.pass_(1)
    assert pacing.due() == 8


def test_a_change_of_speed_counts_from_its_moment() -> None:
    clock = HandClock()
    pacing = Pacing(clock)
    clock.pass_(1)
    pacing.speed = Fraction(10)
    clock.pass_(1)
    assert pacing.due() == 4 + 40


def test_a_program_that_was_stopped_does_not_catch_up() -> None:
    clock = HandClock()
    pacing = Pacing(clock)
    clock.pass_(3_600)
    assert pacing.due() == 0
    assert pacing.gaps == 1


def test_speeds_end_at_a_quarter_and_at_sixty() -> None:
    pacing = Pacing(HandClock())
    while pacing.faster():
        pass
    assert speed_text(pacing.speed) == "60x"
    while pacing.slower():
        pass
    assert speed_text(pacing.speed) == "1/4x"


@pytest.mark.parametrize(
    "text,speed",
    [("1/4", "1/4x"), ("5x", "5x"), ("3", "2x"), ("1000", "60x"), ("0.5", "1/2x"), ("1.0", "1x")],
)
def test_a_written_speed_becomes_the_nearest_there_is(text: str, speed: str) -> None:
    read = read_speed(text)
    assert read is not None
    assert speed_text(read) == speed


@pytest.mark.parametrize("text", ["", "fast", "0", "-1", "1/0"])
def test_what_is_no_speed_is_none(text: str) -> None:
    assert read_speed(text) is None
