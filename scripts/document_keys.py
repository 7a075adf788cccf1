"""Write the list of every key into docs/scenarios.md, from what reads the files.

python scripts/document_keys.py
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from controlroom.scenario.reference import markdown

PAGE: Final = Path(__file__).parents[1] / "docs" / "scenarios.md"
MARK: Final = "<!-- keys:"


def page(text: str) -> str:
    """The page with its list made anew."""
    before, _, rest = text.partition(MARK)
    line = rest.partition("\n")[0]
    return f"{before}{MARK}{line}\n\n{markdown()}"


def main() -> None:
    """Write it."""
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
