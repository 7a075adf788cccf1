"""The plan for a drill: what is wrong with one is named, and so is what would make a bad drill."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.scenario import load_scenario
from controlroom.scenario.lint import READABLE, lint
from controlroom.sim.seats import PARTICIPANTS
from tests.scenario.conftest import DRILL, INJECTS, Copy


@pytest.fixture
def drill(copy: Copy) -> Copy:
    """The small scenario with a plan."""
    (copy.path / "drill.toml").write_text(DRILL, encoding="utf-8")
    (copy.path / "injects.toml").write_text(INJECTS, encoding="utf-8")
    return copy


def test_a_scenario_without_a_plan_is_sound(copy: Copy) -> None:
    assert copy.problems() == []
    assert load_scenario(copy.path).plan is None


def test_a_plan_is_read_with_its_roles_objectives_injects_and_probes(drill: Copy) -> None:
    assert drill.problems() == []
    plan = load_scenario(drill.path).plan
    assert plan is not None
    assert (plan.minutes, plan.roles[0].seat, plan.objectives[0].did) == (50, "engineer", ("stop",))
    assert [inject.id for inject in plan.injects] == ["ask", "ask-again"]
    assert plan.injects[0].within == 60
    assert plan.probes[0].questions[2] == "what next?"


def test_a_plan_belongs_to_the_checksum(copy: Copy) -> None:
    """A journal of a drill with other injects is another one's."""
    before = load_scenario(copy.path).checksum
    (copy.path / "drill.toml").write_text(DRILL, encoding="utf-8")
    with_plan = load_scenario(copy.path).checksum
    (copy.path / "injects.toml").write_text(INJECTS, encoding="utf-8")
    assert len({before, with_plan, load_scenario(copy.path).checksum}) == 3


BROKEN = [
    # file, old, new, key, wrong, expected
    ("drill.toml", 'seat = "engineer"', 'seat = "enginer"', "role[1].seat", "enginer", "engineer"),
    ("drill.toml", "minutes = 50", "minutes = 0", "drill.minutes", "is 0", "from 1"),
    ("drill.toml", "minutes = 50", "minutes = 800", "drill.minutes", "after the day", "an end"),
    ("drill.toml", "hold = 45", "hold = 60", "probe[first].hold", "is 60", "to 45"),
    ("drill.toml", '"what?", ', "", "probe[first].questions", "2 entries", "3 to 3"),
    ("drill.toml", 'did = ["stop"]', 'did = ["stp"]', "objective[stopped].did", "stp", "'stop'"),
    ("drill.toml", 'did = ["stop"]', "", "objective[stopped]", "does not say", "one of did"),
    ("drill.toml", 'did = ["stop"]', 'did = ["stop"]\nkeeps = { executions = 5 }',
     "objective[stopped]", "several ways", "one of did"),
    ("drill.toml", "within = 600", 'after = "askk"', "objective[stopped].after", "askk", "'ask'"),
    ("drill.toml", "within = 600", "withn = 600", "objective[stopped].withn", "no key", "within"),
    ("injects.toml", 'otherwise = "ask-again"', 'otherwise = "ask"',
     "inject[ask].otherwise", "ask", "'ask-again'"),
    ("injects.toml", 'objective = "stopped"', 'objective = "stoped"',
     "inject[ask].objective", "stoped", "'stopped'"),
    ("injects.toml", 'expects = ["stop", "kill"]', "",
     "inject[ask].within", "without expects", "expects"),
    ("injects.toml", 'id = "ask-again"', 'id = "ask"', "inject[ask]", "twice", "once"),
    ("injects.toml", 'channel = "visit"', 'channel = "call"',
     "inject[ask].from", "Somebody", "who can call"),
    ("injects.toml", 'at = "09:31:00"', 'at = "09:31:00"\nwhen = { executions = 5 }',
     "inject[ask]", "both at and when", "one of them"),
    ("injects.toml", 'to = "commander"', 'to = "boss"', "inject[ask].to", "boss", "commander"),
]  # fmt: skip


