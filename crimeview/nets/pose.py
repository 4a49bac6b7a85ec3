"""A person's landmarks: MediaPipe's BlazePose (Bazarevsky et al. 2020), without MediaPipe.

Two networks: one finds in a square around a person the middle of the hips and how the body is
turned, the other the landmarks in a square that is laid around the body by that.
"""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.people import LANDMARKS
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.pose_files import LANDMARKS_SPACE, REGIONS_SPACE
from crimeview.nets.pose_regions import BodyRegion, body_regions
from crimeview.nets.session import Session
from crimeview.nets.warp import Rect, sampled

_AROUND = 1.5  # side of the square that is searched, in the longer sides of a person's box
_BODY = 1.25  # side of the square around a body, in lengths of the body
_LEAST_PRESENCE = 0.5


class Pose:
    """Both networks, ready to run; `sha256` are those of the files."""

    def __init__(
        self, regions: ModelFolder, landmarks: ModelFolder, *, threads: int | None = None
    ) -> None:
        """Open; raises ModelError where they are not the two networks of BlazePose."""
        for model, space in ((regions, REGIONS_SPACE), (landmarks, LANDMARKS_SPACE)):
            manifest = model.manifest
            if manifest.kind != "pose" or manifest.feature_space != space:
                raise ModelError(
                    f"The model “{manifest.name}” is not one for {space}; fetch it with: "
                    "crimeview models fetch pose"
                )
        self._regions: Session | None = Session(regions, threads=threads)
        self._landmarks: Session | None = Session(landmarks, threads=threads)
        self.sha256 = (self._regions.sha256, self._landmarks.sha256)
        self._region_side = _side(regions)
        self._side = _side(landmarks)

    def of_box(
        self, frame: NDArray[np.uint8], box: NDArray[np.float32]
    ) -> NDArray[np.float32] | None:
        """The landmarks (33, 3) of the person in a box; None where there is none.

        Rows are x and y in the frame's pixels and visibility, 0 to 1. `frame` is uint8 RGB, `box`
        its left, top, right, bottom.
        """
        side = _AROUND * float(max(box[2] - box[0], box[3] - box[1]))
        around = Rect(float(box[0] + box[2]) / 2, float(box[1] + box[3]) / 2, side, side)
        inside = [region for region in self.bodies(frame, around) if _lies_in(region, box)]
        return self.of_region(frame, inside[0] if inside else _of_box(box))

    def of_frame(self, frame: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        """The landmarks of whoever stands out most in the whole frame, as MediaPipe finds them."""
        height, width = frame.shape[:2]
        side = float(max(height, width))
        found = self.bodies(frame, Rect(width / 2, height / 2, side, side))
        return self.of_region(frame, found[0]) if found else None

    def bodies(self, frame: NDArray[np.uint8], around: Rect) -> list[BodyRegion]:
        """The bodies in a square of the frame, the likeliest first."""
        if self._regions is None:
            raise ValueError("the pose networks are closed")
        side = self._region_side
        part = sampled(frame, around, height=side, width=side)
        output = self._regions.run(part[None] * np.float32(2 / 255) - np.float32(1))
        return body_regions(output[0], side=side, around=around)

    def of_region(self, frame: NDArray[np.uint8], region: BodyRegion) -> NDArray[np.float32] | None:
        """The landmarks (33, 3) of a body; None where the network says that there is none."""
        if self._landmarks is None:
            raise ValueError("the pose networks are closed")
        side = _BODY * region.length
        rect = Rect(region.x, region.y, side, side, region.angle)
        part = sampled(frame, rect, height=self._side, width=self._side)
        output = self._landmarks.run(part[None] * np.float32(1 / 255))[0]
        if output[195] < _LEAST_PRESENCE:
            return None
        points = output[:195].reshape(39, 5)[:LANDMARKS]
        places = rect.to_picture(points[:, :2] / np.float32(self._side))
        visible = 1 / (1 + np.exp(-points[:, 3:4]))
        return np.asarray(np.concatenate([places, visible], axis=1), np.float32)

    def close(self) -> None:
        self._regions = self._landmarks = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _side(model: ModelFolder) -> int:
    side = model.manifest.input.shape[1]
    assert side is not None  # the importer has checked it
    return side


def _lies_in(region: BodyRegion, box: NDArray[np.float32]) -> bool:
    """Whether the body's hips are in the box: others may be in the square around it."""
    return bool(box[0] <= region.x <= box[2] and box[1] <= region.y <= box[3])


def _of_box(box: NDArray[np.float32]) -> BodyRegion:
    """Where the body is, upright, if only the box around it is known."""
    height = float(box[3] - box[1])
    x, y = float(box[0] + box[2]) / 2, float(box[1] + box[3]) / 2
    return BodyRegion(x=x, y=y, length=height, angle=0.0, box=box, score=0.0)
