"""The themes: what the roles of `look` mean in colours, and the same for Textual's own widgets.

Five are ours. Any other theme that a person picks in the palette works too; its palette is mixed
from the colours that Textual knows of it. Many terminals have 256 colours and no more: greys are so
grey, and greens so green, that the nearest of those are grey and green as well.
"""

from __future__ import annotations

import functools
from typing import Final

from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

from controlroom.tui.look import ASCII, UNICODE, Look, Palette

DARK: Final = "control-room"
LIGHT: Final = "control-room-light"
CONTRAST: Final = "control-room-high-contrast"
COLOUR_BLIND: Final = "control-room-colour-blind"
NATIVE: Final = "control-room-ansi"

PALETTES: Final[dict[str, Palette]] = {
    DARK: Palette(
        ground="#0b1118", hot="#300c10", cursor="#182532", menu="#1c2025",
        text="#c3ced8", strong="#f2f6fa", muted="#7c8a98", faint="#323a43",
        info="#7cc7e8", good="#62c29a", notice="#f2b45c", bad="#ff5f56", trace="#418a86",
        select="#2f5374",
    ),
    LIGHT: Palette(
        ground="#fbfaf6", hot="#fde6e3", cursor="#e3ecf2", menu="#eceff0",
        text="#2e363d", strong="#06090c", muted="#5c6975", faint="#c3cbd2",
        info="#0a648c", good="#0b7447", notice="#8f5300", bad="#c41f1c", trace="#3b8380",
        select="#b9d7ea", dark=False,
    ),
    CONTRAST: Palette(
        ground="#000000", hot="#3d0000", cursor="#003049", menu="#1a1a1a",
        text="#ffffff", strong="#ffffff", muted="#cfcfcf", faint="#8a8a8a",
        info="#4fe0ff", good="#3dff9e", notice="#ffd83d", bad="#ff6b6b", trace="#3ddad0",
        select="#00558c",
    ),
    # After Okabe and Ito: blue, yellow and vermilion stay apart for every common colour blindness,
    # and get darker in the order in which they matter less.
    COLOUR_BLIND: Palette(
        ground="#0b1118", hot="#2b1500", cursor="#182532", menu="#1c2025",
        text="#c9d3dc", strong="#ffffff", muted="#8593a1", faint="#353d46",
        info="#d6a6e0", good="#56b4e9", notice="#f5e663", bad="#ff7a1a", trace="#4a89ad",
        select="#4d3f63",
    ),
    NATIVE: Palette(
        ground="default", hot="default", cursor="default", menu="default",
        text="default", strong="default", muted="bright_black", faint="bright_black",
        info="cyan", good="green", notice="yellow", bad="red", trace="cyan",
        select="blue", native=True,
    ),
}  # fmt: skip
"""Our palettes by the name of their theme."""


def _theme(name: str, palette: Palette) -> Theme:
    if palette.native:
        return Theme(
            name=name, primary="ansi_cyan", secondary="ansi_blue", warning="ansi_yellow",
            error="ansi_red", success="ansi_green", accent="ansi_cyan",
            foreground="ansi_default", background="ansi_default", surface="ansi_default",
            panel="ansi_default", boost="ansi_default", ansi=True,
            variables={
                # Textual's style sheets read more variables where colours are native.
                **BUILTIN_THEMES["ansi-dark"].variables,
                "border": "ansi_bright_black",
                "border-blurred": "ansi_bright_black",
                "block-cursor-foreground": "ansi_black",
                "block-cursor-background": "ansi_cyan",
                "input-cursor-foreground": "ansi_black",
                "input-cursor-background": "ansi_cyan",
                "screen-selection-background": "ansi_blue",
                "screen-selection-foreground": "ansi_bright_white",
            },
        )  # fmt: skip
    return Theme(
        name=name,
        primary=palette.info,
        secondary=palette.trace,
        warning=palette.notice,
        error=palette.bad,
        success=palette.good,
        accent=palette.info,
        foreground=palette.text,
        background=palette.ground,
        surface=palette.menu,
        panel=palette.cursor,
        dark=palette.dark,
        variables={
            "border": palette.info,
            "border-blurred": palette.faint,
            "block-cursor-foreground": palette.ground,
            "block-cursor-background": palette.info,
            "block-cursor-text-style": "bold",
            "footer-key-foreground": palette.strong,
            "footer-description-foreground": palette.muted,
            "input-cursor-background": palette.info,
            "input-cursor-foreground": palette.ground,
            "input-selection-background": palette.select,
            "screen-selection-background": palette.select,
        },
    )


THEMES: Final[tuple[Theme, ...]] = tuple(
    _theme(name, palette) for name, palette in PALETTES.items()
)
"""What the app registers; the first is the default."""


def default_theme(color_system: str | None) -> str:
    """The theme to begin with on a terminal with these colours.

    Args:
        color_system: as rich names it: `truecolor`, `256`, `standard` (16), `windows` or None.
    """
    return NATIVE if color_system in {"standard", "windows"} else DARK


def palette_of(theme: Theme) -> Palette:
    """The palette of any theme, mixed from its colours where it is not one of ours."""
    if theme.name in PALETTES:
        return PALETTES[theme.name]
    if theme.ansi:
        return PALETTES[NATIVE]
    base = PALETTES[DARK if theme.dark else LIGHT]
    ground = Color.parse(theme.background or base.ground)
    text = Color.parse(theme.foreground or base.text)
    bad = Color.parse(theme.error or base.bad)

    def mixed(other: Color, share: float) -> str:
        return ground.blend(other, share).hex6

    return Palette(
        ground=ground.hex6,
        hot=mixed(bad, 0.14),
        cursor=mixed(text, 0.13),
        menu=mixed(text, 0.08),
        text=mixed(text, 0.88),
        strong=text.hex6,
        muted=mixed(text, 0.58),
        faint=mixed(text, 0.22),
        info=theme.accent or theme.primary,
        good=theme.success or base.good,
        notice=theme.warning or base.notice,
        bad=bad.hex6,
        trace=theme.secondary or theme.primary,
        select=mixed(Color.parse(theme.primary), 0.4),
        dark=theme.dark,
    )


@functools.cache
def _look(palette: Palette, *, plain: bool) -> Look:
    return Look(palette, ASCII if plain else UNICODE)


def look_of(theme: Theme, *, plain: bool = False) -> Look:
    """The look of a theme; `plain` for terminals that show ASCII only."""
    return _look(palette_of(theme), plain=plain)