@pytest.mark.parametrize("file, old, new, key, wrong, expected", BROKEN)
def test_a_broken_plan_is_named_with_key_and_what_was_expected(
    drill: Copy, file: str, old: str, new: str, key: str, wrong: str, expected: str
) -> None:
    drill.change(file, old, new)
    problem = next(found for found in drill.problems() if found.key == key)
    assert problem.file == file
    assert wrong in problem.wrong
    assert expected in problem.expected


def test_injects_without_a_plan_are_named(drill: Copy) -> None:
    (drill.path / "drill.toml").unlink()
    assert str(drill.problems()[0]).startswith("injects.toml is there alone; expected drill.toml")


def test_what_the_days_messages_expect_must_fit_the_plan(copy: Copy) -> None:
    """Without a plan there is no objective to name."""
    events = copy.path / "events.toml"
    text = events.read_text(encoding="utf-8")
    events.write_text(text.replace("\nbody", '\nobjective = "stopped"\nbody', 1), encoding="utf-8")
    assert "nothing there" in copy.only_problem().expected


def lints(drill: Copy) -> list[str]:
    """What is bad about the plan, but for the cards that the small one lacks."""
    found = map(str, lint(load_scenario(drill.path)))
    return [line for line in found if "drill.toml: role has none for" not in line]


def test_a_sound_plan_has_nothing_bad(drill: Copy) -> None:
    assert lints(drill) == []
    missing = len(list(lint(load_scenario(drill.path))))
    assert missing == len(PARTICIPANTS) - 1


def test_the_bundled_plan_has_nothing_bad() -> None:
    scenario = load_scenario("knight-2012")
    assert list(lint(scenario)) == []
    assert scenario.plan is not None
    assert 5 <= len(scenario.plan.objectives) <= 7


BAD = [
    ("injects.toml", 'otherwise = "ask-again"', "", "inject[ask-again] comes at no time"),
    ("injects.toml", 'at = "09:31:00"', 'at = "08:31:00"', "is 08:31:00, when no drill runs"),
    ("injects.toml", 'at = "09:31:00"', "", "inject[ask] comes at no time"),
    ("injects.toml", 'from = "Somebody"\nto = "commander"\nchannel = "visit"',
     'from = "exchange"\nto = "commander"\nchannel = "call"', "who has no telephone"),
    ("drill.toml", 'at = "09:33:00"', 'at = "11:33:00"', "probe[first].at is 11:33:00"),
    ("drill.toml", 'did = ["stop"]', 'did = ["stop"]\nseat = "risk"', "for what it may not do"),
    ("drill.toml", "[[probe]]",
     '[[objective]]\nid = "lost"\ntext = "x"\ndid = ["declare"]\n[[probe]]',
     "objective[lost] is served by nothing"),
    ("drill.toml", 'seat = "engineer"', 'seat = "comms"', "role[comms] has nothing to do"),
]  # fmt: skip


@pytest.mark.parametrize("file, old, new, said", BAD)
def test_a_plan_that_would_make_a_bad_drill_is_named(
    drill: Copy, file: str, old: str, new: str, said: str
) -> None:
    drill.change(file, old, new)
    assert drill.problems() == []
    assert any(said in line for line in lints(drill)), lints(drill)


def test_a_cue_that_no_desk_can_see_is_named(drill: Copy) -> None:
    """Hints are the facilitator's."""
    drill.change("cues.toml", 'opens = ["look smars-2"]', 'opens = ["hint"]')
    assert any("cue[build] can be seen from no desk" in line for line in lints(drill))


def test_more_mail_than_anybody_can_read_is_named(drill: Copy) -> None:
    extra = "".join(
        f'\n[[mail]]\nid = "m{number}"\nat = "09:40:{number:02d}"\nfrom = "x"\nsubject = "x"\n'
        'body = "x"\n'
        for number in range(READABLE + 1)
    )
    path: Path = drill.path / "mails.toml"
    path.write_text(path.read_text(encoding="utf-8") + extra, encoding="utf-8")
    assert any(f"reach the comms seat more than {READABLE}" in line for line in lints(drill))
