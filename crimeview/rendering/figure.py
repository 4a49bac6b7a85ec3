"""A person: a skeleton dressed with capsules."""

import numpy as np

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas, Limbs
from crimeview.rendering.item import bounds
from crimeview.rendering.light import Light
from crimeview.rendering.look import Look
from crimeview.rendering.skeleton import AT, joints

# Parts: joints, radii in meters at either end, color, and how much nearer than its middle a part
# counts when parts are ordered by depth.
_PARTS = (
    ("l_ankle", "l_toe", 0.05, 0.042, "shoes", 0.0),
    ("r_ankle", "r_toe", 0.05, 0.042, "shoes", 0.0),
    ("l_knee", "l_ankle", 0.062, 0.047, "shin", 0.0),
    ("r_knee", "r_ankle", 0.062, 0.047, "shin", 0.0),
    ("l_hip", "l_knee", 0.093, 0.066, "bottom", 0.0),
    ("r_hip", "r_knee", 0.093, 0.066, "bottom", 0.0),
    ("l_hip", "r_hip", 0.1, 0.1, "bottom", 0.0),
    ("l_side", "l_shoulder", 0.108, 0.085, "top", 0.01),
    ("r_side", "r_shoulder", 0.108, 0.085, "top", 0.01),
    ("l_shoulder", "r_shoulder", 0.078, 0.078, "top", 0.01),
    ("pack_end", "pack_top", 0.13, 0.11, "pack", 0.0),
    ("l_shoulder", "l_elbow", 0.062, 0.05, "top", 0.0),
    ("r_shoulder", "r_elbow", 0.062, 0.05, "top", 0.0),
    ("l_elbow", "l_wrist", 0.047, 0.036, "sleeve", 0.0),
    ("r_elbow", "r_wrist", 0.047, 0.036, "sleeve", 0.0),
    ("l_wrist", "l_hand", 0.042, 0.036, "skin", 0.0),
    ("r_wrist", "r_hand", 0.042, 0.036, "skin", 0.0),
    ("neck", "head", 0.055, 0.055, "skin", 0.02),
    ("head", "head", 0.098, 0.098, "skin", 0.05),
    ("crown", "nape", 0.098, 0.09, "hair", 0.05),
)
_FIRST = np.array([AT[p[0]] for p in _PARTS])
_SECOND = np.array([AT[p[1]] for p in _PARTS])
_RADII = np.array([[p[2], p[3]] for p in _PARTS])
_NEARER = np.array([p[5] for p in _PARTS])
_COLORS = ("shoes", "shin", "bottom", "top", "pack", "sleeve", "skin", "hair")
_COLOR = np.array([_COLORS.index(p[4]) for p in _PARTS])
_NO_PACK = np.array([p[4] != "pack" for p in _PARTS])
# Limbs enough for a soft shadow: joints, and radius in meters.
_SHADOW = (
    ("l_hip", "l_knee", 0.075),
    ("r_hip", "r_knee", 0.075),
    ("l_knee", "l_ankle", 0.05),
    ("r_knee", "r_ankle", 0.05),
    ("l_side", "l_shoulder", 0.11),
    ("r_side", "r_shoulder", 0.11),
    ("l_shoulder", "l_wrist", 0.045),
    ("r_shoulder", "r_wrist", 0.045),
    ("head", "crown", 0.09),
)
_SHADOW_ENDS = np.array([[AT[a], AT[b]] for a, b, _ in _SHADOW])
_SHADOW_RADII = np.array([[radius, radius] for _, _, radius in _SHADOW])


class Figure:
    """One person at one moment, ready to be painted."""

    def __init__(
        self,
        look: Look,
        pose: Floats,
        *,
        at: tuple[float, float],
        heading: float,
        camera: Camera,
        light: Light,
    ) -> None:
        body = joints(pose, heading=heading) * (look.height / 1.75)
        body[:, :2] += at
        pixels, depths = camera.project(body)
        self.depth = float(depths[:2].mean())
        self._look, self._light, self._at = look, light, at
        self._pixels, self._depths = pixels, depths
        self._scale = camera.focal / max(self.depth, 0.5)
        self._shadow = camera.project(_on_ground(body, light))[0]
        everything = np.concatenate([pixels, self._shadow])
        self.box = bounds(everything, depths, pad=0.2 * self._scale + 2.0)

    def cast(self, canvas: Canvas) -> None:
        """Paint the shadow."""
        if self._light.shade <= 0.0:
            return
        starts, ends = self._shadow[_SHADOW_ENDS[:, 0]], self._shadow[_SHADOW_ENDS[:, 1]]
        limbs = Limbs(starts, ends, _SHADOW_RADII * self._scale)
        canvas.darken_limbs(limbs, by=self._light.shade, soft=max(1.5, 0.06 * self._scale))

    def paint(self, canvas: Canvas) -> None:
        look = self._look
        palette = np.array(
            [
                look.shoes,
                look.skin if look.short_legs else look.bottom,
                look.bottom,
                look.top,
                look.pack or look.top,
                look.top if look.long_sleeves else look.skin,
                look.skin,
                look.hair,
            ]
        )
        colors = self._light.lit(palette, *self._at)
        order = (self._depths[_FIRST] + self._depths[_SECOND]) / 2 - _NEARER
        parts = np.argsort(-order)
        if look.pack is None:
            parts = parts[_NO_PACK[parts]]
        limbs = Limbs(
            self._pixels[_FIRST[parts]],
            self._pixels[_SECOND[parts]],
            _RADII[parts] * (self._scale * look.girth),
        )
        canvas.limbs(limbs, colors[_COLOR[parts]], round_by=0.3)


def _on_ground(body: Floats, light: Light) -> Floats:
    flat = body.copy()
    flat[:, :2] += body[:, 2:] * np.array(light.shadow)
    flat[:, 2] = 0.0
    return flat
