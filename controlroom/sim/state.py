"""Copying, comparing and hashing the state of a world, field by field.

State is made of slotted attrs classes whose fields are 64-bit integer arrays, plain immutable
values, lists and dicts of immutable values, and further such classes. That convention is what lets
one small walk serve snapshot, restore, digest and "which array differs". Fields declared with
`cache()` can be computed again from the others: they are left out of the digest and dropped from a
snapshot.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, Final, TypeVar

import attrs
import numpy as np

_CACHE: Final = "cache"

GIVEN: Final = {"given": True}
"""Metadata of a field that belongs to the start, so that no digest needs to repeat it."""

SPARSE: Final = {"sparse": True}
"""Metadata of a part that most worlds do not have: while it is None, no digest speaks of it."""

DERIVED: Final = {"derived": True}
"""Metadata of a part that follows from the others: copied, but no digest speaks of it."""

T = TypeVar("T")


_LEFT_OUT: Final = {"given", "derived"}


def cache(make: Any) -> Any:
    """Declare a field that can be computed again; `make` gives its empty value."""
    return attrs.field(factory=make, eq=False, repr=False, metadata={_CACHE: make})


def _said(value: object) -> bytes:
    """A value's `repr` in ASCII: which characters `repr` escapes differs between Pythons."""
    return ascii(value).encode()


@attrs.define
class Chain:
    """An append-only list of immutable values that is hashed as it grows.

    Attributes:
        items: in order.
        mark: a digest over all of them.
    """

    items: list[Any] = attrs.field(factory=list)
    mark: bytes = b""

    def append(self, item: Any) -> None:
        """Add `item`; its `repr` is what the digest sees."""
        self.items.append(item)
        said = _said(item)
        self.mark = hashlib.blake2b(self.mark + said, digest_size=16).digest()


def _is_state(value: Any) -> bool:
    return attrs.has(type(value)) and "__setattr__" not in vars(type(value))


def copied(part: T) -> T:
    """An independent copy of a state; frozen values are shared, caches start empty."""
    fields = attrs.fields(type(part))  # type: ignore[arg-type]
    twin = object.__new__(type(part))
    for field in fields:
        value = getattr(part, field.name)
        if _CACHE in field.metadata:
            value = field.metadata[_CACHE]()
        elif isinstance(value, np.ndarray):
            value = value.copy()
        elif isinstance(value, list):
            value = list(value)
        elif isinstance(value, dict):
            value = dict(value)
        elif _is_state(value):
            value = copied(value)
        object.__setattr__(twin, field.name, value)
    return twin


def leaves(part: Any, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Each field of a state with its bytes, in the order of declaration."""
    if isinstance(part, Chain):
        yield path, part.mark + len(part.items).to_bytes(8, "little")
        return
    for field in attrs.fields(type(part)):
        if _CACHE in field.metadata or field.metadata.keys() & _LEFT_OUT:
            continue
        name, value = f"{path}.{field.name}".lstrip("."), getattr(part, field.name)
        if value is None and field.metadata.get("sparse"):
            continue
        if isinstance(value, np.ndarray):
            yield name, np.ascontiguousarray(value, dtype="<i8").tobytes()
        elif _is_state(value):
            yield from leaves(value, name)
        else:
            yield name, _said(value)


def digest_of(part: Any) -> str:
    """BLAKE2b over every field, 32 hex digits."""
    state = hashlib.blake2b(digest_size=16)
    for name, content in leaves(part):
        state.update(name.encode())
        state.update(len(content).to_bytes(8, "little"))
        state.update(content)
    return state.hexdigest()


def first_difference(one: Any, other: Any) -> str | None:
    """The name of the first field in which two states differ, or None."""
    for (name, left), (_, right) in zip(leaves(one), leaves(other), strict=True):
        if left != right:
            return name
    return None


def digest(world: Any) -> str:
    """The digest of a world: equal on every machine for the same start and commands."""
    return digest_of(world)


@attrs.frozen(eq=False)
class Snapshot:
    """A world as it was at one step.

    Attributes:
        step: which.
        world: an independent copy that nobody steps.
    """

    step: int
    world: Any


def snapshot(world: Any) -> Snapshot:
    """Keep a copy of a world."""
    return Snapshot(world.now, copied(world))


def restore(kept: Snapshot) -> Any:
    """A world that goes on from a snapshot; the snapshot can be restored again."""
    return copied(kept.world)
