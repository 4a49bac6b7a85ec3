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
    `size` is (height, width).
    """

    at: tuple[float, float, float]
    yaw: float
    pitch: float
    focal: float
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
        return Camera(at=(x, y, height), yaw=yaw, pitch=pitch, focal=focal, size=size)

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
        pixels[:, 1] = self.size[0] / 2 + self.focal * local[:, 1] / safe
        return pixels, depth

    def may_see(self, place: tuple[float, float], *, margin: float) -> bool:
        """Whether something within `margin` m of a ground point can be in the picture."""
        x, y = place[0] - self.at[0], place[1] - self.at[1]
        across = x * math.cos(self.yaw) + y * math.sin(self.yaw)
        ahead = y * math.cos(self.yaw) - x * math.sin(self.yaw)
        reach = ahead * math.cos(self.pitch) + self.at[2] * math.sin(self.pitch) + margin
        return reach > 0 and abs(across) < reach * self.size[1] / 2 / self.focal + margin

    def rays(self, *, rows: tuple[int, int], supersample: int) -> Floats:
        """World directions (3, n * s, width * s) through the (sub-)pixels of rows [first, stop)."""
        steps = (np.arange(rows[0] * supersample, rows[1] * supersample) + 0.5) / supersample
        down = (steps - self.size[0] / 2) / self.focal
        steps = (np.arange(self.size[1] * supersample) + 0.5) / supersample
        across = (steps - self.size[1] / 2) / self.focal
        right, below, forward = self.axes()[:, :, None, None]
        return np.asarray(forward + right * across[None, None, :] + below * down[None, :, None])
