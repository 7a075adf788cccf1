"""Words that the screens explain: the modes, and the glossary of help.

The product says each thing with one word; these are the words.
"""

from __future__ import annotations

from typing import Final

MODES: Final[dict[str, tuple[str, str]]] = {
    "explore": (
        "pause and hints",
        "The clock can be paused; hints can be asked for and are counted.",
    ),
    "coach": (
        "offers hints",
        "Hints are offered; the clock stops when something was missed.",
    ),
    "assess": (
        "no pause, no hints",
        "No pause, no hints: the clock keeps going, also while you read help.",
    ),
}
"""Each mode with a few words for a list and a sentence for the briefing."""

GLOSSARY: Final[tuple[tuple[str, str], ...]] = (
    ("parent order", "what a client wants; the router works it until it is filled"),
    ("child order", "a small order that the router sends to a venue to fill a parent"),
    ("execution", "a child order, or part of one, that found its other side"),
    ("venue", "a market centre; every server holds a session to each"),
    ("build", "a version of the router's code, as it is installed on a server"),
    ("flag", "marks client orders for the Retail Liquidity Program; a build decides what it means"),
    ("drain", "a server takes no new parents and finishes those that it has"),
    ("33 Account", "temporary home of executions that fit no parent's unfilled quantity"),
    ("PMON", "the risk screen: after the fact, late and wrong under load, without alerts"),
    ("marked", "profit and loss at the last mid price, which your own orders hold up"),
    ("fair", "profit and loss at the prices to which the market will return"),
    ("flat", "profit and loss if everything had to be sold now; the headline"),
    ("gross", "long and short positions added up"),
    ("net", "long positions less short ones"),
    ("cancellation", "a trade that the exchange undoes, by the rule of the day"),
    ("authority", "leave to stop everything; a call or a declared incident gives it"),
    ("shelve", "put an alert away for some minutes, with a reason"),
    ("hypothesis", "what you think is wrong, written down with `suspect`"),
    ("step", "250 ms of exchange time, in which the world moves at once"),
    ("seed", "the number that chance is drawn from; same seed and commands, same day"),
    ("journal", "the file of a run: scenario, seed and commands; everything follows from it"),
    ("digest", "a fingerprint of the world, equal on every machine"),
    ("reference run", "the day as far as it is on record, the rest chosen, played by the model"),
    ("documented", "stands in a source that is named"),
    ("reconstructed", "chosen or inferred for the model; no source says it"),
)
"""The words of the screens, in the order in which a player meets them."""
