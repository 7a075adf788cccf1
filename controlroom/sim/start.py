"""What a start consists of: the frozen classes that a scenario fills.

`controlroom.scenario` reads these from a folder of text; `world.start` turns them and a seed into
the first state. Nothing here changes during a run. Prices are in hundredths of a cent (10,000 to
the dollar), sizes in shares, times in steps, unless a field says otherwise.
"""

from __future__ import annotations

import enum
from functools import cached_property
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.sim.clock import Day

if TYPE_CHECKING:
    # At run time this would be a circle: a plan is made of injects.
    from controlroom.sim.plan import Plan  # noqa: TC004

PRICE_UNIT: Final = 10_000
"""Price units in a dollar: a price of 1 is a hundredth of a cent."""

LOT: Final = 100
"""Shares in a child order. 397 m shares in 4.0 m executions make 99 (facts: SEC paragraph 17)."""


class Evidence(enum.StrEnum):
    """Where a statement comes from, shown wherever it is shown as history."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"
    RECONSTRUCTED = "reconstructed"


class PegCount(enum.StrEnum):
    """Where a build keeps the cumulative quantity that Power Peg's stop check reads."""

    INSIDE = "inside"
    ELSEWHERE = "elsewhere"


class Channel(enum.StrEnum):
    """How a message reaches the seat; a visit, somebody at the desk, only in a drill."""

    MAIL = "mail"
    CALL = "call"
    ALARM = "alarm"
    VISIT = "visit"


class Mode(enum.StrEnum):
    """What the player is allowed: see the scenario's briefing."""

    EXPLORE = "explore"
    COACH = "coach"
    ASSESS = "assess"


@attrs.frozen
class Build:
    """A version of the SMARS code as it can be installed on a server.

    Attributes:
        name: what people type, `rlp` or `legacy`.
        version: the label that the server reports.
        checksum: the digest that `look` and `compare` print.
        has_rlp: whether the flag selects the RLP path; otherwise it still selects Power Peg.
        peg_count: where the executed quantity is counted, as far as Power Peg can see.
    """

    name: str
    version: str
    checksum: str
    has_rlp: bool
    peg_count: PegCount


@attrs.frozen
class ServerSetup:
    """One server as the day begins.

    Attributes:
        name: for example `smars-8`.
        build: the name of the installed build.
    """

    name: str
    build: str


@attrs.frozen
class Venue:
    """A market centre to which every server holds a session.

    Attributes:
        name: what people type.
        share: per mille of the child orders that go there while all are connected.
    """

    name: str
    share: int


@attrs.frozen
class Stock:
    """One stock of the modelled market.

    Attributes:
        symbol: ticker, split-adjusted levels.
        status: whether the stock is documented as affected or inferred from its daily bar.
        note: what is known about it.
        venue: listing venue.
        prev_close: price of the day before.
        open: opening price; the undisturbed price starts here.
        adv: average daily volume, shares.
        sigma: daily volatility, hundredths of a percent.
        spread: calm bid-offer spread.
        pace: lots that the venues show again in 1,000 seconds to somebody who takes all he sees.
    """

    symbol: str
    status: Evidence
    note: str
    venue: str
    prev_close: int
    open: int
    adv: int
    sigma: int
    spread: int
    pace: int


