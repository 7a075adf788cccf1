"""What the modern console raises alarms about: seven rules, and what each of them says.

An alarm has a priority, a cause, a consequence and a response, as ISA-18.2 asks. The limits are
this program's own (reconstructed). Left out: alarms on what a person does on purpose, such as
stopping a server.
"""

from __future__ import annotations

import enum
from typing import Final

import attrs


class Priority(enum.IntEnum):
    """How soon somebody has to act."""

    HIGH = 1
    MEDIUM = 2
    LOW = 3


@attrs.frozen
class Rule:
    """What raises an alarm, and what it says.

    Attributes:
        id: what it is about.
        priority: how soon somebody has to act.
        raised: value from which it is raised.
        returned: value below which it is over; the distance is its deadband.
        holds: looks for which the one or the other has to hold.
        text: one line; `{name}` is the server, `{value}` the value, `{times}` a hundredth of it,
            `{account}` and `{monitor}` what the firm calls these, here and in `response`.
        cause: what usually brings it.
        consequence: what happens if nobody acts.
        response: what to do first.
    """

    id: str
    priority: Priority
    raised: int
    returned: int
    holds: int
    text: str
    cause: str
    consequence: str
    response: str


RULES: Final[tuple[Rule, ...]] = (
    Rule(
        "orders-out", Priority.HIGH, 15, 10, 2,
        "{name} sends {value} children an order",
        "It works orders that are filled, or works them twice: builds that differ, a count that is "
        "not kept, a session that resends.",
        "The firm buys and sells what nobody ordered, at every price.",
        "compare the builds, then stop it alone.",
    ),
    Rule(
        "account-limit", Priority.HIGH, 100, 50, 1,
        "{account} at {times} times its limit",
        "Executions that match no order are booked there.",
        "The position is the firm's own, and so is its loss.",
        "find the server that executes too much.",
    ),
    Rule(
        "capital", Priority.HIGH, 100, 90, 1,
        "gross position {times} times the capital",
        "What runs away has not been stopped.",
        "The firm may not survive the disposal.",
        "escalate for leave, and stop the flow.",
    ),
    Rule(
        "rejects", Priority.MEDIUM, 3, 1, 1,
        "{name} refused {value} orders in 10 min",
        "It does not know the flag that the others accept: another build or flag table.",
        "At the open it may do something else with such orders.",
        "compare the builds before the open.",
    ),
    Rule(
        "share", Priority.MEDIUM, 3, 2, 3,
        "{name} is dealt {value} times its share",
        "The dealing upstream is not even.",
        "One fault, one overload there meets most of the clients.",
        "look at it; drain it if it cannot keep up.",
    ),
    Rule(
        "orders-wait", Priority.MEDIUM, 100, 20, 3,
        "{value} client orders wait",
        "No server takes orders, or too few do.",
        "Clients go elsewhere after a while, with their commission.",
        "start a server that is sound, or reroute.",
    ),
    Rule(
        "pmon-late", Priority.LOW, 60, 10, 2,
        "{monitor} is {value} s behind",
        "More executions than it can book.",
        "What it shows is too small, and wrong.",
        "ask for positions; do not go by {monitor}.",
    ),
)  # fmt: skip
"""All of them. A firm has hundreds of screens; these are the conditions that want somebody."""

RULE: Final = {rule.id: rule for rule in RULES}
