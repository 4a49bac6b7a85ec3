"""Models that tests make by hand: their networks node by node, and what a manifest must say."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from crimeview.core.manifest import Check, Input, Kind, Manifest, Origin, Output

Shape = tuple[int | None, ...]


def drafted(name: str, kind: Kind, *, input: Input, output: Output, **known: Any) -> Manifest:  # noqa: A002
    """A manifest that says no more than it must, and what is `known`; of which file is left open.

    Where nothing else is known the file has the model's name.
    """
    least = {
        "file": f"{name}.onnx",
        "sha256": "0" * 64,
        "clip": None,
        "feature_space": None,
        "segments": None,
        "threshold": None,
        "calibration": None,
        "metrics": (),
        "origin": Origin(
            data=(),
            license="Apache-2.0",
            commit="-",
            date="2026-01-31",
            description="Made by a test.",
        ),
        "check": Check(expected=(), tolerance=0.0),
        "variants": (),
    }
    return Manifest(name=name, kind=kind, input=input, output=output, **(least | known))


def vectors_of(size: int, *, name: str = "features") -> Input:
    """The input of a network that takes any number of vectors."""
    return Input(name=name, shape=(None, size), layout=None, scale=1.0, mean=(), std=())


def network(
    nodes: Sequence[onnx.NodeProto],
    *,
    wanted: tuple[str, Shape],
    given: tuple[str, Shape],
    constants: Mapping[str, NDArray[np.generic]],
) -> onnx.ModelProto:
    """The network of those nodes, which makes `given` of what is `wanted`, float32 numbers both."""
    graph = helper.make_graph(
        nodes,
        "made",
        [helper.make_tensor_value_info(wanted[0], TensorProto.FLOAT, wanted[1])],
        [helper.make_tensor_value_info(given[0], TensorProto.FLOAT, given[1])],
        [numpy_helper.from_array(values, name) for name, values in constants.items()],
    )
    opset = helper.make_opsetid("", 18)
    model = helper.make_model(graph, opset_imports=[opset], ir_version=9)
    onnx.checker.check_model(model)
    return model
