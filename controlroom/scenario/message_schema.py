"""How messages and people are written: `mails.toml`, `events.toml`, `people.toml`."""

from __future__ import annotations

from typing import Final

import attrs

from controlroom.scenario import rules
from controlroom.scenario.rules import Rule
from controlroom.scenario.table import Table
from controlroom.sim.seats import EVERYBODY
from controlroom.sim.start import Channel, Inject, Line, Person, RejectMail

REJECT_FIELDS: Final = ("server", "time", "stock", "side", "shares")
"""What the text of a reject mail may have filled in; its subject only the first."""


REFUSED: Final = {
    "from": "Order router",
    "subject": "Order refused by {server}",
    "body": "{time}: {server} did not accept {side} {shares} {stock}",
}
"""The mail of a refusal where the scenario has none of its own."""


@attrs.frozen
class MailsFile:
    """`mails.toml`.

    Attributes:
        reject_mail: what a refusal sends.
        mail: mails by time.
    """

    reject_mail: RejectMail
    mail: tuple[Inject, ...]


@attrs.frozen
class EventsFile:
    """`events.toml`.

    Attributes:
        event: mails, calls and alarms that a condition brings, or a time.
    """

    event: tuple[Inject, ...]


@attrs.frozen
class PeopleFile:
    """`people.toml`.

    Attributes:
        person: who can be called.
    """

    person: tuple[Person, ...]


def message_tables(moment: Rule) -> dict[type, Table]:
    """How each class is written; times by the rule of a day."""
    return {
        MailsFile: Table({}, optional={"reject_mail": REFUSED, "mail": []}),
        EventsFile: Table({}, optional={"event": []}),
        PeopleFile: Table({}, optional={"person": []}),
        RejectMail: Table(
            {
                "sender": rules.line(60),
                "subject": rules.template(160, REJECT_FIELDS[:1], lines=False),
                "body": rules.template(1000, REJECT_FIELDS, lines=True),
            },
            renamed={"sender": "from"},
        ),
        Inject: Table(
            {
                "id": rules.name,
                "channel": rules.choice(Channel),
                "sender": rules.line(60),
                "subject": rules.line(120),
                "body": rules.body(2000),
                "at": rules.unless_left_out(moment, None),
                "when": rules.conditions,
                "needs_you": rules.yes_or_no,
                "to": rules.seat("", EVERYBODY),
                "expects": rules.items(rules.pattern, 0, 24),
                "within": rules.unless_left_out(rules.count(1, 86_400), None),
                "otherwise": rules.name_or_none,
                "objective": rules.name_or_none,
                "stressor": rules.name_or_none,
            },
            optional={
                "channel": "mail",
                "at": None,
                "when": {},
                "needs_you": False,
                "to": "",
                "expects": [],
                "within": None,
                "otherwise": "",
                "objective": "",
                "stressor": "",
            },
            renamed={"sender": "from"},
        ),
        Line: Table(
            {
                "text": rules.body(600),
                "when": rules.conditions,
                "after": rules.unless_left_out(moment, 0),
                "grants": rules.yes_or_no,
            },
            optional={"when": {}, "after": None, "grants": False},
        ),
        Person: Table(
            {
                "id": rules.name,
                "title": rules.line(60),
                "about": rules.line(120),
                "answers": rules.count(0, 600),
                "talks": rules.count(0, 600),
            },
            renamed={"lines": "line"},
        ),
    }
