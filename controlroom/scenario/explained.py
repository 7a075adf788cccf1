"""What a problem is about, for somebody who has not learnt the keys: their meaning, an example."""

from __future__ import annotations

from collections.abc import Iterator

from controlroom.scenario.errors import Problem
from controlroom.scenario.examples import MOST, example_of
from controlroom.scenario.files import KIT
from controlroom.scenario.keys import Key, Section, files, find

_LINE = "09:31:00 pmon    # [reconstructed]"


def explained(problem: Problem) -> Iterator[str]:
    """Further lines about a problem: what the place means, and what would be right there."""
    file = problem.file.rpartition("/")[2]
    found = find(file, problem.key)
    if isinstance(found, Key):
        section = _above(file, problem.key)
        yield f"{found.name}: {found.meaning}"
        yield f"for example: {_written(section, found)}"
    elif found is not None:
        yield f"{found.head}: {found.meaning}"
        yield from (f"for example: {line}" for line in _needed(found))
    elif file == KIT:
        yield f"{KIT}: {files()[KIT].meaning}"


def _above(file: str, place: str) -> Section:
    """The table that a key stands in."""
    if ", column " in place:
        return files()[file]
    while True:
        place = place.rpartition(".")[0]
        found = find(file, place)
        if isinstance(found, Section):
            return found


def _written(section: Section, key: Key) -> str:
    example = example_of(section, key)
    if not section.file.endswith(".toml"):
        return example
    shown = example.replace("\n", "\\n")
    if len(shown) > MOST + 16:
        shown = f"{shown[: MOST + 14]} …"
    return f"{key.name} = {shown}"


def _needed(section: Section) -> Iterator[str]:
    """The shortest that a table, or a row, can be."""
    if section.file == "reference.txt":
        yield _LINE
    elif not section.file.endswith(".toml"):
        yield ",".join(key.name for key in section.keys)
        yield ",".join(example_of(section, key) for key in section.keys)
    elif section.path:
        yield section.head
        for key in section.keys:
            if key.default is None:
                yield _written(section, key)
        if section.tagged:
            yield 'evidence = "reconstructed"'
