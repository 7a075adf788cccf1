"""The timeline as text: everything on one axis of time, and nothing told too early."""

from __future__ import annotations

import itertools

import attrs
import pytest

from controlroom.tui.lines import Line
from controlroom.tui.look import ASCII, UNICODE, Role
from controlroom.tui.widgets.timeline_lines import timeline_lines
from controlroom.tui.widgets.timeline_view import LABEL, Axis, TimelineView, axis_of, step_at
from tests.tui.canned_replay import FIRST, KILLED, LAST, MOMENTS, OPEN, at, course

SIZES = pytest.mark.parametrize("size", [(160, 11), (120, 8), (80, 6), (80, 3)])


def seen(clock: str = "09:40:00", *, truth: bool = False) -> TimelineView:
    return TimelineView(course(), at(clock), FIRST, LAST, truth=truth)


def rows(view: TimelineView, width: int = 160, height: int = 11, **options: bool) -> dict[str, str]:
    """The rows by their labels, without them."""
    lines = timeline_lines(view, width, height, UNICODE, **options)
    found: dict[str, str] = {}
    for line in lines:
        label = line.text[:LABEL].strip().split()
        found.setdefault(label[0] if label else "", line.text[LABEL + 1 :])
    return found


@SIZES
@pytest.mark.parametrize("glyphs", [UNICODE, ASCII], ids=["unicode", "ascii"])
@pytest.mark.parametrize("truth", [False, True])
def test_every_line_fills_the_pane(size: tuple[int, int], glyphs: object, truth: bool) -> None:
    width, height = size
    for clock in ("08:00:00", "09:30:00", "10:15:00"):
        lines = timeline_lines(seen(clock, truth=truth), width, height, glyphs)  # type: ignore[arg-type]
        assert len(lines) == height
        assert {len(line.text) for line in lines} == {width}
        if glyphs is ASCII:
            assert all(line.text.isascii() for line in lines)


@SIZES
def test_the_cursor_stands_in_one_column_and_its_time_below_it(size: tuple[int, int]) -> None:
    view = seen("09:12:00")
    lines = timeline_lines(view, *size, UNICODE)
    cell = LABEL + 1 + axis_of(view, size[0]).cell(view.now)
    for line in lines[:-1]:
        place = 0
        roles: dict[int, Role] = {}
        for span in line.spans:
            roles |= dict.fromkeys(range(place, place + len(span.text)), span.role)
            place += len(span.text)
        if "TIMELINE" not in line.text:
            assert roles[cell] in {Role.INFO, Role.CURSOR}, line.text
    begin = lines[-1].text.index(" 09:12:00 ")
    assert begin <= cell < begin + 10


def test_a_step_is_drawn_in_the_cell_that_stands_for_it() -> None:
    for begin, end, cells in ((0, 100, 7), (FIRST, LAST, 147), (1200, 1439, 240), (5, 9, 40)):
        axis = Axis(begin, end, cells)
        for cell in range(cells):
            step = axis.step(cell)
            if step < axis.step(cell + 1):
                assert axis.cell(step) == cell
        assert axis.cell(begin) == 0
        assert axis.cell(end) < cells


def test_the_loss_grows_through_the_storm_and_not_before_it() -> None:
    view = seen("10:15:00")
    lines = timeline_lines(view, 160, 11, UNICODE)
    axis = axis_of(view, 160)
    chart = [line.text[LABEL + 1 :] for line in lines[1:6]]

    def height(clock: str) -> int:
        cell = axis.cell(at(clock))
        return sum(" ▁▂▃▄▅▆▇█".index(row[cell]) for row in chart)

    assert height("08:30:00") == height("09:29:00") == 1
    climbing = [height(f"09:{minute}:00") for minute in (34, 40, 46, 52)]
    assert climbing == sorted(set(climbing))
    assert height("10:10:00") < height("09:52:00")


def test_what_is_ahead_of_the_cursor_is_grey() -> None:
    early, late = (timeline_lines(seen(clock), 160, 11, UNICODE) for clock in ("09:31", "10:15"))

    def burning(lines: tuple[Line, ...]) -> int:
        spans = (span for line in lines for span in line.spans)
        return sum(len(span.text) for span in spans if span.role is Role.BAD)

    assert 0 < burning(early) < burning(late) / 5


def test_commands_stand_where_they_were_given_and_several_are_counted() -> None:
    lane = rows(seen("10:15:00"))["commands"]
    axis = axis_of(seen(), 160)
    assert lane[axis.cell(at("08:02:10"))] == "•"
    assert lane[axis.cell(at("09:33:05"))] == "2"
    assert lane[axis.cell(at("09:33:58"))] == "•"
    assert lane[axis.cell(at("09:20:00"))] == " "


