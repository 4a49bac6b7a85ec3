"""What a camera has learned, and from what."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray


class Lesson(Enum):
    """As what a span of a recording was learned."""

    QUIET = "quiet"  # the recording's own quiet time, chosen by the program
    SPAN = "span"  # a person said that this span is usual
    NORMAL = "normal"  # a person said of a segment that this is normal here


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A named group of recordings of one place from one view, whose usual is learned together.

    `version` grows with everything that is learned or forgotten; `grid` are rows and columns of
    the cells of its picture.
    """

    id: int
    name: str
    version: int
    grid: tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class UsualPicture:
    """Of each cell (rows, columns): how often something moves there, which way and how fast.

    `presence` is a share of the time, NaN where that is hardly ever; `across` and `down` are the
    main direction (of length one, NaN where there is none), `speed` the median in shares of the
    picture's longer side a second. `seconds` is how much was learned from, by `camera`.
    """

    camera: Camera
    seconds: float
    presence: NDArray[np.float32]
    across: NDArray[np.float32]
    down: NDArray[np.float32]
    speed: NDArray[np.float32]
