"""How a detector's numbers are to be read, and what its classes are called."""

from dataclasses import dataclass
from typing import Literal

BoxLayout = Literal["yolox-grid", "yolox", "v5", "v8", "v8-rows", "end-to-end"]
ChannelOrder = Literal["rgb", "bgr"]
BoxUnit = Literal["pixels", "shares"]

# Of the COCO data set (Lin et al. 2014), in the order in which detectors number them.
COCO = (
    *("person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat"),
    *("traffic light", "fire hydrant", "stop sign", "parking meter", "bench", "bird", "cat"),
    *("dog", "horse", "sheep", "cow", "elephant", "bear", "zebra", "giraffe", "backpack"),
    *("umbrella", "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball"),
    *("kite", "baseball bat", "baseball glove", "skateboard", "surfboard", "tennis racket"),
    *("bottle", "wine glass", "cup", "fork", "knife", "spoon", "bowl", "banana", "apple"),
    *("sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut", "cake", "chair"),
    *("couch", "potted plant", "bed", "dining table", "toilet", "tv", "laptop", "mouse"),
    *("remote", "keyboard", "cell phone", "microwave", "oven", "toaster", "sink"),
    *("refrigerator", "book", "clock", "vase", "scissors", "teddy bear", "hair drier"),
    "toothbrush",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectionSpec:
    """What the output of a detector of the YOLO family means.

    Layouts, for A places in the picture and c classes: “yolox-grid” (1, A, 5 + c) offsets to a
    grid, log sizes, objectness and classes; “yolox” the same decoded; “v5” (1, 3 A, 5 + c) decoded;
    “v8” (1, 4 + c, A) without objectness, also v11, which “v8-rows” has transposed; “end-to-end”
    (1, n, 6) corners, score and class after suppression. What follows the classes, as the points of
    a pose detector, is not read.

    `color` is the order of the input's channels, `unit` that of decoded boxes: pixels of the input
    or shares of its sides. `person` is the number of the class that is people. `names` are those of
    the classes, empty where the file does not say them.
    """

    layout: BoxLayout
    color: ChannelOrder
    unit: BoxUnit
    classes: int
    person: int
    names: tuple[str, ...] = ()

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """What each class is called: as the file says, as COCO does, or by its number."""
        if self.names:
            return self.names
        if self.classes == len(COCO):
            return COCO
        numbered = [f"class {number}" for number in range(self.classes)]
        numbered[self.person] = "person"
        return tuple(numbered)