def test_a_fork_shows_where_it_was_taken_over() -> None:
    forked = attrs.evolve(course(), taken_over=at("09:20:00"))
    lane = rows(TimelineView(forked, at("10:15"), FIRST, LAST))["commands"]
    assert lane[axis_of(seen(), 160).cell(at("09:20:00"))] == "❯"
    assert "❯" not in rows(seen("10:15:00"))["commands"]


def test_calls_and_alarms_stand_over_the_mails() -> None:
    lane = rows(seen("10:15:00"))["messages"]
    axis = axis_of(seen(), 160)
    assert lane[axis.cell(at("09:34:02"))] == "◆"
    assert lane[axis.cell(at("09:31:02"))] == "▲"
    assert set(lane[: axis.cell(at("09:20"))]) <= set(" ▁▂▃▄▅▆▇█")
    assert "▁" in lane


def test_a_cue_that_nobody_opened_is_drawn_beside_the_truth_only() -> None:
    then, truth = rows(seen("10:15:00"))["cues"], rows(seen("10:15:00", truth=True))["cues"]
    axis = axis_of(seen(), 160)
    assert "✗" not in then
    assert truth[axis.cell(at("08:01"))] == "✗"
    assert then[axis.cell(at("08:01"))] == " "
    assert then[axis.cell(at("09:33:58"))] == "●"
    assert then[axis.cell(OPEN + 40)] == "○"
    between = then[axis.cell(OPEN + 40) + 1 : axis.cell(at("09:33:58"))]
    assert set(between) <= {"─"}


def test_the_phases_have_their_names_and_the_storm_its_own_rail() -> None:
    lane = rows(seen("10:15:00"))["phases"]
    axis = axis_of(seen(), 160)
    assert lane.startswith("├ pre-market ───")
    storm = lane[axis.cell(OPEN) : axis.cell(KILLED)]
    assert " storm " in storm
    assert set(storm.replace(" storm ", "")) == {"━"}


def test_beside_the_truth_the_phases_say_what_was_being_done_about_it() -> None:
    view = TimelineView(course(), at("09:40"), at("09:30"), at("10:00"), truth=True)
    lane = rows(view)["phases"]
    for name in ("known, nothing done", "wrong action under way", "right action under way"):
        assert name in lane
    assert "known" not in rows(seen("10:15:00"))["phases"]


def test_where_a_name_has_no_room_its_first_word_stands_or_nothing() -> None:
    lane = rows(seen("10:15:00", truth=True), 120, 8)["phases"]
    assert " wrong " in lane
    assert "wrong action" not in lane


def test_what_has_not_been_read_is_dotted_and_the_title_says_how_far_it_is() -> None:
    view = TimelineView(course(LAST // 2), at("08:30"), FIRST, LAST)
    lines = timeline_lines(view, 160, 11, UNICODE)
    assert "reading the journal" in lines[0].text
    assert "50 %" in lines[0].text
    lane = rows(view)["commands"]
    assert set(lane[80:140]) == {"·"}
    assert "·" not in lane[1:60]


def test_a_gain_is_hatched_and_a_loss_is_solid() -> None:
    swing = tuple((step, 5_000_000 if step < at("09:45") else -5_000_000)
                  for step in range(OPEN, LAST, 40))  # fmt: skip
    view = TimelineView(course(losses=swing), LAST, FIRST, LAST)
    chart = timeline_lines(view, 160, 11, UNICODE)[5].text[LABEL + 1 :]
    axis = axis_of(view, 160)
    assert set(chart[axis.cell(at("09:32")) : axis.cell(at("09:44"))]) == {"░"}
    assert set(chart[axis.cell(at("09:46")) : axis.cell(at("10:10"))]) == {"█"}


def test_the_axis_names_round_times_and_none_that_the_cursor_covers_in_part() -> None:
    for second in range(0, 8000, 61):
        view = TimelineView(course(), FIRST + second * 4, FIRST, LAST)
        axis_line = timeline_lines(view, 120, 8, UNICODE)[-1].text
        for label in axis_line.split():
            assert len(label) in {5, 8}, axis_line
            if len(label) == 5:
                assert label.endswith(("0", "5")), axis_line


def test_a_click_leads_to_the_moment_in_that_cell_or_to_its_first_step() -> None:
    view = seen()
    axis = axis_of(view, 160)
    assert step_at(view, 160, LABEL + 1 + axis.cell(at("09:40:30"))) == at("09:40:30")
    empty = axis.cell(at("10:05:00"))
    assert step_at(view, 160, LABEL + 1 + empty) == axis.step(empty)
    assert step_at(view, 160, 0) == FIRST
    assert FIRST <= step_at(view, 160, 10_000) <= LAST


def test_dragging_along_it_never_goes_back_in_time() -> None:
    steps = [step_at(seen(), 120, x) for x in range(120)]
    assert all(one <= two for one, two in itertools.pairwise(steps))
    assert len(MOMENTS) > 90
