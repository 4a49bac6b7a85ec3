"""ONNX files on onnxruntime: on the processor, or on what its execution providers offer."""

import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from crimeview.nets.network import Port

Provider = Literal["cpu", "cuda", "directml", "coreml"]
CPU = "CPUExecutionProvider"
PROVIDERS: Mapping[Provider, str] = {
    "cpu": CPU,
    "cuda": "CUDAExecutionProvider",
    "directml": "DmlExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
}
# Rounded products would not agree with what the model gave where it was made.
_PROVIDER_OPTIONS: Mapping[Provider, dict[str, str]] = {"cuda": {"use_tf32": "0"}}


def offered_providers() -> tuple[Provider, ...]:
    """Those that the installed onnxruntime was built with; whether they load is not known yet."""
    built = onnxruntime.get_available_providers()
    return tuple(name for name, provider in PROVIDERS.items() if provider in built)


class OnnxNetwork:
    """An ONNX file on onnxruntime.

    Buffers are not bound: an input array is used where it lies, and what is copied for an output
    (0.5 kB) is not worth more.
    """

    def __init__(
        self, file: Path, *, provider: Provider, threads: int, lengths_vary: bool = False
    ) -> None:
        """Open `file`; raises whatever onnxruntime raises, RuntimeError where it would fall back.

        `lengths_vary` where inputs are of ever new shapes: onnxruntime would keep a plan for each.

        It is read by path: of bytes onnxruntime would keep a copy as long as the network lives.
        """
        onnxruntime.disable_telemetry_events()  # nothing here leaves the computer
        onnxruntime.set_default_logger_severity(4)  # what goes wrong is raised, not printed
        wanted = PROVIDERS[provider]
        providers: list[str | tuple[str, dict[str, str]]] = [
            (wanted, _PROVIDER_OPTIONS.get(provider, {}))
        ]
        if wanted != CPU:
            providers.append(CPU)  # for layers that the other one does not have
        options = _options(provider, threads)
        if lengths_vary:
            options.enable_mem_pattern = False
        self._session = onnxruntime.InferenceSession(
            file, options, providers=providers, enable_fallback=0
        )
        if wanted not in self._session.get_providers():
            raise RuntimeError(f"its libraries could not be loaded for {wanted}")
        self.inputs = tuple(_port(node) for node in self._session.get_inputs())
        self.outputs = tuple(_port(node) for node in self._session.get_outputs())
        # What the exporter wrote beside the network, whatever keys it has.
        self.metadata = dict(self._session.get_modelmeta().custom_metadata_map)
        self._input, self._output = self.inputs[0].name, self.outputs[0].name

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        (result,) = self._session.run([self._output], {self._input: values})
        return np.asarray(result, np.float32)


def _options(provider: Provider, threads: int) -> onnxruntime.SessionOptions:
    """A session that shares the machine; graph optimization stays at its default, which is all.

    The memory arena stays: without it int8 networks take more memory, not less.
    """
    options = onnxruntime.SessionOptions()
    # An explicit number: by itself onnxruntime takes each physical core and binds a thread to it,
    # also where the process may use fewer, and decoding wants the same cores.
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Decoding shares the cores: threads that wait spinning would take its time.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    if _may_saturate():
        options.add_session_config_entry("session.x64quantprecision", "1")
    if provider == "directml":  # it demands this
        options.enable_mem_pattern = False
    options.log_severity_level = 4
    return options


def _may_saturate() -> bool:
    """Whether sums of products of bytes may overflow: x86 without VNNI, or nobody can tell.

    onnxruntime then has other products, which are exact but take a third longer: they are for
    processors that need them only.
    """
    try:
        return "vnni" not in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.machine().lower() in ("x86_64", "amd64")


def _port(node: onnxruntime.NodeArg) -> Port:
    shape = tuple(n if isinstance(n, int) else None for n in node.shape)
    return Port(node.name, shape, node.type == "tensor(float)")
