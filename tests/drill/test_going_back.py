"""Going back within a drill: another run up to an earlier moment, and everybody in it."""

from __future__ import annotations

import pytest

from controlroom.drill.facilitator_screen import FacilitatorScreen
from controlroom.drill.host import Host
from controlroom.drill.host_app import HostApp
from controlroom.drill.hosting import begin
from controlroom.runs.errors import JournalError, RunError
from controlroom.runs.journal import read_journal
from controlroom.runs.run import Run
from controlroom.runs.verify import verify
from controlroom.tui.settings import Settings
from tests.drill.conftest import HandClock, until


@pytest.fixture
def drill(host: Host) -> Host:
    """A drill in which the engineer wrote something down in the first minute, and in the second."""
    begin(host.run, 5)
    host.sit("engineer")
    host.run.advance(59 * 4)
    host.run.give("note in the first", "engineer")
    host.run.advance(60 * 4)
    host.run.give("note in the second", "engineer")
    host.run.advance(60 * 4)
    return host


def noted(run: Run) -> list[str]:
    assert run.world.drill is not None
    return [note.text for note in run.world.drill.written]


async def test_what_came_after_has_not_been_and_is_kept_all_the_same(drill: Host) -> None:
    before, engineer = drill.run, drill.sit("engineer")
    assert before.journal is not None
    until_then = before.digest()
    await drill.go_back(90 * 4)
    assert noted(drill.run) == ["in the first"]
    assert "back at 08:01:30" in drill.run.world.still
    assert drill.run.world.drill is not None
    assert drill.run.world.drill.taken["engineer"] == ("",)
    assert [event.text for event in engineer.advance(0)] == ["time stands still: back at 08:01:30"]
    assert drill.left == [before.journal]
    assert verify(before.journal).digest == until_then
    assert noted(before) == ["in the first", "in the second"]


async def test_who_came_later_sits_in_the_new_run_too(drill: Host) -> None:
    drill.sit("risk")
    drill.run.advance(4)
    drill.sit("liaison")
    drill.stand_up("liaison")
    drill.run.advance(4)
    await drill.go_back(90 * 4)
    assert drill.run.world.drill is not None
    assert sorted(drill.run.world.drill.taken) == ["engineer", "risk"]


async def test_the_world_stands_until_the_facilitator_goes_on_and_a_kill_changes_nothing(
    drill: Host, clock: HandClock
) -> None:
    await drill.go_back(90 * 4)
    clock.pass_(3)
    drill.beat()
    stood, path = drill.run.now, drill.run.journal
    assert stood == 90 * 4 + 1
    assert path is not None
    digest = drill.run.digest()
    drill.run.abandon()  # as a host that is killed
    run = Run.resume(path)
    assert (run.now, run.digest(), run.world.still) == (stood, digest, "back at 08:01:30")
    again = Host(run, clock=clock)
    run.give("go", "facilitator")
    clock.pass_(2)
    again.beat()
    assert run.now == stood + 8
    run.close()
    assert read_journal(path).header.forked_at == 90 * 4
    assert verify(path).step == stood + 8


async def test_a_drill_that_is_over_can_go_back(drill: Host) -> None:
    drill.run.give("end", "facilitator")
    drill.run.advance(1)
    assert drill.run.ended
    await drill.go_back(90 * 4)
    assert not drill.run.ended


async def test_a_journal_that_cannot_be_read_leaves_everything_as_it_was(drill: Host) -> None:
    run = drill.run
    assert run.journal is not None
    whole = run.journal.read_bytes()
    run.journal.write_bytes(b"no journal\n")
    with pytest.raises(RunError):
        await drill.go_back(90 * 4)
    assert drill.run is run
    assert not drill.pacing.paused
    run.journal.write_bytes(whole)
    with pytest.raises(JournalError, match="ends at"):
        await drill.go_back(run.now + 400)
    assert [path.name for path in run.journal.parent.iterdir()] == [run.journal.name]


async def test_the_journals_of_a_drill_that_was_named_lie_side_by_side(drill: Host) -> None:
    for number in (1, 2):
        await drill.go_back((90 - number) * 4)
        assert drill.run.journal is not None
        assert drill.run.journal.name == f"drill-back-{number}.jsonl"


@pytest.mark.parametrize("size", [(160, 45), (80, 24)])
async def test_the_facilitator_goes_back_with_a_key_and_is_asked_first(
    drill: Host, size: tuple[int, int]
) -> None:
    app = HostApp(drill, "code abcd", Settings())
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, FacilitatorScreen)
        status = screen.query_one("#status")
        await pilot.press("r", *"07:00", "enter")
        assert "between 08:00:00 and 08:02:59" in status.text_lines[0]  # type: ignore[attr-defined]
        await pilot.press("ctrl+u", *"back 08:01", "enter")
        assert drill.run.world.drill is not None
        await pilot.press("n")
        assert "not gone back" in status.text_lines[0]  # type: ignore[attr-defined]
        assert drill.left == []
        await pilot.press("escape", "r", *"08:01", "enter", "y")
        await until(lambda: drill.left, "went back")
        await pilot.pause()
        await until(
            lambda: "drill-back-1.jsonl" in status.text_lines[0],  # type: ignore[attr-defined]
            "said so",
        )
        assert "STANDS STILL" in screen.query_one("#header").text_lines[1]  # type: ignore[attr-defined]
        screen.query_one("#page").focus()
        await pilot.press("space")
        assert not drill.run.world.still
    drill.run.close()
