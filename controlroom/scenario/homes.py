"""Where the files of a scenario lie: in a folder, or in a zip file. Both are only ever read.

A scenario may have been written by anybody. Nothing in it is run or imported, nothing is unpacked,
only the names in `files.FILES` are opened, and no more of a file is read than it may have. A link
may not leave its folder.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from controlroom.scenario.errors import WrongError
from controlroom.scenario.text import quoted

if TYPE_CHECKING:  # most scenarios are folders, and reading zip files takes a while to import
    from controlroom.scenario.archive import Archive  # noqa: TC004 - attrs does not evaluate it

_MOST_FILES: Final = 1000
"""Files of a folder that are looked at; what comes after those is nobody's scenario."""


@attrs.frozen
class Folder:
    """A scenario in a folder.

    Attributes:
        path: of the folder.
    """

    path: Path

    @property
    def id(self) -> str:
        """Its name is the scenario's."""
        return self.path.resolve().name

    def has(self, name: str) -> bool:
        """Whether it has such a file, be it a link into nowhere."""
        path = self.path / name
        return path.exists() or path.is_symlink()

    def content(self, name: str, limit: int) -> bytes:
        """What a file holds.

        Raises:
            WrongError: when it is no file of this folder, or larger than `limit` bytes.
            OSError: when it cannot be read.
        """
        path, home = self.path / name, self.path.resolve()
        if not path.resolve().is_relative_to(home):
            raise WrongError("is a link that leaves the folder", "a file in the folder")
        if not path.exists():
            raise WrongError("is a link to nothing", f"a file of that name in {quoted(home.name)}")
        if not path.is_file():
            raise WrongError("is no regular file", "a file")
        with path.open("rb") as file:
            content = file.read(limit + 1)
        if len(content) > limit:
            raise WrongError("is too large", f"at most {limit // 1024:,} KB")
        return content

    def names(self) -> list[str]:
        """The names of what is in it.

        Raises:
            OSError: when it cannot be listed.
        """
        return sorted(path.name for path in itertools.islice(self.path.iterdir(), _MOST_FILES))

    def stamps(self) -> Iterator[tuple[str, int, int]]:
        """What would differ if a file had changed, come or gone.

        Raises:
            OSError: when it cannot be listed.
        """
        for path in sorted(itertools.islice(self.path.iterdir(), _MOST_FILES)):
            stat = path.stat()
            yield path.name, stat.st_mtime_ns, stat.st_size


@attrs.frozen
class Zipped:
    """A scenario in a zip file.

    Attributes:
        archive: what was read of the file.
        inside: the folder in it, or empty where the scenario's files lie at its top.
    """

    archive: Archive
    inside: str

    @property
    def path(self) -> Path:
        """How it is written: the file, and the folder in it."""
        return self.archive.path / self.inside if self.inside else self.archive.path

    @property
    def id(self) -> str:
        """The name of the folder in it, or of the file without its ending."""
        return self.inside or self.archive.path.stem

    def has(self, name: str) -> bool:
        """Whether it has such a file."""
        return self._full(name) in self.archive.files

    def content(self, name: str, limit: int) -> bytes:
        """What a file holds.

        Raises:
            WrongError: when it is larger than `limit` bytes, or damaged.
        """
        return self.archive.content(self._full(name), limit)

    def names(self) -> list[str]:
        """The names of what is in it."""
        start = self._full("")
        inside = [name[len(start) :] for name in self.archive.files if name.startswith(start)]
        return sorted(name for name in inside if "/" not in name)

    def stamps(self) -> Iterator[tuple[str, int, int]]:
        """What would differ if the file had changed.

        Raises:
            OSError: when it is gone.
        """
        stat = self.archive.path.stat()
        yield self.archive.path.name, stat.st_mtime_ns, stat.st_size

    def _full(self, name: str) -> str:
        return f"{self.inside}/{name}" if self.inside else name


Home = Folder | Zipped
"""Where a scenario's files lie."""