@attrs.frozen
class MarketSetup:
    """The market's population and law. Sources: docs/model.md.

    Attributes:
        stocks: all modelled stocks, in a fixed order.
        impact: Y of the square-root law for an order that takes at once, in hundredths.
        patience: per mille of a share worked over an afternoon that counts as taken at once.
        half_life: seconds in which half of the unabsorbed volume is absorbed.
        drawn_in: per mille of the storm's volume that others trade on top.
        open_share: per mille of a day's volume that normally trades before `open_ends`.
        open_seconds: length of that first stretch after the open.
        wander: per mille of sigma with which undisturbed prices move over a day.
        block_base: hundredths of a percent below fair that a buyer of the block always asks.
        block_impact: hundredths of Y that a buyer of the block asks on top, by the same law.
        pause_move: percent move within `pause_window` that pauses a stock.
        pause_window: seconds.
        pause_length: seconds.
        bust_move: percent from the open at which the exchange cancels trades.
    """

    stocks: tuple[Stock, ...]
    impact: int
    patience: int
    half_life: int
    drawn_in: int
    open_share: int
    open_seconds: int
    wander: int
    block_base: int
    block_impact: int
    pause_move: int
    pause_window: int
    pause_length: int
    bust_move: int


@attrs.frozen
class FlaggedOrder:
    """A client order that asks for the Retail Liquidity Program.

    Attributes:
        step: when it reaches the firm. Before the open it is either for the pre-market session
            or, with `auction`, for the opening auction.
        stock: index into the stocks.
        side: +1 buys, -1 sells.
        shares: what the client wants.
        auction: waits for the open.
    """

    step: int
    stock: int
    side: int
    shares: int
    auction: bool


@attrs.frozen
class OrderFlow:
    """Client orders of the day.

    Attributes:
        flagged: every order with the RLP flag, by arrival.
        pre_market_rate: ordinary parents a minute before the open, over all servers.
        day_rate: ordinary parents a minute at midday.
        open_rate: ordinary parents a minute at the open, falling to `day_rate` within the hour.
        sizes: sizes of ordinary parents, drawn evenly, shares.
        commission: what the firm earns on a filled client share, price units.
    """

    flagged: tuple[FlaggedOrder, ...]
    pre_market_rate: int
    day_rate: int
    open_rate: int
    sizes: tuple[int, ...]
    commission: int


@attrs.frozen
class Measure:
    """A condition on what people could notice, for an inject or a person's line.

    Attributes:
        name: one of `MEASURES`.
        at_least: the smallest value that fulfils it.
    """

    name: str
    at_least: int


MEASURES: Final = {
    "gross_usd": "gross position of the 33 Account, dollars",
    "loss_usd": "loss to get flat, dollars",
    "executions": "executions of the day that no client ordered",
    "executions_per_s": "such executions in the last second",
    "volume_ratio": "volume in the affected stocks since the open, percent of normal",
    "delayed_orders": "client orders that waited for a stopped server",
    "lost_orders": "client orders that went elsewhere or were refused",
    "rejects": "flagged orders that a server refused",
    "contained_s": "seconds since the unwanted executions stopped",
}
"""What a condition may look at, with its meaning."""


@attrs.frozen
class Inject:
    """A message that reaches the seat at a time or when something becomes noticeable.

    Attributes:
        id: unique in the scenario.
        channel: mail, call or alarm.
        sender: who it is from; for a call, a person's id.
        subject: one line.
        body: plain text.
        at: step, or None when a condition decides.
        when: conditions, all of which must hold; empty when `at` decides.
        needs_you: whether `next` stops here.
        to: in a drill, the seat that it is for; empty for who has the channel's instrument.
        expects: in a drill, patterns of the commands that are the expected response.
        within: seconds in which that is expected, or None.
        otherwise: id of the inject that comes when it has not come by then, or empty.
        objective: id of the objective that it serves, or empty.
    """

    id: str
    channel: Channel
    sender: str
    subject: str
    body: str
    at: int | None
    when: tuple[Measure, ...]
    needs_you: bool
    to: str = ""
    expects: tuple[str, ...] = ()
    within: int | None = None
    otherwise: str = ""
    objective: str = ""


@attrs.frozen
class Line:
    """What a person says when called; the first line whose conditions hold is said.

    Attributes:
        text: plain text.
        when: conditions, all of which must hold.
        after: not before this step.
        grants: whether the call gives authority to stop everything.
    """

    text: str
    when: tuple[Measure, ...]
    after: int
    grants: bool


