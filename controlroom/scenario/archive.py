"""A zip file that anybody may have made, read with suspicion and never unpacked.

Everything that a plain pack of text files has no use for is refused before anything is read out of
it: names that lead elsewhere, links and devices, encryption, archives in archives, two entries of
one name, entries that lie on one another, anything before or after. The file and the list of its
entries are limited, and of an entry no more is decompressed than a scenario's file may have.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

from controlroom.scenario.errors import WrongError
from controlroom.scenario.text import quoted

MOST_BYTES: Final = 8 * 1024 * 1024
MOST_ENTRIES: Final = 500
MOST_SCENARIOS: Final = 20

_END: Final = struct.Struct("<4s4H2LH")
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_MOST_LIST: Final = MOST_ENTRIES * 512
"""Bytes of the list of entries, so that it is not even parsed when it is longer."""

_ENCRYPTED: Final = 0x1 | 0x40
_PLAIN: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+ -]{0,99}")
_DEVICES: Final = {"con", "prn", "aux", "nul"} | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}
_ARCHIVES: Final = {".zip", ".jar", ".whl", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".7z"}


@attrs.frozen
class Archive:
    """A zip file in which nothing is suspicious.

    Attributes:
        path: of the file.
        files: name -> entry, for every file in it.
        data: the whole file, as it was when it was looked at.
    """

    path: Path
    files: Mapping[str, zipfile.ZipInfo] = attrs.field(repr=False)
    data: bytes = attrs.field(repr=False)

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The folders in it that hold a scenario; empty text for one at its top.

        Raises:
            WrongError: when there are none, or too many.
        """
        if "scenario.toml" in self.files:
            return ("",)
        parts = [name.split("/") for name in self.files]
        found = sorted(part[0] for part in parts if part[1:] == ["scenario.toml"])
        if not found:
            raise WrongError("holds no scenario", "scenario.toml in it, or in a folder of it")
        if len(found) > MOST_SCENARIOS:
            raise WrongError(f"holds {len(found)} scenarios", f"at most {MOST_SCENARIOS}")
        return tuple(found)

    def content(self, name: str, limit: int) -> bytes:
        """What an entry holds.

        Raises:
            WrongError: when that is more than `limit` bytes, or the entry is damaged.
        """
        info = self.files[name]
        too_large = WrongError("is too large", f"at most {limit // 1024:,} KB")
        if info.file_size > limit:
            raise too_large
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive, archive.open(info) as file:
                content = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise WrongError(f"is damaged: {error}", "a sound entry of the zip file") from None
        if len(content) > limit:
            raise too_large
        return content


def open_archive(path: Path) -> Archive:
    """Read a zip file.

    Raises:
        WrongError: saying what about it is no plain pack of text files.
        OSError: when it cannot be read.
    """
    if not path.is_file():
        raise WrongError("is no regular file", "a zip file")
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise WrongError("is too large", f"at most {MOST_BYTES // 1024 // 1024} MB")
    listed = _checked_end(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise WrongError(f"is damaged: {error}", "a zip file") from None
    if len(entries) > MOST_ENTRIES:
        raise WrongError(f"has {len(entries):,} entries", f"at most {MOST_ENTRIES}")
    seen: set[str] = set()
    for entry in entries:
        _check_entry(entry, seen)
    _check_places(entries, data, listed)
    return Archive(path, {info.filename: info for info in entries if not info.is_dir()}, data)


def _checked_end(data: bytes) -> int:
    """Where the list of entries begins, in a file that is nothing but entries, list and end."""
    if len(data) < _END.size:
        raise WrongError("is no zip file", "a zip file")
    mark, disk, first, here, total, size, offset, comment = _END.unpack(data[-_END.size :])
    if mark != b"PK\x05\x06" or comment:
        raise WrongError("is no plain zip file", "one that ends with its list, without a comment")
    if disk or first or here != total or offset + size + _END.size != len(data):
        raise WrongError("has something before or after its entries", "a zip file and nothing else")
    if size > _MOST_LIST or total > MOST_ENTRIES:
        raise WrongError(f"has {total:,} entries", f"at most {MOST_ENTRIES}")
    return int(offset)


def _check_entry(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    """An entry that is a plain file or folder under a plain name."""
    name = entry.orig_filename
    shown = quoted(name, 80)
    parts = name.removesuffix("/").split("/")
    if not all(map(_is_plain, parts)):
        expected = "names of letters, digits, dots, hyphens and underscores, in folders of it"
        raise WrongError(f"has an entry called {shown}", expected)
    if name.casefold().rstrip("/") in seen:
        raise WrongError(f"has {shown} twice", "each name once, whatever its capital letters")
    seen.add(name.casefold().rstrip("/"))
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise WrongError(f"has {shown}, a link or a device", "files and folders only")
    if entry.flag_bits & _ENCRYPTED:
        raise WrongError(f"has {shown}, which is encrypted", "files that anybody can read")
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise WrongError(f"has {shown} compressed in a rare way", "stored or deflated files")
    if Path(name).suffix.casefold() in _ARCHIVES:
        raise WrongError(f"has {shown}, an archive in an archive", "text files")


def _is_plain(part: str) -> bool:
    """A name that means the same everywhere, and nowhere something else than a file here."""
    stem = part.partition(".")[0].strip().casefold()
    return bool(_PLAIN.fullmatch(part)) and part[-1] not in ". " and stem not in _DEVICES


def _check_places(entries: list[zipfile.ZipInfo], data: bytes, listed: int) -> None:
    """Entries that lie one after the other, each under the name that the list gives it."""
    free = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if not free <= start <= listed - _LOCAL.size:
            raise WrongError("has entries that lie on one another", "one after the other")
        mark, *_, name_size, extra_size = _LOCAL.unpack(data[start : start + _LOCAL.size])
        name_at = start + _LOCAL.size
        name = data[name_at : name_at + name_size]
        free = name_at + name_size + extra_size + entry.compress_size
        if free > listed:
            raise WrongError("has entries that lie on one another", "one after the other")
        if mark != b"PK\x03\x04" or name != entry.orig_filename.encode():
            raise WrongError("names an entry in two ways", "one name for each")
