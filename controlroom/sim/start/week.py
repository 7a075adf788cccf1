"""The evenings before the day, in which the servers get what they will run."""

from __future__ import annotations

import attrs


@attrs.frozen
class WeekPlan:
    """What there is time for, what it takes, and how often people slip.

    Attributes:
        evenings: their names, in order.
        begins: when an evening begins, milliseconds since midnight.
        minutes: length of an evening.
        release: the build that is to be rolled out.
        clean: the same without the dead code, once it is removed and tested; its orders carry a
            flag of its own.
        copy: minutes to copy a build to a server and restart it.
        check: minutes more a server, where a procedure asks to compare what was copied.
        look: minutes to look into a server.
        review: minutes in which a second technician reviews a server.
        procedure: minutes to write a procedure.
        remove: minutes to remove the dead code.
        test: minutes to test a build.
        slip: of ten thousand copies, those that are left out, without a procedure.
        slip_checked: the same with one.
        miss: of ten thousand reviews of a server that was left out, those that see nothing.
        miss_checked: the same with a procedure.
        tired: times as many slips at the first, second, third server of an evening, and so on; the
            last holds for those after it.
    """

    evenings: tuple[str, ...]
    begins: int
    minutes: int
    release: str
    clean: str
    copy: int
    check: int
    look: int
    review: int
    procedure: int
    remove: int
    test: int
    slip: int
    slip_checked: int
    miss: int
    miss_checked: int
    tired: tuple[int, ...]
