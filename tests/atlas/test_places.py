import numpy as np

from crimeview.atlas.places import Direction, Places

AT = np.array([[0, 0], [1, 0], [3, 0.5], [0, 2], [-1, -1], [0.2, 5]], np.float32)


def test_the_nearest_is_found_within_a_distance() -> None:
    places = Places(AT)
    assert places.nearest(0.9, 0.1, within=0.5) == 1
    assert places.nearest(10, 10, within=1) is None
    assert places.nearest(10, 10, within=np.inf) == 5


def test_only_those_among_are_found() -> None:
    places = Places(AT, among=np.array([3, 4]))
    assert len(places) == 2
    assert places.nearest(0, 0, within=np.inf) == 4
    assert Places(AT, among=np.empty(0, np.intp)).nearest(0, 0, within=np.inf) is None


def test_directions_lead_to_the_nearest_within_45_degrees() -> None:
    places = Places(AT)
    assert places.towards(0, 0, direction=Direction.RIGHT) == 1
    assert places.towards(1, 0, direction=Direction.RIGHT) == 2
    assert places.towards(0, 0, direction=Direction.UP) == 3
    assert places.towards(0, 2, direction=Direction.UP) == 5
    assert places.towards(0, 0, direction=Direction.LEFT) == 4
    assert places.towards(3, 0.5, direction=Direction.RIGHT) is None
