"""What the result screen says: a report laid out in text, without a screen.

Every figure is the run's own or the record's; what is on record carries its tag. Nothing is
computed here but differences and shares of figures that stand beside them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from controlroom.runs.results import result_rows, truth_of, why_quiet
from controlroom.sim.events import Tone
from controlroom.sim.start import Evidence
from controlroom.tui.figures import figure
from controlroom.tui.lines import cut, wrapped
from controlroom.tui.numbers import short_money

if TYPE_CHECKING:
    from collections.abc import Sequence

    from controlroom.sim.result import Result
    from controlroom.sim.start import Scenario
    from controlroom.tui.report import Moment, Report

_ELSEWHERE = {"loss_usd", "delayed_orders", "lost_orders", "commission_lost_usd", "hints"}
"""Figures that have a place of their own above the table."""


_STOCKS = {
    Evidence.DOCUMENTED: "Stocks named by the exchange or the press",
    Evidence.INFERRED: "Stocks inferred from their daily bar; no source names them",
    Evidence.RECONSTRUCTED: "Stocks that stand for names which are not on record",
}
"""What the status of a stock means."""


def dollars(value: int) -> str:
    """`$227,531,508`, with its sign before it."""
    return f"{'-' if value < 0 else ''}${abs(value):,}"


def tag_of(evidence: Evidence, source: str) -> str:
    """Where a statement comes from, or what of it was chosen: `documented, P ¶17`."""
    return f"{evidence.value}, {source}" if source else evidence.value


def headline(report: Report, width: int, *, plain: bool = False) -> Content:
    """What it cost, in large figures, and below it what is on record."""
    loss = report.result.loss_usd
    style = "$bad bold" if loss > 0 else "$good bold"
    amount = f"{-loss:,}" if loss else "0"
    what = "The loss, all positions sold"
    if not report.result.flat:
        what = f"Estimate: the loss if everything were sold at {report.clock}"
    elif loss <= 0:
        what = "No loss; no position is left"
    lines = [Content.styled(row, style) for row in ((amount,) if plain else figure(amount))]
    lines.append(Content.styled(f"dollars   {what}", "$strong"))
    fact = report.fact("loss_usd")
    if fact is not None:
        tag = f"   {tag_of(fact.evidence, fact.source)}"
        lines.append(Content.assemble(("on record  ", "$muted"), fact.text, (tag, "$muted")))
    lines += [Content(""), Content(verdict(report))]
    return Content("\n").join(_folded(lines, width))


def verdict(report: Report) -> str:
    """What the figures mean, in sentences."""
    result, capital = report.result, report.scenario.firm.capital
    said = []
    if not result.ran_away:
        said.append("Not one order was executed that no client had given.")
    elif result.loss_usd > capital:
        said.append(
            f"That is more than the {short_money(capital)} dollars that the firm had: "
            "it cannot go on alone."
        )
    else:
        share = max(0, result.loss_usd) * 1000 // capital
        said.append(
            f"That is {share / 10:.1f} % of the {short_money(capital)} dollars that the firm had."
        )
    if result.contained_at:
        said.append(f"The unwanted orders had stopped by {result.contained_at}.")
    elif result.ran_away:
        said.append("The unwanted orders had not stopped.")
    said += why_quiet(result, report.scenario)
    if report.over:
        said += truth_of(report.scenario)
    else:
        said.append("The run is not over.")
    return " ".join(said)


def parts(report: Report, width: int) -> Content:
    """What the loss consists of; the rows add up to it."""
    rows = _parts(report.result)
    name = min(42, width - 18)
    bar = max(0, width - name - 18)
    most = max(1, *(abs(value) for _, value in rows))
    lines = [
        Content.assemble(
            cut(label, name).ljust(name + 1),
            (f"{dollars(value):>15}", "$strong"),
            "  ",
            ("━" * (abs(value) * bar // most), "$bad" if value > 0 else "$good"),
        )
        for label, value in rows
    ]
    label = "loss when flat" if report.result.flat else "loss to get flat, estimated"
    lines.append(
        Content.assemble(
            (cut(label, name).ljust(name + 1), "$muted"),
            (f"{dollars(report.result.loss_usd):>15}", "$strong bold"),
        )
    )
    return Content("\n").join(lines)


def _parts(result: Result) -> list[tuple[str, int]]:
    """The loss in parts: as it was made, or as long as there are positions, as it would be."""
    if result.flat:
        return [
            ("bought dear and sold cheap", result.loss_usd - result.block_discount_usd),
            ("discount of the block", result.block_discount_usd),
        ]
    given_back = result.loss_fair_usd - result.loss_marked_usd
    return [
        ("at the last mid, as the books show it", result.loss_marked_usd),
        ("what prices will give back once you stop", given_back),
        ("what getting out would cost", result.loss_usd - result.loss_fair_usd),
    ]


def clients(report: Report, width: int) -> Content:
    """What stopping cost those who had ordered something."""
    result = report.result
    if not (result.delayed_orders or result.lost_orders):
        return Content("No client's order had to wait, and none went elsewhere.")
    text = (
        f"{result.delayed_orders:,} orders waited or were sent back; {result.lost_orders:,} were "
        "refused or went elsewhere. Commission lost on them: "
        f"{dollars(result.commission_lost_usd)}."
    )
    return Content("\n").join(Content(line) for line in wrapped(text, width))


def ladder(report: Report, width: int) -> Content:
    """Both mornings on one spine of time: the run at the left, the record at the right."""
    side = (width - 12) // 2
    right = width - 12 - side
    lines = [
        Content.assemble(
            ("this run".rjust(side), "$muted"),
            " " * 12,
            (("on record" if report.history else "").ljust(right), "$muted"),
        )
    ]
    clock = report.scenario.day.text
    for step, mine, theirs in _rungs(report.moments, report.history):
        left = [line.rjust(side) for line in wrapped(mine.text, side)] if mine else []
        other = _recorded(theirs, right) if theirs else []
        for number in range(max(len(left), len(other))):
            at = clock(step) if number == 0 else " " * 8
            own = left[number] if number < len(left) else " " * side
            style = _moment_style(mine) if mine else ""
            spine = (at, "$muted") if number == 0 else ("   │    ", "$faint")
            lines.append(
                Content.assemble((own, style), "  ", spine, "  ")
                + (other[number] if number < len(other) else Content(""))
            )
    if report.left_out:
        lines.append(Content.styled(f"{report.left_out} more are in the journal", "$muted"))
    return Content("\n").join(lines)


def _rungs(
    mine: Sequence[Moment], theirs: Sequence[Moment]
) -> list[tuple[int, Moment | None, Moment | None]]:
    """Both sides in order of time; what falls on one step shares a rung."""
    rungs: list[tuple[int, Moment | None, Moment | None]] = []
    waiting = list(theirs)
    for moment in mine:
        while waiting and waiting[0].step < moment.step:
            early = waiting.pop(0)
            rungs.append((early.step, None, early))
        same = waiting.pop(0) if waiting and waiting[0].step == moment.step else None
        rungs.append((moment.step, moment, same))
    rungs.extend((moment.step, None, moment) for moment in waiting)
    return rungs


def _recorded(moment: Moment, width: int) -> list[Content]:
    """A moment of the record with its tag under it."""
    lines = [Content(line) for line in wrapped(moment.text, width)]
    if moment.fact is not None:
        tag = tag_of(moment.fact.evidence, moment.fact.source)
        lines += [Content.styled(line, "$muted italic") for line in wrapped(tag, width)]
    return lines


def _moment_style(moment: Moment) -> str:
    if moment.tone in (Tone.NOTICE, Tone.BAD):
        return "$notice"
    return "$strong" if moment.said else "$muted"


def figures(report: Report, width: int) -> Content:
    """The run's figures, each beside what is on record about it."""
    name, value = (40, 16) if width >= 100 else (min(24, width - 28), 14)
    rest = width - name - value - 3
    lines = [
        Content.styled(
            f"{'':{name}} {'this run':>{value}}{'  on record' if report.scenario.facts else ''}",
            "$muted",
        ),
    ]
    for row in result_rows(report.result, report.scenario):
        if row.id in _ELSEWHERE:
            continue
        labels = wrapped(row.label, name)
        records = [Content(line) for line in wrapped(row.history, rest)] if row.history else []
        records += [
            Content.styled(line, "$muted italic") for line in wrapped(row.tag, rest) if line
        ]
        for number in range(max(len(labels), len(records), 1)):
            label = labels[number] if number < len(labels) else ""
            shown = row.value if number == 0 else ""
            lines.append(
                Content.assemble(label.ljust(name), " ", (f"{shown:>{value}}", "$strong"), "  ")
                + (records[number] if number < len(records) else Content(""))
            )
    return Content("\n").join(lines)


