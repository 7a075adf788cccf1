"""What options take: each names what is wrong and the nearest that is right, and completes."""

# ruff: noqa: ARG002 - click hands its context and the parameter to every method

from __future__ import annotations

import contextlib
import difflib
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.shell_completion import CompletionItem

if TYPE_CHECKING:
    from controlroom.sim.start import Control, Difficulty, Mark, Scenario, Stressor

MOST_SEED: Final = 2**63 - 1
MOST_SEEDS: Final = 1_000_000
SLOWEST: Final = 0.25
FASTEST: Final = 60.0


def suggestion(word: str, known: Iterable[str]) -> str:
    """`did you mean play?`, or what there is."""
    names = list(known)
    close = difflib.get_close_matches(word.lower(), names, n=1, cutoff=0.5)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(names)}"


class OneOf(click.ParamType):
    """One of a few words."""

    def __init__(self, what: str, words: Sequence[str]) -> None:
        self.name = what
        self.words = tuple(words)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """The words themselves, for the help."""
        return "|".join(self.words)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The word."""
        if value.lower() in self.words:
            return value.lower()
        raise click.BadParameter(
            f"no {self.name} {value[:60]!r}; {suggestion(value, self.words)}", ctx, param
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The words that begin so."""
        return _beginning(self.words, incomplete)


class ScenarioName(click.ParamType):
    """A scenario by its id, or the path of its folder."""

    name = "scenario"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The scenarios that come with Control Room, or folders."""
        from controlroom.scenario import find_scenarios

        items = [
            CompletionItem(found.id, help=found.title)
            for found in find_scenarios()
            if found.id.startswith(incomplete)
        ]
        return items or [CompletionItem(incomplete, type="dir")]


class JournalFile(click.ParamType):
    """A journal: its path, or the name under which `controlroom runs` lists it."""

    name = "journal"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        """The path. A name alone that is not here is looked for among the runs."""
        path = Path(value)
        with contextlib.suppress(OSError, ValueError):
            if len(path.parts) == 1 and not path.exists():
                from controlroom.runs.catalogue import runs_folder

                for name in (path.name, f"{path.name}.jsonl"):
                    if (runs_folder() / name).is_file():
                        return runs_folder() / name
                self._name_the_nearest(path.name, param, ctx)
        return path

    def _name_the_nearest(
        self, name: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> None:
        """Refuse a name that is nearly that of a run; any other may be a file that is not there."""
        from controlroom.runs.catalogue import runs_folder

        names = [path.stem for path in runs_folder().glob("*.jsonl")]
        close = difflib.get_close_matches(name.removesuffix(".jsonl"), names, n=1, cutoff=0.8)
        if close:
            raise click.BadParameter(
                f"no file and no run {name[:60]!r}; did you mean {close[0]}?", ctx, param
            )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The runs on this machine that begin so, and journals that lie here."""
        from controlroom.runs.catalogue import runs_folder

        names = sorted(path.name for path in runs_folder().glob("*.jsonl"))
        return _names_or_files(names, ".jsonl", incomplete)


class MarkName(click.ParamType):
    """A place to start from; which there are is the scenario's to say."""

    name = "mark"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The marks of the scenario on the line."""
        return _of_the_scenario(ctx, lambda scenario: scenario.marks, incomplete)


class PolicyName(click.ParamType):
    """A policy that has a name, or a file."""

    name = "policy"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The names that begin so, and files of commands that lie here."""
        from controlroom.runs.policy import ALL_NAMES

        return _names_or_files(ALL_NAMES, ".txt", incomplete)


class ControlName(click.ParamType):
    """A safeguard; which there are is the scenario's to say."""

    name = "control"

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """The safeguards of the scenario on the line."""
        return _of_the_scenario(ctx, lambda scenario: scenario.controls, incomplete)


