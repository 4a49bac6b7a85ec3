"""TFLite files as arrays and operators: what a conversion needs of the format, and no more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import tflite
from numpy.typing import NDArray

from crimeview.core.errors import ModelError

MAGIC = b"TFL3"  # the file identifier, from byte 4 on
_DENSE = 0  # a dimension's format; 1 is compressed sparse rows
_TYPES: Mapping[int, Any] = {
    tflite.TensorType.FLOAT32: np.float32,
    tflite.TensorType.FLOAT16: np.float16,
    tflite.TensorType.INT32: np.int32,
}
_CODES = {code: name for name, code in vars(tflite.BuiltinOperator).items() if type(code) is int}


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator: its name in the format, tensor numbers (-1: left out), and its options."""

    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Any


@dataclass(frozen=True, slots=True)
class Graph:
    """A file's graph: `shapes` of all tensors by number, `constants` those that are stored."""

    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    operators: tuple[Operator, ...]
    shapes: Mapping[int, tuple[int, ...]]
    constants: Mapping[int, NDArray[Any]]

    def signature(self) -> tuple[tuple[tuple[int, ...], ...], tuple[tuple[int, ...], ...]]:
        """The shapes of the inputs and of the outputs."""
        return tuple(self.shapes[i] for i in self.inputs), tuple(
            self.shapes[i] for i in self.outputs
        )


def read_graph(data: bytes) -> Graph:
    """Parse a file's first graph; sparse constants come dense, weights keep their precision.

    Raises ModelError for what is no TFLite file, is damaged, or has operators unknown to the
    schema.
    """
    if data[4:8] != MAGIC:
        raise ModelError("This is not a TFLite file: it does not carry the letters TFL3.")
    try:
        model = tflite.Model.GetRootAsModel(data, 0)
        graph = _graph(model, model.Subgraphs(0))
    except ModelError:
        raise
    except Exception as error:  # flatbuffers reads where the bytes point, and raises anything
        raise ModelError("The TFLite file is damaged; copy or fetch it again.") from error
    return graph


def _graph(model: Any, graph: Any) -> Graph:
    tensors = [graph.Tensors(number) for number in range(graph.TensorsLength())]
    shapes = {number: _shape(tensor) for number, tensor in enumerate(tensors)}
    stored = ((number, _constant(model, tensor)) for number, tensor in enumerate(tensors))
    operators = [_operator(model, graph.Operators(n)) for n in range(graph.OperatorsLength())]
    return Graph(
        inputs=tuple(map(int, graph.InputsAsNumpy())),
        outputs=tuple(map(int, graph.OutputsAsNumpy())),
        operators=tuple(operators),
        shapes=shapes,
        constants={number: array for number, array in stored if array is not None},
    )


def _operator(model: Any, operator: Any) -> Operator:
    code = model.OperatorCodes(operator.OpcodeIndex())
    name = _CODES[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
    return Operator(
        name=name,
        inputs=tuple(map(int, operator.InputsAsNumpy())),
        outputs=tuple(map(int, operator.OutputsAsNumpy())),
        options=_options(name, operator.BuiltinOptions()),
    )


_OPTIONS: Mapping[str, Callable[[], Any]] = {
    "CONV_2D": tflite.Conv2DOptions,
    "DEPTHWISE_CONV_2D": tflite.DepthwiseConv2DOptions,
    "MAX_POOL_2D": tflite.Pool2DOptions,
    "ADD": tflite.AddOptions,
    "CONCATENATION": tflite.ConcatenationOptions,
    "DEPTH_TO_SPACE": tflite.DepthToSpaceOptions,
    "RESIZE_BILINEAR": tflite.ResizeBilinearOptions,
}


def _options(name: str, table: Any) -> Any:
    if name not in _OPTIONS or table is None:
        return None
    options = _OPTIONS[name]()
    options.Init(table.Bytes, table.Pos)
    return options


def _shape(tensor: Any) -> tuple[int, ...]:
    return tuple(map(int, tensor.ShapeAsNumpy())) if tensor.ShapeLength() else ()


def _constant(model: Any, tensor: Any) -> NDArray[Any] | None:
    data = model.Buffers(tensor.Buffer()).DataAsNumpy()
    if isinstance(data, int):  # the format's way to say that there are none
        return None
    if tensor.Type() not in _TYPES:
        raise ModelError(
            "The TFLite file has quantized weights, which are not converted; take the float file."
        )
    values = np.frombuffer(data.tobytes(), _TYPES[tensor.Type()])
    sparsity = tensor.Sparsity()
    return values.reshape(_shape(tensor)) if sparsity is None else _dense(tensor, values, sparsity)


def _dense(tensor: Any, values: NDArray[Any], sparsity: Any) -> NDArray[Any]:
    """Spread stored values over the whole array.

    The format is TACO's: dimensions in traversal order, each dense or compressed (segments and
    indices). Blocks do not occur in these files and are refused.
    """
    shape = _shape(tensor)
    order = list(map(int, sparsity.TraversalOrderAsNumpy()))
    if sorted(order) != list(range(len(shape))):
        raise ModelError("The TFLite file has weights that are sparse in blocks, not converted.")
    places = np.zeros((1, 0), np.int64)  # the indices of every stored value, level by level
    for level in range(len(order)):
        places = _expanded(places, sparsity.DimMetadata(level))
    dense = np.zeros(shape, values.dtype)
    index = tuple(places[:, order.index(axis)] for axis in range(len(shape)))
    dense[index] = values[: len(places)]
    return dense


def _expanded(places: NDArray[np.int64], level: Any) -> NDArray[np.int64]:
    """The places with the indices of the next level."""
    if level.Format() == _DENSE:
        size = level.DenseSize()
        inner = np.tile(np.arange(size), len(places))
        return np.column_stack([np.repeat(places, size, axis=0), inner])
    segments, indices = _integers(level, "ArraySegments"), _integers(level, "ArrayIndices")
    return np.column_stack([np.repeat(places, np.diff(segments), axis=0), indices])


_VECTORS: Mapping[int, tuple[Callable[[], Any], Any]] = {
    tflite.SparseIndexVector.Int32Vector: (tflite.Int32Vector, np.int32),
    tflite.SparseIndexVector.Uint16Vector: (tflite.Uint16Vector, np.uint16),
    tflite.SparseIndexVector.Uint8Vector: (tflite.Uint8Vector, np.uint8),
}


def _integers(level: Any, name: str) -> NDArray[np.int64]:
    make, _ = _VECTORS[getattr(level, f"{name}Type")()]
    table = getattr(level, name)()
    vector = make()
    vector.Init(table.Bytes, table.Pos)
    return np.asarray(vector.ValuesAsNumpy(), np.int64)
