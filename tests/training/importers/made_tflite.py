"""TFLite files made by code, with every operator that MediaPipe's pose graphs use."""

from typing import Any

import flatbuffers
import numpy as np
from ai_edge_litert import schema_py_generated as schema
from numpy.typing import NDArray

_TYPES = {
    np.dtype(np.float32): schema.TensorType.FLOAT32,
    np.dtype(np.float16): schema.TensorType.FLOAT16,
    np.dtype(np.int32): schema.TensorType.INT32,
}
_SAME, _VALID = schema.Padding.SAME, schema.Padding.VALID
_RELU, _RELU6 = schema.ActivationFunctionType.RELU, schema.ActivationFunctionType.RELU6


class TfliteMaker:
    """Builds a graph operator by operator; tensors are known by number."""

    def __init__(self, *, picture: tuple[int, ...], seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._model = schema.ModelT()
        self._model.version = 3
        self._model.buffers = [schema.BufferT()]
        self._model.operatorCodes = []
        self._graph = schema.SubGraphT()
        self._graph.tensors, self._graph.operators = [], []
        self._model.subgraphs = [self._graph]
        self.input = self._tensor(picture, np.dtype(np.float32))

    def file(self, outputs: list[int]) -> bytes:
        self._graph.inputs, self._graph.outputs = [self.input], outputs
        builder = flatbuffers.Builder(1024)
        builder.Finish(self._model.Pack(builder), b"TFL3")
        return bytes(builder.Output())

    def shape(self, tensor: int) -> list[int]:
        return list(self._graph.tensors[tensor].shape)

    def conv(self, source: int, filters: int, *, side: int = 3, stride: int = 1) -> int:
        """SAME convolution and ReLU, its weights in half precision."""
        _, height, width, channels = self.shape(source)
        weights = self._halves((filters, side, side, channels))
        options = schema.Conv2DOptionsT()
        options.strideH = options.strideW = stride
        options.padding, options.fusedActivationFunction = _SAME, _RELU
        size = (1, -(-height // stride), -(-width // stride), filters)
        inputs = [source, weights, self._halves((filters,))]
        return self._add("CONV_2D", inputs, size, options, "Conv2DOptions")

    def depthwise(self, source: int) -> int:
        """VALID depthwise convolution with stride 2 and ReLU6."""
        _, height, width, channels = self.shape(source)
        options = schema.DepthwiseConv2DOptionsT()
        options.strideH = options.strideW = 2
        options.depthMultiplier = 1
        options.padding, options.fusedActivationFunction = _VALID, _RELU6
        inputs = [source, self._halves((1, 3, 3, channels)), self._halves((channels,))]
        size = (1, (height - 3) // 2 + 1, (width - 3) // 2 + 1, channels)
        return self._add("DEPTHWISE_CONV_2D", inputs, size, options, "DepthwiseConv2DOptions")

    def sparse_conv(self, source: int, filters: int) -> int:
        """A convolution of side 1 of which most weights are not stored."""
        channels = self.shape(source)[3]
        weights = self._random.normal(size=(filters, 1, 1, channels)).astype(np.float32)
        weights[self._random.random(weights.shape) < 0.7] = 0
        dense = self._tensor(weights.shape, weights.dtype)
        densify = schema.DensifyOptionsT()
        self._operator("DENSIFY", [self._sparse(weights)], dense, densify, "DensifyOptions")
        options = schema.Conv2DOptionsT()
        options.strideH = options.strideW = 1
        bias = self._constant(np.zeros(filters, np.float32))
        size = (*self.shape(source)[:3], filters)
        return self._add("CONV_2D", [source, dense, bias], size, options, "Conv2DOptions")

    def pad(self, source: int, amounts: list[tuple[int, int]]) -> int:
        size = [n + sum(a) for n, a in zip(self.shape(source), amounts, strict=True)]
        pads = self._constant(np.array(amounts, np.int32))
        return self._add("PAD", [source, pads], size, schema.PadOptionsT(), "PadOptions")

    def double(self, source: int) -> int:
        """Bilinear, to twice the size, by centers of pixels."""
        _, height, width, channels = self.shape(source)
        options = schema.ResizeBilinearOptionsT()
        options.halfPixelCenters = True
        sizes = self._constant(np.array([2 * height, 2 * width], np.int32))
        size = (1, 2 * height, 2 * width, channels)
        inputs = [source, sizes]
        return self._add("RESIZE_BILINEAR", inputs, size, options, "ResizeBilinearOptions")

    def spread(self, source: int) -> int:
        """Depth to space in blocks of 2."""
        _, height, width, channels = self.shape(source)
        options = schema.DepthToSpaceOptionsT()
        options.blockSize = 2
        size = (1, 2 * height, 2 * width, channels // 4)
        return self._add("DEPTH_TO_SPACE", [source], size, options, "DepthToSpaceOptions")

    def add(self, first: int, second: int) -> int:
        options = schema.AddOptionsT()
        return self._add("ADD", [first, second], self.shape(first), options, "AddOptions")

    def pool(self, source: int) -> int:
        _, height, width, channels = self.shape(source)
        options = schema.Pool2DOptionsT()
        options.strideH = options.strideW = options.filterHeight = options.filterWidth = 2
        options.padding = _SAME
        size = (1, -(-height // 2), -(-width // 2), channels)
        return self._add("MAX_POOL_2D", [source], size, options, "Pool2DOptions")

    def reshape(self, source: int, size: tuple[int, ...]) -> int:
        options = schema.ReshapeOptionsT()
        options.newShape = list(size)
        inputs = [source, self._constant(np.array(size, np.int32))]
        return self._add("RESHAPE", inputs, size, options, "ReshapeOptions")

    def join(self, sources: list[int], axis: int) -> int:
        options = schema.ConcatenationOptionsT()
        options.axis = axis
        size = self.shape(sources[0])
        size[axis] = sum(self.shape(s)[axis] for s in sources)
        return self._add("CONCATENATION", sources, size, options, "ConcatenationOptions")

    def sigmoid(self, source: int) -> int:
        return self._add("LOGISTIC", [source], self.shape(source), None, "NONE")

    # Parts

    def _halves(self, shape: tuple[int, ...]) -> int:
        values = self._random.normal(0, 0.3, shape).astype(np.float16)
        options = schema.DequantizeOptionsT()
        inputs = [self._constant(values)]
        return self._add("DEQUANTIZE", inputs, shape, options, "DequantizeOptions")

    def _sparse(self, weights: NDArray[np.float32]) -> int:
        """Weights (n, 1, 1, channels), the last dimension in compressed rows."""
        rows = weights.reshape(len(weights), -1)
        places = [np.flatnonzero(row) for row in rows]
        number = self._constant(rows[rows != 0], shape=weights.shape)
        sparsity = schema.SparsityParametersT()
        sparsity.traversalOrder = [0, 1, 2, 3]
        sparsity.dimMetadata = []
        for size in weights.shape[:3]:
            dense = schema.DimensionMetadataT()
            dense.format, dense.denseSize = schema.DimensionType.DENSE, size
            sparsity.dimMetadata.append(dense)
        last = schema.DimensionMetadataT()
        last.format = schema.DimensionType.SPARSE_CSR
        segments, indices = schema.Int32VectorT(), schema.Int32VectorT()
        segments.values = np.cumsum([0, *map(len, places)]).tolist()
        indices.values = np.concatenate(places).tolist()
        vector = schema.SparseIndexVector.Int32Vector
        last.arraySegmentsType, last.arraySegments = vector, segments
        last.arrayIndicesType, last.arrayIndices = vector, indices
        sparsity.dimMetadata.append(last)
        self._graph.tensors[number].sparsity = sparsity
        return number

    def _constant(self, values: NDArray[Any], shape: tuple[int, ...] | None = None) -> int:
        buffer = schema.BufferT()
        buffer.data = np.frombuffer(values.tobytes(), np.uint8)
        self._model.buffers.append(buffer)
        number = self._tensor(values.shape if shape is None else shape, values.dtype)
        self._graph.tensors[number].buffer = len(self._model.buffers) - 1
        return number

    def _tensor(self, shape: tuple[int, ...] | list[int], kind: np.dtype[Any]) -> int:
        tensor = schema.TensorT()
        tensor.shape, tensor.type, tensor.buffer = list(shape), _TYPES[kind], 0
        tensor.name = f"tensor_{len(self._graph.tensors)}"
        self._graph.tensors.append(tensor)
        return len(self._graph.tensors) - 1

    def _add(self, name: str, inputs: list[int], size: Any, options: Any, options_name: str) -> int:
        output = self._tensor(list(size), np.dtype(np.float32))
        self._operator(name, inputs, output, options, options_name)
        return output

    def _operator(
        self, name: str, inputs: list[int], output: int, options: Any, options_name: str
    ) -> None:
        code = schema.OperatorCodeT()
        code.builtinCode = getattr(schema.BuiltinOperator, name)
        code.deprecatedBuiltinCode = min(code.builtinCode, 127)
        code.version = 3 if name == "RESIZE_BILINEAR" else 2 if name == "DEQUANTIZE" else 1
        self._model.operatorCodes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex = len(self._model.operatorCodes) - 1
        operator.inputs, operator.outputs = inputs, [output]
        if options is not None:
            operator.builtinOptions = options
            operator.builtinOptionsType = getattr(schema.BuiltinOptions, options_name)
        self._graph.operators.append(operator)
