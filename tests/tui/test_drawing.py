"""Numbers, lines and charts are as wide as they say, whatever goes into them."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.color import ColorSystem

from controlroom.sim.events import Tone
from controlroom.sim.views import LineView
from controlroom.tui import charts, numbers
from controlroom.tui.figures import figure
from controlroom.tui.lines import (
    Frame,
    Line,
    Span,
    cropped,
    ends,
    fit,
    framed,
    plain,
    right,
    spans_width,
    width_of,
    wrapped,
)  # fmt: skip
from controlroom.tui.look import ASCII, UNICODE, Glyphs, Palette, Role
from controlroom.tui.themes import PALETTES, THEMES, look_of
from controlroom.tui.widgets.answers import answer_rows
from controlroom.tui.widgets.loss_chart import loss_chart

SOME_TEXT = st.text(max_size=60)


@given(SOME_TEXT, st.integers(0, 40))
def test_text_is_fitted_to_the_cell(text: str, width: int) -> None:
    text = plain(text)
    assert width_of(fit(text, width)) == width
    assert spans_width(cropped([Span(text), Span("x")], width)) == width
    assert width_of(ends([Span(text)], [Span("end")], width).text) == width


@given(SOME_TEXT, st.integers(8, 40))
def test_wrapped_lines_are_never_too_wide_and_lose_no_letter(text: str, width: int) -> None:
    text = plain(text)
    rows = wrapped(text, width)
    assert all(width_of(row) <= width for row in rows)
    assert "".join("".join(rows).split()) == "".join(text.split())


@given(st.integers(0, 10**11))
def test_short_numbers_stay_short(value: int) -> None:
    assert len(numbers.short(value)) <= 5
    assert len(numbers.tiny(value)) <= 4
    assert len(numbers.short_money(-value)) <= 8
    assert len(right(numbers.short(value), 5)) == 5


def test_a_number_that_does_not_fit_is_not_cut_to_another_number() -> None:
    assert right("123456", 4) == "####"


@pytest.mark.parametrize(
    "value,text",
    [(0, "0"), (999, "999"), (9_999, "9,999"), (12_345, "12.3k"), (999_999, "1.00M"),
     (4_003_049, "4.00M"), (397_300_000, "397M")],
)  # fmt: skip
def test_short_numbers_read_well(value: int, text: str) -> None:
    assert numbers.short(value) == text


@pytest.mark.parametrize(
    "value,text",
    [(0, "0"), (-640_000, "-640 k"), (-1_930_000, "-1.93 M"), (412_000_000, "412 M"),
     (6_650_000_000, "6.65 bn"), (999_600, "1.00 M")],
)  # fmt: skip
def test_money_reads_well(value: int, text: str) -> None:
    assert numbers.short_money(value) == text


@given(st.integers(0, 10**12), st.integers(1, 100))
def test_a_scale_ends_at_one_two_or_five(value: int, least: int) -> None:
    top = numbers.nice_ceiling(value, least)
    assert top >= max(value, least)
    assert str(top).strip("0") in {"1", "2", "5"}


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 2_000)), max_size=50),
    st.integers(1, 9),
    st.booleans(),
)
def test_a_rising_area_has_its_size(
    values: list[float | None], rows: int, plain_signs: bool
) -> None:
    drawn = charts.rising(values, rows, 1_000, plain=plain_signs)
    assert len(drawn) == rows
    assert all(cell_len(row) == len(values) for row in drawn)


def test_a_rising_area_is_as_high_as_its_values() -> None:
    assert charts.rising([0, 50, 100], 2, 100) == ("  █", "▁██")


def test_a_hanging_area_ends_at_an_eighth_of_a_cell() -> None:
    edge, solid, carved = charts.Part
    assert charts.hanging([None, 0, -6.25, -25, -50, -87.5, -100], 2, -100) == (
        ((" ▔", edge), ("▇▄", carved), ("███", solid)),
        (("     ", edge), ("▂", carved), ("█", solid)),
    )


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_is_carved_out_of_a_loss_has_the_colours_the_other_way_round(theme: object) -> None:
    style = look_of(theme).style  # type: ignore[arg-type]
    solid, carved = style(Role.BAD), style(Role.CARVED)
    seen = (carved.bgcolor, carved.color) if not carved.reverse else (carved.color, carved.bgcolor)
    assert seen == (solid.color, solid.bgcolor)


def test_a_value_that_is_nothing_differs_from_none() -> None:
    assert charts.rising([None, 0], 1, 10) == (" ▁",)


def test_buckets_keep_their_members_while_time_goes_on() -> None:
    series = list(range(1, 200))
    first = charts.buckets(series[:60], 3, phase=59)
    second = charts.buckets(series[1:61], 3, phase=60)
    assert first[-3:] == [54, 57, 60]
    assert second[-4:] == [54, 57, 60, 61]


@pytest.mark.parametrize("glyphs", [UNICODE, ASCII])
@pytest.mark.parametrize("height", [2, 4, 7, 14])
@pytest.mark.parametrize("scale", [-1, 1])
def test_the_loss_chart_has_its_size_and_both_axes(glyphs: Glyphs, height: int, scale: int) -> None:
    history = tuple((second, scale * second * 1_000) for second in range(10, 900, 10))
    lines = loss_chart(history, 34_200, 60, height, glyphs)
    assert len(lines) == height
    assert {width_of(line.text) for line in lines} == {60}
    assert "09:30" in lines[-1].text
    assert "0" in lines[0].text or "1M" in lines[0].text


def test_the_loss_chart_grows_in_a_frame_that_stands_still() -> None:
    def axis(until: int) -> list[str]:
        history = tuple((second, -second * 20_000) for second in range(10, until, 10))
        return [line.text[:7] for line in loss_chart(history, 34_200, 60, 6, UNICODE)]

    assert axis(210) == axis(240)


@pytest.mark.parametrize("width", [0, 1, 2, 5, 6, 7, 20])
@pytest.mark.parametrize("height", [0, 1, 2, 3, 8])
def test_a_frame_has_its_size_however_small(width: int, height: int) -> None:
    body = [Line((Span("x" * max(1, width - 4)),))] * 3
    frame = Frame(title=(Span("A LONG TITLE"),), badge=(Span("badge"),), foot=(Span("foot"),))
    lines = framed(frame, body, width, height, UNICODE)
    assert len(lines) == height
    assert all(width_of(line.text) == width for line in lines)


def test_figures_are_three_rows_of_one_width() -> None:
    rows = figure("-460,123,456")
    assert len({len(row) for row in rows}) == 1


def test_signs_are_one_cell_wide_and_the_plain_ones_are_ascii() -> None:
    for glyphs in (UNICODE, ASCII):
        for name in ("running", "hot", "mail", "call", "alarm", "up", "down", "prompt", "bar"):
            assert cell_len(getattr(glyphs, name)) == 1
    signs = [value for value in attrs.asdict(ASCII).values() if isinstance(value, str)]
    assert all(sign.isascii() for sign in signs)


def test_states_differ_in_sign_and_not_only_in_colour() -> None:
    for glyphs in (UNICODE, ASCII):
        states = [glyphs.running, glyphs.busy, glyphs.hot, glyphs.draining, glyphs.stopped,
                  glyphs.starting]  # fmt: skip
        assert len(set(states)) == len(states)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_role_has_a_style_in_every_theme(theme: object) -> None:
    look = look_of(theme)  # type: ignore[arg-type]
    for role in Role:
        assert look.style(role) is look.style(role)


def test_text_stands_out_from_its_ground() -> None:
    from textual.color import Color

    for name, palette in PALETTES.items():
        if palette.native:
            continue
        ground = Color.parse(palette.ground)
        for role in ("text", "strong", "info", "good", "notice", "bad"):
            assert _contrast(Color.parse(getattr(palette, role)), ground) >= 4.5, (name, role)
        assert _contrast(Color.parse(palette.muted), ground) >= 4.5, (name, "muted")


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_in_256_colours_frames_are_grey_and_no_meaning_takes_anothers_colour(
    palette: Palette,
) -> None:
    if palette.native:
        return

    def nearest(colour: str) -> RichColor:
        return RichColor.parse(colour).downgrade(ColorSystem.EIGHT_BIT)

    assert len(set(nearest(palette.faint).get_truecolor())) == 1
    meanings = (palette.text, palette.info, palette.good, palette.notice, palette.bad)
    assert len({nearest(colour).number for colour in meanings}) == len(meanings)


def _contrast(one: object, other: object) -> float:
    def luminance(color: object) -> float:
        parts = [
            channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
            for channel in color.normalized  # type: ignore[attr-defined]
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_what_was_said_in_several_lines_stands_in_several_lines() -> None:
    said = LineView(
        "09:25:00", "facilitator", "It is 09:25.\nTell each other\x1b[31m all.", Tone.PLAIN
    )
    rows = [row.text.rstrip() for row in answer_rows(said, 60, UNICODE)]
    assert len(rows) == 2
    assert rows[0] == "09:25:00 facilitator It is 09:25."
    assert rows[1].strip().startswith("Tell each other")
    assert "\x1b" not in rows[1]
