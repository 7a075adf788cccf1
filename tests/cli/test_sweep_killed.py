"""A sweep that was killed while it played goes on where it was, and its processes end with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).resolve().parents[2]

PLAN = "08:00:30 stop smars-8\n09:45:01 handover\n"
"""Over before the storm could begin, so that a run takes a moment."""


@pytest.mark.slow
def test_a_killed_sweep_goes_on_where_it_was(controlroom: Run, tmp_path: Path) -> None:
    (tmp_path / "plan.txt").write_text(PLAN)
    words = ("sweep", "knight-2012", "--policy", str(tmp_path / "plan.txt"), "--seeds", "0-11")
    out, part = tmp_path / "out.jsonl", tmp_path / "out.jsonl.part"
    playing = subprocess.Popen(
        [sys.executable, "-m", "controlroom", *words, "--workers", "2", "-o", str(out)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ends = time.monotonic() + 60
    while not part.exists() or part.read_bytes().count(b"\n") < 3:
        assert playing.poll() is None
        assert time.monotonic() < ends
        time.sleep(0.01)
    others = psutil.Process(playing.pid).children(recursive=True)
    playing.send_signal(signal.SIGKILL)
    playing.wait()
    assert len(others) >= 2
    assert psutil.wait_procs(others, timeout=20)[1] == []

    done = part.read_bytes().count(b"\n") - 1
    assert 2 <= done < 12
    assert not out.exists()
    again = controlroom(*words, "--workers", "0", "-o", str(out))
    assert again.code == 0
    assert f"{done} of 12 seeds are there already" in again.err
    assert not part.exists()
    assert out.stat().st_mode & 0o111 == 0

    never_killed = tmp_path / "whole.jsonl"
    assert controlroom(*words, "--workers", "1", "-o", str(never_killed)).code == 0
    assert never_killed.read_bytes() == out.read_bytes()
