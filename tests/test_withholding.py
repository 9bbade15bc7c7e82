"""What a sponsor may not be told: counts under five, and what they could be worked out from."""

from random import Random

import numpy as np
import pytest

from coachkit.reports.withholding import SMALLEST, total_in_words, withheld


def flags(*rows: tuple[int, ...]) -> list[bool]:
    return [bool(flag) for flag in withheld(np.array(rows))]


def test_large_counts_are_told() -> None:
    """Nothing is withheld where nothing is small."""
    assert flags((5,), (30,)) == [False, False]


def test_a_small_count_takes_the_next_smallest_with_it() -> None:
    """Otherwise the total less the others would give it away."""
    assert flags((30,), (3,), (12,), (8,)) == [False, True, False, True]


def test_small_counts_that_are_too_few_together_take_another_with_them() -> None:
    """Two of one each are two people: their sum is a small count too."""
    assert flags((30,), (1,), (1,), (9,)) == [False, True, True, True]


def test_small_counts_that_are_five_together_stand_alone() -> None:
    """Their sum tells nobody."""
    assert flags((30,), (3,), (4,), (9,)) == [False, True, True, False]


def test_a_row_is_withheld_for_any_of_its_parts() -> None:
    """What was kept and what was not can each be worked out from the other."""
    assert flags((28, 2), (20, 20), (10, 15)) == [True, False, True]


def test_what_is_withheld_already_counts() -> None:
    """Another table's reason is as good."""
    told = withheld(np.array([[9], [8], [7]]), np.array([True, False, False]))
    assert told.tolist() == [True, False, True]


def test_one_row_alone_is_told_or_not() -> None:
    """There is nothing to work it out from, nor to hide it behind."""
    assert flags((40,)) == [False]
    assert flags((4,)) == [True]


def test_no_rows_are_no_fault() -> None:
    """A table may be empty."""
    assert withheld(np.empty((0, 2), dtype=int)).tolist() == []


@pytest.mark.parametrize("seed", range(200))
def test_nothing_small_can_be_worked_out(seed: int) -> None:
    """What is withheld is none, all, or two rows and more that are five and more in every part."""
    random = Random(seed)
    shape = random.randint(1, 8), random.randint(1, 3)
    parts = np.array(
        [[random.choice((0, 1, 3, 4, 5, 6, 20)) for _ in range(shape[1])] for _ in range(shape[0])]
    )
    hidden = withheld(parts)
    assert (parts[~hidden] >= SMALLEST).all()
    if hidden.any() and not hidden.all():
        assert hidden.sum() >= 2
        assert (parts[hidden].sum(axis=0) >= SMALLEST).all()


@pytest.mark.parametrize(
    ("kept", "of", "told"),
    [
        (25, 40, "25 of 40"),
        (36, 40, "all but under 5 of 40"),
        (40, 40, "all but under 5 of 40"),
        (35, 40, "35 of 40"),
        (4, 40, "under 5 of 40"),
        (0, 40, "under 5 of 40"),
        (3, 6, "under 5 of 6"),
        (4, 4, None),
        (0, 0, None),
    ],
)
def test_a_total_never_tells_a_small_part(kept: int, of: int, told: str | None) -> None:
    """Neither what was kept nor what was not."""
    assert total_in_words(kept, of) == told
