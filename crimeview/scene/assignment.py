"""The cheapest way to pair rows with columns (Kuhn 1955, as Jonker and Volgenant 1987 do it)."""

import numpy as np
from numpy.typing import NDArray


def assigned(costs: NDArray[np.floating], *, most: float) -> list[tuple[int, int]]:
    """Pairs (row, column) with the least sum of costs (n, m), those above `most` left out."""
    rows, columns = costs.shape
    if rows == 0 or columns == 0:
        return []
    if rows > columns:
        return sorted((row, column) for column, row in assigned(costs.T, most=most))
    # A pair that is not allowed costs more than any that are, so that none of those is given up.
    refused = most * (rows + columns) + 1.0
    held = _shortest_paths(np.where(costs <= most, costs, refused).astype(np.float64))
    return [(row, column) for row, column in enumerate(held) if costs[row, column] <= most]


def _shortest_paths(costs: NDArray[np.float64]) -> list[int]:
    """The column of each row (n <= m), by shortest augmenting paths."""
    rows, columns = costs.shape
    row_price, column_price = np.zeros(rows), np.zeros(columns + 1)
    owner = np.full(columns + 1, -1)  # the row of each column; the last is where a search begins
    for row in range(rows):
        owner[columns] = row
        before = np.full(columns, columns)
        distance = np.full(columns, np.inf)
        seen = np.zeros(columns + 1, bool)
        column = columns
        while owner[column] != -1:
            seen[column] = True
            here = owner[column]
            reduced = costs[here] - row_price[here] - column_price[:columns]
            better = ~seen[:columns] & (reduced < distance)
            distance[better], before[better] = reduced[better], column
            nearest = int(np.where(seen[:columns], np.inf, distance).argmin())
            step = distance[nearest]
            row_price[owner[seen]] += step
            column_price[seen] -= step
            distance[~seen[:columns]] -= step
            column = nearest
        while column != columns:
            previous = int(before[column])
            owner[column] = owner[previous]
            column = previous
    held = [-1] * rows
    for column in range(columns):
        if owner[column] != -1:
            held[owner[column]] = column
    return held
