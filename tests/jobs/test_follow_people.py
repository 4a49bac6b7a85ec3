"""People in footage that was composed of two recordings, so that it is known who is who."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes, intersection_over_union
from crimeview.core.clip import ClipSpec
from crimeview.core.people import LANDMARKS, People
from crimeview.jobs.follow_people import followed
from crimeview.jobs.import_detector import import_detector
from crimeview.jobs.import_model import Target
from crimeview.nets.detector import Detector
from crimeview.scene.tracker import Tracker
from crimeview.video.source import opened
from tests.jobs.finished import finished

HEIGHT, WIDTH = 360, 640
SPEC = ClipSpec(
    frames=1, rate=3.0, step=1, resize=(HEIGHT, WIDTH), crop=(HEIGHT, WIDTH), color="rgb"
)
# The second one's person is moved sideways into the first one's picture.
PAIRS = [("normal/001", "normal/005", -150), ("theft/001", "normal/003", 160)]
_CHANGED = 24  # levels from the median of a recording: where its person is
Frames = NDArray[np.uint8]


@pytest.fixture(scope="module")
def detector(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Detector]:
    file = data / "detectors" / "yolox_nano_416.onnx"
    if not file.is_file():
        pytest.skip(f"the detector {file} is absent")
    models = tmp_path_factory.mktemp("models")
    target = Target(models=models, name=None, overwrite=False)
    with Detector(finished(import_detector(file, target=target))) as detector:
        yield detector


@dataclass(frozen=True)
class Alone:
    """A recording of one person: frames and the person's box in each."""

    frames: Frames
    boxes: Boxes


def alone(data: Path, name: str, detector: Detector) -> Alone:
    with opened(data / "shoplifting" / f"{name}.mp4") as source:
        frames = np.concatenate([clip.frames for clip in source.clips(SPEC)])
    boxes = []
    for frame in frames:
        found, _ = detector.people(frame)
        assert len(found), "the person is in every frame"
        boxes.append(found[0])
    return Alone(frames, np.stack(boxes))


def composed(first: Alone, second: Alone, shift: int) -> Frames:
    """The first recording with the second one's person, who stands in front."""
    usual = np.median(second.frames, axis=0).astype(np.int16)
    frames = first.frames.copy()
    for frame, other, box in zip(frames, second.frames, second.boxes, strict=True):
        changed = np.abs(other.astype(np.int16) - usual).max(axis=2) > _CHANGED
        inside = np.zeros_like(changed)
        left, top, right, bottom = np.clip(box, 0, WIDTH).astype(int)
        inside[top : bottom + 1, left : right + 1] = True
        rows, columns = np.nonzero(changed & inside)
        there = (columns + shift >= 0) & (columns + shift < WIDTH)
        frame[rows[there], columns[there] + shift] = other[rows[there], columns[there]]
    return frames


@pytest.mark.parametrize(("first", "second", "shift"), PAIRS)
def test_each_of_two_people_keeps_one_number(
    data: Path, detector: Detector, first: str, second: str, shift: int
) -> None:
    one, other = alone(data, first, detector), alone(data, second, detector)
    moved = other.boxes + np.array([shift, 0, shift, 0], np.float32)
    tracker = Tracker()
    given: dict[str, list[int]] = {"one": [], "other": []}
    for number, frame in enumerate(composed(one, other, shift)):
        boxes, scores = detector.people(frame)
        ids = tracker.take(boxes, scores, number / 3)
        known = np.stack([one.boxes[number], moved[number]])
        overlaps = intersection_over_union(boxes, known)
        for row, person in enumerate(ids):
            if person >= 0 and overlaps[row].max() > 0.5:
                given[("one", "other")[int(overlaps[row].argmax())]].append(person)
    assert min(map(len, given.values())) >= 15, "both are seen in half of the frames"
    one_id, other_id = (max(set(ids), key=ids.count) for ids in given.values())
    assert one_id != other_id
    wrong = sum(p != one_id for p in given["one"]) + sum(p != other_id for p in given["other"])
    assert wrong <= 0.05 * sum(map(len, given.values()))


def test_rows_become_a_sequence_for_each_person() -> None:
    def rows() -> Iterator[tuple[float, NDArray[np.float32]]]:
        for frame in range(20):
            x = 0.1 + 0.02 * frame
            boxes = np.array([[x, 0.2, x + 0.1, 0.8], [0.9 - x, 0.3, 1 - x, 0.7]], np.float32)
            marks = np.full((2, LANDMARKS, 3), np.nan, np.float32)
            yield frame / 3, People(boxes, np.array([0.9, 0.8], np.float32), marks).row()

    found = list(followed(rows(), aspect=16 / 9))
    assert sorted(len(sequence) for sequence in found) == [20, 20]
    assert len({sequence.person for sequence in found}) == 2
