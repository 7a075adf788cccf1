"""A debrief as a page: Markdown, HTML with drawings, or JSON.

`content` says once what stands on the page, as blocks; `markdown` and `html` write blocks down,
`charts` draws them with the strokes of `svg`, and `data` gives everything to programs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from controlroom.debrief.whole import Debrief


def _markdown(found: Debrief) -> str:
    from controlroom.debrief.pages.content import page_of
    from controlroom.debrief.pages.markdown import markdown

    return markdown(page_of(found))


def _html(found: Debrief) -> str:
    from controlroom.debrief.pages.content import page_of
    from controlroom.debrief.pages.html import html

    return html(page_of(found))


def _json(found: Debrief) -> str:
    from controlroom.debrief.pages.data import data

    return data(found)


FORMATS: Final[Mapping[str, Callable[[Debrief], str]]] = {
    "md": _markdown,
    "html": _html,
    "json": _json,
}
"""Every format by the ending of its files."""


def write(found: Debrief, form: str) -> str:
    """A debrief in one of `FORMATS`."""
    return FORMATS[form](found)
