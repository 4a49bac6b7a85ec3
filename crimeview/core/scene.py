"""What a camera has learned, and from what."""

from dataclasses import dataclass
from enum import Enum


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
