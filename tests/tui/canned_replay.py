"""A replay of which only the time is real: canned panes, a canned course, a canned truth.

The numbers are made up, so that pictures do not change when the model is calibrated.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from controlroom.runs.moments import Kind, Moment
from controlroom.sim.views.truth import Holding, TrueOrder, TrueServer, TruthView
from controlroom.tui.course import Course, CueMark, Stretch
from controlroom.tui.screens import replay as screen
from controlroom.tui.screens.replay import ReplayScreen
from tests.tui.fake_run import DAY, FakeRun, HandClock

if TYPE_CHECKING:
    from typing import Any

FIRST, LAST = DAY.parse("08:00"), DAY.parse("10:15")
OPEN, KILLED = DAY.open_step, DAY.parse("09:52:30")


def at(clock: str) -> int:
    """The step of a time."""
    return DAY.parse(clock)


def loss(step: int) -> int:
    """Dollars to get flat at a step: a storm of 22 minutes, and what it moved comes half back."""
    burning = max(0, min(step, KILLED) - OPEN) // 4
    back = max(0, step - KILLED) // 4
    return -burning * burning * 95 + min(back * 40_000, 40_000_000)


MOMENTS = tuple(
    sorted(
        (
            *(
                Moment(at("08:01") + number * 230, Kind.MAIL, f"BNET: reject {number}")
                for number in range(90)
            ),
            Moment(at("09:33:25"), Kind.CALL, "Head of trading: what are we long here?"),
            Moment(at("09:34:02"), Kind.CALL, "NYSE operations: is this you?"),
            Moment(at("09:31:02"), Kind.ALARM, "Risk desk: 33 Account larger than usual"),
            Moment(OPEN, Kind.MILESTONE, "opening bell"),
            *(
                Moment(at(clock), Kind.COMMAND, text)
                for clock, text in (
                    ("08:02:10", "look smars-3"),
                    ("09:33:05", "look smars-3"),
                    ("09:33:20", "declare"),
                    ("09:33:58", "log smars-8"),
                    ("09:40:30", "uninstall smars-1"),
                    ("09:52:10", "kill smars-8"),
                )
            ),
        ),
        key=lambda moment: moment.step,
    )
)

CUES = (
    CueMark("Mails name Power Peg on SMARS.", at("08:01"), at("08:01"), None),
    CueMark("One server sends more than the others.", OPEN + 40, OPEN + 40, at("09:33:58")),
    CueMark("The 33 Account fills.", at("09:31:02"), at("09:31:02"), None),
    CueMark("smars-8 runs another build.", at("09:30"), at("09:51:00"), at("09:51:00")),
)


def course(known: int = LAST, losses: tuple[tuple[int, int], ...] | None = None) -> Course:
    """The canned run, as far as it has been read."""
    if losses is None:
        losses = tuple((step, loss(step)) for step in range(OPEN + 40, min(known, LAST), 40))
    return Course(
        day=DAY,
        first=FIRST,
        last=LAST,
        known=known,
        reading=known < LAST,
        losses=losses,
        moments=tuple(moment for moment in MOMENTS if moment.step <= known),
        phases=(
            Stretch(FIRST, OPEN, "pre-market"),
            Stretch(OPEN, KILLED, "storm", burns=True),
            Stretch(KILLED, LAST + 1, "open"),
        ),
        cues=CUES if known >= LAST else (),
        doings=(
            Stretch(OPEN, at("09:33:05"), "nobody knew"),
            Stretch(at("09:33:05"), at("09:40:30"), "known, nothing done"),
            Stretch(at("09:40:30"), at("09:52:10"), "wrong action under way"),
            Stretch(at("09:52:10"), LAST, "right action under way"),
        ),
    )


def true_things(step: int) -> TruthView:
    """A canned truth, stormy after the open."""
    storm = OPEN <= step < KILLED
    pegs = 41 if storm else 0
    servers = tuple(
        TrueServer(
            name=f"smars-{number}",
            build="legacy" if number == 8 else "rlp",
            version="2012.07.27",
            stale=number == 8,
            state="running",
            flagged=("power peg" if storm else "refused") if number == 8 else "rlp",
            pegs=pegs if number == 8 else 0,
            beyond=1_200_000 if number == 8 and storm else 0,
            children=1_893 if number == 8 and storm else 34,
        )
        for number in range(1, 9)
    )
    orders = (
        TrueOrder(417, "EXC", False, "smars-8", 1_000, 46_200),
        TrueOrder(55, "NOK", True, "smars-8", 200, 1_310_000),
    )
    holdings = (Holding("EXC", -197_900, -5_562_772), Holding("WFC", 150_000, 5_100_000))
    return TruthView(
        step=step, flag_on=True, servers=servers, orders=orders if storm else (), pegs=pegs,
        pegged=41, executions=372_960, fair=-3_107_412, marked=914_300, flat=loss(step),
        pmon=-401_940, unbooked=12_400, gross=412_020_000, long=221_004_000, short=191_016_000,
        stocks=96, holdings=holdings if storm else (), limit=2_000_000, waiting=0, lost=0,
    )  # fmt: skip


class CannedReplay(FakeRun):
    """What the replay's screen asks of a recording."""

    def __init__(self, clock: str = "09:34:12", *, known: int = LAST) -> None:
        super().__init__(clock)
        self.first, self.last, self.known = FIRST, LAST, known
        self.reading = known < LAST
        self.notes: tuple[str, ...] = ()
        self.seats = ("on-call", "liaison")
        self.moments = MOMENTS

    @property
    def clock(self) -> str:
        return DAY.text(self.world.now)

    def read_on(self) -> bool:
        """Nothing more is read: a picture of what is being read stands still."""
        return False

    def seek(self, step: int) -> int:
        self.world.now = min(max(0, step), self.known)
        return self.world.now


class CannedReplayScreen(ReplayScreen):
    """The replay's screen on a recording that is made up."""

    # Textual looks for a style sheet beside the class.
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(screen.__file__).with_name(name) for name in ("room.tcss", "replay.tcss")
    ]

    def __init__(self, clock: str = "09:34:12", *, known: int = LAST) -> None:
        replay: Any = CannedReplay(clock, known=known)
        self.canned_known = known
        super().__init__(replay, at=replay.now, clock=HandClock(), ticking=False)

    def read_course(self) -> Course:
        return course(self.canned_known)

    def read_truth(self) -> TruthView:
        return true_things(self.replay.now)
