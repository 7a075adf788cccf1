"""How everything on the screen looks: roles instead of colours, and signs with a plain stand-in.

A widget names the role of a piece of text and the ground it stands on; a palette says what that
means in colours. One colour has one meaning, red is only for what burns, and no meaning rests on
colour alone: a word or a sign says it too, so the screen reads the same with NO_COLOR.
"""

from __future__ import annotations

import enum
import functools
from typing import Final

import attrs
from rich.style import Style


class Role(enum.IntEnum):
    """What a piece of text is for."""

    TEXT = 0
    """Ordinary text and numbers."""
    STRONG = 1
    """The number or the name that a pane is about."""
    MUTED = 2
    """Labels, units and what has been read."""
    FAINT = 3
    """Frames, axes and empty tracks."""
    INFO = 4
    """The person: what is selected, typed or waited for."""
    GOOD = 5
    """Done, up, in order."""
    NOTICE = 6
    """Wants to be looked at."""
    BAD = 7
    """Burns."""
    TRACE = 8
    """A measured series that is nothing to worry about."""
    CURSOR = 9
    """The cell of the prompt's cursor."""
    BADGE = 10
    """NOTICE as a label that cannot be overlooked."""
    ALARM = 11
    """BAD as a label that cannot be overlooked."""
    KEY = 12
    """A key that can be pressed."""
    GHOST = 13
    """What the prompt would complete."""
    CARVED = 14
    """The other way round: the ground's colour on what burns."""


class Ground(enum.IntEnum):
    """What a line stands on."""

    PLAIN = 0
    HOT = 1
    CURSOR = 2
    MENU = 3


@attrs.frozen
class Palette:
    """The colours of one theme, as rich reads them.

    Attributes:
        ground: behind everything.
        hot: behind what burns.
        cursor: behind the row that the keys act on.
        menu: behind what lies over a pane.
        text: see `Role`, as the rest.
        strong: brighter than text.
        muted: quieter than text, still readable.
        faint: frames.
        info: the person.
        good: in order.
        notice: wants to be looked at.
        bad: burns.
        trace: a calm series.
        select: behind selected text.
        dark: whether the ground is dark.
        native: whether these are the terminal's own sixteen colours.
    """

    ground: str
    hot: str
    cursor: str
    menu: str
    text: str
    strong: str
    muted: str
    faint: str
    info: str
    good: str
    notice: str
    bad: str
    trace: str
    select: str
    dark: bool = True
    native: bool = False


@attrs.frozen
class Glyphs:
    """The signs that the screen is drawn with, all one cell wide.

    Attributes:
        frame: top left, top right, bottom left, bottom right, horizontal, vertical, and the two
            signs that open and close a title in a frame.
        heavy: the same, for the frame of what burns or has the focus.
        running, busy, hot, draining, stopped, starting: process states.
        mail, seen, call, alarm, acknowledged, shelved, cleared: messages.
        up, down, flat: directions.
        play, backwards, paused: the clock.
        more_above, more_below: there is more to scroll to.
        answer, good, notice, bad: what an answer is.
        prompt: before what is typed.
        bar, bar_left: done and left of a bar.
        dot: between two things.
        ellipsis: something was cut off.
        bad_link: a session that is down.
        times: how many equal ones.
        tick_x, tick_y, axis: of a chart.
        mark: something that was done at a moment.
        cue_shown, cue_opened: what was there to be seen, and that somebody looked at it.
        rail, rail_hot: of a stretch of time, and of one that burns.
        gain: an area above zero in a chart of losses.
        unread: where nothing is known yet.
        ascii: whether charts and figures use plain characters too.
    """

    frame: str = "╭╮╰╯─│╴╶"
    heavy: str = "┏┓┗┛━┃╸╺"
    running: str = "●"
    busy: str = "◆"
    hot: str = "▲"
    draining: str = "◐"
    stopped: str = "■"
    starting: str = "◌"
    mail: str = "●"
    seen: str = "·"
    call: str = "◆"
    alarm: str = "▲"
    acknowledged: str = "✓"
    shelved: str = "◌"
    cleared: str = "○"
    up: str = "▲"
    down: str = "▼"
    flat: str = " "
    play: str = "▶"
    paused: str = "||"
    more_above: str = "↑"
    more_below: str = "↓"
    answer: str = "→"
    good: str = "✓"
    notice: str = "!"
    bad: str = "✗"
    prompt: str = "❯"
    bar: str = "━"
    bar_left: str = "─"
    dot: str = "·"
    ellipsis: str = "…"
    bad_link: str = "✗"
    times: str = "×"
    tick_x: str = "┬"
    tick_y: str = "├"
    axis: str = "─"
    mark: str = "•"
    cue_shown: str = "○"
    cue_opened: str = "●"
    rail: str = "─"
    rail_hot: str = "━"
    gain: str = "░"
    unread: str = "·"
    backwards: str = "◀"
    ascii: bool = False


