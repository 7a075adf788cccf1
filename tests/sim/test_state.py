"""Copying, hashing and comparing states, field by field."""

from __future__ import annotations

import attrs
import numpy as np

from controlroom.sim.state import Chain, cache, copied, digest_of, first_difference, leaves


@attrs.define
class Part:
    """A part of a state."""

    counts: np.ndarray
    names: list[str] = attrs.field(factory=list)
    notes: Chain = attrs.field(factory=Chain)
    guessed: dict[str, int] = cache(dict)


@attrs.define
class Whole:
    """A state with a part."""

    part: Part
    now: int = 0


def whole() -> Whole:
    """A state with something in every field."""
    part = Part(np.arange(3), ["a"], Chain(), {"a": 1})
    part.notes.append("first")
    return Whole(part)


def test_a_copy_is_equal_and_independent() -> None:
    """What is done to one is not done to the other, at any depth."""
    state = whole()
    twin = copied(state)
    assert digest_of(twin) == digest_of(state)
    twin.part.counts[0] = 9
    twin.part.names.append("b")
    twin.part.notes.append("second")
    twin.now = 1
    assert digest_of(state) == digest_of(whole())
    assert first_difference(state, twin) == "part.counts"


def test_caches_belong_neither_to_the_digest_nor_to_a_copy() -> None:
    """What can be computed again must not decide what happens."""
    state = whole()
    before = digest_of(state)
    state.part.guessed["b"] = 2
    assert digest_of(state) == before
    assert copied(state).part.guessed == {}


def test_a_chain_is_equal_only_to_one_with_the_same_items_in_the_same_order() -> None:
    """Its mark stands for all that was ever appended."""
    one, other, third = Chain(), Chain(), Chain()
    for chain, items in ((one, "ab"), (other, "ba"), (third, "ab")):
        for item in items:
            chain.append(item)
    assert one.mark == third.mark != other.mark


def test_text_is_hashed_alike_by_every_python() -> None:
    """Which characters `repr` escapes depends on the Unicode tables of the interpreter."""
    chain = Chain()
    for text in ("ü ’ \U0001fae8 \ud800 \x1b", "\U0001fae8"):
        chain.append(text)
    assert chain.mark.hex() == "e8cf17e97d75e9570a73ba18adfccce7"


def test_every_field_is_a_leaf_by_its_path() -> None:
    """In the order of declaration, nested ones by a dot."""
    assert [name for name, _ in leaves(whole())] == [
        "part.counts",
        "part.names",
        "part.notes",
        "now",
    ]
