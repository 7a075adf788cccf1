"""One line that is typed, and the lines typed before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controlroom.sim.commands.grammar import MAX_TEXT
from controlroom.tui.editor import History, LineEditor

KEYS = [
    "left", "right", "home", "end", "word_left", "word_right", "backspace", "delete",
    "delete_word", "delete_to_start", "delete_to_end",
]  # fmt: skip


def test_typing_in_the_middle_of_a_line() -> None:
    editor = LineEditor()
    editor.insert("stop smars-8")
    editor.word_left()
    editor.insert("smars-1 ")
    assert editor.text == "stop smars-1 smars-8"
    editor.delete_word()
    assert editor.text == "stop smars-8"


@given(st.lists(st.one_of(st.sampled_from(KEYS), st.text(max_size=30)), max_size=60))
def test_no_sequence_of_keys_leaves_the_line(keys: list[str]) -> None:
    editor = LineEditor()
    for key in keys:
        if key in KEYS:
            getattr(editor, key)()
        else:
            editor.insert(key)
        assert 0 <= editor.cursor <= len(editor.text) <= MAX_TEXT


def test_history_keeps_what_was_half_typed() -> None:
    history = History()
    for line in ("look smars-3", "kill smars-8", "kill smars-8"):
        history.add(line)
    assert history.older("dec") == "kill smars-8"
    assert history.older("") == "look smars-3"
    assert history.older("") is None
    assert history.newer() == "kill smars-8"
    assert history.newer() == "dec"
    assert history.newer() is None
