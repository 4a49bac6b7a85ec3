"""The same ONNX files on OpenVINO, an optional extra."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError


def run_on_openvino(file: Path, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Run an ONNX file on one input; raises ModelError where OpenVINO is not installed."""
    try:
        import openvino
    except ImportError as error:
        raise ModelError(
            "OpenVINO is not installed; install it with: pip install 'crimeview[openvino]'"
        ) from error
    # Left to itself OpenVINO computes in bfloat16 on processors that can, to two digits only.
    network = openvino.Core().compile_model(file, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.asarray(network(values)[0], np.float32)
