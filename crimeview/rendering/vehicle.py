"""A car: a body, a cabin and wheels made of flat faces in space."""

import math
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.random import Generator

from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas
from crimeview.rendering.light import Light

Shape = Literal["sedan", "hatchback", "van"]
_Kind = Literal["body", "frame", "glass", "trim", "tire", "hub", "headlamp", "taillamp", "plate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarLook:
    """What a car looks like; `color` is red, green, blue, 0 to 255."""

    shape: Shape
    color: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarState:
    """A car at one moment: where its middle is, and what its body does.

    Angles in radians, `lift` in meters; `crush` is the share lost of the bonnet's length.
    """

    at: tuple[float, float]
    heading: float
    pitch: float = 0.0
    roll: float = 0.0
    lift: float = 0.0
    crush: float = 0.0
    braking: bool = False
    blinking: bool = False


_COLORS = (
    (188, 190, 194), (236, 236, 238), (34, 36, 40), (150, 28, 30), (36, 62, 118), (96, 100, 106),
    (60, 84, 70), (168, 150, 120), (44, 96, 150), (214, 176, 60),
)  # fmt: skip


def random_car(rng: Generator) -> CarLook:
    """Draw a car's looks."""
    shapes: tuple[Shape, ...] = ("sedan", "hatchback", "van")
    color = _COLORS[
        rng.choice(len(_COLORS), p=[0.2, 0.18, 0.17, 0.1, 0.1, 0.1, 0.04, 0.04, 0.04, 0.03])
    ]
    return CarLook(shape=shapes[rng.choice(3, p=[0.45, 0.4, 0.15])], color=color)


@dataclass(frozen=True, slots=True)
class _Shell:
    """Side profile (x forward, z up; counted so that the outside is on the left), and the cabin.

    The cabin is given by x of its foot and roof, rear and front, and their heights; widths are the
    car's and the roof's.
    """

    profile: tuple[tuple[float, float], ...]
    foot: tuple[float, float, float]
    roof: tuple[float, float, float]
    widths: tuple[float, float]
    axles: tuple[float, float]


_SHELLS: dict[Shape, _Shell] = {
    "sedan": _Shell(
        ((-2.2, 0.32), (-2.24, 0.7), (-2.12, 0.96), (-1.5, 1.0), (1.0, 0.95), (2.02, 0.8), (2.22, 0.6), (2.2, 0.28)),
        (-1.75, 1.05, 0.96), (-1.05, 0.25, 1.43), (1.76, 1.22), (-1.32, 1.36),
    ),
    "hatchback": _Shell(
        ((-1.95, 0.32), (-2.0, 0.7), (-1.95, 1.0), (-1.5, 1.03), (0.95, 0.98), (1.82, 0.82), (2.0, 0.6), (1.98, 0.28)),
        (-1.93, 1.1, 0.98), (-1.5, 0.15, 1.5), (1.74, 1.24), (-1.2, 1.25),
    ),
    "van": _Shell(
        ((-2.4, 0.34), (-2.42, 0.7), (-2.4, 1.1), (-1.5, 1.14), (1.4, 1.1), (2.2, 0.95), (2.36, 0.66), (2.34, 0.3)),
        (-2.4, 1.85, 1.08), (-2.3, 0.95, 1.92), (1.86, 1.56), (-1.45, 1.45),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Face:
    points: Floats
    normal: Floats
    kind: _Kind


@cache
def _faces(shape: Shape) -> tuple[_Face, ...]:
    """All faces in painting order: those later on lie on top of those before."""
    shell = _SHELLS[shape]
    half = shell.widths[0] / 2
    faces: list[_Face] = []

    def width_at(x: float) -> float:
        return half * (1.0 - 0.1 * abs(x / 2.2) ** 4)

    profile = shell.profile
    for (ax, az), (bx, bz) in pairwise(profile):
        wa, wb = width_at(ax), width_at(bx)
        strip = np.array([(ax, wa, az), (ax, -wa, az), (bx, -wb, bz), (bx, wb, bz)])
        faces.append(_face(strip, "body", outward=(az - bz, 0.0, bx - ax)))
    for sign in (1.0, -1.0):
        outward = (0.0, sign, 0.0)
        side = np.array([(x, sign * width_at(x), z) for x, z in profile])
        faces.append(_face(side, "body", outward=outward))
        ends = 0.95 * profile[0][0], 0.95 * profile[-1][0]
        sill = [(ends[0], 0.3), (ends[0], 0.42), (ends[1], 0.42), (ends[1], 0.28)]
        edge = np.array([(x, sign * half * 0.99, z) for x, z in sill])
        faces.append(_face(edge, "trim", outward=outward))
        for axle in shell.axles:
            _add_wheel(faces, axle, sign * (half - 0.02), sign)
        for x in (0.35, -0.6):
            door = [(x, 0.45), (x, 0.95), (x + 0.025, 0.95), (x + 0.025, 0.45)]
            line = np.array([(u, sign * half, w) for u, w in door])
            faces.append(_face(line, "trim", outward=outward))
    _add_ends(faces, profile, half)
    _add_cabin(faces, shell)
    return tuple(faces)


def _face(points: Floats, kind: _Kind, *, outward: tuple[float, float, float]) -> _Face:
    normal = np.cross(points[1] - points[0], points[2] - points[0])
    normal = normal / np.linalg.norm(normal)
    return _Face(points, normal if normal @ np.array(outward) >= 0 else -normal, kind)


def _add_wheel(faces: list[_Face], x: float, y: float, sign: float) -> None:
    normal = np.array([0.0, sign, 0.0])
    turn = np.linspace(0.0, 2 * math.pi, 12, endpoint=False)
    kinds: tuple[tuple[_Kind, float], ...] = (("tire", 0.34), ("hub", 0.19))
    for kind, radius in kinds:
        rim = np.stack(
            [x + radius * np.cos(turn), np.full(12, y + sign * 0.01), 0.32 + radius * np.sin(turn)],
            1,
        )
        faces.append(_Face(rim, normal, kind))


def _add_ends(faces: list[_Face], profile: tuple[tuple[float, float], ...], half: float) -> None:
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
        faces.append(_Face(np.array(lamp), front, "headlamp"))
        y0, y1 = sign * half * 0.5, sign * half * 0.88
        back = [
            (tail, y0, 0.72),
            (tail, y1, 0.72),
            (tail + 0.04, y1, 0.88),
            (tail + 0.04, y0, 0.88),
        ]
        faces.append(_Face(np.array(back), rear, "taillamp"))
    grille = [(nose, -0.45, 0.4), (nose, 0.45, 0.4), (nose, 0.4, 0.54), (nose, -0.4, 0.54)]
    faces.append(_Face(np.array(grille), front, "trim"))
    for x, normal in ((nose + 0.01, front), (tail - 0.01, rear)):
        low = 0.42 if x > 0 else 0.55
        plate = [(x, -0.25, low), (x, 0.25, low), (x, 0.25, low + 0.1), (x, -0.25, low + 0.1)]
        faces.append(_Face(np.array(plate), normal, "plate"))


def _add_cabin(faces: list[_Face], shell: _Shell) -> None:
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
    faces.append(_Face(top, np.array([0.0, 0.0, 1.0]), "body"))


@cache
def _geometry(shape: Shape) -> tuple[Floats, Floats, Floats, list[int]]:
    """All corners (n, 3), normals and middles (faces, 3), and where each face's corners begin."""
    faces = _faces(shape)
    starts = np.cumsum([0] + [len(f.points) for f in faces]).tolist()
    return (
        np.concatenate([f.points for f in faces]),
        np.array([f.normal for f in faces]),
        np.array([f.points.mean(axis=0) for f in faces]),
        starts,
    )


_PAINT: dict[_Kind, tuple[float, float, float]] = {
    "glass": (54, 64, 74),
    "trim": (28, 29, 31),
    "tire": (24, 24, 26),
    "hub": (150, 152, 156),
    "headlamp": (232, 234, 226),
    "taillamp": (140, 22, 22),
    "plate": (224, 224, 214),
}


class Car:
    """One car at one moment, ready to be painted."""

    def __init__(
        self, look: CarLook, state: CarState, *, camera: Camera, light: Light, lamps_on: bool
    ) -> None:
        self._look, self._state, self._light, self._lamps_on = look, state, light, lamps_on
        corners, normals, middles, self._starts = _geometry(look.shape)
        self._turn = _rotation(state)
        shift = np.array([*state.at, state.lift])
        world = _crushed(corners, state.crush) @ self._turn.T + shift
        self._normals = normals @ self._turn.T
        toward = np.array(camera.at) - (middles @ self._turn.T + shift)
        self._facing = np.einsum("ij,ij->i", self._normals, toward) > 0.02
        self._pixels, depths = camera.project(world)
        self.depth = float(np.median(depths))
        self._scale = camera.focal / max(self.depth, 0.5)
        shell = _SHELLS[look.shape]
        self._shadows = [
            camera.project(ring)[0] for ring in _shadow_rings(shell, self._turn, shift, light)
        ]
        self.box = (0.0, 0.0, 0.0, 0.0)
        if depths.min() > 0.6:  # a car that reaches behind the lens is left out
            everything = np.concatenate([self._pixels, *self._shadows])
            low, high = everything.min(axis=0) - 6.0, everything.max(axis=0) + 6.0
            self.box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))

    def cast(self, canvas: Canvas) -> None:
        """Paint the shadow and the dark below the car."""
        for ring, (by, soft) in zip(
            self._shadows, ((0.75, 0.25), (self._light.shade, 0.1)), strict=True
        ):
            if by > 0:
                canvas.darken(_hull(ring), by=by, soft=max(2.0, soft * self._scale))

    def paint(self, canvas: Canvas) -> None:
        faces = _faces(self._look.shape)
        sun = self._light.toward_sun()
        diffuse = np.clip(self._normals @ sun, 0.0, 1.0)
        brightness = 0.55 + 0.5 * diffuse
        gain = self._light.lit(np.array([[255.0, 255.0, 255.0]]), *self._state.at)[0] / 255.0
        for index in np.flatnonzero(self._facing):
            face = faces[index]
            points = self._pixels[self._starts[index] : self._starts[index + 1]]
            color, glow = self._color(face.kind)
            graded = self._light.grade(color)
            shown = graded if glow else graded / np.array(self._light.tint) * gain
            bright = 1.0 if glow or face.kind in ("tire", "hub", "plate") else brightness[index]
            fade = 0.18 if face.kind in ("body", "glass") else 0.0
            canvas.polygon(points, shown * bright, fade=fade)

    def _color(self, kind: _Kind) -> tuple[Floats, bool]:
        """The face's color and whether it shines by itself."""
        state = self._state
        if kind in ("body", "frame"):
            color = np.array(self._look.color, float)
            return (color * 0.8 if kind == "frame" else color), False
        if kind == "taillamp" and (state.braking or state.blinking):
            return np.array([255.0, 60.0, 40.0] if state.braking else [255.0, 170.0, 40.0]), True
        if kind == "headlamp" and (self._lamps_on or state.blinking):
            return np.array([255.0, 250.0, 225.0] if self._lamps_on else [255.0, 190.0, 60.0]), True
        return np.array(_PAINT[kind], float), False


def _rotation(state: CarState) -> Floats:
    ch, sh = math.cos(state.heading), math.sin(state.heading)
    cp, sp = math.cos(state.pitch), math.sin(state.pitch)
    cr, sr = math.cos(state.roll), math.sin(state.roll)
    turn = np.array([[ch, -sh, 0.0], [sh, ch, 0.0], [0.0, 0.0, 1.0]])
    pitch = np.array([[cp, 0.0, sp], [0.0, 1.0, 0.0], [-sp, 0.0, cp]])
    roll = np.array([[1.0, 0.0, 0.0], [0.0, cr, -sr], [0.0, sr, cr]])
    return np.asarray(turn @ pitch @ roll)


def _crushed(corners: Floats, crush: float) -> Floats:
    if crush <= 0.0:
        return corners
    bent = corners.copy()
    ahead = np.maximum(0.0, corners[:, 0] - 1.1)
    bent[:, 0] -= ahead * crush * (0.8 + 0.4 * (corners[:, 1] > 0))
    bent[:, 2] += np.where(corners[:, 2] > 0.75, ahead * crush * 0.35, 0.0)
    return bent


def _shadow_rings(shell: _Shell, turn: Floats, shift: Floats, light: Light) -> list[Floats]:
    """Ground points whose hulls are the dark below the car and its sun shadow."""
    rear, front, half = shell.profile[1][0], shell.profile[-2][0], shell.widths[0] / 2

    def ring(x0: float, x1: float, width: float, z: float) -> Floats:
        corners = np.array([[x0, width, z], [x1, width, z], [x1, -width, z], [x0, -width, z]])
        world = corners @ turn.T + shift
        world[:, 0] += world[:, 2] * light.shadow[0]
        world[:, 1] += world[:, 2] * light.shadow[1]
        world[:, 2] = 0.0
        return np.asarray(world)

    below = ring(rear + 0.1, front - 0.1, half * 0.95, 0.0)
    body = ring(rear, front, half, 0.8)
    top = ring(shell.roof[0], shell.roof[1], shell.widths[1] / 2, shell.roof[2])
    return [below, np.concatenate([below, body, top])]


def _hull(points: Floats) -> list[tuple[float, float]]:
    """Convex hull by Andrew's monotone chain."""
    ordered = sorted((float(x), float(y)) for x, y in points)

    def chain(line: list[tuple[float, float]]) -> list[tuple[float, float]]:
        kept: list[tuple[float, float]] = []
        for p in line:
            while len(kept) > 1 and _cross(kept[-2], kept[-1], p) <= 0:
                kept.pop()
            kept.append(p)
        return kept[:-1]

    return chain(ordered) + chain(ordered[::-1])


def _cross(o: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])
