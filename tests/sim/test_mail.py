"""What an opened mail says: sentences as they were meant, tables as they were drawn."""

from __future__ import annotations

from controlroom.sim.commands.mail import paragraphs
from tests.sim.play import Idle, Shift


def opened(shift: Shift, subject: str) -> tuple[str, ...]:
    feed = shift.world.alerts.feed.items
    number = next(at for at, alert in enumerate(feed) if subject in alert.subject)
    return shift.do(f"mail {number}").lines


def test_a_sentence_that_its_file_had_broken_is_whole_again(idle: Idle) -> None:
    """The screen breaks it for its own width, and not twice."""
    (said,) = opened(idle.at("08:20:00"), "SMARS RLP rollout")
    assert "27 July to 31 July. Change tickets: 8 opened" in said


def test_a_table_and_a_list_keep_their_lines(idle: Idle) -> None:
    """One of them names the server on which less had changed than on any other."""
    shift = idle.at("08:20:00")
    table = opened(shift, "Nightly backup")
    assert [line for line in table if "smars-8 36" in line]
    assert len(table) == 6
    assert opened(shift, "BNET reject")[0] == "Power Peg disabled"


def test_empty_lines_part_paragraphs() -> None:
    """So do lines that end early."""
    full = "x" * 40 + " " + "y" * 30
    assert paragraphs(f"{full}\nand on\n\n{full}\n  set in\nshort\nlist") == [
        f"{full} and on", "", full, "  set in", "short", "list",
    ]  # fmt: skip
