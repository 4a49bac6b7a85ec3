"""A surveillance camera on a pole: where points of the world (meters) fall in the picture."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

PERSON = 1.75  # m, what `looking_at` sizes the view by


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A pinhole camera.

    World axes: x to the right, y away from a camera of yaw 0, z up, meters, ground at z = 0. `at`
    is where it hangs; `yaw` turns it to the left and `pitch` down (radians); `focal` is in pixels,
    `size` is (height, width). `horizon` is the row on which the optical axis lies.
    """

    at: tuple[float, float, float]
    yaw: float
    pitch: float
    focal: float
    horizon: float
    size: tuple[int, int]

    @staticmethod
    def looking_at(
        place: tuple[float, float],
        *,
        distance: float,
        height: float,
        yaw: float,
        person: float,
        row: float,
        size: tuple[int, int],
    ) -> "Camera":
        """Hang a camera so that a person standing at `place` looks as wished.

        `distance` (m) along the ground and `height` (m) place the camera; `person` is the person's
        share of the picture's height, `row` the share of the picture above their feet.
        """
        x = place[0] + distance * math.sin(yaw)
        y = place[1] - distance * math.cos(yaw)
        reach = math.hypot(distance, height)
        focal = person * size[0] * reach / PERSON
        down = math.atan2(height, distance)
        pitch = down - math.atan2((row - 0.5) * size[0], focal)
        return Camera(
            at=(x, y, height), yaw=yaw, pitch=pitch, focal=focal, horizon=size[0] / 2, size=size
        )

    def axes(self) -> Floats:
        """Rows: right, down and forward in world coordinates, (3, 3)."""
        cy, sy = math.cos(self.yaw), math.sin(self.yaw)
        cp, sp = math.cos(self.pitch), math.sin(self.pitch)
        return np.array([[cy, sy, 0.0], [sy * sp, -cy * sp, -cp], [-sy * cp, cy * cp, -sp]])

    def project(self, points: Floats) -> tuple[Floats, Floats]:
        """Pixels (n, 2) as x, y and depths (n,) in meters of world points (n, 3).

        Points behind the camera have depths below 0 and meaningless pixels.
        """
        local = (points - np.array(self.at)) @ self.axes().T
        depth = local[:, 2]
        safe = np.where(np.abs(depth) < 0.05, 0.05, depth)
        pixels = np.empty((len(points), 2))
        pixels[:, 0] = self.size[1] / 2 + self.focal * local[:, 0] / safe
        pixels[:, 1] = self.horizon + self.focal * local[:, 1] / safe
        return pixels, depth

    def rays(self, supersample: int) -> Floats:
        """World directions (3, height * s, width * s) through every (sub-)pixel."""
        height, width = (n * supersample for n in self.size)
        across = ((np.arange(width) + 0.5) / supersample - self.size[1] / 2) / self.focal
        down = ((np.arange(height) + 0.5) / supersample - self.horizon) / self.focal
        right, below, forward = self.axes()
        return np.asarray(
            forward[:, None, None]
            + right[:, None, None] * across[None, None, :]
            + below[:, None, None] * down[None, :, None]
        )
