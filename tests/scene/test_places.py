import numpy as np

from crimeview.core.novelty import Reason
from crimeview.scene.cells import unpacked
from crimeview.scene.learning import learned
from crimeview.scene.marks import stay_mark
from crimeview.scene.places import Places
from crimeview.scene.scoring import SceneScorer
from crimeview.scene.usual import Usual
from tests.scene.walkers import GRID, Walker, crowd, parts_of_rows, rows_of, times_of


def _usual() -> Usual:
    return Usual(learned(parts_of_rows(rows_of(crowd(seconds=40), seconds=40)), GRID, trust=True))


def test_what_is_left_behind_is_told_with_its_seconds() -> None:
    usual = _usual()
    bag = Walker(row=20, column=200.0, speed=0.0, since=4.0, size=(32, 32), texture=9)
    scorer = SceneScorer(usual)
    for part in parts_of_rows(rows_of([bag], seconds=40))():
        scorer.take(part)
    assert scorer.staying
    first, last = scorer.staying[0], scorer.staying[-1]
    assert 22 < first.time < 28, "twenty seconds after it was put there"
    assert last.mark.reason is Reason.STATIONARY
    assert 30 < last.mark.number < 37
    assert last.mark.left * 320 < 216 < last.mark.right * 320
    times, values = scorer.result()
    assert (values[times[:, 0] > 28] > 0.5).all()
    assert (values[times[:, 0] < 20] < 0.5).all()


def test_who_walks_on_the_spot_loiters() -> None:
    usual = _usual()
    steps = [
        Walker(
            row=20,
            column=200.0,
            speed=20.0 if number % 2 else -20.0,
            since=number * 0.4,
            until=(number + 1) * 0.4,
            texture=9,
            size=(40, 24),
        )
        for number in range(100)
    ]
    places = Places(usual)
    rows = rows_of(steps, seconds=36)
    marks = [
        stay_mark(stay, usual) for stay in places.take(unpacked(GRID, times_of(len(rows)), rows))
    ]
    reasons = [mark.reason for mark in marks if mark is not None]
    assert reasons
    assert set(reasons) == {Reason.LOITERING}


def test_walkers_leave_their_places_free() -> None:
    usual = _usual()
    places = Places(usual)
    rows = rows_of(crowd(seconds=40, every=2.0), seconds=40)
    stays = places.take(unpacked(GRID, times_of(len(rows)), rows))
    assert max(float(stay.seconds.max()) for stay in stays) < 15
    assert all(stay_mark(stay, usual) is None for stay in stays)
    places.finish()


def test_a_break_in_time_ends_all_stays() -> None:
    usual = _usual()
    places = Places(usual)
    bag = Walker(row=20, column=200.0, speed=0.0, size=(32, 32), texture=9)
    rows = rows_of([bag], seconds=10)
    before = places.take(unpacked(GRID, times_of(len(rows)), rows))[-1]
    after = places.take(unpacked(GRID, times_of(len(rows), since=60.0), rows))[0]
    assert before.seconds.max() > 8
    assert after.seconds.max() == 0


def test_light_that_changes_everywhere_occupies_nothing() -> None:
    usual = _usual()
    rows = rows_of([], seconds=6)
    moments = unpacked(GRID, times_of(len(rows)), rows)
    moments.light[...] = 255 - moments.light
    stays = Places(usual).take(moments)
    assert np.max([stay.seconds.max() for stay in stays]) == 0
