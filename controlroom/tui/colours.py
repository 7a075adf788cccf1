"""The roles of `look` as variables of style sheets and of styled text: `$muted`, `$notice` ...

Screens that consist of Textual's own widgets take their colours from here, so they wear the same
palette as the panes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.theme import BUILTIN_THEMES

from controlroom.tui.themes import palette_of

if TYPE_CHECKING:
    from textual.theme import Theme

_ROLES: Final = (
    *("strong", "muted", "faint", "info", "good", "notice", "bad", "trace"),
    *("hot", "cursor", "menu", "select"),
)


def css_colours(theme: Theme) -> dict[str, str]:
    """The palette of a theme, each role under its own name."""
    palette = palette_of(theme)
    colours = {role: _css(getattr(palette, role)) for role in _ROLES}
    # Textual's widgets want more variables of a theme in sixteen colours than ours sets.
    return {**BUILTIN_THEMES["ansi-dark"].variables, **colours} if theme.ansi else colours


def _css(colour: str) -> str:
    """A colour as rich names it, in Textual's words."""
    return colour if colour.startswith("#") else f"ansi_{colour}"
