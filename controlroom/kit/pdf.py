"""From HTML to PDF, with a browser or with WeasyPrint, where one of them is there."""

from __future__ import annotations

import functools
import importlib.util
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from controlroom.runs.errors import RunError

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""Names under which a browser that prints is looked for."""

PATIENCE: Final = 60.0
"""Seconds that a sheet may take to print."""

Printer = Callable[[Path, Path], None]
"""Prints an HTML file, given first, into a PDF."""


class PrintError(RunError):
    """A sheet that could not be printed."""


def printer() -> Printer | None:
    """What prints here, or None."""
    for name in BROWSERS:
        path = shutil.which(name)
        if path:
            return functools.partial(_with_browser, path)
    if importlib.util.find_spec("weasyprint"):
        return _with_weasyprint
    return None


def _with_browser(browser: str, page: Path, pdf: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        arguments = [
            browser, "--headless=new", "--disable-gpu", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update",
            "--no-pdf-header-footer", f"--user-data-dir={profile}", f"--print-to-pdf={pdf}",
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            # A browser refuses to be root in its sandbox. The page runs nothing and loads nothing.
            arguments.append("--no-sandbox")
        try:
            done = subprocess.run(  # noqa: S603 - a program found by name, with our own file
                [*arguments, page.absolute().as_uri()],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise PrintError(f"{browser} did not print: {type(error).__name__}") from None
    if done.returncode or not pdf.is_file():
        raise PrintError(f"{browser} did not print {page.name}: it ended with {done.returncode}")


def _with_weasyprint(page: Path, pdf: Path) -> None:
    library: Any = importlib.import_module("weasyprint")
    try:
        library.HTML(filename=str(page)).write_pdf(str(pdf))
    except Exception as error:  # noqa: BLE001 - the library raises anything
        raise PrintError(f"WeasyPrint did not print {page.name}: {type(error).__name__}") from None
