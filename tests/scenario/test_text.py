"""Text of a scenario cannot act on a terminal, and markup is only text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from controlroom.scenario import load_scenario, visible
from tests.scenario.conftest import Copy


@pytest.mark.parametrize(
    "raw, shown",
    [
        ("plain — text, ¶ 17 ✓", "plain — text, ¶ 17 ✓"),
        ("[red]not red[/red] {server}", "[red]not red[/red] {server}"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("bell\a", "bell␇"),
        ("null\0", "null␀"),
        ("rub\x7fout", "rub␡out"),
        ("two\nlines\tand a tab", "two␊lines␉and a tab"),
        ("\x9b31m", "\\u009b31m"),
        ("right\u202eleft", "right\\u202eleft"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_what_would_act_on_a_terminal_becomes_visible(raw: str, shown: str) -> None:
    assert visible(raw) == shown


def test_lines_stay_lines_where_they_are_wanted() -> None:
    assert visible("a\r\n\tb\n\x1b", lines=True) == "a\n    b\n␛"
    assert visible("a\rb", lines=True) == "a␍b"


@given(st.text())
def test_visible_text_is_printable_and_stays_as_it_is(text: str) -> None:
    once = visible(text)
    spaces = str.maketrans(dict.fromkeys("\u00a0\u2007\u202f\u2009", " "))
    assert once.translate(spaces).isprintable()
    assert visible(once) == once


def test_escape_sequences_and_markup_in_a_mail_arrive_as_text(copy: Copy) -> None:
    copy.change("mails.toml", '"Night batch: ', r'"\u001b[2J[blink]Night[/] batch: ')
    mail = load_scenario(copy.path).injects[0]
    assert mail.subject.startswith("␛[2J[blink]Night[/] batch: ")


def test_escape_sequences_in_tables_and_runs_arrive_as_text(copy: Copy) -> None:
    copy.change("stocks.csv", "halted twice", "halted\x1b[2J twice")
    copy.change("reference.txt", "09:31:00 pmon", "09:31:00 pmon \x1b]0;x\a")
    scenario = load_scenario(copy.path)
    assert scenario.market.stocks[0].note == "cancelled, halted␛[2J twice"
    assert scenario.reference[0].text == "pmon ␛]0;x␇"


def test_escape_sequences_in_a_wrong_value_do_not_reach_the_message(copy: Copy) -> None:
    copy.change("stocks.csv", "\nCO,", "\n\x1b[2J,")
    copy.change("mails.toml", '"08:00:05"', r'"\u001b[2J"')
    copy.change("scenario.toml", "seed = 7", '"se\\u001bed" = 7')
    for problem in copy.problems():
        assert str(problem).isprintable()
