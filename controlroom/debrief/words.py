"""Figures as people read them; every renderer and every sentence takes them from here."""

from __future__ import annotations

from typing import Final

from controlroom.sim.clock import STEPS_PER_SECOND

JOINED: Final = "\u00a0"
"""Keeps a figure and its unit on one line."""

_MILLION: Final = 1_000_000
_BILLION: Final = 1_000_000_000


def usd(amount: int) -> str:
    """Dollars with three digits or so: `$227.5 M`, `$482,000`, `−$3.1 M`."""
    sign = "−" if amount < 0 else ""
    size = abs(amount)
    if size >= _BILLION:
        return f"{sign}${size / _BILLION:.2f}{JOINED}bn"
    if size >= 100 * _MILLION:
        return f"{sign}${size / _MILLION:.0f}{JOINED}M"
    if size >= _MILLION:
        return f"{sign}${size / _MILLION:.1f}{JOINED}M"
    if size >= 10_000:
        return f"{sign}${size // 1000:,},000"
    # Less than a hundred is nothing beside what else stands on the page.
    hundreds = (size + 50) // 100 * 100
    return f"{sign if hundreds else ''}${hundreds:,}"


def change(amount: int) -> str:
    """Dollars with their sign: `+$3.1 M`, `−$3.1 M`, `$0`."""
    return f"+{usd(amount)}" if amount > 0 else usd(amount)


def span(steps: int) -> str:
    """A length of time: `45 s`, `12 min`, `1 h 05 min`, `2 min 30 s`."""
    whole = steps // STEPS_PER_SECOND
    hours, rest = divmod(whole, 3600)
    minutes, seconds = divmod(rest, 60)
    if hours:
        return f"{hours}{JOINED}h {minutes:02d}{JOINED}min"
    if minutes >= 10 or (minutes and not seconds):
        return f"{minutes}{JOINED}min"
    left = f"{seconds}{JOINED}s"
    return f"{minutes}{JOINED}min {left}" if minutes else left


def percent(share: float) -> str:
    """A share of one: `37 %`, `0.4 %`."""
    value = share * 100
    return f"{value:.1f}{JOINED}%" if 0 < value < 10 else f"{value:.0f}{JOINED}%"
