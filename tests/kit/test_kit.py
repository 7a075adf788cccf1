"""What stands on the sheets of a kit, and that its figures are the model's."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import attrs
import pytest

from controlroom.debrief.curve import curve_of
from controlroom.debrief.words import usd
from controlroom.kit.html import html
from controlroom.kit.losses import AFTER, Losses, losses_of
from controlroom.kit.parts import Card
from controlroom.kit.pdf import BROWSERS, printer
from controlroom.kit.whole import Kit, kit_of, write_into
from controlroom.kit.words import ENGLISH, WordsError, load_words
from controlroom.runs.simulation import Simulation
from controlroom.sim.clock import STEPS_PER_SECOND
from controlroom.sim.seats import FEWEST, MOST, SETS
from controlroom.sim.start import Scenario
from tests.kit.conftest import PEOPLE, SEED


def played(scenario: Scenario, stop_at: int, until: int, seed: int = SEED) -> int:
    """The loss at a step of a run of its own, in which the stale server is stopped at another."""
    simulation = Simulation(scenario, seed)
    if stop_at < until:
        simulation.step(stop_at)
        simulation.submit("stop smars-8")
    # A little further, so that the moment is a point of the history and not its provisional end.
    simulation.step(until - simulation.now + 10 * STEPS_PER_SECOND)
    return curve_of(simulation.world).at(until)


def test_what_nobody_acting_costs_is_what_a_run_without_a_command_costs(
    scenario: Scenario, losses: Losses
) -> None:
    minute, after = losses.minutes[1:3]
    assert scenario.day.text(minute.step) == "09:31:00"
    assert minute.loss == played(scenario, minute.step, minute.step)
    assert minute.next == after.loss - minute.loss > 0


def test_what_a_stop_leaves_is_what_a_run_with_that_stop_leaves(
    scenario: Scenario, losses: Losses
) -> None:
    assert losses.stop == "stop smars-8"
    minute = losses.minutes[1]
    assert minute.stopped == played(scenario, minute.step, minute.step + AFTER)
    stopped = [one.stopped or 0 for one in losses.minutes]
    assert stopped == sorted(stopped), "later is dearer"


def test_another_seed_has_other_figures(scenario: Scenario, losses: Losses) -> None:
    other = losses_of(scenario, PEOPLE, SEED + 1)
    pairs = zip(losses.minutes[1:], other.minutes[1:], strict=True)
    assert all(one.loss != two.loss for one, two in pairs)


def test_a_scenario_that_names_no_stop_has_no_such_column(
    scenario: Scenario,
) -> None:
    beliefs = [attrs.evolve(one, acts=()) for one in scenario.hypotheses]
    without = attrs.evolve(scenario, hypotheses=tuple(beliefs))
    found = losses_of(without, PEOPLE, SEED)
    assert found.stop == ""
    assert {one.stopped for one in found.minutes} == {None}


def page(kit: Kit, name: str) -> str:
    return kit.pages()[f"{name}.html"]


def test_the_table_on_the_paper_sheet_holds_the_models_figures(kit: Kit, losses: Losses) -> None:
    rows = re.findall(r"<tr><td[^>]*>(09:3\d)</td>(.*?)</tr>", page(kit, "paper"))
    assert len(rows) == 2 * len(losses.minutes)
    for (_, cells), minute in zip(rows, losses.minutes, strict=False):
        for figure in (minute.loss, minute.next, minute.gross, minute.stopped or 0):
            assert f">{usd(figure)}</td>" in cells


def test_every_sheet_is_one_file_that_loads_nothing_and_is_light(kit: Kit) -> None:
    pages = kit.pages()
    assert list(pages) == [
        f"{name}.html"
        for name in (
            *("start-here", "guide", "msel", "cards", "observer", "runbook"),
            *("ground-rules", "sources", "paper"),
        )
    ]
    for text in pages.values():
        assert not re.search(r"<(script|img|link|iframe)|src=[\"']|url\(|@import", text)
        assert "default-src &#x27;none&#x27;" in text
        assert "@page" in text
        assert "dark" not in text


def test_text_of_a_scenario_is_text_on_every_sheet(kit: Kit) -> None:
    for name in ("msel", "guide", "paper"):
        assert "&lt;img src=http://evil.example/x&gt; &amp; &#x27;mails&#x27;" in page(kit, name)


def test_the_list_has_every_inject_of_the_plan_once(kit: Kit, scenario: Scenario) -> None:
    assert scenario.plan is not None
    text = page(kit, "msel")
    for inject in scenario.plan.injects:
        assert text.count(f'data-label="name">{inject.id}</td>') == 1
    assert text.count('data-label="name">exchange-calls</td>') == 1


def test_what_comes_under_a_condition_says_when_that_is_if_nobody_acts(
    kit: Kit, scenario: Scenario
) -> None:
    simulation = Simulation(scenario, SEED)
    assert scenario.plan is not None
    simulation.step(scenario.plan.starts)
    simulation.submit(f"drill {PEOPLE}", "facilitator")
    simulation.run_until("09:32:00")
    assert simulation.world.drill is not None
    clock = scenario.day.text(simulation.world.drill.fired["ask-for-the-number"])
    row = re.search(r"<tr>((?:(?!</tr>).)*ask-for-the-number.*?)</tr>", page(kit, "msel"))
    assert row is not None
    assert f"≈\N{NO-BREAK SPACE}{clock[:5]}" in row[1]


@pytest.mark.parametrize("people", range(FEWEST, MOST + 1))
def test_each_participant_has_a_card(people: int, kit: Kit, folder: Path) -> None:
    made = kit if people == PEOPLE else _cards_only(folder, people)
    sheet = next(one for one in made.sheets if one.id == "cards")
    cards = [part for part in sheet.parts if isinstance(part, Card)]
    assert len(cards) == sum(SETS[people].values())
    typed = {typed for card in cards for _, rows in card.commands for typed, _ in rows}
    assert "look SERVER" in typed
    assert "group on|off" in typed, "whoever has the mail"


def _cards_only(folder: Path, people: int) -> Kit:
    """A kit whose figures nobody looks at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("controlroom.kit.losses.NAMES", ())
        return kit_of(folder, people, load_words(), seed=SEED)


