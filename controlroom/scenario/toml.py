"""Values as TOML text. Reading is tomllib's; what is written is short, and written here."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def value_text(value: object) -> str:
    """A value that tomllib reads back as itself; texts of several lines keep them."""
    shown = str(value)  # decimals, dates and times
    match value:
        case bool():
            shown = "true" if value else "false"
        case int() if abs(value) >= 10_000:
            shown = f"{value:_}"
        case str():
            shown = text(value)
        case Mapping():
            inner = ", ".join(f"{key_text(key)} = {value_text(one)}" for key, one in value.items())
            shown = f"{{ {inner} }}" if inner else "{}"
        case Sequence():
            shown = f"[{', '.join(map(value_text, value))}]"
    return shown


def text(value: str) -> str:
    """A TOML basic string: JSON's, but for the delete character, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def key_text(key: str) -> str:
    """A key, in quotes where it needs them."""
    plain = key.replace("_", "").replace("-", "")
    return key if plain.isascii() and plain.isalnum() else text(key)
