"""A small scenario in a folder that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import attrs
import pytest

from controlroom.scenario import Problem, check

SMALL = Path(__file__).parent / "small"
"""A scenario of a few lines each, so that tests do not depend on what knight-2012 says."""


WEEK = """
[week]
evenings = ["Monday", "Tuesday"]
begins = "16:30:00"
minutes = 240
release = "rlp"
clean = "legacy"
copy = 45
check = 10
look = 5
review = 10
procedure = 60
remove = 120
test = 60
slip = 500
slip_checked = 30
miss = 2_000
miss_checked = 1_000
tired = [1, 2]
evidence = "reconstructed"
"""
"""Evenings before its day; without them it can be played from the first step on."""

DRILL = """
[drill]
starts = "09:25:00"
minutes = 50
welcome = "This is a drill."

[[role]]
seat = "engineer"
title = "Engineer"
sees = ["Servers."]
may = ["Stop one."]
phrases = ["I see ..."]

[[objective]]
id = "stopped"
text = "Somebody stops a server."
did = ["stop"]
within = 600

[[probe]]
id = "first"
at = "09:33:00"
hold = 45
questions = ["what?", "so what?", "what next?"]
good = ["a", "b", "c"]
"""

INJECTS = """
[[inject]]
id = "ask"
from = "Somebody"
to = "commander"
channel = "visit"
at = "09:31:00"
subject = "Ask"
body = "Can it be stopped?"
expects = ["stop", "kill"]
within = 60
otherwise = "ask-again"
objective = "stopped"

[[inject]]
id = "ask-again"
from = "Somebody"
to = "engineer"
channel = "visit"
subject = "Ask again"
body = "Stop it."
objective = "stopped"
"""


@attrs.frozen
class Copy:
    """A scenario folder of the test's own.

    Attributes:
        path: where.
    """

    path: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the one place where `old` stands."""
        text = (self.path / file).read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {file}"
        (self.path / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def problems(self) -> list[Problem]:
        """What the check finds."""
        return list(check(self.path))

    def only_problem(self) -> Problem:
        """The one thing that the check finds."""
        problems = self.problems()
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The small scenario in a folder that may be changed."""
    folder = tmp_path / "small"
    shutil.copytree(SMALL, folder)
    return Copy(folder)


@pytest.fixture
def bundled(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> Copy:
    """The small scenario as the only one that comes with Control Room."""
    monkeypatch.setattr("controlroom.scenario.find.bundled_folder", lambda: copy.path.parent)
    return copy
