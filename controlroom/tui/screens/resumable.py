"""The offer of the title screen to go on with the last run that was interrupted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from controlroom.runs.catalogue import PastRun


class Resumable(Static):
    """The offer to continue the last run that was interrupted; absent when there is none."""

    def __init__(self, *, id: str) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__("", id=id, markup=False)
        self.run: PastRun | None = None
        """What can be continued."""

    def show(self, run: PastRun | None, titles: dict[str, str]) -> None:
        """Offer `run`, or nothing."""
        self.run = run
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

    async def on_click(self) -> None:
        await self.run_action("screen.resume")
