"""Numbers as the screen writes them: short, and always as wide as the last time."""

from __future__ import annotations


def whole(value: int) -> str:
    """`1,893`."""
    return f"{value:,}"


def short(value: int) -> str:
    """A count in at most five cells: `999`, `1,893`, `12.3k`, `4.01M`."""
    size = abs(value)
    if size < 10_000:
        return f"{value:,}"
    for unit, sign in ((1_000, "k"), (1_000_000, "M"), (1_000_000_000, "G")):
        if size < unit * 999.5:
            digits = 2 if size < unit * 9.995 else 1 if size < unit * 99.95 else 0
            return f"{value / unit:.{digits}f}{sign}"
    return f"{value / 1e9:.0f}G"


def tiny(value: int) -> str:
    """A count in at most four cells: `999`, `5k`, `120k`, `4M`."""
    if value < 1_000:
        return str(value)
    for unit, sign in ((1_000, "k"), (1_000_000, "M"), (1_000_000_000, "G")):
        if value < unit * 1_000:
            return f"{value // unit}{sign}"
    return f"{value // 1_000_000_000}G"


def money(value: int, *, sign: bool = True) -> str:
    """Dollars in full: `-6,214,880`, `+914,300`; zero has no sign."""
    return f"{value:+,}" if sign and value else f"{value:,}"


def short_money(value: int, *, sign: bool = False) -> str:
    """Dollars in at most eight cells: `412.0 M`, `-1.93 M`, `3.50 bn`, `640 k`."""
    size = abs(value)
    lead = "-" if value < 0 else "+" if sign and value > 0 else ""
    if size < 1_000:
        return f"{lead}{size}"
    if size < 999_500:
        return f"{lead}{size / 1e3:.0f} k"
    unit, name = (1e6, "M") if size < 999_500_000 else (1e9, "bn")
    scaled = size / unit
    return f"{lead}{scaled:.{2 if scaled < 9.995 else 1 if scaled < 99.95 else 0}f} {name}"


def axis_money(value: int) -> str:
    """Dollars at an axis: `-5M`, `0`, `1.5bn`."""
    size = abs(value)
    lead = "-" if value < 0 else ""
    for unit, name in ((10**9, "bn"), (10**6, "M"), (10**3, "k")):
        if size >= unit:
            return f"{lead}{size / unit:.3g}{name}"
    return f"{lead}{size}"


def axis_count(value: int) -> str:
    """A count at an axis: `50`, `2k`, `1.5k`."""
    return f"{value / 1000:g}k" if value >= 1000 else str(value)


def tenths(value: int) -> str:
    """Tenths as a number in four cells: `10` is `1.0`, `7612` is `761`."""
    return f"{value / 10:.1f}" if abs(value) < 1_000 else short(value // 10)


def span(seconds: int) -> str:
    """A time that is left: `0:21`, `2:04`, `1:02:30`."""
    minutes, rest = divmod(max(0, seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def nice_ceiling(value: int, least: int = 1) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 ... that is not below `value` or `least`."""
    wanted = max(value, least)
    unit = 1
    while True:
        for step in (1, 2, 5):
            if step * unit >= wanted:
                return step * unit
        unit *= 10