@attrs.frozen
class Person:
    """A role that can be called; never a real person's name.

    Attributes:
        id: what people type, for example `exchange`.
        title: shown on the screen.
        about: one line about what this person can do for you.
        answers: seconds of ringing.
        talks: seconds of talking.
        lines: what is said, in order of precedence.
    """

    id: str
    title: str
    about: str
    answers: int
    talks: int
    lines: tuple[Line, ...]


@attrs.frozen
class RejectMail:
    """The mail that a server's refusal of a flagged order sends.

    Attributes:
        sender: sending system.
        subject: may hold `{server}`.
        body: may hold `{server}`, `{time}`, `{stock}`, `{side}`, `{shares}`.
    """

    sender: str
    subject: str
    body: str


@attrs.frozen
class Control:
    """A safeguard that the scenario can switch on.

    Attributes:
        id: what people type.
        title: one line.
        source: the paragraph that found it missing.
        on: whether this start has it.
    """

    id: str
    title: str
    source: str
    on: bool


@attrs.frozen
class Hint:
    """Advice in three strengths for a stretch of the day.

    Attributes:
        after: first step at which it fits.
        until: last step at which it fits.
        texts: nudge, point, tell.
    """

    after: int
    until: int
    texts: tuple[str, str, str]


class Instrument(enum.StrEnum):
    """Where a cue can be seen."""

    MAIL = "mail"
    CALL = "call"
    SCREEN = "screen"
    ANSWER = "answer"


SAMPLED: Final = ("gross_usd", "loss_usd", "executions", "executions_per_s")
"""Measures that the P&L history keeps, so that a cue can be dated by them after the run."""

REJECT: Final = "reject"
"""Stands for the router's own reject mails where an inject is named."""


@attrs.frozen
class Hypothesis:
    """What somebody may believe is wrong.

    Attributes:
        id: unique in the scenario.
        text: in a sentence.
        right: whether it is so.
        words: phrases; a suspicion that holds all words of one of them means this hypothesis.
        acts: commands that follow from it, as patterns: `stop smars-8`, `uninstall`.
    """

    id: str
    text: str
    right: bool
    words: tuple[str, ...]
    acts: tuple[str, ...]


@attrs.frozen
class Cue:
    """Something that tells right hypotheses from wrong ones, to whoever sees it.

    It becomes available at a time, with a message, or when something is so. A mail, a call and the
    screen then show it by themselves; an answer shows it to those who ask.

    Attributes:
        id: unique in the scenario.
        text: what it tells, in a sentence.
        instrument: where it can be seen.
        inject: id of the message that brings it, `reject` for the router's own, or empty.
        count: how many of those must have come.
        at: step from which it is there, or None.
        when: what must be so, all of it, of `SAMPLED`.
        after: patterns; it is there only once such a command was given.
        opens: patterns of commands by which one looks at it.
        supports: hypotheses.
        contradicts: hypotheses.
        answers: patterns of commands that count as a response.
        within: seconds from being shown in which a response is in time, or None.
        by: step by which a response is in time, or None.
    """

    id: str
    text: str
    instrument: Instrument
    inject: str
    count: int
    at: int | None
    when: tuple[Measure, ...]
    after: tuple[str, ...]
    opens: tuple[str, ...]
    supports: tuple[str, ...]
    contradicts: tuple[str, ...]
    answers: tuple[str, ...]
    within: int | None
    by: int | None


@attrs.frozen
class Mark:
    """A place to start from.

    Attributes:
        id: `HH:MM`.
        step: the world is stepped without commands to here.
        title: one line.
    """

    id: str
    step: int
    title: str


@attrs.frozen
class Fact:
    """One statement of the historical record, shown with its tag.

    Attributes:
        id: key, equal to the result's field where there is one.
        text: the statement.
        evidence: documented or reconstructed.
        source: where it is documented, or why it was chosen.
        step: its moment, where it has one.
    """

    id: str
    text: str
    evidence: Evidence
    source: str
    step: int | None


