"""Two consoles on the same events: what a modern one would have said, and when somebody acted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from controlroom.debrief.consoles import Consoles, consoles_of
from controlroom.debrief.pages import write
from controlroom.debrief.played import Played
from controlroom.debrief.whole import Debrief
from controlroom.scenario.switches import switched
from controlroom.sim.start import Scenario
from tests.debrief.conftest import folded, play


def beside(played: Played) -> Consoles:
    """The two consoles of a run whose alarms were kept, as those of every journal are."""
    consoles = consoles_of(played)
    assert consoles is not None
    return consoles


def test_the_alarm_on_the_stale_server_stands_beside_when_it_was_killed(bad: Played) -> None:
    """BADLY looks at 09:32:30 and kills at 09:33:10; the alarm was there at 09:30:10."""
    day = bad.scenario.day
    (item,) = [one for one in beside(bad).items if one.text.startswith("smars-8 sends")]
    assert day.text(item.step) == "09:30:10"
    assert item.looked is not None
    assert item.acted is not None
    assert (day.text(item.looked), day.text(item.acted)) == ("09:32:30", "09:33:10")
    assert item.act == "kill smars-8"


def test_before_the_open_the_firm_had_mails_and_a_modern_console_an_alarm(bad: Played) -> None:
    first = beside(bad).items[0]
    assert bad.scenario.day.text(first.step) == "08:02:50"
    assert first.as_was.startswith("3 such mails among ")
    assert first.priority == 2


def test_each_alarm_says_what_the_firms_screens_gave_in_its_place(bad: Played) -> None:
    for item in beside(bad).items:
        assert item.as_was
        assert "{" not in item.as_was + item.text + item.response


def test_nobody_acts_on_what_was_not_answered(played: Callable[..., Played]) -> None:
    run = played("09:31:00 look smars-8", start="09:30", until="09:34:00")
    (item,) = [one for one in beside(run).items if one.text.startswith("smars-8 sends")]
    assert item.looked is not None
    assert item.acted is None


def test_the_alarms_are_the_same_whichever_console_was_played_on(
    scenario: Scenario, tmp_path: Path
) -> None:
    found = []
    for console in ("as-was", "modern"):
        on = switched(scenario, [], [], console)
        path = play(on, tmp_path / f"{console}.jsonl", "", start="09:30", until="09:33:00")
        found.append(beside(Played(folded(path))))
    assert found[0].items == found[1].items
    assert [one.played for one in found] == ["as-was", "modern"]


def test_the_page_tells_them_apart_and_says_what_is_reconstructed(whole: Debrief) -> None:
    page = write(whole, "md")
    section = page[page.index("This run was played on the trainer console") :][:6000]
    assert "A modern one would have raised" in section
    assert "kill smars-8, was given at 09:33:10" in section
    assert "(reconstructed)" in section
    assert '"acted_at": "09:33:10"' in write(whole, "json")
