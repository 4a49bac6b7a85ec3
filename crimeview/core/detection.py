"""How a detector's numbers are to be read."""

from dataclasses import dataclass
from typing import Literal

BoxLayout = Literal["yolox-grid", "yolox", "v5", "v8", "v8-rows", "end-to-end"]
ChannelOrder = Literal["rgb", "bgr"]
BoxUnit = Literal["pixels", "shares"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionSpec:
    """What the output of a detector of the YOLO family means.

    Layouts, for A places in the picture and c classes: “yolox-grid” (1, A, 5 + c) offsets to a
    grid, log sizes, objectness and classes; “yolox” the same decoded; “v5” (1, 3 A, 5 + c) decoded;
    “v8” (1, 4 + c, A) without objectness, also v11, which “v8-rows” has transposed; “end-to-end”
    (1, n, 6) corners, score and class after suppression. What follows the classes, as the points of
    a pose detector, is not read.

    `color` is the order of the input's channels, `unit` that of decoded boxes: pixels of the input
    or shares of its sides. `person` is the number of the class that is people.
    """

    layout: BoxLayout
    color: ChannelOrder
    unit: BoxUnit
    classes: int
    person: int
