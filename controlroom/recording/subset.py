"""The part of a font that is shown, as text for a style sheet.

A whole face has 200 KB; the signs of one screen fit in a few.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import Final

from controlroom.recording.errors import without
from controlroom.recording.faces import FAMILIES, font_path

_DROPPED: Final = ("DSIG", "FFTM", "GDEF", "GPOS", "GSUB")
"""Tables that say nothing about how a sign in a cell looks."""


def font_rules(signs: Mapping[str, AbstractSet[str]]) -> str:
    """Rules that bring along fonts with nothing but the signs that each is asked for.

    Args:
        signs: by the name of the font.

    Raises:
        MissingError: when fontTools or brotli are not installed.
    """
    return "\n".join(
        f'    @font-face {{ font-family: "{FAMILIES[name][0]}"; font-style: {FAMILIES[name][1]}; '
        f"font-weight: {FAMILIES[name][2]}; src: url(data:font/woff2;base64,"
        f'{_subset(name, frozenset(wanted))}) format("woff2"); }}'
        for name, wanted in signs.items()
    )


@lru_cache(maxsize=256)
def _subset(name: str, signs: frozenset[str]) -> str:
    """A font with these signs only, as text."""
    try:
        import brotli  # noqa: F401 - fontTools writes woff2 with it
        from fontTools import subset
        from fontTools.ttLib import TTFont
    except ImportError:
        raise without("an .svg or .html needs the libraries fontTools and brotli") from None
    options = subset.Options(
        flavor="woff2", layout_features=[], hinting=False, desubroutinize=True, name_IDs=[1, 2],
        notdef_outline=False, recalc_timestamp=False, drop_tables=list(_DROPPED),
    )  # fmt: skip
    font = TTFont(font_path(name), recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(signs)))
    cutter.subset(font)
    file = io.BytesIO()
    font.flavor = "woff2"
    font.save(file)
    return base64.b64encode(file.getvalue()).decode("ascii")