@attrs.frozen
class TimedCommand:
    """A command of a policy or of the reference run, as text.

    Attributes:
        step: takes effect at the start of this step.
        text: as typed.
        evidence: for the reference run, whether the moment is documented.
    """

    step: int
    text: str
    evidence: Evidence


@attrs.frozen
class Firm:
    """The firm's money and limits.

    Attributes:
        name: shown in the title.
        capital: cash and equivalents, dollars.
        account_limit: gross limit of the 33 Account, dollars, wired to nothing.
        pmon_capacity: executions a second that PMON can book before it falls behind.
        flag_on: whether client orders carry the RLP flag as the day begins.
    """

    name: str
    capital: int
    account_limit: int
    pmon_capacity: int
    flag_on: bool


@attrs.frozen
class Scenario:
    """Everything that a start is made from, apart from the seed.

    Attributes:
        id: folder name.
        title: shown in the picker and on the screen.
        summary: one or two sentences.
        briefing: one screen of plain text.
        goals: teaching goals.
        checksum: SHA-256 over the scenario's files, hex.
        seed: the default seed.
        day: its fixed moments.
        marks: places to start from.
        firm: money and limits.
        builds: what can be installed, the newest first, then what it replaced.
        servers: the fleet.
        venues: market centres.
        market: stocks and law.
        flow: client orders.
        reject_mail: what a refusal sends.
        injects: mails, calls and alarms by time or condition.
        people: who can be called.
        controls: safeguards.
        hints: advice.
        facts: the historical record that results are compared with.
        reference: the reference run.
        sources: where the facts come from.
        hypotheses: what people may believe, the right ones first.
        cues: what is diagnostic.
        unknowable: what nobody could have known, a sentence each.
        plan: for a drill, or None.
    """

    id: str
    title: str
    summary: str
    briefing: str
    goals: tuple[str, ...]
    checksum: str
    seed: int
    day: Day
    marks: tuple[Mark, ...]
    firm: Firm
    builds: tuple[Build, ...]
    servers: tuple[ServerSetup, ...]
    venues: tuple[Venue, ...]
    market: MarketSetup
    flow: OrderFlow
    reject_mail: RejectMail
    injects: tuple[Inject, ...]
    people: tuple[Person, ...]
    controls: tuple[Control, ...]
    hints: tuple[Hint, ...]
    facts: tuple[Fact, ...]
    reference: tuple[TimedCommand, ...]
    sources: tuple[str, ...]
    hypotheses: tuple[Hypothesis, ...] = ()
    cues: tuple[Cue, ...] = ()
    unknowable: tuple[str, ...] = ()
    plan: Plan | None = None

    @cached_property
    def drill_injects(self) -> dict[str, Inject]:
        """What a drill can bring, by id: the day's own injects and those of the plan."""
        planned = (*self.plan.standing, *self.plan.injects) if self.plan else ()
        return {inject.id: inject for inject in (*self.injects, *planned)}

    @cached_property
    def addressees(self) -> dict[str, str]:
        """Inject -> the seat that it is for, where it names one."""
        return {name: inject.to for name, inject in self.drill_injects.items() if inject.to}

    @cached_property
    def timed_injects(self) -> tuple[Inject, ...]:
        """Injects that come at a time, in the order in which they come."""
        timed = [inject for inject in self.injects if inject.at is not None]
        return tuple(sorted(timed, key=lambda inject: (inject.at or 0, inject.id)))

    @cached_property
    def conditional_injects(self) -> tuple[Inject, ...]:
        """Injects that wait for a condition."""
        return tuple(inject for inject in self.injects if inject.at is None)

    def has(self, control: str) -> bool:
        """Whether the safeguard `control` is switched on."""
        return any(item.id == control and item.on for item in self.controls)
