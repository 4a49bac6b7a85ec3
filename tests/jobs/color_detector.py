"""A small real detector that knows things by their color, and footage of such things."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from crimeview.jobs.import_detector import import_detector
from crimeview.jobs.import_model import Target
from crimeview.nets.catalog import ModelFolder
from crimeview.video.encode import VideoWriter
from tests.jobs.finished import finished

NAMES = ("person", "truck", "dog")  # green, red and blue
COLORS = {"person": (40, 220, 40), "truck": (230, 40, 40), "dog": (40, 40, 230)}
_HEIGHT, _WIDTH = 96, 160  # of the network's input
_STRIDES = (8, 16, 32)
_SIDE = 44.0  # pixels of the boxes that it gives
RATE = 12.5
SIZE = (176, 320)  # of the footage


def color_detector(models: Path, *, name: str = "colors") -> ModelFolder:
    """Write the network, with v8's layout, and import it."""
    file = models.parent / f"{name}.onnx"
    cells = [(_HEIGHT // s, _WIDTH // s) for s in _STRIDES]
    fine, coarse = cells[0][0] * cells[0][1], sum(r * c for r, c in cells[1:])
    # How much a color channel exceeds the mean of the three, over cells of 8 x 8 pixels.
    weights = np.zeros((3, 3, 8, 8), np.float32)
    for kind, channel in enumerate((1, 0, 2)):
        weights[kind] -= 1 / 3 / 64
        weights[kind, channel] += 1 / 64
    boxes = np.zeros((1, 4, fine + coarse), np.float32)
    rows, columns = np.divmod(np.arange(fine), cells[0][1])
    boxes[0, 0, :fine], boxes[0, 1, :fine] = columns * 8 + 4, rows * 8 + 4
    boxes[0, :2, fine:] = np.random.default_rng(0).uniform(0, _HEIGHT, (2, coarse))
    boxes[0, 2:] = _SIDE
    stored = {
        "weights": weights,
        "bias": np.full(3, -0.25, np.float32),
        "steep": np.float32(30),
        "shape": np.array([1, 3, fine]),
        "nothing": np.zeros((1, 3, coarse), np.float32),
        "boxes": boxes,
    }
    nodes = [
        helper.make_node("Conv", ["images", "weights", "bias"], ["excess"], strides=[8, 8]),
        helper.make_node("Mul", ["excess", "steep"], ["logits"]),
        helper.make_node("Sigmoid", ["logits"], ["maps"]),
        helper.make_node("Reshape", ["maps", "shape"], ["fine"]),
        helper.make_node("Concat", ["fine", "nothing"], ["scores"], axis=2),
        helper.make_node("Concat", ["boxes", "scores"], ["output0"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "colors",
        [helper.make_tensor_value_info("images", TensorProto.FLOAT, (1, 3, _HEIGHT, _WIDTH))],
        [helper.make_tensor_value_info("output0", TensorProto.FLOAT, (1, 7, fine + coarse))],
        [numpy_helper.from_array(np.asarray(value), key) for key, value in stored.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9)
    helper.set_model_props(model, {"names": str(dict(enumerate(NAMES)))})
    onnx.save(model, file)
    return finished(import_detector(file, target=Target(models=models, name=name, overwrite=False)))


@dataclass(frozen=True, slots=True)
class Colored:
    """A body of a kind that goes from `column` by pixels a second, from `since` to `until` (s)."""

    kind: str
    row: int
    column: float
    speed: float
    since: float
    until: float = 1e9


def people(*, seconds: float, every: float = 3.0) -> list[Colored]:
    """People who cross from the left, one after the other."""
    return [
        Colored("person", 60 + 12 * (n % 4), -30.0, 45.0 + 5 * (n % 3), n * every)
        for n in range(round(seconds / every))
    ]


def write_colored(path: Path, bodies: Sequence[Colored], *, seconds: float) -> Path:
    """Write a recording of a gray street with those bodies."""
    height, width = SIZE
    random = np.random.default_rng(3)
    ground = np.kron(random.uniform(90, 150, (height // 8, width // 8)), np.ones((8, 8)))
    with VideoWriter(path, rate=Fraction(25, 2), width=width, height=height) as video:
        for number in range(round(seconds * RATE)):
            time = number / RATE
            noisy = ground + random.normal(0, 1.0, ground.shape)
            picture = np.repeat(noisy[..., None], 3, axis=2)
            for body in bodies:
                if body.since <= time < body.until:
                    left = round(body.column + body.speed * (time - body.since))
                    begin, end = max(0, left), min(width, left + 32)
                    if begin < end:
                        picture[body.row : body.row + 48, begin:end] = COLORS[body.kind]
            video.write(picture.clip(0, 255).astype(np.uint8))
    return path
