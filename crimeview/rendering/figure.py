"""A walking person: a skeleton of joints dressed with capsules."""

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas, Limbs
from crimeview.rendering.light import Light


class Pose(IntEnum):
    """Columns of a pose: joint angles in radians, 0 standing with hanging arms."""

    LEAN = 0  # torso forward
    ROLL = 1  # torso to the left
    TWIST = 2  # shoulders turned to the left
    NOD = 3  # head forward
    LEFT_HIP = 4  # thigh forward
    RIGHT_HIP = 5
    LEFT_KNEE = 6
    RIGHT_KNEE = 7
    LEFT_ARM = 8  # upper arm forward
    RIGHT_ARM = 9
    LEFT_OUT = 10  # upper arm sideways
    RIGHT_OUT = 11
    LEFT_ELBOW = 12
    RIGHT_ELBOW = 13
    TIP = 14  # the whole body forward (falling on the face: pi / 2)
    SIDE_TIP = 15  # the whole body to the left
    SPREAD = 16  # legs apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a person looks like; colors are red, green, blue, 0 to 255."""

    height: float
    girth: float
    top: tuple[float, float, float]
    bottom: tuple[float, float, float]
    skin: tuple[float, float, float]
    hair: tuple[float, float, float]
    shoes: tuple[float, float, float]
    long_sleeves: bool
    short_legs: bool
    pack: tuple[float, float, float] | None


_TOPS = (
    (196, 58, 52), (58, 92, 160), (44, 48, 56), (226, 224, 216), (92, 128, 84), (214, 170, 70),
    (120, 74, 110), (150, 152, 156), (70, 130, 150), (32, 36, 62), (176, 108, 70), (240, 240, 244),
)  # fmt: skip
_BOTTOMS = (
    (52, 64, 96), (38, 40, 46), (94, 86, 74), (70, 84, 116), (28, 30, 36), (128, 116, 96),
    (82, 82, 88), (60, 50, 44),
)  # fmt: skip
_SKINS = ((222, 176, 146), (196, 146, 112), (150, 104, 76), (104, 72, 54), (232, 192, 166))
_HAIRS = ((40, 32, 28), (70, 48, 34), (24, 22, 24), (120, 92, 58), (120, 118, 116))
_SHOES = ((30, 28, 28), (70, 54, 42), (210, 208, 204))


def random_look(rng: Generator) -> Look:
    """Draw a person's looks."""

    def pick(colors: tuple[tuple[int, int, int], ...]) -> tuple[float, float, float]:
        red, green, blue = np.array(colors[rng.integers(len(colors))]) * rng.uniform(0.85, 1.1)
        return float(red), float(green), float(blue)

    return Look(
        height=float(rng.uniform(1.58, 1.9)),
        girth=float(rng.uniform(0.92, 1.18)),
        top=pick(_TOPS),
        bottom=pick(_BOTTOMS),
        skin=pick(_SKINS),
        hair=pick(_HAIRS),
        shoes=pick(_SHOES),
        long_sleeves=bool(rng.random() < 0.65),
        short_legs=bool(rng.random() < 0.15),
        pack=pick(_TOPS) if rng.random() < 0.2 else None,
    )


# Joints of the skeleton, in the order `_joints` gives them; left before right.
_JOINTS = (
    "l_hip", "r_hip", "l_knee", "r_knee", "l_ankle", "r_ankle", "l_toe", "r_toe",
    "l_shoulder", "r_shoulder", "l_elbow", "r_elbow", "l_wrist", "r_wrist", "l_hand", "r_hand",
    "neck", "head", "crown", "nape", "pack_top", "pack_end", "l_side", "r_side",
)  # fmt: skip
_AT = {name: index for index, name in enumerate(_JOINTS)}


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
_FIRST = np.array([_AT[p[0]] for p in _PARTS])
_SECOND = np.array([_AT[p[1]] for p in _PARTS])
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
_SHADOW_ENDS = np.array([[_AT[a], _AT[b]] for a, b, _ in _SHADOW])
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
        joints = _standing(_joints(pose), pose, heading=heading) * (look.height / 1.75)
        joints[:, 2] -= joints[:, 2].min() - 0.045
        joints[:, :2] += at
        pixels, depths = camera.project(joints)
        self.depth = float(depths[:2].mean())
        self._look, self._light, self._at = look, light, at
        self._pixels, self._depths = pixels, depths
        self._scale = camera.focal / max(self.depth, 0.5)
        self._shadow = camera.project(_on_ground(joints, light))[0]
        everything = np.concatenate([pixels, self._shadow])
        low, high = everything.min(axis=0), everything.max(axis=0)
        pad = 0.2 * self._scale + 2.0
        self.box = (low[0] - pad, low[1] - pad, high[0] + pad, high[1] + pad)

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


def _on_ground(joints: Floats, light: Light) -> Floats:
    flat = joints.copy()
    flat[:, 0] += joints[:, 2] * light.shadow[0]
    flat[:, 1] += joints[:, 2] * light.shadow[1]
    flat[:, 2] = 0.0
    return flat


