"""What every engine makes of an ONNX file: a network that runs on arrays."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Port:
    """An input or output; None in `shape` is a free axis."""

    name: str
    shape: tuple[int | None, ...]
    is_float32: bool


class Network(Protocol):
    """A network that is ready to run: float32 in, float32 out.

    `inputs` and `outputs` are all that the file has; what runs are the first of each.
    """

    @property
    def inputs(self) -> tuple[Port, ...]: ...

    @property
    def outputs(self) -> tuple[Port, ...]: ...

    def run(self, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """Run on one input; raises whatever the engine raises."""
        ...
