"""A list of one-line choices; the sign before one of them says which is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.strip import Strip
from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual.widgets.option_list import Option

_GUTTER = 2


class QuietList(OptionList):
    """A list on the ground of its screen, with a cursor only while it has the focus."""

    DEFAULT_CSS = """
    QuietList {
        height: auto;
        background: transparent;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option-highlighted { background: transparent; text-style: none; }
        & > .option-list--option-hover { background: $menu; }
        &:focus {
            background-tint: transparent;
            & > .option-list--option-highlighted {
                background: $cursor;
                color: $foreground;
                text-style: none;
            }
        }
    }
    """


class Picker(QuietList):
    """A list in which the highlighted row is what is chosen, whether it has the focus or not."""

    DEFAULT_CSS = """
    Picker > .picker--sign { color: $info; text-style: bold; }
    """

    COMPONENT_CLASSES = {"picker--sign"}
    ALWAYS_SIGNED: ClassVar[bool] = True
    """Whether the sign is there without the focus too."""

    BINDINGS = [
        Binding("left", "screen.focus_previous", show=False),
        Binding("right", "screen.focus_next", show=False),
    ]

    def __init__(self, *options: Option, id: str, sign: str = "❯") -> None:  # noqa: A002
        super().__init__(*options, id=id, compact=True)
        self._sign = sign

    def _get_left_gutter_width(self) -> int:
        return _GUTTER

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if not len(strip):
            return strip
        signed = self.ALWAYS_SIGNED or self.has_focus
        chosen = signed and self.scroll_offset.y + y == self.highlighted
        style = next(iter(strip)).style or Style()
        if chosen:
            style += self.get_component_rich_style("picker--sign", partial=True)
        mark = Segment(self._sign.ljust(_GUTTER) if chosen else " " * _GUTTER, style)
        return Strip([mark, *strip], strip.cell_length + _GUTTER)
