"""Every file, table and key of a scenario as Markdown, for docs/scenarios.md."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from controlroom.scenario.examples import MOST, example_of
from controlroom.scenario.files import FILES, NEEDED, TOML_LIMIT
from controlroom.scenario.keys import Key, Section, files
from controlroom.sim.start import MEASURES, SAMPLED

_HEAD: Final = "| key | must be | left out | means | for example |\n|---|---|---|---|---|"
_COLUMN_HEAD: Final = "| column | must be | means | for example |\n|---|---|---|---|"


def markdown() -> str:
    """The reference, ending in a line end."""
    return "\n".join([*_list_of_files(), *_chapters(), *_measures()])


def _list_of_files() -> Iterator[str]:
    yield "| file | holds | at most |\n|---|---|---|"
    for file, section in files().items():
        size = f"{FILES.get(file, TOML_LIMIT) // 1024:,} KB"
        need = " **Needed.**" if file in NEEDED else ""
        yield f"| `{file}` | {section.meaning}{need} | {size} |"
    yield ""


def _chapters() -> Iterator[str]:
    shown: dict[tuple[str, ...], str] = {}
    for file, whole in files().items():
        yield f"### `{file}`\n\n{whole.meaning}\n"
        if not file.endswith(".toml"):
            yield from _columns(whole)
            continue
        for section in whole.every():
            if not section.keys and section is whole:
                continue
            if section is not whole:
                yield f"#### `{section.head}`\n\n{_about(section)}\n"
            same = tuple(f"{key.name} {key.meaning}" for key in section.keys)
            if same in shown:
                yield f"Its keys are those of `{shown[same]}`.\n"
                continue
            if same:
                shown[same] = section.head
                yield _HEAD
                yield from (_row(section, key) for key in section.keys)
                yield ""


def _about(section: Section) -> str:
    parts = [section.meaning]
    if section.listed:
        parts.append("At least one." if section.needed else "Any number, or none.")
    elif not section.needed:
        parts.append("May be left out.")
    if section.tagged:
        parts.append("It carries `evidence` and `source`.")
    return " ".join(parts)


def _row(section: Section, key: Key) -> str:
    default = "must be there" if key.default is None else f"`{key.default}`" if key.default else "–"
    tagged = "; may be tagged" if key.tagged else ""
    example = _cut(example_of(section, key))
    return f"| `{key.name}` | {key.says}{tagged} | {default} | {key.meaning} | `{example}` |"


def _columns(section: Section) -> Iterator[str]:
    if section.file in FILES and section.keys:
        yield _COLUMN_HEAD
        for key in section.keys:
            example = example_of(section, key)
            yield f"| `{key.name}` | {key.says} | {key.meaning} | `{example}` |"
        yield ""
        return
    yield (
        "Lines `HH:MM:SS command`, in order of time. After a `#` each says whether history gives "
        "its moment:\n`# [documented SOURCE]` or `# [reconstructed]`. At most 10,000.\n"
    )


def _measures() -> Iterator[str]:
    yield "### Conditions\n\nWhat `when`, `reaches` and `keeps` may ask for, each with the least "
    yield "value that fulfils it. A cue may ask only for those that are kept.\n"
    yield "| measure | means | kept |\n|---|---|---|"
    for name, means in MEASURES.items():
        yield f"| `{name}` | {means} | {'yes' if name in SAMPLED else ''} |"
    yield ""


def _cut(example: str) -> str:
    flat = example.replace("\n", "\\n").replace("|", "\\|").replace("`", "'")
    return flat if len(flat) <= MOST else f"{flat[: MOST - 2]} …"
