"""What each key means, for those who write a scenario.

A field says what it is where it is declared, in its class's docstring. What stands below is said
instead where a file says it in other words than the world does: times of the day for steps, dollars
for price units. Errors, the skeleton of `controlroom new`, the JSON Schema and docs/scenarios.md
all speak from here.
"""

from __future__ import annotations

import inspect
import re
from typing import Final

FILES: Final = {
    "scenario.toml": "What the scenario is called and what it starts from: day, firm, fleet, "
    "market and client orders.",
    "stocks.csv": "The stocks of the market, one a row.",
    "orders.csv": "The flagged client orders, one a row, by arrival. Without it there are ordinary "
    "orders only.",
    "mails.toml": "The mail of the day, by time, and the mail that a refused order sends.",
    "events.toml": "Mails, calls and alarms that come when something is so.",
    "people.toml": "Who can be called, and what they say.",
    "hints.toml": "Advice for the modes `explore` and `coach`.",
    "cues.toml": "What was there to be seen, and what it told. The debrief reads it, a run does "
    "not.",
    "facts.toml": "The record that a run is compared with.",
    "reference.txt": "What happened, as commands: the run that others are compared with.",
    "drill.toml": "The plan of a drill: who sits where, what they should come to do.",
    "injects.toml": "What comes in a drill only.",
    "lessons.toml": "What a coach teaches, for a scenario that shows people around.",
    "week.toml": "The evenings before the day, in which the player rolls the release out.",
    "kit.toml": "What the paper kit of a drill says. No run reads it, no checksum covers it.",
}
"""What each file holds, in the order in which one writes them."""

