"""A car: a body, a cabin and wheels made of flat faces in space."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from crimeview.rendering.bodywork import SHELLS, Kind, Shape, Shell, faces, geometry
from crimeview.rendering.camera import Camera, Floats
from crimeview.rendering.canvas import Canvas
from crimeview.rendering.item import bounds
from crimeview.rendering.light import Light


@dataclass(frozen=True, slots=True, kw_only=True)
class CarLook:
    """What a car looks like; `color` is red, green, blue, 0 to 255."""

    shape: Shape
    color: tuple[float, float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarState:
    """A car at one moment: where its middle is, and what its body does.

    Angles in radians, `lift` in meters; `crush` is the share lost of the hood's length.
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


_PAINT: dict[Kind, tuple[float, float, float]] = {
    "glass": (54, 64, 74),
    "trim": (28, 29, 31),
    "tire": (24, 24, 26),
    "hub": (150, 152, 156),
    "headlamp": (232, 234, 226),
    "taillamp": (140, 22, 22),
    "plate": (224, 224, 214),
}
_SHADED = frozenset(("body", "frame", "glass", "trim"))


class Car:
    """One car at one moment, ready to be painted."""

    def __init__(
        self, look: CarLook, state: CarState, *, camera: Camera, light: Light, lamps_on: bool
    ) -> None:
        self._look, self._state, self._light, self._lamps_on = look, state, light, lamps_on
        corners, normals, middles, self._starts = geometry(look.shape)
        self._turn = _rotation(state)
        shift = np.array([*state.at, state.lift])
        world = _crushed(corners, state.crush) @ self._turn.T + shift
        self._normals = normals @ self._turn.T
        toward = np.array(camera.at) - (middles @ self._turn.T + shift)
        self._facing = np.einsum("ij,ij->i", self._normals, toward) > 0.02
        self._pixels, depths = camera.project(world)
        self.depth = float(np.median(depths))
        self._scale = camera.focal / max(self.depth, 0.5)
        shell = SHELLS[look.shape]
        self._shadows = [
            camera.project(ring)[0] for ring in _shadow_rings(shell, self._turn, shift, light)
        ]
        self.box = bounds(np.concatenate([self._pixels, *self._shadows]), depths, pad=6.0)

    def cast(self, canvas: Canvas) -> None:
        """Paint the shadow and the dark below the car."""
        for ring, (by, soft) in zip(
            self._shadows, ((0.75, 0.25), (self._light.shade, 0.1)), strict=True
        ):
            if by > 0:
                canvas.darken(_hull(ring), by=by, soft=max(2.0, soft * self._scale))

    def paint(self, canvas: Canvas) -> None:
        shape_faces = faces(self._look.shape)
        lit = self._lit_paints()
        shade = 0.55 + 0.5 * np.clip(self._normals @ self._light.toward_sun(), 0.0, 1.0)
        for index in np.flatnonzero(self._facing).tolist():
            kind = shape_faces[index].kind
            points = self._pixels[self._starts[index] : self._starts[index + 1]]
            color = lit[kind] * shade[index] if kind in _SHADED else lit[kind]
            canvas.polygon(points, color, fade=0.18 if kind in _SHADED else 0.0)

    def _lit_paints(self) -> dict[Kind, NDArray[np.float32]]:
        """The color of every kind of face here and now; lamps that are on shine by themselves."""
        state = self._state
        color = np.array(self._look.color, float)
        kinds: list[Kind] = ["body", "frame", *_PAINT]
        colors = np.array([color, color * 0.8, *_PAINT.values()])
        lit = dict(zip(kinds, self._light.lit(colors, *state.at), strict=True))
        shining: dict[Kind, tuple[float, float, float]] = {}
        if state.blinking:
            shining |= {"headlamp": (255, 190, 60), "taillamp": (255, 170, 40)}
        if state.braking:
            shining["taillamp"] = (255, 60, 40)
        if self._lamps_on:
            shining["headlamp"] = (255, 250, 225)
        for kind, glow in shining.items():
            lit[kind] = self._light.grade(np.array(glow, float)).astype(np.float32)
        return lit


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


def _shadow_rings(shell: Shell, turn: Floats, shift: Floats, light: Light) -> list[Floats]:
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
