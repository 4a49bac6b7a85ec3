"""The same ONNX files on OpenVINO, an optional extra."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.network import Port


def has_openvino() -> bool:
    """Whether OpenVINO is installed; it is not imported for that."""
    return find_spec("openvino") is not None


class OpenVinoNetwork:
    """An ONNX file on OpenVINO, on the processor.

    Free axes are fixed before it is compiled, anew for each shape: with free ones OpenVINO reads
    beyond its memory in networks that pool over more rows than there are.
    """

    def __init__(self, file: Path, *, threads: int) -> None:
        """Open `file`; raises ModelError where OpenVINO is missing, else whatever it raises."""
        self._core = _openvino().Core()
        self._file = file
        self._options = {
            # By itself OpenVINO computes in bfloat16 on processors that can, to two digits only.
            "INFERENCE_PRECISION_HINT": "f32",
            "INFERENCE_NUM_THREADS": threads,
            "NUM_STREAMS": 1,
            "ENABLE_CPU_PINNING": False,  # decoding wants the same cores
        }
        model = self._core.read_model(file)
        self.inputs = tuple(_port(port) for port in model.inputs)
        self.outputs = tuple(_port(port) for port in model.outputs)
        self._shape: tuple[int, ...] | None = None
        self._request: Any = None
        if None not in self.inputs[0].shape:
            self._prepare(tuple(n for n in self.inputs[0].shape if n is not None))

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        if values.shape != self._shape:
            self._prepare(values.shape)
        results = self._request.infer({0: values}, share_inputs=True)
        # A copy: the next run writes into the same memory.
        return np.array(results[0], np.float32)

    def _prepare(self, shape: tuple[int, ...]) -> None:
        model = self._core.read_model(self._file)
        model.reshape(list(shape))
        self._request = self._core.compile_model(model, "CPU", self._options).create_infer_request()
        self._shape = shape


def _openvino() -> Any:
    # Importing OpenVINO reports the import to its makers. Nothing here leaves the computer: without
    # its telemetry package OpenVINO puts a stand-in there.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        import openvino
    except ImportError as error:
        raise ModelError(
            "OpenVINO is not installed; install it with: pip install 'crimeview[openvino]'"
        ) from error
    return openvino


def _port(port: Any) -> Port:
    shape = tuple(n.get_length() if n.is_static else None for n in port.partial_shape)
    return Port(port.any_name, shape, port.element_type.get_type_name() == "f32")
