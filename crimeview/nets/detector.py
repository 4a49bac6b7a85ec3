"""Detectors of people and of other objects: a frame in, boxes out."""

from collections.abc import Callable, Iterator
from itertools import product
from math import ceil
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes, clipped, suppressed
from crimeview.core.errors import ModelError
from crimeview.core.objects import Objects
from crimeview.nets.box_layouts import Candidates, all_candidates, candidates
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.session import Session
from crimeview.nets.warp import Rect, sampled

LEAST_SCORE = 0.3  # of a box
_OVERLAP = 0.45  # of boxes of one person, intersection over union
_SAME = 0.7  # of boxes of two classes that are one thing
_BORDER = 114.0  # the gray that the family is trained with
_TILE_OVERLAP = 0.25  # of a tile's side: a person on a seam is whole in one of them

_Read = Callable[..., Candidates]


class Detector:
    """A detector that is ready to run.

    With `tiles` a frame much larger than the network's input is looked at in parts at full size as
    well as whole: small people are found, large ones may be cut in two.
    """

    def __init__(
        self,
        model: ModelFolder,
        *,
        tiles: bool = False,
        running: Running | None = None,
        threads: int | None = None,
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if manifest.kind != "detector" or manifest.detection is None:
            raise ModelError(
                f"The model “{manifest.name}” is not a detector (its kind is {manifest.kind}); "
                "choose another."
            )
        self.model = model
        self.tiles = tiles
        self._spec = manifest.detection
        height, width = manifest.input.shape[2:]
        if height is None or width is None:
            raise ModelError(f"The detector “{manifest.name}” has no fixed size; import it again.")
        self._size = (height, width)
        session = Session(model, running=running, threads=threads)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def people(self, frame: NDArray[np.uint8]) -> tuple[Boxes, NDArray[np.float32]]:
        """Boxes (n, 4) in the frame's pixels and scores (n,), the highest first.

        `frame` is uint8 (height, width, 3) RGB.
        """
        found = self._found(frame, candidates)
        kept = suppressed(found.boxes, found.scores, overlap=_OVERLAP)
        return found.boxes[kept], found.scores[kept]

    def objects(self, frame: NDArray[np.uint8]) -> Objects:
        """What is in a frame, uint8 (height, width, 3) RGB; boxes in shares of its sides.

        Suppressed within each class, and where two classes claim nearly the same box among all: a
        truck that is a bus as well is one of them.
        """
        height, width = frame.shape[:2]
        found = self._found(frame, all_candidates)
        shifted = found.boxes + (found.classes * 4 * max(height, width))[:, None]
        own = suppressed(np.asarray(shifted, np.float32), found.scores, overlap=_OVERLAP)
        kept = own[suppressed(found.boxes[own], found.scores[own], overlap=_SAME)]
        shares = found.boxes[kept] / np.array([width, height, width, height], np.float32)
        return Objects(np.asarray(shares, np.float32), found.scores[kept], found.classes[kept])

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """What its classes are called, in order of their numbers."""
        return self._spec.vocabulary

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _parts(self, height: int, width: int) -> Iterator[Rect]:
        """What is looked at: the whole frame with its borders, and tiles where they are wanted."""
        rows, columns = self._size
        scale = max(width / columns, height / rows)
        # YOLOX was trained with its border below and to the right, the others with it around.
        corner = self._spec.layout.startswith("yolox")
        x, y = (columns * scale / 2, rows * scale / 2) if corner else (width / 2, height / 2)
        yield Rect(x, y, columns * scale, rows * scale)
        if self.tiles and scale > 1:
            yield from _tiles((height, width), self._size)

    def _found(self, frame: NDArray[np.uint8], read: _Read) -> Candidates:
        """Candidates of the frame and its parts together, in the frame's pixels."""
        height, width = frame.shape[:2]
        found = [self._within(frame, rect, read) for rect in self._parts(height, width)]
        boxes = np.concatenate([part.boxes for part in found])
        return Candidates(
            clipped(boxes, height=height, width=width),
            np.concatenate([part.scores for part in found]),
            np.concatenate([part.classes for part in found]),
        )

    def _within(self, frame: NDArray[np.uint8], rect: Rect, read: _Read) -> Candidates:
        if self._session is None:
            raise ValueError("the detector is closed")
        rows, columns = self._size
        part = sampled(frame, rect, height=rows, width=columns, border=_BORDER)
        if self._spec.color == "bgr":
            part = part[..., ::-1]
        values = part.transpose(2, 0, 1)[None] * np.float32(self.model.manifest.input.scale)
        output = self._session.run(np.ascontiguousarray(values))
        found = read(output, self._spec, size=self._size, least=LEAST_SCORE)
        shares = found.boxes.reshape(-1, 2, 2) / np.array([columns, rows], np.float32)
        boxes = rect.to_picture(np.asarray(shares, np.float32)).reshape(-1, 4)
        return Candidates(boxes, found.scores, found.classes)


def _tiles(frame: tuple[int, int], size: tuple[int, int]) -> Iterator[Rect]:
    """Parts of the network's own size that cover the frame and overlap."""
    starts = [_starts(length, side) for length, side in zip(frame, size, strict=True)]
    for top, left in product(*starts):
        yield Rect(left + size[1] / 2, top + size[0] / 2, size[1], size[0])


def _starts(length: int, side: int) -> list[int]:
    if length <= side:
        return [0]
    count = 1 + ceil((length - side) / (side * (1 - _TILE_OVERLAP)))
    return [round(n * (length - side) / (count - 1)) for n in range(count)]
