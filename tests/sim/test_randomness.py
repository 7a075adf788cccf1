"""Chance that can be computed for any moment without the moments before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from controlroom.sim.randomness import Stream, draw, draws

SEEDS = st.integers(0, 2**64 - 1)


def test_the_draws_of_a_seed_never_change() -> None:
    """A seed is a name for a day; these numbers are part of every journal."""
    assert draws(7, Stream.FAIR, 3, 5, 1000).tolist() == [793, 90, 430, 203, 601]
    first = [436159978, 725962117, 577952856, 583184853]
    assert draws(0, Stream.DEPTH, 0, 4, 1 << 31).tolist() == first
    assert [stream.value for stream in Stream] == [*range(1, 11), 20, 21]


@given(SEEDS, st.sampled_from(Stream), st.integers(0, 2**33), st.integers(0, 60))
def test_one_draw_is_the_same_alone_and_among_others(
    seed: int, stream: Stream, step: int, entity: int
) -> None:
    """Python's integers and numpy's wrap alike."""
    assert draw(seed, stream, step, entity, 1000) == draws(seed, stream, step, 61, 1000)[entity]


@given(SEEDS, st.integers(0, 2**33), st.integers(1, 2**31))
def test_a_draw_stays_below_its_bound(seed: int, step: int, below: int) -> None:
    """From nothing to one less than the bound."""
    drawn = draws(seed, Stream.SIZE, step, 50, below)
    assert drawn.min() >= 0
    assert drawn.max() < below


def test_another_consumer_shifts_nobody() -> None:
    """More entities in a stream leave the first ones as they were; streams are independent."""
    few, many = draws(1, Stream.SIZE, 9, 10, 100), draws(1, Stream.SIZE, 9, 1000, 100)
    assert few.tolist() == many[:10].tolist()
    assert draws(1, Stream.FAIR, 9, 10, 100).tolist() != few.tolist()


def test_draws_are_spread_evenly() -> None:
    """No proof of randomness; enough to notice a broken hash."""
    drawn = draws(3, Stream.ARRIVAL, 5, 100_000, 10)
    counts = [int((drawn == value).sum()) for value in range(10)]
    assert all(abs(count - 10_000) < 500 for count in counts)
