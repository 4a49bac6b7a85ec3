"""An ONNX file that has no manifest: what it says of itself, and one run of it."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.engines import first_line
from crimeview.nets.network import Port
from crimeview.nets.onnx_engine import OnnxNetwork


@dataclass(frozen=True, slots=True)
class OnnxFile:
    """Inputs, outputs and the exporter's metadata (whatever keys it has) of a file."""

    path: Path
    inputs: tuple[Port, ...]
    outputs: tuple[Port, ...]
    metadata: dict[str, str]
    network: OnnxNetwork

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run on one input; raises ModelError."""
        try:
            return self.network.run(values)
        except Exception as error:  # onnxruntime's exceptions share no better base
            raise ModelError(f"{self.path.name} could not run ({first_line(error)}).") from error


def read_onnx_file(path: Path) -> OnnxFile:
    """Open a file on the CPU; raises ModelError where it is no usable ONNX file."""
    try:
        network = OnnxNetwork(path, provider="cpu", threads=1)
    except Exception as error:
        raise ModelError(
            f"{path.name} is not a usable ONNX file ({first_line(error)}); copy or export it again."
        ) from error
    return OnnxFile(path, network.inputs, network.outputs, network.metadata, network)
