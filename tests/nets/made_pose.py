"""Two pose networks of BlazePose's form that are made by hand.

The first says where hips are, always the same; the second finds the middle of what is bright.
"""

from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from crimeview.core.manifest import Input, Output
from crimeview.jobs.new_models import write_model
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.pose import LANDMARKS_SPACE, REGIONS_SPACE
from tests.made_model import drafted, network

SMALL, LARGE = 224, 256
ANCHORS = 28 * 28 * 2 + 14 * 14 * 2 + 7 * 7 * 6


def _written(
    folder: Path,
    space: str,
    side: int,
    nodes: list[onnx.NodeProto],
    **constants: NDArray[np.generic],
) -> ModelFolder:
    shape = (1, ANCHORS, 13) if space == REGIONS_SPACE else (1, 196)
    model = network(
        nodes, wanted=("picture", (1, side, side, 3)), given=("found", shape), constants=constants
    )
    picture = Input(
        name="picture",
        shape=(1, side, side, 3),
        layout=None,
        scale=1.0,
        mean=(0.0,) * 3,
        std=(1.0,) * 3,
    )
    output = Output(name="found", shape=shape)
    manifest = drafted(space, "pose", input=picture, output=output, feature_space=space)
    return write_model(folder / space, model.SerializeToString(), draft=manifest)


def make_regions(folder: Path, *, found: NDArray[np.float32]) -> ModelFolder:
    """Gives `found` whatever the picture is."""
    nodes = [
        helper.make_node("ReduceMean", ["picture"], ["mean"], keepdims=0),
        helper.make_node("Mul", ["mean", "zero"], ["none"]),
        helper.make_node("Add", ["always", "none"], ["found"]),
    ]
    return _written(folder, REGIONS_SPACE, SMALL, nodes, zero=np.float32([0]), always=found[None])


def make_landmarks(folder: Path, *, presence: float, spread: float = 0.0) -> ModelFolder:
    """Every landmark in the middle of what is bright, with a visibility of 1 / (1 + e^-2).

    They lie on a line through it that is `spread` pixels of the network's picture wide and high.
    """
    at = np.arange(LARGE, dtype=np.float32) + 0.5
    places = np.stack(np.meshgrid(at, at), axis=-1).reshape(-1, 2)
    weights = np.zeros((2, 196), np.float32)
    weights[0, 0:195:5] = weights[1, 1:195:5] = 1
    rest = np.zeros(196, np.float32)
    rest[0:195:5] = rest[1:195:5] = np.linspace(-spread / 2, spread / 2, 39)
    rest[3:195:5], rest[195] = 2.0, presence
    nodes = [
        helper.make_node("ReduceMean", ["picture", "colors"], ["gray"], keepdims=0),
        helper.make_node("Reshape", ["gray", "row"], ["bright"]),
        helper.make_node("MatMul", ["bright", "places"], ["summed"]),
        helper.make_node("ReduceSum", ["bright"], ["whole"], keepdims=1),
        helper.make_node("Add", ["whole", "least"], ["weight"]),
        helper.make_node("Div", ["summed", "weight"], ["middle"]),
        helper.make_node("MatMul", ["middle", "weights"], ["points"]),
        helper.make_node("Add", ["points", "rest"], ["found"]),
    ]
    return _written(
        folder,
        LANDMARKS_SPACE,
        LARGE,
        nodes,
        colors=np.int64([3]),
        row=np.int64([1, -1]),
        places=places,
        least=np.float32([1e-9]),
        weights=weights,
        rest=rest,
    )


def nothing() -> NDArray[np.float32]:
    output = np.zeros((ANCHORS, 13), np.float32)
    output[:, 12] = -1000.0  # beyond what an exponential of float32 holds
    return output


def put(
    output: NDArray[np.float32],
    *,
    row: int,
    column: int,
    hips: tuple[float, float],
    top: tuple[float, float],
    logit: float,
    which: int = 0,
) -> None:
    """A body, by the anchor of a cell of the grid of 28; hips and top in pixels of the square."""
    anchor = ((column + 0.5) * 8, (row + 0.5) * 8)
    own = output[(row * 28 + column) * 2 + which]
    own[:4] = 0, 0, 40, 40  # the box: around the anchor
    own[4:6] = hips[0] - anchor[0], hips[1] - anchor[1]
    own[6:8] = top[0] - anchor[0], top[1] - anchor[1]
    own[12] = logit


def make_pose(models: Path) -> None:
    """Both into a folder of models: somebody's hips are in the middle of whatever is looked at."""
    found = nothing()
    put(found, row=13, column=13, hips=(112.0, 112.0), top=(112.0, 56.0), logit=3.0)
    make_regions(models, found=found)
    make_landmarks(models, presence=0.9, spread=100.0)
