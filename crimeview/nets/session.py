"""Sessions: opened only where file, checksum and shapes are what the manifest says."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.manifest import Input, Output
from crimeview.nets.catalog import ModelFolder, NetworkFile
from crimeview.nets.choice import Running, usual_threads
from crimeview.nets.engines import first_line, open_network, usable_cores
from crimeview.nets.network import Port


class Session:
    """A model that is ready to run: float32 in, float32 out, one input, one output.

    `running` is how it runs, `sha256` that of the file that runs: what it gives is known by that.
    """

    def __init__(
        self,
        model: ModelFolder,
        *,
        running: Running | None = None,
        threads: int | None = None,
        lengths_vary: bool = False,
    ) -> None:
        """Open; `running` None means float32 on the CPU.

        `threads` is the most that it may take on the processor, None what `running` says;
        `lengths_vary` as of `open_network`.
        Raises ModelError, also where the model has no variant of that precision.
        """
        manifest = model.manifest
        self.running = running or Running()
        self._title = f"The model “{manifest.name}”"
        file = model.network(self.running.precision)
        _check_file(file, self._title)
        self.sha256 = file.sha256
        self._network = open_network(
            file.path,
            engine=self.running.engine,
            threads=_threads(model, self.running.threads, threads),
            title=self._title,
            lengths_vary=lengths_vary,
        )
        _check_port(self._title, "input", self._network.inputs, manifest.input)
        _check_port(self._title, "output", self._network.outputs, manifest.output)

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run on one input of the manifest's shape; raises ModelError."""
        try:
            return self._network.run(values)
        except Exception as error:  # the engines' own exceptions share no better base
            raise ModelError(f"{self._title} could not run ({first_line(error)}).") from error


def run_file(path: Path, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Run an ONNX file that has no manifest yet on one input, for comparing after export."""
    return file_runner(path, threads=usable_cores())(values)


def file_runner(
    path: Path, *, threads: int
) -> Callable[[NDArray[np.float32]], NDArray[np.float32]]:
    """The same for many inputs: opens the file once, on the CPU. Raises ModelError."""
    return open_network(path, engine="cpu", threads=threads, title=f"The file {path.name}").run


def _threads(model: ModelFolder, wanted: int | None, most: int | None) -> int:
    if wanted is None:
        return most or usual_threads(model)
    return min(wanted, most or wanted)


def _check_file(file: NetworkFile, title: str) -> None:
    try:
        with file.path.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{title} is incomplete: {file.path} cannot be read; copy the whole folder again."
        ) from error
    if found != file.sha256:
        raise ModelError(
            f"{title} is damaged: the SHA-256 of {file.path} is not the one in its manifest; "
            "copy the model folder again."
        )


def _check_port(title: str, what: str, found: tuple[Port, ...], wanted: Input | Output) -> None:
    shapes = [(port.name, port.shape) for port in found]
    if shapes != [(wanted.name, wanted.shape)] or not found[0].is_float32:
        listed = ", ".join(f"{name} {_shape_text(shape)}" for name, shape in shapes)
        raise ModelError(
            f"{title} does not agree with its manifest: the {what} should be the float32 "
            f"{wanted.name} {_shape_text(wanted.shape)}, but the file has {listed}."
        )


def _shape_text(shape: tuple[int | None, ...]) -> str:
    return "×".join("any" if n is None else str(n) for n in shape) or "a single number"
