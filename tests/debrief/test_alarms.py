"""The messages of a run against the reference values of alarm management."""

from __future__ import annotations

from collections.abc import Callable

from controlroom.debrief.alarms import EEMUA, ISA, Alarms, _flood_time, _peak, alarms_of
from controlroom.debrief.played import Played
from controlroom.sim.clock import STEPS_PER_MINUTE

MINUTE = STEPS_PER_MINUTE


def shown(alarms: Alarms) -> dict[str, float]:
    return {gauge.id: gauge.value for gauge in alarms.gauges}


def test_the_peak_is_the_most_in_any_ten_minutes_wherever_they_begin() -> None:
    steps = [0, *[9 * MINUTE + place for place in range(5)], *[11 * MINUTE] * 4]
    assert _peak(steps, 10 * MINUTE) == 9
    assert _peak([], 10 * MINUTE) == 0


def test_a_flood_begins_above_ten_in_ten_minutes_and_ends_below_five() -> None:
    eleven = [place * MINUTE // 2 for place in range(11)]
    floods, length = _flood_time(eleven, 60 * MINUTE)
    assert floods == 1
    # From the eleventh message until fewer than five are left in the last ten minutes.
    assert length == eleven[6] + 10 * MINUTE - eleven[-1]
    assert _flood_time(eleven[:10], 60 * MINUTE) == (0, 0)


def test_two_bursts_far_apart_are_two_floods() -> None:
    burst = [place * 40 for place in range(12)]
    later = [step + 60 * MINUTE for step in burst]
    assert _flood_time(burst + later, 120 * MINUTE)[0] == 2


def test_the_morning_before_the_bell_is_a_flood(played: Callable[..., Played]) -> None:
    alarms = alarms_of(played("", until="08:40:00"))
    values = shown(alarms)
    assert values["average"] > 10
    assert values["peak"] > 10
    assert values["flood"] > 0.5
    assert values["unacknowledged"] == 1
    assert 0.1 < values["diagnostic"] < 0.7
    assert sum(alarms.windows) == alarms.count
    assert len(alarms.windows) == 4
    assert [gauge.within for gauge in alarms.gauges if gauge.id == "peak"] == [False]


def test_what_was_acknowledged_and_opened_is_counted(played: Callable[..., Played]) -> None:
    values = shown(alarms_of(played("08:19:00 mail 0\n08:19:30 ack all", until="08:20:00")))
    assert values["unacknowledged"] < 0.1
    assert 0.9 < values["unopened"] < 1


def test_every_reference_value_names_who_says_so(bad: Played) -> None:
    for gauge in alarms_of(bad).gauges:
        assert gauge.reference
        assert gauge.source in (ISA, EEMUA) or gauge.within is None
        if gauge.within is None and not gauge.source:
            assert "no value" in gauge.reference