AUTHORS: Final = {
    "ScenarioFile.title": "Shown in the picker and at the top of the screen.",
    "ScenarioFile.summary": "One or two sentences for the picker.",
    "ScenarioFile.briefing": "What the player reads before the run; it must fit one screen.",
    "ScenarioFile.goals": "What the scenario teaches, a sentence each.",
    "ScenarioFile.seed": "What chance is drawn from unless somebody asks for another seed.",
    "ScenarioFile.mark": "Places to start from, in order of time.",
    "ScenarioFile.firm": "The firm's money and limits.",
    "ScenarioFile.names": "What the firm's people call what every such firm has, on the screens.",
    "ScenarioFile.build": "Versions of the router's code: the newest first, then what it replaced.",
    "ScenarioFile.server": "The fleet, at most 16, and what is installed on each server as the day "
    "begins.",
    "ScenarioFile.venue": "Market centres, to which every server holds a session. Their shares sum "
    "to 1,000.",
    "ScenarioFile.market": "How prices answer to trading. docs/model.md has the laws.",
    "ScenarioFile.flow": "Ordinary client orders, drawn by chance at these rates.",
    "ScenarioFile.control": "Safeguards that can be switched on. What each does is in the model; "
    "a scenario says which it has.",
    "ScenarioFile.client": "Clients with lines of their own, each to a server that the seed draws; "
    "they come only where there are faults to draw.",
    "ScenarioFile.fault": "Faults, of which the seed draws one; without any, what the builds say "
    "is what is wrong.",
    "ScenarioFile.stressor": "What makes it harder and can be switched on: time, noise, calls.",
    "ScenarioFile.difficulty": "Sets of stressors with a name.",
    "ScenarioFile.position": "Shares that the firm holds as the day begins, in the error account.",
    "Held.stock": "Symbol.",
    "Held.shares": "How many; negative when short.",
    "LessonsFile.closing": "What the coach says when all lessons are over.",
    "LessonsFile.following": "`id` of the scenario to play next.",
    "LessonsFile.lesson": "One thing to learn by doing it; in order.",
    "LessonsFile.message": "What lessons bring: messages without `at` and `when`.",
    "Lesson.says": "What to do and why. What is to be typed or pressed stands in backticks.",
    "Lesson.does": "Commands to be given once each, in any order: `stop smars-1`.",
    "Lesson.counts": "From when on such a command counts: when it is done, when it is given, or "
    "when it was tried, refused or not.",
    "Lesson.brings": "Messages of this file that come as it begins.",
    "Lesson.shows": "Instruments that it explains.",
    "Lesson.after": "Seconds until the nudge.",
    "Slip.did": "Commands that are meant; the first slip that fits is said.",
    "Day.begins": "The first moment of the run; it may be after the open.",
    "Day.opens": "The opening auction; continuous trading begins.",
    "Day.closes": "Continuous trading ends.",
    "Day.ends": "The last moment; a run that is not flat by then ends unfinished.",
    "Day.pauses_from": "From when on single stocks are paused when they move too fast.",
    "Day.zone": "What the clock on the screen is called.",
    "Client.begins": "When it begins to send.",
    "Client.ends": "When it has sent everything.",
    "Client.allocates": "When it takes what was bought and sold for it, which stands in the error "
    "account until then.",
    "FaultChoice.kind": "Which of the catalogue.",
    "Mark.id": "When. It is also its name: `--start 09:25`.",
    "Mark.title": "What this moment is, in a few words.",
    "Firm.name": "Shown in titles.",
    "Firm.capital": "Dollars. A loss beyond it is the end of the firm.",
    "Firm.account_limit": "Dollars that the error account should not exceed; nothing enforces it "
    "unless a safeguard does.",
    "Firm.pmon_capacity": "Executions a second that the risk monitor (PMON) can book before it "
    "falls behind.",
    "Firm.flag_on": "Whether client orders carry the flag as the day begins.",
    "Build.name": "What people type.",
    "Build.version": "The label that the server reports.",
    "Build.checksum": "What `look` and `compare` print.",
    "Build.has_rlp": "Whether the flag selects the new code path; on a build without it, the same "
    "flag wakes the old one.",
    "Build.peg_count": "Where the old path counts what it has bought: `inside`, and it stops when "
    "an order is full; `elsewhere`, and it does not stop.",
    "Build.own_flag": "Whether the flag that it knows is its own, and not that of the old path.",
    "WeekPlan.begins": "When an evening begins.",
    "ServerSetup.name": "What people type.",
    "ServerSetup.build": "Name of the build that is installed on it.",
    "Venue.name": "What people type.",
    "Venue.share": "Of 1,000 child orders, how many go there while all are connected.",
    "MarketSetup.open_share": "Of 1,000 shares of a day's volume, how many trade in the first "
    "`open_seconds`.",
    "MarketSetup.open_seconds": "Length of the busy stretch after the open, seconds.",
    "MarketSetup.pause_window": "Seconds within which it has to move so far; a price is kept of "
    "every ten.",
    "MarketSetup.pause_length": "Seconds that a pause lasts.",
    "OrderFlow.commission": "Dollars that the firm earns on a filled client share.",
    "OrderFlow.sizes": "Shares of ordinary orders, drawn evenly from these.",
    "Control.id": "Which safeguard; those that the model knows are listed in docs/model.md.",
    "Control.when": "For a safeguard of the weeks before: when it would have acted, in words.",
    "Control.source": "Where it was found missing.",
    "Control.on": "Whether it is on unless somebody says otherwise.",
    "MailsFile.reject_mail": "The mail that a server's refusal of a flagged order sends.",
    "MailsFile.mail": "Mails by time, in order.",
    "RejectMail.sender": "Which system sends it.",
    "RejectMail.subject": "Its subject.",
    "RejectMail.body": "Its text.",
    "EventsFile.event": "What comes when a condition holds, once; or at a time.",
    "Inject.id": "Unique among all messages of the scenario.",
    "Inject.channel": "How it comes: a visit, somebody at the desk, in a drill only.",
    "Inject.sender": "Who it is from; for a call, the `id` of a person who can be called back.",
    "Inject.subject": "What it is about.",
    "Inject.body": "What it says.",
    "Inject.at": "When it comes; or else `when` says it.",
    "Inject.when": "What must be so, all of it; or else `at` says it.",
    "Inject.needs_you": "Whether `next` stops here.",
    "Inject.to": "In a drill, the seat that it is for; left out, who has the channel's instrument.",
    "Inject.expects": "In a drill, the expected response: any of these commands. `stop smars-8` "
    "fits `stop smars-7 smars-8` too.",
    "Inject.within": "In a drill, seconds in which that is expected; 180 unless it says more.",
    "Inject.otherwise": "In a drill, the inject that comes when the response has not.",
    "Inject.objective": "In a drill, the objective that it serves.",
    "PeopleFile.person": "Roles, never real people.",
    "Person.id": "What people type: `call exchange`.",
    "Person.title": "Shown on the screen.",
    "Person.lines": "What is said: the first whose conditions hold. The last has none.",
    "Line.text": "What is said.",
    "Line.after": "Not said before this time.",
    "Line.grants": "Whether this call gives authority to stop everything.",
    "HintsFile.hint": "Each for a stretch of the day, in order.",
    "Hint.after": "From when on it fits.",
    "Hint.until": "Until when it fits.",
    "Hint.texts": "Three strengths: a nudge, a pointer, a plain word.",
    "CuesFile.unknowable": "What nobody could have known, a sentence each.",
    "Cue.inject": "The message that brings it; `reject` for the router's own mails. One of "
    "`inject`, `at` and `when` says when it is there.",
    "Cue.count": "How many of those must have come.",
    "Cue.at": "When it is there.",
    "Cue.when": "What must be so for it to be there, of the measures that are kept.",
    "Cue.after": "It is there only once one of these commands was given.",
    "Cue.opens": "Commands by which one looks at it.",
    "Cue.supports": "Hypotheses that it speaks for.",
    "Cue.contradicts": "Hypotheses that it speaks against.",
    "Cue.answers": "Commands that count as a response.",
    "Cue.within": "Seconds from being shown in which a response is in time.",
    "Cue.by": "Until when a response is in time.",
    "Hypothesis.acts": "Commands that follow from it.",
    "FactsFile.sources": "What the tags mean, spelt out.",
    "FactsFile.fact": "Statements, in the order in which they are shown.",
    "Fact.id": "Unique; the name of a result's figure where the two are to be compared.",
    "Fact.step": "Its moment, where it has one.",
    "DrillFile.drill": "When it begins and how long it takes.",
    "DrillFile.role": "A card for each seat.",
    "DrillFile.objective": "What the team should come to do, as checks on the run.",
    "DrillFile.standing": "Messages that are there as it begins; they have neither `at` nor "
    "`when`.",
    "DrillFile.probe": "Questions that are asked while time stands still.",
    "Brief.starts": "When the drill begins.",
    "Brief.minutes": "How long it lasts, minutes of the day.",
    "Brief.welcome": "What everybody is told as it begins.",
    "Role.seat": "Which seat.",
    "Role.title": "Title of its card.",
    "Role.may": "What it may do, a sentence each.",
    "Role.phrases": "Sentences that help to be understood.",
    "Role.handover": "What the shift before says to this seat.",
    "Objective.did": "Commands, one of which is given and not refused. One of `did`, `reaches` and "
    "`keeps` says when it is met.",
    "Objective.seat": "Whose command counts; left out, anybody's.",
    "Objective.after": "The inject from which on it counts.",
    "Objective.within": "Seconds after that, or after the beginning.",
    "Objective.by": "Until when it counts.",
    "Probe.at": "When it is planned; left out, whenever the facilitator likes.",
    "InjectsFile.inject": "The keys are those of a mail; without `at` and `when` it comes as the "
    "`otherwise` of another, or when it is fired.",
    "KitFile.questions": "Questions for the debrief.",
    "KitFile.phase": "Stretches of the drill, one after the other.",
    "KitFile.page": "Pages of the runbook that the players get.",
    "Phase.title": "What it is called.",
    "Phase.begins": "When it begins.",
    "Phase.until": "When it is over.",
    "Phase.ask": "What to ask about it afterwards.",
    "RunbookPage.title": "What it is called.",
    "RunbookPage.origin": "Whether it is on record that there was this and no more.",
    "RunbookPage.source": "Where that is on record.",
}

