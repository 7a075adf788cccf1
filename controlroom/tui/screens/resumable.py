"""The offer of the title screen: the last run that was interrupted, or at first a first shift."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from controlroom.runs.catalogue import PastRun
    from controlroom.scenario import Found


class Resumable(Static):
    """One line with one key; absent when there is nothing to offer."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__("", id=id, markup=False)
        self.run: PastRun | None = None
        """What can be continued."""
        self.first: Found | None = None
        """What is offered to somebody who has played nothing yet."""

    def show(self, run: PastRun | None, titles: dict[str, str]) -> None:
        """Offer `run`, or nothing."""
        self.run, self.first = run, None
        self.visible = run is not None
        if run is None:
            return
        about = f"{run.clock}   {run.mode}   seed {run.seed}"
        self.update(
            Content.assemble(
                ("r", "$strong bold"),
                ("  Resume  ", "$info"),
                f"{titles.get(run.scenario, run.scenario)}   ",
                (about, "$muted"),
            )
        )

    def suggest(self, first: Found) -> None:
        """Offer a first shift."""
        self.first = first
        self.visible = True
        self.update(
            Content.assemble(
                ("f", "$strong bold"),
                ("  New here?  ", "$info"),
                f"{first.title}   ",
                ("ten quiet minutes with a coach", "$muted"),
            )
        )

    async def on_click(self) -> None:
        await self.run_action("screen.first_shift" if self.first else "screen.resume")