UNICODE: Final = Glyphs()

ASCII: Final = Glyphs(
    frame="++++-|  ", heavy="####=#  ",
    running="o", busy="+", hot="!", draining="%", stopped="x", starting=".",
    mail="*", seen=".", call="@", alarm="!", acknowledged="v", shelved="z", cleared="-",
    up="+", down="-", flat=" ", play=">", more_above="^", more_below="v",
    answer=">", good="v", notice="!", bad="x", prompt=">", bar="#", bar_left="-", dot="-",
    ellipsis="~", bad_link="x", times="x", tick_x="+", tick_y="|", axis="-",
    mark="*", cue_shown="(", cue_opened=")", rail="-", rail_hot="=", gain="/", unread=".",
    backwards="<", ascii=True,
)  # fmt: skip
"""For terminals and fonts that have nothing else. The signs differ from each other as well."""


@attrs.frozen(eq=False)
class Look:
    """A palette and the signs, as the widgets use them.

    Attributes:
        palette: colours.
        glyphs: signs.
    """

    palette: Palette
    glyphs: Glyphs
    _styles: dict[tuple[Role, Ground], Style] = attrs.field(factory=dict, init=False)

    def style(self, role: Role, ground: Ground = Ground.PLAIN) -> Style:
        """The style of text in `role` on `ground`; always the same object."""
        style = self._styles.get((role, ground))
        if style is None:
            style = self._styles[role, ground] = self._made(role, ground)
        return style

    def _made(self, role: Role, ground: Ground) -> Style:
        palette = self.palette
        behind = (palette.ground, palette.hot, palette.cursor, palette.menu)[ground]
        color = {
            Role.STRONG: palette.strong,
            Role.MUTED: palette.muted,
            Role.FAINT: palette.faint,
            Role.INFO: palette.info,
            Role.GOOD: palette.good,
            Role.NOTICE: palette.notice,
            Role.BAD: palette.bad,
            Role.TRACE: palette.trace,
            Role.KEY: palette.strong,
            Role.GHOST: palette.muted,
        }.get(role, palette.text)
        if role is Role.CARVED:
            return self._carved(behind)
        reverse = self._reverse(role)
        if reverse is not None:
            # Not the terminal's own inverse: its text would get the colour of the ground, which
            # in the native palette is unknown.
            label = role in {Role.BADGE, Role.ALARM}
            return Style(color=reverse[0], bgcolor=reverse[1], bold=label)
        # In sixteen colours two greys can be one; the weight of the letters still tells them apart.
        return Style(
            color=color,
            bgcolor=behind,
            bold=role in {Role.STRONG, Role.BAD, Role.KEY},
            dim=palette.native and role in {Role.GHOST, Role.FAINT},
        )

    def _carved(self, behind: str) -> Style:
        palette = self.palette
        if palette.native:
            # Which colour the ground has only the terminal knows; for a shape its inverse is right.
            # Bold as the solid part is, since to some terminals that is another red.
            return Style(color=palette.bad, bgcolor=behind, bold=True, reverse=True)
        return Style(color=behind, bgcolor=palette.bad)

    def _reverse(self, role: Role) -> tuple[str, str] | None:
        palette = self.palette
        ink = "black" if palette.native else palette.ground
        return {
            Role.CURSOR: (ink, palette.info),
            Role.BADGE: (ink, palette.notice),
            Role.ALARM: ("bright_white" if palette.native else ink, palette.bad),
        }.get(role)

    @functools.cached_property
    def selection(self) -> Style:
        """Put over text that the mouse has selected."""
        return Style(bgcolor=self.palette.select)


def speaks_unicode(encoding: str | None, term: str) -> bool:
    """Whether a terminal shows more than ASCII.

    Args:
        encoding: of the stream that is written to.
        term: the value of `TERM`; the console of Linux has neither braille nor rounded corners.
    """
    return "utf" in (encoding or "").casefold() and term != "linux"
