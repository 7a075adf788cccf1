"""What a demo may say, and the one sentence for everything that it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from controlroom.recording.demo import Scene, Verb, bundled_demos
from controlroom.recording.demo_file import find_demo, parse_demo, read_demo
from controlroom.recording.director import perform
from controlroom.recording.errors import DemoError


def refused(text: str) -> str:
    with pytest.raises(DemoError) as caught:
        perform(parse_demo(text, "x.demo"))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_demo_says_what_is_played_and_what_is_done() -> None:
    demo = parse_demo(
        "# a film\ntitle: My film\nsize: 100x30\ntheme: light\nseed: 11\nmode: assess\n"
        "start: 09:25\nopens: briefing\nspeed: 5\n\nwait 2.5\n# and then\npress enter shift+tab ?\n"
        "until 09:30:00\n",
        "my.demo",
    )
    assert (demo.title, demo.columns, demo.rows, demo.seed) == ("My film", 100, 30, 11)
    assert (demo.theme, demo.mode, demo.start) == ("control-room-light", "assess", "09:25")
    assert demo.opens is Scene.BRIEFING
    assert [step.verb for step in demo.steps] == [Verb.WAIT, Verb.PRESS, Verb.UNTIL]
    assert [step.line for step in demo.steps] == [11, 13, 14]
    assert demo.steps[2].step == 90 * 60 * 4
    assert not demo.captions


BAD = [
    ("wiat 2", 'x.demo: line 1: no verb "wiat"; did you mean wait?'),
    ("titel: x\nwait 1", 'x.demo: line 1: no setting "titel"; did you mean title?'),
    ("title: x\ntitle: y\nwait 1", "x.demo: line 2: title is set in line 1 already"),
    ("wait 1\nsize: 80x24", "x.demo: line 2: settings stand above the first step"),
    ("title:\nwait 1", "x.demo: line 1: title is set to nothing; write title: and a value"),
    ("press entre", 'x.demo: line 1: no key "entre"; did you mean enter?'),
    ("wait soon", 'x.demo: line 1: wait "soon" is no number of seconds, such as 2.5'),
    ("wait 1e3", 'x.demo: line 1: wait "1e3" is no number of seconds, such as 2.5'),
    ("speed warp", 'x.demo: line 1: speed "warp" is none; it is 1/4, 1/2, 1 ... 60'),
    ("give kill smars-9", "x.demo: line 1: no server 'smars-9'; did you mean smars-8?"),
    ("until 25:00", "x.demo: line 1: '25:00' is not a time of day"),
    ("until 07:00", "x.demo: line 1: 07:00 is outside the day"),
    ("caption " + "long " * 40, "x.demo: line 1: the caption has 199 signs, 116 fit on it"),
    ("size: 79x24\nwait 1", "x.demo: line 1: size 79x24 is too small; the screen needs 80x24"),
    ("size: 80x26\ncaption a", "needs 80x27, 3 of them for captions"),
    ("size: 9999x24\nwait 1", "x.demo: line 1: size 9999x24 is larger than 300x120"),
    ("size: big\nwait 1", 'x.demo: line 1: size "big" is none; write COLUMNSxROWS'),
    ("theme: drak\nwait 1", 'x.demo: line 1: no theme "drak"; did you mean dark?'),
    ("start: 09:31\nwait 1", 'x.demo: line 1: no start "09:31"; did you mean 09:34?'),
    ("seed: -1\nwait 1", 'x.demo: line 1: seed "-1" is no whole number from 0 on'),
    ("player: nobody\nwait 1", "x.demo: line 1: no policy"),
    ("scenario: kinght-2012\nwait 1", "x.demo: line 1: kinght-2012 is no scenario"),
    ("limit: 5\nwait 3\nwait 3", "x.demo: line 3: the film is longer than 5 s here"),
    ("# nothing\n", "x.demo has no step; say what is done, for example: wait 5"),
    ("type a\x07b", "x.demo: line 1: holds a control character"),
    ("picture", "x.demo: line 1: picture what?"),
    ("people: 3\nwait 1", 'x.demo: line 1: people "3" is no number from 4 to 8'),
    ("people: 4\nopens: briefing\nwait 1", "x.demo: line 1: people is for a drill, which opens:"),
    ("seat: risk\nwait 1", "x.demo: line 1: seat is for a drill; say how many people: there are"),
    ("people: 4\nseat: rsik\nwait 1", 'x.demo: line 2: no seat "rsik"; did you mean risk?'),
    ("as risk pmon", "x.demo: line 1: as is for a drill; say above how many people: there are"),
    ("people: 4\nas comms group on", 'x.demo: line 2: no seat "comms"; did you mean'),
    ("people: 4\nas risk", "x.demo: line 2: as risk what? Write a command after it"),
    ("people: 4\nas risk look smars-8", "x.demo: line 2: look is not for the risk seat"),
    ("people: 4\ngive look smars-8", "x.demo: line 2: look is not for the facilitator seat"),
    # What only playing it shows.
    ("start: 09:30\n\npress space\nuntil 09:31", "line 4: the world's clock stands still"),
    ("start: 09:30\n\njump 09:20", "line 3: it is 09:30:00 already; nothing goes back"),
    ("people: 4\n\nuntil 08:01", "line 3: the world's clock stands still"),
    ("people: 4\npress space\ngive freeze now\nuntil 08:01", "line 4: the world's clock stands"),
    ("opens: title\n\nspeed 5", "line 3: speed needs the control room"),
    ("limit: 2\nuntil 19:00", "line 2: the film is longer than 2 s here; is it without end?"),
]


@pytest.mark.parametrize("text, said", BAD, ids=[said for _, said in BAD])
def test_what_cannot_be_followed_is_said_with_its_line(text: str, said: str) -> None:
    assert said in refused(text)


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    broken = tmp_path / "broken.demo"
    broken.write_bytes(b"wait \xff")
    with pytest.raises(DemoError, match=r"broken\.demo is not UTF-8 at byte 5"):
        read_demo(broken)
    with pytest.raises(DemoError, match=r"gone\.demo cannot be read"):
        read_demo(tmp_path / "gone.demo")


def test_an_unknown_demo_names_the_nearest() -> None:
    with pytest.raises(DemoError, match="did you mean teaser"):
        find_demo("taeser")


@pytest.mark.parametrize("path", sorted(bundled_demos().glob("*.demo")), ids=lambda path: path.stem)
def test_every_demo_that_comes_along_can_be_followed(path: Path) -> None:
    assert read_demo(path).steps
