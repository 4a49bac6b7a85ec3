"""Networks in eight-bit integers: smaller files, and faster where a network is large enough."""

import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from onnxruntime import quantization
from onnxruntime.quantization.quant_utils import load_model_with_shape_infer

from crimeview.core.errors import ModelError

_WEIGHTED = ("Conv", "Gemm", "MatMul")  # kinds of layers that have weights


def quantize(
    file: Path, target: Path, inputs: Iterable[NDArray[np.float32]], *, spared: int
) -> None:
    """Write the ONNX `file` in int8 to `target`, calibrated on `inputs`, one network input each.

    Static, per channel, activations by their least and largest values (MinMax), written as pairs of
    QuantizeLinear and DequantizeLinear around everything from the first layer with weights to the
    last one. What lies before and after keeps float32: preprocessing inside the graph turns on
    fractions of a gray level. So do the first `spared` layers with weights, where activations are
    few and far apart and 256 steps may not tell them apart. Raises ModelError where nothing is left
    to quantize or there are no inputs.
    """
    with tempfile.TemporaryDirectory(prefix="crimeview-") as scratch:
        plain = Path(scratch) / "plain.onnx"
        # What depends on the input's shape only becomes constant, or it would be calibrated too.
        quantization.quant_pre_process(file, plain, skip_symbolic_shape=True)
        inner = _inner(_nodes(plain), spared=spared)
        if not inner:
            raise ModelError(f"{file.name} has no layers with weights that int8 could be used for.")
        reader = _Reader(_input_name(plain), inputs)
        if reader.is_empty:
            raise ModelError("Calibration needs at least one input; give more data.")
        quantization.quantize_static(
            plain,
            target,
            reader,
            quant_format=quantization.QuantFormat.QDQ,
            per_channel=True,
            activation_type=quantization.QuantType.QUInt8,
            weight_type=quantization.QuantType.QInt8,
            calibrate_method=quantization.CalibrationMethod.MinMax,
            nodes_to_quantize=inner,
        )


def weighted_layers(file: Path) -> int:
    """How many layers with weights an ONNX file has."""
    return sum(kind in _WEIGHTED for kind, _ in _nodes(file))


def _nodes(file: Path) -> list[tuple[str, str]]:
    """Kind and name of each node, in the order of computation."""
    return [(node.op_type, node.name) for node in load_model_with_shape_infer(file).graph.node]


def _input_name(file: Path) -> str:
    return str(load_model_with_shape_infer(file).graph.input[0].name)


def _inner(nodes: list[tuple[str, str]], *, spared: int) -> list[str]:
    """Names of those nodes that are to be quantized."""
    weighted = [at for at, (kind, _) in enumerate(nodes) if kind in _WEIGHTED]
    if len(weighted) <= spared:
        return []
    # What lies between the last spared layer and the next one (its activation, pooling) is float.
    return [name for _, name in nodes[weighted[spared] : weighted[-1] + 1]]


class _Reader(quantization.CalibrationDataReader):  # type: ignore[misc]
    """Hands the calibration inputs over, one at a time."""

    def __init__(self, name: str, inputs: Iterable[NDArray[np.float32]]) -> None:
        self._name, self._inputs = name, iter(inputs)
        self._next = next(self._inputs, None)

    @property
    def is_empty(self) -> bool:
        return self._next is None

    def get_next(self) -> dict[str, NDArray[np.float32]] | None:
        if self._next is None:
            return None
        values, self._next = self._next, next(self._inputs, None)
        return {self._name: values}
