"""The share of the picture that moves, on drawn streets."""

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest

from crimeview.scene.cells import Moments
from crimeview.scene.motion import MotionCells
from crimeview.scene.moving_share import MovingShare
from tests.scene.walkers import (
    GRID,
    HEIGHT,
    RATE,
    WIDTH,
    Walker,
    parts_of_rows,
    rows_of,
    street,
)

WALKS = ((8.0, 10.0), (20.0, 24.0))  # s
BODY = 40 * 16 / (HEIGHT * WIDTH)  # of the picture


def _walkers() -> list[Walker]:
    return [
        Walker(row=90, column=60.0, speed=45.0, since=since, until=until, texture=number)
        for number, (since, until) in enumerate(WALKS, start=1)
    ]


def _measured(parts: Iterable[Moments]) -> tuple[np.ndarray, np.ndarray]:
    moving = MovingShare()
    for part in parts:
        moving.take(part)
    return moving.result()


def test_it_moves_where_somebody_walks_and_nowhere_else() -> None:
    rows = rows_of(_walkers(), seconds=30)
    times, shares = _measured(parts_of_rows(rows)())
    assert len(times) == len(shares) == len(rows)
    walking, still = np.zeros(len(times), np.bool_), np.ones(len(times), np.bool_)
    for since, until in WALKS:
        walking |= (times[:, 0] >= since) & (times[:, 1] <= until)
        # Who comes and who goes differs between two pictures as well.
        still &= (times[:, 1] < since) | (times[:, 0] > until)
    assert walking.sum() > 5 * RATE
    assert (shares[walking] > BODY / 2).all()
    assert (shares[walking] < 5 * BODY).all()
    assert (shares[still] == 0.0).all()


def test_two_bodies_are_more_than_one() -> None:
    near = Walker(row=20, column=60.0, speed=45.0, size=(120, 60), texture=3)
    far = Walker(row=90, column=250.0, speed=-30.0, texture=4)
    both, one = (
        float(_measured(parts_of_rows(rows_of(walkers, seconds=1.5))())[1].mean())
        for walkers in ([near, far], [far])
    )
    assert both > 3 * one


def test_what_is_ignored_stands_still() -> None:
    hidden = np.zeros((HEIGHT, WIDTH), np.bool_)
    hidden[80:] = True
    motion = MotionCells(GRID, interval=1 / RATE, hidden=hidden, unseen=hidden)
    pictures = street(_walkers(), seconds=10)
    rows = np.stack([motion.row(before, after, lit=False) for before, after in pairwise(pictures)])
    assert _measured(parts_of_rows(rows)())[1] == pytest.approx(0.0)


def test_of_nothing_nothing_is_told() -> None:
    times, shares = MovingShare().result()
    assert times.shape == (0, 2)
    assert shares.shape == (0,)