class StressorName(click.ParamType):
    """A stressor, or a named set of them; which there are is the scenario's to say."""

    name = "stressor"

    def __init__(self, *, sets: bool) -> None:
        self.sets = sets

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Those of the scenario on the line."""
        if self.sets:
            return _of_the_scenario(ctx, lambda scenario: scenario.difficulties, incomplete)
        return _of_the_scenario(ctx, lambda scenario: scenario.stressors, incomplete)


folded_on_option: Final = click.option(
    "--scenario",
    type=ScenarioName(),
    metavar="SCENARIO",
    help="Fold on this scenario, for a journal whose own folder is elsewhere.",
)

stressor_option: Final = click.option(
    "--stressor",
    "stressors",
    type=StressorName(sets=False),
    metavar="NAME",
    multiple=True,
    help="Make it harder without taking anything away, such as noise, where the scenario can; may "
    "be given several times.",
)

difficulty_option: Final = click.option(
    "--difficulty",
    type=StressorName(sets=True),
    metavar="NAME",
    help="A named set of stressors, where the scenario has any: calm, normal, hard.",
)

CONSOLES: Final = ("trainer", "as-was", "modern")


class ConsoleName(OneOf):
    """Which picture the screens give."""

    def __init__(self) -> None:
        super().__init__("console", CONSOLES)


def _one_console(
    context: click.Context, parameter: click.Parameter, given: tuple[str, ...]
) -> str | None:
    """The console that was named; two of them cannot both stand on the desk."""
    named = list(dict.fromkeys(given))
    if len(named) > 1:
        said = f"either {' or '.join(named)}: a run has one console"
        raise click.BadParameter(said, context, parameter)
    return named[0] if named else None


console_option: Final = click.option(
    "--console",
    type=ConsoleName(),
    multiple=True,
    callback=_one_console,
    help="Which screens: this program's own, the firm's as they were, or ones with alarms after "
    "ISA-18.2.",
)

daily_option: Final = click.option(
    "--daily", is_flag=True, help="The seed of today's date (UTC): the same for everybody."
)


def seed_for(context: click.Context, seed: int | None, *, daily: bool) -> int | None:
    """The seed that was given, or that of the date, which is said."""
    if not daily:
        return seed
    if seed is not None:
        raise click.UsageError("either --seed N or --daily", context)
    from controlroom.runs.daily import seed_of, today

    date = today()
    found = seed_of(date)
    click.echo(f"the seed of {date.isoformat()} (UTC) is {found}", err=True)
    return found


control_option: Final = click.option(
    "--control",
    "controls",
    type=ControlName(),
    metavar="NAME",
    multiple=True,
    help="Switch a safeguard on that the firm did not have, such as self-halt; may be given "
    "several times. The briefing lists them.",
)


def with_switches(
    name: str,
    controls: Sequence[str],
    stressors: Sequence[str] = (),
    difficulty: str | None = None,
    console: str | None = None,
) -> Scenario:
    """A scenario with safeguards and stressors switched on.

    Raises:
        ScenarioError: when there is no such scenario.
        BadParameter: when it has no such switch; names the nearest.
    """
    import attrs

    from controlroom.scenario import load_scenario
    from controlroom.scenario.switches import switch_on
    from controlroom.sim.controls import renamed
    from controlroom.sim.start import Console

    scenario = load_scenario(name)
    controls = [renamed(control) for control in controls]
    levels = {level.id: level.stressors for level in scenario.difficulties}
    named = {
        "--control": ("safeguard", controls, [control.id for control in scenario.controls]),
        "--stressor": ("stressor", stressors, [item.id for item in scenario.stressors]),
        "--difficulty": ("difficulty", [difficulty] if difficulty else [], list(levels)),
    }
    for option, (what, given, known) in named.items():
        for word in given:
            if word not in known:
                there = suggestion(word, known) if known else "it has none"
                raise click.BadParameter(
                    f"{scenario.id} has no {what} {word[:60]!r}; {there}",
                    param_hint=f"'{option}'",
                )
    wanted = levels[difficulty] if difficulty else ()
    on = switch_on(scenario, controls, [*wanted, *stressors])
    return attrs.evolve(on, console=Console(console)) if console else on


class Seeds(click.ParamType):
    """Several seeds: `0-999`, `7`, `1,5,9-12`."""

    name = "seeds"

    def convert(
        self, value: str | Sequence[int], param: click.Parameter | None, ctx: click.Context | None
    ) -> Sequence[int]:
        """The numbers, ascending, each once."""
        if not isinstance(value, str):
            return value
        spans: list[range] = []
        for part in value.split(","):
            first, dash, last = part.strip().partition("-")
            if not (first.isdecimal() and (last.isdecimal() or not dash)):
                self.fail(f"no seeds {value[:60]!r}; write 0-999, or 1,5,9-12", param, ctx)
            span = range(int(first), int(last if dash else first) + 1)
            if not span or span.stop - 1 > MOST_SEED:
                self.fail(f"no seeds {part[:60]!r}; they run from low to high", param, ctx)
            spans.append(span)
        if sum(map(len, spans)) > MOST_SEEDS:
            self.fail(f"{value[:60]!r} are more than {MOST_SEEDS:,} seeds", param, ctx)
        return sorted({seed for span in spans for seed in span})


class Seed(click.ParamType):
    """What chance is drawn from."""

    name = "N"

    def convert(
        self, value: str | int, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """The number."""
        try:
            seed = int(value)
        except ValueError:
            seed = -1
        if 0 <= seed <= MOST_SEED:
            return seed
        shown = repr(value[:60]) if isinstance(value, str) else value
        raise click.BadParameter(
            f"no seed {shown}; it is a whole number from 0 to {MOST_SEED}", ctx, param
        )


class Speed(click.ParamType):
    """Simulated seconds in a second: `1`, `0.5`, `1/4`, `60x`."""

    name = "speed"

    def convert(
        self, value: str | float, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The factor."""
        if isinstance(value, float):
            return value
        over, slash, under = value.lower().removesuffix("x").partition("/")
        try:
            speed = float(over) / (float(under) if slash else 1.0)
        except (ValueError, ZeroDivisionError):
            speed = math.nan
        if SLOWEST <= speed <= FASTEST:
            return speed
        raise click.BadParameter(f"no speed {value[:60]!r}; it is from 1/4 to 60", ctx, param)


