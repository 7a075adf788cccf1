"""The list of injects as planners keep it: a master scenario events list, one row an inject.

Rows go out of a scenario and come back as the text of its `injects.toml`; what was read is checked
like any scenario file, with the row and the column of what does not fit. Comments of the file are
not in the list and are lost on the way back.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from controlroom.scenario import drills
from controlroom.scenario.convert import structure
from controlroom.scenario.drill_schema import Brief, DrillFile, InjectsFile
from controlroom.scenario.errors import Problem, ScenarioError, one_of
from controlroom.scenario.text import quoted
from controlroom.scenario.toml import text as toml_text
from controlroom.sim.start import Inject, Measure

if TYPE_CHECKING:
    from controlroom.sim.start import Scenario

COLUMNS: Final = {
    "Event #": "",
    "ID": "id",
    "Time": "at",
    "Condition": "when",
    "Method": "channel",
    "From": "from",
    "To": "to",
    "Subject": "subject",
    "Inject": "body",
    "Expected action": "expects",
    "Due after (s)": "within",
    "Contingency": "otherwise",
    "Objective": "objective",
    "Urgent": "needs_you",
}
"""Column -> key of `injects.toml`. The first is for people, who may sort and number rows anew."""

MOST_ROWS: Final = 2000
_CONDITION: Final = re.compile(r"([a-z0-9_]+)\s*(?:>=|at least|≥)?\s*([\d,_]+)")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def rows_of(scenario: Scenario) -> list[list[str]]:
    """The list, its columns first; by time, then by condition, then the contingencies."""
    day = scenario.day
    injects = scenario.plan.injects if scenario.plan else ()
    ordered = sorted(
        injects, key=lambda one: (one.at is None, not one.when, one.at or 0)
    )  # the file's order where nothing else decides
    rows = [list(COLUMNS)]
    for number, one in enumerate(ordered, 1):
        values = {
            "": str(number),
            "id": one.id,
            "at": day.text(one.at) if one.at is not None else "",
            "when": " and ".join(f"{item.name} >= {item.at_least:,}" for item in one.when),
            "channel": one.channel.value,
            "from": one.sender,
            "to": one.to,
            "subject": one.subject,
            "body": one.body,
            "expects": "; ".join(one.expects),
            "within": str(one.within) if one.within is not None else "",
            "otherwise": one.otherwise,
            "objective": one.objective,
            "needs_you": "yes" if one.needs_you else "",
        }
        rows.append([values[key] for key in COLUMNS.values()])
    return rows


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV; what a spreadsheet would take for a formula is marked as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row])
    return out.getvalue()


def rows_in(text: str, file: str, *, between: str = ",") -> list[list[str]]:
    """The rows of a CSV text.

    Args:
        text: of the file, with or without its mark.
        file: how it is called in what is said of it.
        between: the sign between two cells.

    Raises:
        ScenarioError: when it is none.
    """
    try:
        lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
        rows = list(csv.reader(lines, strict=True, delimiter=between))
    except csv.Error as error:
        raise ScenarioError([Problem(file, "", f"is not CSV: {error}", "a table")]) from None
    return [
        [
            cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
            for cell in row
        ]
        for row in rows
    ]


def injects_in(rows: Sequence[Sequence[str]], file: str, scenario: Scenario) -> tuple[Inject, ...]:
    """The injects of a list, checked against the scenario that they are for.

    Raises:
        ScenarioError: naming every row and column that does not fit.
    """
    problems: list[Problem] = []
    raw, places = _raw(rows, file, problems)
    read = structure(InjectsFile, {"inject": raw}, file, scenario.day, problems)
    plan = scenario.plan
    if read is not None and plan is not None:
        brief = Brief(plan.starts, plan.minutes, plan.welcome)
        drill = DrillFile(brief, plan.roles, plan.objectives, plan.standing, plan.probes)
        found = drills.problems(scenario.day, scenario.injects, scenario.people, drill, read)
        problems += [
            attrs.evolve(one, file=file) if one.file == "injects.toml" else one for one in found
        ]
        problems.sort(key=lambda problem: problem.file != file)
    if problems:
        raise ScenarioError([_placed(problem, places) for problem in problems])
    return read.inject if read else ()


def _raw(
    rows: Sequence[Sequence[str]], file: str, problems: list[Problem]
) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """Each row as its table would be read from TOML, and the row of each id."""
    if not rows:
        raise ScenarioError([Problem(file, "", "is empty", "a row of columns")])
    heads = [cell.strip() for cell in rows[0]]
    for place, head in enumerate(heads):
        if head and head not in COLUMNS:
            key = f"row 1, column {place + 1}"
            problems.append(Problem(file, key, f"is {quoted(head)}", one_of(COLUMNS, head)))
    problems.extend(
        Problem(file, "row 1", f"has no column {needed}", one_of(COLUMNS))
        for needed in ("ID", "From", "Subject", "Inject")
        if needed not in heads
    )
    if len(rows) > MOST_ROWS:
        problems.append(Problem(file, "", "has too many rows", f"at most {MOST_ROWS:,}"))
    if problems:
        raise ScenarioError(problems)
    raw: list[dict[str, Any]] = []
    places: dict[str, int] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {
            COLUMNS[head]: cell.strip()
            for head, cell in zip(heads, row, strict=False)
            if head and COLUMNS[head] and cell.strip()
        }
        if not cells:
            continue
        table = _table(cells, file, number, problems)
        places.setdefault(cells.get("id", str(len(raw) + 1)), number)
        raw.append(table)
    return raw, places


def _table(
    cells: dict[str, str], file: str, number: int, problems: list[Problem]
) -> dict[str, Any]:
    """One row's cells as values: numbers, lists and conditions out of their text."""
    table: dict[str, Any] = dict(cells)
    if "when" in cells:
        table["when"] = _condition(cells["when"], file, number, problems)
    if "expects" in cells:
        table["expects"] = [part.strip() for part in cells["expects"].split(";") if part.strip()]
    if "within" in cells:
        text = cells["within"].removesuffix(".0")
        table["within"] = int(text) if text.isdecimal() else text
    if "needs_you" in cells:
        said = cells["needs_you"].casefold()
        table["needs_you"] = {"yes": True, "true": True, "no": False, "false": False}.get(
            said, said
        )
    if "channel" in cells:
        table["channel"] = cells["channel"].casefold()
    return table


