import numpy as np

from crimeview.core.people import LANDMARKS, MOST_PEOPLE, ROW, People


def crowd(count: int) -> People:
    random = np.random.default_rng(0)
    return People(
        random.random((count, 4)).astype(np.float32),
        np.linspace(0.1, 0.9, count).astype(np.float32),
        random.random((count, LANDMARKS, 3)).astype(np.float32),
    )


def test_a_row_holds_what_it_was_made_of() -> None:
    people = crowd(3)
    people.landmarks[1] = np.nan
    row = people.row()
    assert row.shape == (ROW,)
    found = People.of_row(row.astype(np.float16))
    assert len(found) == 3
    order = [2, 1, 0]  # the highest score first
    assert np.allclose(found.boxes, people.boxes[order], atol=1e-3)
    assert np.isnan(found.landmarks[1]).all()
    assert np.allclose(found.landmarks[0], people.landmarks[2], atol=1e-3)


def test_of_a_crowd_the_surest_are_kept() -> None:
    found = People.of_row(crowd(MOST_PEOPLE + 4).row())
    assert len(found) == MOST_PEOPLE
    assert found.scores.min() > 0.3


def test_nobody_is_a_row_too() -> None:
    assert len(People.of_row(People.nobody().row())) == 0