def _standing(joints: Floats, pose: Floats, *, heading: float) -> Floats:
    """Body coordinates (forward, left, up) to world axes around the hips."""
    tip, side = float(pose[Pose.TIP]), float(pose[Pose.SIDE_TIP])
    ct, st, cs, ss = math.cos(tip), math.sin(tip), math.cos(side), math.sin(side)
    ch, sh = math.cos(heading), math.sin(heading)
    tipping = np.array([[ct, 0.0, st], [0.0, 1.0, 0.0], [-st, 0.0, ct]])
    rolling = np.array([[1.0, 0.0, 0.0], [0.0, cs, ss], [0.0, -ss, cs]])
    turning = np.array([[ch, -sh, 0.0], [sh, ch, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(joints @ (turning @ rolling @ tipping).T)


def _joints(pose: Floats) -> Floats:
    """Joints (n, 3) of a person 1.75 m tall, in body coordinates around the middle of the hips."""
    p = [float(v) for v in pose]
    points: dict[str, tuple[float, float, float]] = {}
    for side, sign in (("l", 1.0), ("r", -1.0)):
        left = side == "l"
        thigh = p[Pose.LEFT_HIP if left else Pose.RIGHT_HIP]
        shin = thigh - p[Pose.LEFT_KNEE if left else Pose.RIGHT_KNEE]
        spread = sign * math.sin(p[Pose.SPREAD])
        hip = (0.0, sign * 0.085, 0.0)
        knee = (0.42 * math.sin(thigh), hip[1] + 0.42 * spread, -0.42 * math.cos(thigh))
        ankle = (
            knee[0] + 0.41 * math.sin(shin),
            knee[1] + 0.41 * spread * 0.6,
            knee[2] - 0.41 * math.cos(shin),
        )
        foot = shin * 0.6
        points[f"{side}_hip"], points[f"{side}_knee"], points[f"{side}_ankle"] = hip, knee, ankle
        points[f"{side}_toe"] = (
            ankle[0] + 0.16 * math.cos(foot),
            ankle[1] + sign * 0.02,
            ankle[2] - 0.03 + 0.16 * math.sin(foot),
        )
    _add_torso(points, p)
    return np.array([points[name] for name in _JOINTS])


def _add_torso(points: dict[str, tuple[float, float, float]], p: list[float]) -> None:
    lean, roll, twist = p[Pose.LEAN], p[Pose.ROLL], p[Pose.TWIST]
    up = (math.sin(lean) * math.cos(roll), math.sin(roll), math.cos(lean) * math.cos(roll))

    def along(length: float, forward: float = 0.0) -> tuple[float, float, float]:
        return (
            up[0] * length + forward * math.cos(lean),
            up[1] * length,
            up[2] * length - forward * math.sin(lean),
        )

    neck = along(0.5)
    points["neck"] = neck
    nod = lean + p[Pose.NOD]
    out = (math.sin(nod) * math.cos(roll), math.sin(roll), math.cos(nod) * math.cos(roll))
    head = (neck[0] + 0.19 * out[0] + 0.02, neck[1] + 0.19 * out[1], neck[2] + 0.19 * out[2])
    points["head"] = head
    points["crown"] = (head[0] + 0.05 * out[0] - 0.012, head[1], head[2] + 0.05 * out[2])
    points["nape"] = (
        head[0] - 0.035 * math.cos(nod),
        head[1],
        head[2] + 0.035 * math.sin(nod) + 0.01,
    )
    points["pack_top"], points["pack_end"] = along(0.42, -0.17), along(0.18, -0.18)
    across = (-math.sin(twist), math.cos(twist) * math.cos(roll), -math.sin(roll))
    for side, sign in (("l", 1.0), ("r", -1.0)):
        left = side == "l"
        waist = along(0.06)
        points[f"{side}_side"] = (
            waist[0] + sign * 0.075 * across[0] * 0.5,
            waist[1] + sign * 0.075,
            waist[2],
        )
        base = along(0.44)
        shoulder = (
            base[0] + sign * 0.165 * across[0],
            base[1] + sign * 0.165 * across[1],
            base[2] + sign * 0.165 * across[2],
        )
        points[f"{side}_shoulder"] = shoulder
        swing = p[Pose.LEFT_ARM if left else Pose.RIGHT_ARM] + 0.4 * lean
        away = p[Pose.LEFT_OUT if left else Pose.RIGHT_OUT]
        bend = swing + p[Pose.LEFT_ELBOW if left else Pose.RIGHT_ELBOW]
        elbow = _reach(shoulder, 0.29, swing, sign * away, twist)
        wrist = _reach(elbow, 0.25, bend, sign * away * 0.4, twist)
        points[f"{side}_elbow"], points[f"{side}_wrist"] = elbow, wrist
        points[f"{side}_hand"] = _reach(wrist, 0.08, bend, sign * away * 0.4, twist)


def _reach(
    start: tuple[float, float, float], length: float, swing: float, away: float, twist: float
) -> tuple[float, float, float]:
    forward = math.sin(swing) * math.cos(away)
    left = math.sin(away)
    ct, st = math.cos(twist), math.sin(twist)
    return (
        start[0] + length * (forward * ct - left * st),
        start[1] + length * (forward * st + left * ct),
        start[2] - length * math.cos(swing) * math.cos(away),
    )