def _condition(text: str, file: str, number: int, problems: list[Problem]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in re.split(r"\s+and\s+|;", text):
        match = _CONDITION.fullmatch(part.strip())
        if match is None:
            expected = "measures such as gross_usd >= 40,000,000, joined by and"
            key = f"row {number}, column Condition"
            problems.append(Problem(file, key, f"is {quoted(text)}", expected))
            return {}
        found[match[1]] = int(match[2].replace(",", "").replace("_", ""))
    return found


_KEY: Final = re.compile(r"inject\[([^\]]+)\](?:\.(\w+))?")
_HEADS: Final = {key: head for head, key in COLUMNS.items() if key}


def _placed(problem: Problem, places: dict[str, int]) -> Problem:
    """The problem with its row and column instead of the key in a TOML file."""
    match = _KEY.fullmatch(problem.key)
    if match is None:
        return problem
    row = places.get(match[1])
    where = f"row {row}" if row else f"inject {match[1]}"
    if match[2]:
        where += f", column {_HEADS.get(match[2], match[2])}"
    return attrs.evolve(problem, key=where)


def toml_of(injects: Iterable[Inject], scenario: Scenario) -> str:
    """The text of an `injects.toml` that holds these."""
    parts = ["# Injects of a drill. docs/scenarios.md says what each key means.\n"]
    for one in injects:
        lines = [
            "[[inject]]",
            f"id = {toml_text(one.id)}",
            f"channel = {toml_text(one.channel.value)}",
        ]
        lines.append(f"from = {toml_text(one.sender)}")
        if one.to:
            lines.append(f"to = {toml_text(one.to)}")
        if one.at is not None:
            lines.append(f"at = {toml_text(scenario.day.text(one.at))}")
        if one.when:
            lines.append(f"when = {{ {', '.join(map(_measure, one.when))} }}")
        lines += [f"subject = {toml_text(one.subject)}", f"body = {toml_text(one.body)}"]
        if one.needs_you:
            lines.append("needs_you = true")
        if one.expects:
            lines.append(f"expects = [{', '.join(map(toml_text, one.expects))}]")
        if one.within is not None:
            lines.append(f"within = {one.within}")
        for key in ("otherwise", "objective"):
            if getattr(one, key):
                lines.append(f"{key} = {toml_text(getattr(one, key))}")
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _measure(measure: Measure) -> str:
    return f"{measure.name} = {measure.at_least}"