def switches_of(scenario: Scenario) -> str:
    """What was switched on for a run: `with two-person-review, under hurry`; empty for nothing."""
    safeguards = [control.id for control in scenario.controls if control.on]
    stressors = [stressor.id for stressor in scenario.stressors if stressor.on]
    said = [f"with {', '.join(safeguards)}"] if safeguards else []
    said += [f"under {', '.join(stressors)}"] if stressors else []
    return ", ".join(said)


def fairness(report: Report, width: int) -> Content:
    """What anybody needs to play the same run again and to check this one."""
    scenario, result = report.scenario, report.result
    start = f"from {report.start}" if report.start else "from the beginning of the day"
    hints = "no hints" if not result.hints else f"{result.hints} hints"
    line = (
        f"{scenario.id} {scenario.checksum[:12]}, seed {report.seed}, {report.mode}, {start}, "
        f"{hints}, {result.steps:,} steps, digest {result.digest[:16]}"
    )
    if switches := switches_of(scenario):
        line += f"; {switches}: not comparable with history"
    said = [Content(text) for text in wrapped(line, width)]
    if report.journal is None:
        return Content("\n").join([*said, Content.styled("No journal was written.", "$muted")])
    said += [Content(text) for text in wrapped(str(report.journal), width)]
    check = "controlroom verify FILE makes the world again from it and compares."
    said += [Content.styled(text, "$muted") for text in wrapped(check, width)]
    return Content("\n").join(said)


def sources(report: Report, width: int) -> Content:
    """Where history comes from, and which of its names are inferred."""
    scenario = report.scenario
    lines: list[Content] = []
    for text in scenario.sources:
        lines += [*(Content(row) for row in wrapped(text, width)), Content("")]
    for status, title in _STOCKS.items():
        names = [stock.symbol for stock in scenario.market.stocks if stock.status is status]
        if names:
            tag = f"   {status.value}, {len(names)}"
            head = Content.assemble((title, "$strong"), (tag, "$muted"))
            lines += _folded([head], width)
            lines += [*(Content(row) for row in wrapped(" ".join(names), width)), Content("")]
    lines.append(Content.styled("The record, in statements without a minute", "$strong"))
    for fact in scenario.facts:
        if fact.step is None:
            lines += [Content(row) for row in wrapped(fact.text, width)]
            tag = tag_of(fact.evidence, fact.source)
            lines += [
                Content.styled(f"  {row}", "$muted italic") for row in wrapped(tag, width - 2)
            ]
    return Content("\n").join(lines)


def _folded(lines: Sequence[Content], width: int) -> list[Content]:
    """Lines broken where they are wider than the page."""
    return [
        row for line in lines for row in (line.wrap(width) if line.cell_length > width else [line])
    ]
