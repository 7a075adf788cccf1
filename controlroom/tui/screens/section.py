"""A titled stretch of a page: text that is laid out for the width that it gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size

LEAST: Final = 48
"""Cells that text is laid out for at least; what is narrower shows its left part."""

Builder = Callable[[int], Content]
"""From a width in cells to text that fits it."""


class Section(Widget):
    """Text that a function lays out; its lines can be selected and copied."""

    DEFAULT_CSS = """
    Section {
        height: auto;
        width: 1fr;
    }
    """

    def __init__(
        self,
        build: Builder,
        title: str = "",
        *,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._build = build
        self._title = title
        self._built: tuple[int, Content] | None = None

    def rebuild(self, build: Builder) -> None:
        """Show other text."""
        self._build = build
        self._built = None
        self.refresh(layout=True)

    def text(self, width: int) -> str:
        """What it says at a width, for the clipboard and for tests."""
        return self._content(width).plain

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._content(width).plain.count("\n") + 1

    def render(self) -> Content:
        return self._content(self.content_size.width)

    def _content(self, width: int) -> Content:
        width = max(LEAST, width)
        if self._built is None or self._built[0] != width:
            body = self._build(width)
            self._built = width, headed(self._title, body, width) if self._title else body
        return self._built[1]


def headed(title: str, body: Content, width: int) -> Content:
    """`body` under its title and a thin line."""
    rule = "─" * max(0, width - len(title) - 1)
    return Content.assemble((title, "$muted bold"), " ", (rule, "$faint"), "\n", body)