def _of_the_scenario(
    ctx: click.Context,
    listed: Callable[[Scenario], Iterable[Mark | Control | Stressor | Difficulty]],
    incomplete: str,
) -> list[CompletionItem]:
    """What the scenario on the line has of a kind, or what all have where none is named."""
    from controlroom.scenario import ScenarioError, find_scenarios, load_scenario

    # An option that still lacks its value ends click's parsing: what stood before it is left over.
    named = [name for name in (ctx.params.get("scenario"), *ctx.args) if name]
    known: dict[str, str] = {}
    for name in named[:1] or [found.id for found in find_scenarios()]:
        with contextlib.suppress(ScenarioError):
            known |= {item.id: item.title for item in listed(load_scenario(name))}
    return [
        CompletionItem(name, help=title)
        for name, title in sorted(known.items())
        if name.startswith(incomplete)
    ]


def _names_or_files(names: Iterable[str], ending: str, incomplete: str) -> list[CompletionItem]:
    """The names and the files here that begin so; the shell's own files where there is neither.

    Never both: where click tells bash to look for files, bash forgets the names.
    """
    here = sorted(path.name for path in Path().glob(f"*{ending}"))
    items = _beginning([*names, *here], incomplete)
    return items or [CompletionItem(incomplete, type="file")]


def _beginning(words: Iterable[str], incomplete: str) -> list[CompletionItem]:
    return [CompletionItem(word) for word in words if word.startswith(incomplete)]