def test_what_participants_get_does_not_give_it_away(kit: Kit) -> None:
    for name in ("cards", "runbook", "ground-rules", "observer"):
        text = page(kit, name).casefold()
        for word in ("legacy", "power peg", "stale", "old build", "reviewed"):
            assert word not in text, (name, word)
    assert "power peg" in page(kit, "paper").casefold(), "the same search finds it elsewhere"


def test_the_sources_keep_three_kinds_apart(kit: Kit) -> None:
    text = page(kit, "sources")
    known, rest = text.split("<h2>Reconstructed</h2>")
    likely, invented = rest.split("<h2>Invented</h2>")
    assert "P ¶19" in known
    assert "it gets worse" in likely
    assert "it gets worse" not in known
    assert "33 injects" in invented


def test_the_script_takes_ninety_minutes() -> None:
    words = load_words()
    assert sum(int(part["minutes"]) for part in words.tables("script")) == 90


def test_a_page_names_no_paper_and_a_pdf_does(kit: Kit) -> None:
    sheet = next(one for one in kit.sheets if one.id == "msel")
    assert "size: landscape" in html(sheet, "", "en")
    assert "size: letter landscape" in html(sheet, "", "en", "letter")


@pytest.mark.skipif(not any(map(shutil.which, BROWSERS)), reason="no browser here prints")
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_list_is_one_page_and_so_is_each_card(kit: Kit, tmp_path: Path, paper: str) -> None:
    wanted = tuple(one for one in kit.sheets if one.id in ("msel", "cards"))
    few = attrs.evolve(kit, sheets=wanted)
    names = write_into(tmp_path, few, printer=printer(), paper=paper)
    assert names == ("msel.html", "cards.html", "msel.pdf", "cards.pdf")
    count = {name: _pages(tmp_path / name) for name in names if name.endswith(".pdf")}
    assert count == {"msel.pdf": 1, "cards.pdf": PEOPLE}
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def _pages(path: Path) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", path.read_bytes()))


@pytest.mark.parametrize(
    "old, new, said",
    [
        ('short = "In short"', "", "guide.short is missing"),
        ('short = "In short"', "short = 3", "guide.short should be text"),
        ('short = "In short"', 'short = "x"\nlong = "y"', "guide.long is no key"),
        ('short = "In short"', 'short = "{x}"', "guide.short may have only nothing in braces"),
        ('short = "In short"', 'short = "{"', "guide.short has a brace without its partner"),
        ("minutes = 8", "minutes = 9", "script[1].minutes is 9; it is 8"),
        ('"time", "who to whom", ', '"time", ', "observer.head has 2 entries; 3 are needed"),
        ('short = "In short"', "short = = 1", "is no TOML text"),
    ],
)
def test_a_translation_that_lacks_something_is_refused_by_its_key(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    text = ENGLISH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "german.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(WordsError, match=re.escape(said)):
        load_words(path)


def test_a_translation_is_what_the_sheets_say(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "german.toml"
    text = ENGLISH.read_text(encoding="utf-8").replace('language = "en"', 'language = "de"')
    path.write_text(text.replace('ground = "Ground rules"', 'ground = "Regeln"'), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("controlroom.kit.losses.NAMES", ())
        made = kit_of(folder, 4, load_words(path))
    assert '<html lang="de">' in page(made, "ground-rules")
    assert "<h2>Regeln</h2>" in page(made, "ground-rules")
