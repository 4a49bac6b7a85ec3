"""Finding people and their landmarks in the frames of a recording."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes
from crimeview.core.clip import ClipSpec
from crimeview.core.people import LANDMARKS, MOST_PEOPLE, Finder, People
from crimeview.core.recording import Recording
from crimeview.nets.detector import Detector
from crimeview.nets.pose import Pose

RATE = 3.0  # frames a second that are looked at
_MOST_LINES = 720  # more shows a person's joints no better to the networks
_BOXES = Callable[[NDArray[np.uint8]], tuple[Boxes, NDArray[np.float32]]]


def people_spec(recording: Recording) -> ClipSpec:
    """Single frames at `RATE`, in the recording's own shape and of at most 720 lines."""
    return people_spec_of(height=recording.height, width=recording.width)


def people_spec_of(*, height: int, width: int) -> ClipSpec:
    """The same of pictures of that size."""
    scale = min(1.0, _MOST_LINES / max(1, height))
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    return ClipSpec(frames=1, rate=RATE, step=1, resize=size, crop=size, color="rgb")


@dataclass(slots=True)
class PeopleFinder:
    """Finds people in frames: by `detector`, or where there is none by what moves."""

    pose: Pose
    detector: Detector | None

    @property
    def finder(self) -> Finder:
        return Finder.PERSON if self.detector is not None else Finder.REGION

    @property
    def key(self) -> str:
        """A text that is equal exactly where what is found would be equal."""
        boxes = "mog2" if self.detector is None else self.detector.sha256
        tiles = self.detector is not None and self.detector.tiles
        return " ".join([*self.pose.sha256, boxes, f"tiles={int(tiles)}"])

    def rows(self) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
        """A maker of rows (`core.people.ROW`,) of clips (1, height, width, 3).

        Motion regions learn the background from the frames that this maker has seen.
        """
        boxes = self._boxes()
        return lambda frames: self._people(frames[0], boxes).row()

    def _boxes(self) -> _BOXES:
        if self.detector is not None:
            return self.detector.people
        from crimeview.scene.motion_regions import MotionRegions  # OpenCV is slow to load

        return MotionRegions().regions

    def _people(self, frame: NDArray[np.uint8], find: _BOXES) -> People:
        boxes, scores = find(frame)
        boxes, scores = boxes[:MOST_PEOPLE], scores[:MOST_PEOPLE]
        height, width = frame.shape[:2]
        landmarks = np.full((len(boxes), LANDMARKS, 3), np.nan, np.float32)
        for number, box in enumerate(boxes):
            found = self.pose.of_box(frame, box)
            if found is not None:
                landmarks[number] = found / np.array([width, height, 1], np.float32)
        shares = boxes / np.array([width, height, width, height], np.float32)
        return People(np.asarray(shares, np.float32), scores, landmarks)


@dataclass(slots=True)
class WholeFrameFinder:
    """Finds whoever stands out most in a whole frame, by the pose networks alone."""

    pose: Pose

    @property
    def key(self) -> str:
        """As that of `PeopleFinder`."""
        return " ".join([*self.pose.sha256, "whole frame"])

    def rows(self) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
        """A maker of rows of clips, as that of `PeopleFinder`."""
        return lambda frames: self._people(frames[0]).row()

    def _people(self, frame: NDArray[np.uint8]) -> People:
        found = self.pose.of_frame(frame)
        if found is None:
            return People.nobody()
        height, width = frame.shape[:2]
        landmarks = found / np.array([width, height, 1], np.float32)
        box = np.concatenate([landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)])
        marks = np.asarray(landmarks[None], np.float32)
        return People(np.asarray(box[None], np.float32), np.ones(1, np.float32), marks)
