"""What can be wrong with a scenario, said exactly: the file, the key, what it is, what would do."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_PROBLEMS: Final = 200
"""Problems of one kind in one file that are looked for. Each may have to find the nearest of
thousands of names; nobody reads more."""

_MOST: Final = 12
"""Names that an error lists."""


@attrs.frozen
class Problem:
    """One thing that is wrong with a scenario.

    Attributes:
        file: name within the folder, or the folder itself.
        key: where in the file: `day.opens`, `mail[canteen].at` (an entry goes by its id or name,
            or by its number counted from one), `line 12, column sigma`. Empty for the whole file.
        wrong: what it is.
        expected: what would be right.
    """

    file: str
    key: str
    wrong: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}: {self.key}" if self.key else self.file
        return f"{place} {self.wrong}; expected {self.expected}"


class ScenarioError(Exception):
    """A scenario that cannot be loaded, in one sentence about the first thing that is wrong.

    Attributes:
        file: the file of the first problem.
        key: its place in the file.
        expected: what would be right there.
        problems: everything that was found.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        first = problems[0]
        self.file = first.file
        self.key = first.key
        self.expected = first.expected
        self.problems = tuple(problems)
        more = len(problems) - 1
        super().__init__(f"{first}{f' (and {more} more)' if more else ''}")

    def __reduce__(self) -> tuple[type[ScenarioError], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class WrongError(ValueError):
    """A value that does not fit, raised where it is read; the reader adds file and key.

    Attributes:
        wrong: what it is.
        expected: what would be right.
        key: the place within the value, where that is narrower than the value.
    """

    def __init__(self, wrong: str, expected: str, key: str = "") -> None:
        self.wrong = wrong
        self.expected = expected
        self.key = key
        super().__init__(f"{wrong}; expected {expected}")


def one_of(known: Iterable[str], name: str = "") -> str:
    """`'rlp' or 'legacy'`, the nearest to `name` first, for an `expected`."""
    names = list(known)
    near = difflib.get_close_matches(name[:80], names, n=1)
    rest = [repr(other) for other in names if other not in near]
    if not names:
        return "nothing there, for there is none"
    if near and len(rest) > _MOST:
        return f"{near[0]!r} perhaps"
    shown = [*map(repr, near), *rest[:_MOST]]
    if len(rest) > _MOST:
        return f"one of {', '.join(shown)} and {len(rest) - _MOST} others"
    return " or ".join(filter(None, (", ".join(shown[:-1]), shown[-1])))
