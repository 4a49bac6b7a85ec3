"""Each layout of the family, written from known boxes, gives them back."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.box_layouts import candidates, recognized

SIZE = (416, 416)
PLACES = 3549
PEOPLE = np.array([[40, 60, 120, 300], [200, 100, 260, 330]], np.float32)
SCORES = np.array([0.9, 0.6], np.float32)
CHOSEN = [100, 2500]  # the places whose numbers say so
Made = NDArray[np.float32]


def rows(places: int, *, classes: int, person: int, objectness: bool) -> Made:
    """(places, 4 + classes): centers all over the picture, scores of nearly nothing."""
    random = np.random.default_rng(0)
    made = random.uniform(0, 0.01, (places, 4 + objectness + classes)).astype(np.float32)
    made[:, :2] = random.uniform(0, SIZE[0], (places, 2))
    made[:, 2:4] = random.uniform(5, 100, (places, 2))
    made[CHOSEN, :2] = (PEOPLE[:, :2] + PEOPLE[:, 2:]) / 2
    made[CHOSEN, 2:4] = PEOPLE[:, 2:] - PEOPLE[:, :2]
    made[CHOSEN, 4 + objectness + person] = SCORES
    if objectness:
        made[:, 4] = 1.0
    return made


def yolox() -> Made:
    return rows(PLACES, classes=80, person=0, objectness=True)[None]


def yolox_grid() -> Made:
    made, start = yolox(), 0
    for stride in (8, 16, 32):
        side = SIZE[0] // stride
        y, x = np.meshgrid(np.arange(side), np.arange(side), indexing="ij")
        part = made[0, start : start + side * side]
        part[:, :2] = part[:, :2] / stride - np.stack([x.ravel(), y.ravel()], axis=1)
        part[:, 2:4] = np.log(part[:, 2:4] / stride)
        start += side * side
    # Places are not where their boxes are here: an untrained grid has its offsets near 0.
    others = np.setdiff1d(np.arange(PLACES), CHOSEN)
    made[0, others, :2] %= 1
    return made


def v5() -> Made:
    return rows(3 * PLACES, classes=80, person=0, objectness=True)[None]


def v8() -> Made:
    return np.ascontiguousarray(rows(PLACES, classes=80, person=0, objectness=False).T[None])


def v8_shares() -> Made:
    made = v8()
    made[:, :4] /= SIZE[0]
    return made


def v8_pose() -> Made:
    made = rows(PLACES, classes=52, person=0, objectness=False)
    return np.ascontiguousarray(made.T[None])


def end_to_end() -> Made:
    made = np.zeros((1, 300, 6), np.float32)
    made[0, :2, :4], made[0, :2, 4] = PEOPLE, SCORES
    made[0, 2] = [0, 0, 50, 50, 0.95, 2]  # a car
    return made


@pytest.mark.parametrize(
    ("make", "layout", "unit"),
    [
        (yolox_grid, "yolox-grid", "pixels"),
        (yolox, "yolox", "pixels"),
        (v5, "v5", "pixels"),
        (v8, "v8", "pixels"),
        (v8_shares, "v8", "shares"),
        (v8_pose, "v8", "pixels"),
        (end_to_end, "end-to-end", "pixels"),
    ],
)
def test_a_layout_is_recognized_and_read(make: Callable[[], Made], layout: str, unit: str) -> None:
    output = make()
    spec = recognized(output, size=SIZE, names=None)
    assert (spec.layout, spec.unit, spec.person) == (layout, unit, 0)
    assert spec.color == ("bgr" if layout.startswith("yolox") else "rgb")
    found = candidates(output, spec, size=SIZE, least=0.3)
    order = np.argsort(-found.scores)
    assert np.allclose(found.boxes[order], PEOPLE, atol=0.05)
    assert np.allclose(found.scores[order], SCORES, atol=1e-4)


def test_names_say_which_class_is_people_and_how_many_there_are() -> None:
    names = {0: "car", 1: "Person"}
    output = rows(PLACES, classes=2, person=1, objectness=False)[None]
    spec = recognized(output, size=SIZE, names=names)
    assert (spec.layout, spec.classes, spec.person) == ("v8-rows", 2, 1)
    assert np.allclose(np.sort(candidates(output, spec, size=SIZE, least=0.3).scores), [0.6, 0.9])


def test_a_detector_without_people_is_refused() -> None:
    with pytest.raises(ModelError, match="no class for people"):
        recognized(v8(), size=SIZE, names={n: f"fruit {n}" for n in range(80)})


@pytest.mark.parametrize("shape", [(1, 1000), (1, 7, 7, 30), (2, PLACES, 85), (1, 5000, 6)])
def test_what_is_no_layout_of_the_family_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match="YOLO family"):
        recognized(np.zeros(shape, np.float32), size=SIZE, names=None)
