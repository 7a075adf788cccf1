"""The event loop of a drill: screens and connections share it, each as it is used to.

From Python 3.12 on Textual asks its loop for tasks that begin before `create_task` returns. It does
so for every app, and works without. asyncssh (2.24) does not work with them: the first answer of a
login is sent before the server has noted whom it asked, and nobody comes in. So here tasks begin
when their turn comes, whoever asks for what.
"""

from __future__ import annotations

import asyncio
from typing import Any


class PatientLoop(asyncio.SelectorEventLoop):
    """A loop whose tasks begin when their turn comes."""

    def set_task_factory(self, factory: Any) -> None:
        """Leave tasks as they are."""
