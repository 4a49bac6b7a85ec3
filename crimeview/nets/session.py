"""ONNX sessions: opened only where file, checksum and shapes are what the manifest says."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Input, Output
from crimeview.nets.catalog import ModelFolder, NetworkFile, Precision

_PROVIDERS = ["CPUExecutionProvider"]


class Session:
    """A model that is ready to run: float32 in, float32 out, one input, one output."""

    def __init__(
        self, model: ModelFolder, *, precision: Precision = "fp32", threads: int | None = None
    ) -> None:
        """Open; `threads` None means one for each physical core.

        Raises ModelError, also where the model has no variant of that precision.
        """
        manifest = model.manifest
        self._title = f"The model “{manifest.name}”"
        data = _checked_bytes(model.network(precision), self._title)
        self._network = _load(self._title, data, threads)
        _check_shape(self._title, "input", self._network.get_inputs(), manifest.input)
        _check_shape(self._title, "output", self._network.get_outputs(), manifest.output)
        self._input, self._output = manifest.input.name, manifest.output.name

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run on one input of the manifest's shape; raises ModelError."""
        try:
            (result,) = self._network.run([self._output], {self._input: values})
        except Exception as error:  # onnxruntime's own exceptions share no better base
            raise ModelError(f"{self._title} could not run ({_first_line(error)}).") from error
        return np.asarray(result, np.float32)


def run_file(path: Path, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Run an ONNX file that has no manifest yet on one input, for comparing after export."""
    network = _load(f"The file {path.name}", path.read_bytes(), None)
    (result,) = network.run(None, {network.get_inputs()[0].name: values})
    return np.asarray(result, np.float32)


def file_runner(
    path: Path, *, threads: int
) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """The same for many inputs: opens the file once. Raises ModelError."""
    network = _load(f"The file {path.name}", path.read_bytes(), threads)
    name = network.get_inputs()[0].name
    return lambda values: np.asarray(network.run(None, {name: values})[0], np.float32)


def _checked_bytes(file: NetworkFile, title: str) -> bytes:
    try:
        data = file.path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{title} is incomplete: {file.path} cannot be read; copy the whole folder again."
        ) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise ModelError(
            f"{title} is damaged: the SHA-256 of {file.path} is not the one in its manifest; "
            "copy the model folder again."
        )
    return data


def _load(title: str, data: bytes, threads: int | None) -> onnxruntime.InferenceSession:
    onnxruntime.disable_telemetry_events()  # nothing here leaves the computer
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or 0  # 0: one thread for each physical core
    # Decoding shares the cores: threads that wait spinning would take its time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 4  # what goes wrong is raised, not printed
    try:
        return onnxruntime.InferenceSession(data, options, providers=_PROVIDERS)
    except Exception as error:  # onnxruntime's own exceptions share no better base
        raise ModelError(
            f"{title} is not a usable ONNX file ({_first_line(error)}); copy the model again."
        ) from error


def _check_shape(
    title: str, what: str, found: list[onnxruntime.NodeArg], wanted: Input | Output
) -> None:
    shapes = [
        (node.name, tuple(n if isinstance(n, int) else None for n in node.shape)) for node in found
    ]
    if shapes != [(wanted.name, wanted.shape)] or found[0].type != "tensor(float)":
        listed = ", ".join(f"{name} {_shape_text(shape)}" for name, shape in shapes)
        raise ModelError(
            f"{title} does not agree with its manifest: the {what} should be the float32 "
            f"{wanted.name} {_shape_text(wanted.shape)}, but the file has {listed}."
        )


def _shape_text(shape: tuple[int | None, ...]) -> str:
    return "×".join("any" if n is None else str(n) for n in shape) or "a single number"


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
