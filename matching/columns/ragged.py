"""Ranges of unequal length and rows that are equal: what NumPy has no word for."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int64]  # numbers of rows


def chosen(mask: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Where a mask is true; ``np.flatnonzero`` with less ado, which counts for single needs."""
    return mask.nonzero()[0]


def spread(starts: NDArray[Any], counts: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Unroll ranges of unequal length.

    returns  (S,), (S,)  the row of each element, and for row i the numbers
             ``starts[i]`` to ``starts[i] + counts[i] - 1``
    """
    rows = np.arange(len(counts)).repeat(counts)
    shift = starts - (counts.cumsum() - counts)
    return rows, np.arange(len(rows)) + shift.repeat(counts)


def numbered(*columns: NDArray[Any]) -> NDArray[np.int64]:
    """One number a row, equal exactly where the rows are equal in every column."""
    numbers = np.zeros(len(columns[0]), np.int64)
    for column in columns:
        _, values = np.unique(column, return_inverse=True)
        size = int(values.max(initial=0)) + 1
        _, numbers = np.unique(numbers * size + values, return_inverse=True)
    return numbers


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each number once, ascending; by sorting, which beats ``np.unique`` where few are equal."""
    ordered = np.sort(numbers)
    return ordered[first_of_each(ordered)]


def first_of_each(ordered: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(S,) where an ascending row shows a number for the first time."""
    first = np.ones(len(ordered), np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
