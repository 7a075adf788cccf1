"""What drawing costs, counted, so that tests can hold a screen to it."""

from __future__ import annotations

import attrs


@attrs.define
class Counters:
    """Counts since the screen was made.

    Attributes:
        frames: times the clock asked for a frame.
        steps: of the world.
        views: pictures taken of the world.
        skipped: frames not painted because the link was busy.
        paints: updates sent to the terminal.
        layouts: times the screen was laid out.
    """

    frames: int = 0
    steps: int = 0
    views: int = 0
    skipped: int = 0
    paints: int = 0
    layouts: int = 0
