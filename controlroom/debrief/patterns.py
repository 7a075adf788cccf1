"""What a written suspicion means, beside which commands a pattern means."""

from __future__ import annotations

from collections.abc import Iterable

from controlroom.sim.patterns import fits, fits_any

__all__ = ["fits", "fits_any", "means"]


def means(suspicion: str, phrases: Iterable[str]) -> bool:
    """Whether a written suspicion holds all words of one of the phrases."""
    said = suspicion.casefold()
    return any(all(word in said for word in phrase.casefold().split()) for phrase in phrases)
