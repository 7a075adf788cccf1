"""Which picture of the same events a run's screens give."""

from __future__ import annotations

import enum


class Console(enum.StrEnum):
    """The instruments of a room. The world is the same behind each of them."""

    TRAINER = "trainer"
    """This program's own: rates, ratios and what it would cost to get flat, and no alarms."""
    AS_WAS = "as-was"
    """What the firm's screens showed: process states, counts, mails among mails, PMON without
    limits (SEC paragraphs 19 and 25; how each of them looked is reconstructed)."""
    MODERN = "modern"
    """Rates, ratios and alarms after ISA-18.2: few, by priority, each with cause, consequence and
    response (reconstructed)."""
