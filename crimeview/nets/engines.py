"""Engines: what can run a network on this computer, behind one door."""

import os
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from crimeview.core.errors import ModelError
from crimeview.nets.engine_names import Engine
from crimeview.nets.network import Network
from crimeview.nets.onnx_engine import OnnxNetwork, offered_providers
from crimeview.nets.openvino_engine import OpenVinoNetwork, has_openvino

# Packages that are onnxruntime, each with other providers, and OpenVINO.
_RUNTIMES = (
    "onnxruntime",
    "onnxruntime-gpu",
    "onnxruntime-directml",
    "onnxruntime-silicon",
    "openvino",
)
_INSTALL: Mapping[Engine, str] = {
    "cuda": "install onnxruntime-gpu in place of onnxruntime, on a computer with an NVIDIA card",
    "directml": "install onnxruntime-directml in place of onnxruntime, on Windows",
    "coreml": "CoreML exists on macOS only",
    "openvino": "install it with: pip install 'crimeview[openvino]'",
}


def engines_present() -> tuple[Engine, ...]:
    """Engines that are installed, the CPU first; whether each loads shows when it is opened."""
    openvino: tuple[Engine, ...] = ("openvino",) if has_openvino() else ()
    return (*offered_providers(), *openvino)


def require_engine(engine: Engine) -> None:
    """Raise ModelError unless the engine is installed."""
    if engine not in engines_present():
        titles = {"openvino": "OpenVINO", "cuda": "CUDA", "directml": "DirectML"}
        raise ModelError(
            f"{titles.get(engine, engine)} is not installed; {_INSTALL[engine]}, "
            "or choose the engine cpu."
        )


def open_network(
    file: Path, *, engine: Engine, threads: int, title: str, lengths_vary: bool = False
) -> Network:
    """Open an ONNX file on an engine; `title` names it in the ModelError that this may raise.

    `threads` is how many the engine may compute with on the processor. `lengths_vary` where each
    input may be of another length, as when one row more is scored each time.
    """
    require_engine(engine)
    try:
        if engine == "openvino":
            return OpenVinoNetwork(file, threads=threads)
        return OnnxNetwork(file, provider=engine, threads=threads, lengths_vary=lengths_vary)
    except ModelError:
        raise
    except Exception as error:  # the engines' own exceptions share no better base
        if engine == "cpu":
            raise ModelError(
                f"{title} is not a usable ONNX file ({first_line(error)}); copy the model again."
            ) from error
        raise ModelError(
            f"{title} cannot be opened on the engine {engine} ({first_line(error)}); "
            "choose the engine cpu."
        ) from error


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def runtime_versions() -> dict[str, str]:
    """The installed packages that run networks, with their versions."""
    found = {}
    for name in _RUNTIMES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def first_line(error: Exception) -> str:
    """The first line of an engine's own error, which may be very long."""
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
