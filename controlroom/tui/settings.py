"""The few things that stay from one evening to the next: a small TOML file in the person's config.

A file that cannot be read counts as absent, one that cannot be written is not worth a word: the
game goes on with what it has.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

from platformdirs import user_config_path

_FILE: Final = "settings.toml"

# A named tuple, not an attrs class: this is read before the first frame, and attrs takes a tenth
# of the time that the title screen has.


class Settings(NamedTuple):
    """What a person has chosen.

    Attributes:
        theme: name of the theme, empty for the one that suits the terminal.
        bell: ring the terminal's bell when something needs the person.
        plain: draw with ASCII signs only.
        offered: the first shift was offered; it is not offered again.
    """

    theme: str = ""
    bell: bool = False
    plain: bool = False
    offered: bool = False


def settings_path() -> Path:
    """Where the file lies."""
    return user_config_path("controlroom", appauthor=False) / _FILE


def load_settings(path: Path | None = None) -> Settings:
    """What is kept at `path`; what is missing or makes no sense has its default."""
    try:
        text = (path or settings_path()).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return Settings()
    # Most people have no such file, and need not wait for a parser.
    import tomllib

    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return Settings()
    known = {
        key: raw[key]
        for key, default in Settings()._asdict().items()
        if isinstance(raw.get(key), type(default))
    }
    return Settings(**known)


def save_settings(settings: Settings, path: Path | None = None) -> bool:
    """Keep the settings; whether that worked. The file is replaced whole or not at all."""
    import json

    path = path or settings_path()
    # A JSON string or truth value is one of TOML too.
    lines = [f"{key} = {json.dumps(value)}" for key, value in settings._asdict().items()]
    text = "\n".join(["# Control Room; changed from its screens.", *lines, ""])
    new = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        os.replace(new, path)  # noqa: PTH105 - says in one word that it overwrites
    except OSError:
        return False
    return True
