"""The skeleton: from the angles of a pose to joints in space."""

import math
from enum import IntEnum

import numpy as np

from crimeview.rendering.camera import Floats


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


# Joints of the skeleton, in the order `joints` gives them; left before right.
JOINTS = (
    "l_hip", "r_hip", "l_knee", "r_knee", "l_ankle", "r_ankle", "l_toe", "r_toe",
    "l_shoulder", "r_shoulder", "l_elbow", "r_elbow", "l_wrist", "r_wrist", "l_hand", "r_hand",
    "neck", "head", "crown", "nape", "pack_top", "pack_end", "l_side", "r_side",
)  # fmt: skip
AT = {name: index for index, name in enumerate(JOINTS)}


def joints(pose: Floats, *, heading: float) -> Floats:
    """Joints (n, 3) of a person 1.75 m tall who stands (or lies) on (0, 0), turned to `heading`."""
    placed = _standing(_around_hips(pose), pose, heading=heading)
    placed[:, 2] -= placed[:, 2].min() - 0.045
    return placed


def _standing(joints: Floats, pose: Floats, *, heading: float) -> Floats:
    """Body coordinates (forward, left, up) to world axes around the hips."""
    tip, side = float(pose[Pose.TIP]), float(pose[Pose.SIDE_TIP])
    ct, st, cs, ss = math.cos(tip), math.sin(tip), math.cos(side), math.sin(side)
    ch, sh = math.cos(heading), math.sin(heading)
    tipping = np.array([[ct, 0.0, st], [0.0, 1.0, 0.0], [-st, 0.0, ct]])
    rolling = np.array([[1.0, 0.0, 0.0], [0.0, cs, ss], [0.0, -ss, cs]])
    turning = np.array([[ch, -sh, 0.0], [sh, ch, 0.0], [0.0, 0.0, 1.0]])
    return np.asarray(joints @ (turning @ rolling @ tipping).T)


def _around_hips(pose: Floats) -> Floats:
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
    return np.array([points[name] for name in JOINTS])


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
