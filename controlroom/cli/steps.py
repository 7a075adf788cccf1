"""Something long in several steps: a bar of progress for each, and Ctrl-C between any two."""

from __future__ import annotations

from collections.abc import Callable
from typing import Self

import click

from controlroom.cli.interrupts import Interrupts, StoppedError
from controlroom.cli.progress import Progress


class Steps:
    """One bar of progress after the other; Ctrl-C is taken between two steps of any of them."""

    def __enter__(self) -> Self:
        self._interrupts = Interrupts().__enter__()
        self._bar: Progress | None = None
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._close()
        self._interrupts.__exit__()
        if kind is not None and issubclass(kind, StoppedError):
            raise click.Abort from None

    def __call__(self, what: str) -> Callable[[int, int], None]:
        """Begin something new; what is returned is told how far it is."""
        self._close()
        bar = self._bar = Progress(what)

        def told(done: int, whole: int) -> None:
            bar(done, whole)
            self._interrupts.check()

        return told

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__()
