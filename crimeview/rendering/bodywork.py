"""The sheet metal of cars: flat faces in car coordinates (x forward, y left, z up; meters)."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

import numpy as np

from crimeview.rendering.camera import Floats

Shape = Literal["sedan", "hatchback", "van"]
Kind = Literal["body", "frame", "glass", "trim", "tire", "hub", "headlamp", "taillamp", "plate"]


@dataclass(frozen=True, slots=True)
class Shell:
    """Side profile (x forward, z up; counted so that the outside is on the left), and the cabin.

    The cabin is given by x of its foot and roof, rear and front, and their heights; widths are the
    car's and the roof's.
    """

    profile: tuple[tuple[float, float], ...]
    foot: tuple[float, float, float]
    roof: tuple[float, float, float]
    widths: tuple[float, float]
    axles: tuple[float, float]


SHELLS: dict[Shape, Shell] = {
    "sedan": Shell(
        ((-2.2, 0.32), (-2.24, 0.7), (-2.12, 0.96), (-1.5, 1.0),
         (1.0, 0.95), (2.02, 0.8), (2.22, 0.6), (2.2, 0.28)),
        (-1.75, 1.05, 0.96), (-1.05, 0.25, 1.43), (1.76, 1.22), (-1.32, 1.36),
    ),
    "hatchback": Shell(
        ((-1.95, 0.32), (-2.0, 0.7), (-1.95, 1.0), (-1.5, 1.03),
         (0.95, 0.98), (1.82, 0.82), (2.0, 0.6), (1.98, 0.28)),
        (-1.93, 1.1, 0.98), (-1.5, 0.15, 1.5), (1.74, 1.24), (-1.2, 1.25),
    ),
    "van": Shell(
        ((-2.4, 0.34), (-2.42, 0.7), (-2.4, 1.1), (-1.5, 1.14),
         (1.4, 1.1), (2.2, 0.95), (2.36, 0.66), (2.34, 0.3)),
        (-2.4, 1.85, 1.08), (-2.3, 0.95, 1.92), (1.86, 1.56), (-1.45, 1.45),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Face:
    points: Floats
    normal: Floats
    kind: Kind


@cache
def faces(shape: Shape) -> tuple[Face, ...]:
    """All faces in painting order: those later on lie on top of those before."""
    shell = SHELLS[shape]
    half = shell.widths[0] / 2
    made: list[Face] = []

    def width_at(x: float) -> float:
        return half * (1.0 - 0.1 * abs(x / 2.2) ** 4)

    profile = shell.profile
    for (ax, az), (bx, bz) in pairwise(profile):
        wa, wb = width_at(ax), width_at(bx)
        strip = np.array([(ax, wa, az), (ax, -wa, az), (bx, -wb, bz), (bx, wb, bz)])
        made.append(_face(strip, "body", outward=(az - bz, 0.0, bx - ax)))
    for sign in (1.0, -1.0):
        outward = (0.0, sign, 0.0)
        side = np.array([(x, sign * width_at(x), z) for x, z in profile])
        made.append(_face(side, "body", outward=outward))
        ends = 0.95 * profile[0][0], 0.95 * profile[-1][0]
        sill = [(ends[0], 0.3), (ends[0], 0.42), (ends[1], 0.42), (ends[1], 0.28)]
        edge = np.array([(x, sign * half * 0.99, z) for x, z in sill])
        made.append(_face(edge, "trim", outward=outward))
        for axle in shell.axles:
            _add_wheel(made, axle, sign * (half - 0.02), sign)
        for x in (0.35, -0.6):
            door = [(x, 0.45), (x, 0.95), (x + 0.025, 0.95), (x + 0.025, 0.45)]
            line = np.array([(u, sign * half, w) for u, w in door])
            made.append(_face(line, "trim", outward=outward))
    _add_ends(made, profile, half)
    _add_cabin(made, shell)
    return tuple(made)


def _face(points: Floats, kind: Kind, *, outward: tuple[float, float, float]) -> Face:
    normal = np.cross(points[1] - points[0], points[2] - points[0])
    normal = normal / np.linalg.norm(normal)
    return Face(points, normal if normal @ np.array(outward) >= 0 else -normal, kind)


def _add_wheel(faces: list[Face], x: float, y: float, sign: float) -> None:
    normal = np.array([0.0, sign, 0.0])
    turn = np.linspace(0.0, 2 * math.pi, 12, endpoint=False)
    kinds: tuple[tuple[Kind, float], ...] = (("tire", 0.34), ("hub", 0.19))
    for kind, radius in kinds:
        rim = np.stack(
            [x + radius * np.cos(turn), np.full(12, y + sign * 0.01), 0.32 + radius * np.sin(turn)],
            1,
        )
        faces.append(Face(rim, normal, kind))


def _add_ends(faces: list[Face], profile: tuple[tuple[float, float], ...], half: float) -> None:
    front, rear = np.array([1.0, 0.0, 0.25]), np.array([-1.0, 0.0, 0.1])
    nose, tail = profile[-2][0] + 0.02, profile[1][0] - 0.02
    (tx, tz), (bx, bz) = profile[-3], profile[-2]
    for sign in (1.0, -1.0):
        lamp = [
            (bx * 0.4 + tx * 0.6 + 0.02, sign * half * 0.5, bz * 0.4 + tz * 0.6),
            (bx * 0.4 + tx * 0.6 - 0.02, sign * half * 0.86, bz * 0.4 + tz * 0.6),
            (bx, sign * half * 0.86, bz + 0.02),
            (nose, sign * half * 0.5, bz + 0.02),
        ]
        faces.append(Face(np.array(lamp), front, "headlamp"))
        y0, y1 = sign * half * 0.5, sign * half * 0.88
        back = [
            (tail, y0, 0.72),
            (tail, y1, 0.72),
            (tail + 0.04, y1, 0.88),
            (tail + 0.04, y0, 0.88),
        ]
        faces.append(Face(np.array(back), rear, "taillamp"))
    grille = [(nose, -0.45, 0.4), (nose, 0.45, 0.4), (nose, 0.4, 0.54), (nose, -0.4, 0.54)]
    faces.append(Face(np.array(grille), front, "trim"))
    for x, normal in ((nose + 0.01, front), (tail - 0.01, rear)):
        low = 0.42 if x > 0 else 0.55
        plate = [(x, -0.25, low), (x, 0.25, low), (x, 0.25, low + 0.1), (x, -0.25, low + 0.1)]
        faces.append(Face(np.array(plate), normal, "plate"))


def _add_cabin(faces: list[Face], shell: Shell) -> None:
    foot, roof = shell.foot, shell.roof
    low, high = shell.widths[0] / 2 * 0.96, shell.widths[1] / 2
    corners = {
        (end, side): (
            np.array([foot[end], side * low, foot[2]]),
            np.array([roof[end], side * high, roof[2]]),
        )
        for end in (0, 1)
        for side in (1, -1)
    }

    def pane(quad: Floats, outward: tuple[float, float, float]) -> None:
        faces.append(_face(quad, "frame", outward=outward))
        middle = quad.mean(axis=0)
        faces.append(_face(middle + (quad - middle) * 0.86, "glass", outward=outward))

    for side in (1, -1):
        (a, d), (b, c) = corners[0, side], corners[1, side]
        split_low, split_high = a + (b - a) * 0.5, d + (c - d) * 0.5
        pane(np.array([a, split_low, split_high, d]), (0.0, side, 0.2))
        pane(np.array([split_low, b, c, split_high]), (0.0, side, 0.2))
    for end, x in ((0, -1.0), (1, 1.0)):
        (a, d), (b, c) = corners[end, 1], corners[end, -1]
        pane(np.array([a, b, c, d]), (x, 0.0, 0.3))
    top = np.array([corners[0, 1][1], corners[1, 1][1], corners[1, -1][1], corners[0, -1][1]])
    faces.append(Face(top, np.array([0.0, 0.0, 1.0]), "body"))


@cache
def geometry(shape: Shape) -> tuple[Floats, Floats, Floats, list[int]]:
    """All corners (n, 3), normals and middles (faces, 3), and where each face's corners begin."""
    made = faces(shape)
    starts = np.cumsum([0] + [len(f.points) for f in made]).tolist()
    return (
        np.concatenate([f.points for f in made]),
        np.array([f.normal for f in made]),
        np.array([f.points.mean(axis=0) for f in made]),
        starts,
    )
