"""Measure Control Room: `python -m benchmarks [NAME…] [--json FILE]`.

Needs the extra `bench`. Without a name everything is measured but `long`, which takes eight
minutes. No figure decides a test: what tests assert are counters (paints, layouts, bytes).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs

from benchmarks import debrief, drill, headless, memory, replay, screen
from benchmarks.figures import Figure, machine, table

BENCHMARKS: Final[dict[str, Callable[[], list[Figure]]]] = {
    "storm": headless.storm,
    "days": headless.days,
    "moments": headless.moments,
    "debrief": debrief.whole,
    "start": screen.start,
    "room": screen.room,
    "link": screen.link,
    "replay": replay.replay,
    "drill": drill.drill,
    "memory": memory.quick,
    "long": memory.long,
}

ON_REQUEST: Final = ("long",)
"""What takes so long that it has to be named."""


def main() -> int:
    """Measure what was asked for, print the table, keep the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", nargs="*", help=f"any of: {', '.join(BENCHMARKS)}")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep the figures there too")
    asked = parser.parse_args()
    unknown = [name for name in asked.name if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    names = asked.name or [name for name in BENCHMARKS if name not in ON_REQUEST]
    described = machine()
    print("\n".join(f"{name}: {value}" for name, value in described.items()), end="\n\n")
    found: dict[str, list[Figure]] = {}
    for name in names:
        print(f"measuring {name} …", file=sys.stderr)
        found[name] = BENCHMARKS[name]()
        print(f"### {name}\n\n{table(found[name])}\n", flush=True)
    if asked.json:
        figures = {name: [attrs.asdict(item) for item in items] for name, items in found.items()}
        content = json.dumps({"machine": described, "figures": figures}, indent=2)
        asked.json.write_text(content + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