_COLUMNS: Final = {
    "stocks.csv": {
        "symbol": "Ticker, each once.",
        "status": "Whether what the row says is on record.",
        "note": "What is known about it; may be empty.",
        "venue": "Where it is listed: a `[[venue]]` of scenario.toml.",
        "prev_close": "Price of the day before, dollars.",
        "open": "Opening price, dollars.",
        "adv": "Average daily volume, shares.",
        "sigma": "Daily volatility, percent.",
        "spread": "Calm bid-offer spread, dollars.",
        "pace": "Lots of 100 that the venues show again each second to somebody who takes all he "
        "sees.",
    },
    "orders.csv": {
        "time": "When it reaches the firm; rows are in order of time.",
        "stock": "A symbol of stocks.csv.",
        "side": "What the client wants to do.",
        "shares": "How many.",
        "auction": "`1` waits for the open, `0` does not.",
    },
}


def meaning(kind: type, field: str) -> str:
    """What a field of a class means, as a sentence or a few words."""
    key = f"{kind.__name__}.{field}"
    return AUTHORS.get(key) or _sentence(_attributes(kind).get(field, ""))


def column_meaning(file: str, column: str) -> str:
    """What a column of a table means."""
    return _COLUMNS[file][column]


def summary(kind: type) -> str:
    """The first sentence of a class's docstring."""
    return (inspect.getdoc(kind) or "").partition("\n")[0]


def _attributes(kind: type) -> dict[str, str]:
    """The `Attributes:` of a docstring."""
    said = (inspect.getdoc(kind) or "").partition("Attributes:\n")[2]
    found = re.findall(r"^    (\w+): (.*(?:\n {8}.*)*)", said, re.MULTILINE)
    return {name: re.sub(r"\s+", " ", text) for name, text in found}


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
