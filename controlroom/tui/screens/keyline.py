"""The bottom line of a screen: the keys that work here, each of which can be clicked as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.binding import Binding
from textual.content import Content
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.events import Click

_NAMES = {
    "escape": "esc",
    "question_mark": "?",
    "colon": ":",
    "space": "space",
    "slash": "/",
    "pagedown": "pgdn",
}


class KeyLine(Widget):
    """The shown bindings of its screen, as many as fit, first come first served."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        width: 1fr;
        padding: 0 2;
    }
    """

    ALLOW_SELECT = False

    def render(self) -> Content:
        left = self.size.width
        parts: list[Content] = []
        for binding in self._shown():
            key = _key(binding)
            size = cell_len(key) + cell_len(binding.description) + 4
            if size - 3 > left:
                break
            left -= size
            press = Style.from_meta({"press": binding.key.partition(",")[0]})
            parts.append(
                Content.assemble((key, "$strong bold"), f" {binding.description}").stylize(press)
            )
        return Content("   ").join(parts)

    def on_click(self, event: Click) -> None:
        key = event.style.meta.get("press")
        if key is not None:
            self.app.simulate_key(key)

    def _shown(self) -> list[Binding]:
        """Bindings that the screen declares to be shown and that can act now."""
        screen = self.screen
        return [
            binding
            for binding in screen.BINDINGS
            if isinstance(binding, Binding)
            and binding.show
            and screen.check_action(binding.action.partition("(")[0], ()) is not False
        ]


def _key(binding: Binding) -> str:
    if binding.key_display:
        return binding.key_display
    key = binding.key.partition(",")[0]
    return _NAMES.get(key, key.replace("ctrl+", "^"))
