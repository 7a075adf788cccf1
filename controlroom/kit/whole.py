"""A kit: every sheet of it as HTML, and as PDF where something can print."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import attrs

from controlroom import __version__
from controlroom.debrief.pages.blocks import Cell, Table, Text
from controlroom.kit.guide import guide
from controlroom.kit.handed_out import cards, observer, rules, runbook
from controlroom.kit.html import html
from controlroom.kit.lists import msel, sources
from controlroom.kit.lookups import answers_of
from controlroom.kit.losses import Told, losses_of
from controlroom.kit.paper import paper
from controlroom.kit.parts import Material, Sheet
from controlroom.kit.pdf import Printer
from controlroom.kit.words import Words
from controlroom.runs.rehearsal import plan_of
from controlroom.scenario import load_scenario
from controlroom.scenario.kit import load_kit
from controlroom.sim.seats import OBSERVER, SETS

_SHEETS: Final[Mapping[str, Callable[[Material, str], Sheet]]] = {
    "guide": guide,
    "msel": msel,
    "cards": cards,
    "observer": observer,
    "runbook": runbook,
    "rules": rules,
    "sources": sources,
    "paper": paper,
}
"""The sheets, in the order in which a facilitator needs them."""


@attrs.frozen
class Kit:
    """Sheets, ready to be written.

    Attributes:
        sheets: with the one that lists the others first.
        foot: the line at the foot of each page.
        language: of the words.
    """

    sheets: tuple[Sheet, ...]
    foot: str
    language: str

    def pages(self, paper: str = "") -> dict[str, str]:
        """File name -> HTML; `paper` as for `html`."""
        return {
            f"{sheet.id}.html": html(sheet, self.foot, self.language, paper)
            for sheet in self.sheets
        }


def kit_of(
    name: str | os.PathLike[str],
    people: int,
    words: Words,
    *,
    seed: int | None = None,
    told: Told = lambda *_: None,
) -> Kit:
    """Make the kit of a scenario.

    Args:
        name: the scenario's id or the path of its folder.
        people: who take part, beside the facilitator.
        words: of the kit.
        seed: that the drill will be played with; the scenario's own where it is None.
        told: told how far it is; what it raises ends the making.

    Raises:
        ScenarioError: when the scenario or its `kit.toml` cannot be read.
        RunError: when it has no plan for a drill.
    """
    scenario = load_scenario(name)
    plan = plan_of(scenario)
    kit = load_kit(name, scenario.day)
    losses = losses_of(scenario, people, scenario.seed if seed is None else seed, told)
    material = Material(
        scenario=scenario,
        plan=plan,
        kit=kit,
        words=words,
        people=people,
        losses=losses,
        answers=tuple(answers_of(scenario, people, losses)),
        version=__version__,
    )
    made = [make(material, words.many(f"kit.sheets.{key}")[0]) for key, make in _SHEETS.items()]
    foot = words("kit.foot", scenario=scenario.title, version=__version__)
    return Kit((_start(material, made), *made), foot, words("language"))


def _start(material: Material, made: list[Sheet]) -> Sheet:
    """The sheet that says what the others are."""
    words, people = material.words, material.people
    seated = sum(SETS[people].values())
    observers = SETS[people].get(OBSERVER, 0)
    copies = {"observer": max(observers, 1), "runbook": seated, "rules": seated}
    rows = []
    for key, sheet in zip(_SHEETS, made, strict=True):
        title, what, whom = words.many(f"kit.sheets.{key}")
        count = Cell(str(copies.get(key, 1)), number=True)
        rows.append((Cell(f"{sheet.id}.html"), Cell(f"{title}: {what}"), count, Cell(whom)))
    title = words("kit.title", scenario=material.scenario.title)
    return Sheet(
        "start-here",
        title,
        (
            Text(words("kit.lead", people=people)),
            Table(words.many("kit.head"), tuple(rows)),
            Text(words("kit.secret")),
        ),
    )


def write_into(
    folder: Path,
    kit: Kit,
    *,
    printer: Printer | None,
    paper: str,
    told: Told = lambda *_: None,
) -> tuple[str, ...]:
    """Write all sheets into a folder that is there, and print them where there is a printer.

    Returns:
        Names of the files.

    Raises:
        PrintError: when a sheet could not be printed.
    """
    pages = kit.pages()
    written = []
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
        written.append(name)
    if printer is None:
        return tuple(written)
    sized = folder / ".for-the-printer.html"
    for number, (name, text) in enumerate(kit.pages(paper).items()):
        told(number, len(pages))
        sized.write_text(text, encoding="utf-8")
        pdf = folder / Path(name).with_suffix(".pdf").name
        printer(sized, pdf)
        written.append(pdf.name)
    sized.unlink()
    return tuple(written)
