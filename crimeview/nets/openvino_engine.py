"""The same ONNX files on OpenVINO, an optional extra."""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError


def run_on_openvino(file: Path, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Run an ONNX file on one input; raises ModelError where OpenVINO is not installed."""
    # Importing OpenVINO reports the import to its makers. Nothing here leaves the computer: without
    # its telemetry package OpenVINO puts a stand-in there.
    sys.modules["openvino_telemetry"] = None  # type: ignore[assignment]
    try:
        import openvino
    except ImportError as error:
        raise ModelError(
            "OpenVINO is not installed; install it with: pip install 'crimeview[openvino]'"
        ) from error
    # Left to itself OpenVINO computes in bfloat16 on processors that can, to two digits only.
    network = openvino.Core().compile_model(file, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.asarray(network(values)[0], np.float32)
