"""From TFLite to ONNX: the operators of MediaPipe's pose graphs, channels first.

Pictures are (1, channels, height, width) inside the ONNX graph, so that no convolution needs a
transposition; only the input and what is flattened is transposed. Weights stay in the precision
they are stored in, with a cast that onnxruntime computes once on opening.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import onnx
import tflite
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from crimeview.core.errors import ModelError
from crimeview.training.importers.tflite.graph import Graph, Operator

_OPSET = 18  # that of training.export
_IR_VERSION = 10
_FIRST, _LAST = (0, 3, 1, 2), (0, 2, 3, 1)  # channels first of channels last, and back
_STORED = ("DEQUANTIZE", "DENSIFY")  # what is done to constants


def to_onnx(
    graph: Graph, *, outputs: Sequence[int], input_name: str, output_name: str, axis: int
) -> onnx.ModelProto:
    """The graph as ONNX with one output: those of the numbers `outputs`, joined along `axis`.

    Only what these need is converted. The input keeps the file's shape, channels last. Raises
    ModelError for operators that are not known here.
    """
    return _Converter(graph).converted(outputs, input_name, output_name, axis)


class _Converter:
    """Builds the ONNX graph, operator by operator. `_names` are the ONNX names of tensors."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._constants: dict[int, NDArray[Any]] = dict(graph.constants)
        self._names: dict[int, str] = {}
        self._nodes: list[onnx.NodeProto] = []
        self._stored: list[onnx.TensorProto] = []

    def converted(
        self, outputs: Sequence[int], input_name: str, output_name: str, axis: int
    ) -> onnx.ModelProto:
        graph = self._graph
        (source,) = graph.inputs
        self._names[source] = self._add("Transpose", [input_name], perm=_FIRST)
        for operator in _needed(graph, outputs):
            self._convert(operator)
        joined = [self._names[number] for number in outputs]
        self._nodes.append(helper.make_node("Concat", joined, [output_name], axis=axis))
        shape = list(graph.shapes[outputs[0]])
        shape[axis] = sum(graph.shapes[number][axis] for number in outputs)
        made = helper.make_graph(
            self._nodes,
            "converted",
            [helper.make_tensor_value_info(input_name, TensorProto.FLOAT, graph.shapes[source])],
            [helper.make_tensor_value_info(output_name, TensorProto.FLOAT, shape)],
            self._stored,
        )
        model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)])
        model.ir_version = _IR_VERSION
        onnx.checker.check_model(model)
        return model

    def _convert(self, operator: Operator) -> None:
        if operator.name in _STORED and operator.inputs[0] in self._constants:
            self._constants[operator.outputs[0]] = self._constants[operator.inputs[0]]
            return
        if operator.name not in _CONVERSIONS:
            raise ModelError(
                f"The TFLite file uses the operator {operator.name}, which is not converted; take "
                "the files of the mediapipe 0.10.21 wheel."
            )
        self._names[operator.outputs[0]] = _CONVERSIONS[operator.name](self, operator)

    # Operators: each gives the name of its output

    def _conv(self, operator: Operator) -> str:
        return self._convolution(operator, np.transpose(self._weights(operator), (0, 3, 1, 2)), 1)

    def _depthwise(self, operator: Operator) -> str:
        weights = np.transpose(self._weights(operator), (3, 0, 1, 2))
        return self._convolution(operator, weights, self._graph.shapes[operator.inputs[0]][3])

    def _convolution(self, operator: Operator, weights: NDArray[Any], groups: int) -> str:
        options = operator.options
        inputs = [self._names[operator.inputs[0]], self._weight_name(weights)]
        if len(operator.inputs) > 2 and operator.inputs[2] >= 0:
            inputs.append(self._weight_name(self._constants[operator.inputs[2]]))
        name = self._add(
            "Conv",
            inputs,
            group=groups,
            strides=[options.StrideH(), options.StrideW()],
            dilations=[options.DilationHFactor(), options.DilationWFactor()],
            auto_pad=_padding(options),
        )
        return self._activated(name, options)

    def _max_pool(self, operator: Operator) -> str:
        options = operator.options
        name = self._add(
            "MaxPool",
            [self._names[operator.inputs[0]]],
            kernel_shape=[options.FilterHeight(), options.FilterWidth()],
            strides=[options.StrideH(), options.StrideW()],
            auto_pad=_padding(options),
        )
        return self._activated(name, options)

    def _sum(self, operator: Operator) -> str:
        name = self._add("Add", [self._names[number] for number in operator.inputs])
        return self._activated(name, operator.options)

    def _pad(self, operator: Operator) -> str:
        pads = self._constants[operator.inputs[1]][list(_FIRST)]
        amounts = self._store(np.asarray(pads.T.ravel(), np.int64))
        return self._add("Pad", [self._names[operator.inputs[0]], amounts], mode="constant")

    def _resize(self, operator: Operator) -> str:
        options = operator.options
        height, width = map(int, self._constants[operator.inputs[1]])
        channels = self._graph.shapes[operator.inputs[0]][3]
        sizes = self._store(np.array([1, channels, height, width], np.int64))
        mode = "asymmetric"
        if options.AlignCorners():
            mode = "align_corners"
        elif options.HalfPixelCenters():
            mode = "half_pixel"
        return self._add(
            "Resize",
            [self._names[operator.inputs[0]], "", "", sizes],
            mode="linear",
            coordinate_transformation_mode=mode,
        )

    def _depth_to_space(self, operator: Operator) -> str:
        inputs = [self._names[operator.inputs[0]]]
        size = operator.options.BlockSize()
        return self._add("DepthToSpace", inputs, blocksize=size, mode="DCR")

    def _reshape(self, operator: Operator) -> str:
        name = self._names[operator.inputs[0]]
        if len(self._graph.shapes[operator.inputs[0]]) == 4:
            name = self._add("Transpose", [name], perm=_LAST)
        shape = self._graph.shapes[operator.outputs[0]]
        return self._add("Reshape", [name, self._store(np.array(shape, np.int64))])

    def _concatenation(self, operator: Operator) -> str:
        axis = operator.options.Axis()
        if len(self._graph.shapes[operator.inputs[0]]) == 4:
            axis = _FIRST.index(axis)
        name = self._add("Concat", [self._names[n] for n in operator.inputs], axis=axis)
        return self._activated(name, operator.options)

    def _logistic(self, operator: Operator) -> str:
        return self._add("Sigmoid", [self._names[operator.inputs[0]]])

    # Parts

    def _weights(self, operator: Operator) -> NDArray[Any]:
        return self._constants[operator.inputs[1]]

    def _activated(self, name: str, options: Any) -> str:
        kinds, kind = tflite.ActivationFunctionType, options.FusedActivationFunction()
        if kind == kinds.NONE:
            return name
        if kind == kinds.RELU:
            return self._add("Relu", [name])
        if kind == kinds.RELU6:
            bounds = [self._store(np.array(bound, np.float32)) for bound in (0.0, 6.0)]
            return self._add("Clip", [name, *bounds])
        raise ModelError(f"The TFLite file uses the activation {kind}, which is not converted.")

    def _weight_name(self, weights: NDArray[Any]) -> str:
        name = self._store(np.ascontiguousarray(weights))
        if weights.dtype == np.float16:
            return self._add("Cast", [name], to=TensorProto.FLOAT)
        return name

    def _store(self, array: NDArray[Any]) -> str:
        name = f"stored_{len(self._stored)}"
        self._stored.append(numpy_helper.from_array(array, name))
        return name

    def _add(self, kind: str, inputs: Sequence[str], **attributes: Any) -> str:
        name = f"{kind.lower()}_{len(self._nodes)}"
        self._nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name


_CONVERSIONS: Mapping[str, Callable[[_Converter, Operator], str]] = {
    "CONV_2D": _Converter._conv,
    "DEPTHWISE_CONV_2D": _Converter._depthwise,
    "MAX_POOL_2D": _Converter._max_pool,
    "ADD": _Converter._sum,
    "PAD": _Converter._pad,
    "RESIZE_BILINEAR": _Converter._resize,
    "DEPTH_TO_SPACE": _Converter._depth_to_space,
    "RESHAPE": _Converter._reshape,
    "CONCATENATION": _Converter._concatenation,
    "LOGISTIC": _Converter._logistic,
}


def _padding(options: Any) -> str:
    return "SAME_UPPER" if options.Padding() == tflite.Padding.SAME else "VALID"


def _needed(graph: Graph, outputs: Sequence[int]) -> list[Operator]:
    """The operators that these outputs depend on, in the file's order."""
    wanted, needed = set(outputs), []
    for operator in reversed(graph.operators):
        if wanted.intersection(operator.outputs):
            needed.append(operator)
            wanted.update(operator.inputs)
    return needed[::-1]
