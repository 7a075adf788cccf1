"""No folder, however damaged, brings anything but problems with a place."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from controlroom.scenario import check
from controlroom.scenario.files import FILES
from tests.scenario.conftest import SMALL

PIECES = st.sampled_from(
    [b"", b'"', b"\n", b"\x1b", b"\0", b"\xff", b"=", b"[[", b"{}", b",", b"1e999", b"-1", b"[]",
     b"nan", b"'''", b"\\", b"{server", b"#", b"9" * 5000, b"1979-05-27", b"true"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(
    file=st.sampled_from(sorted(FILES)),
    place=st.floats(0, 1),
    cut=st.integers(0, 200),
    piece=PIECES | st.binary(max_size=20),
)
def test_a_damaged_file_brings_printable_problems(
    file: str, place: float, cut: int, piece: bytes
) -> None:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "damaged"
        shutil.copytree(SMALL, folder)
        content = (folder / file).read_bytes()
        at = int(place * len(content))
        (folder / file).write_bytes(content[:at] + piece + content[at + cut :])
        for problem in check(folder):
            assert problem.file
            assert problem.expected
            assert str(problem).isprintable()


@settings(max_examples=60, deadline=None)
@given(
    file=st.sampled_from([name for name in FILES if name.endswith(".toml")]),
    key=st.text(max_size=12),
    value=st.sampled_from(["1", "-1", "1.5", '""', "[]", "{}", "[{}]", "true", "nan", "09:00:00"]),
)
def test_a_strange_key_is_named(file: str, key: str, value: str) -> None:
    quoted = "".join(f"\\U{ord(char):08x}" for char in key if not 0xD800 <= ord(char) < 0xE000)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "strange"
        shutil.copytree(SMALL, folder)
        content = (folder / file).read_text(encoding="utf-8")
        (folder / file).write_text(f'"{quoted}" = {value}\n{content}', encoding="utf-8")
        problems = check(folder)
        assert problems
        assert problems[0].file == file
