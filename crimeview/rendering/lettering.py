"""The line a recorder burns into the picture: a tiny font and a running clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

# Five columns a glyph; bit 0 of each number is the topmost of seven rows.
_GLYPHS = {
    "0": (0x3E, 0x51, 0x49, 0x45, 0x3E), "1": (0x00, 0x42, 0x7F, 0x40, 0x00),
    "2": (0x42, 0x61, 0x51, 0x49, 0x46), "3": (0x21, 0x41, 0x45, 0x4B, 0x31),
    "4": (0x18, 0x14, 0x12, 0x7F, 0x10), "5": (0x27, 0x45, 0x45, 0x45, 0x39),
    "6": (0x3C, 0x4A, 0x49, 0x49, 0x30), "7": (0x01, 0x71, 0x09, 0x05, 0x03),
    "8": (0x36, 0x49, 0x49, 0x49, 0x36), "9": (0x06, 0x49, 0x49, 0x29, 0x1E),
    "-": (0x08, 0x08, 0x08, 0x08, 0x08), ":": (0x00, 0x36, 0x36, 0x00, 0x00),
    " ": (0x00, 0x00, 0x00, 0x00, 0x00), "A": (0x7E, 0x11, 0x11, 0x11, 0x7E),
    "C": (0x3E, 0x41, 0x41, 0x41, 0x22), "M": (0x7F, 0x02, 0x0C, 0x02, 0x7F),
}  # fmt: skip
_WHITE, _BLACK = 236, 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """Camera name and clock: `began` is the wall clock at the first frame."""

    camera: str
    began: datetime
    right: bool = False
    scale: int = 2

    def burn_in(self, frame: NDArray[np.uint8], *, seconds: float) -> None:
        """Write into a frame (H, W, 3): the clock above on the left (or right), the name below."""
        clock = self.began + timedelta(seconds=seconds)
        margin, tall, wide = 5 * self.scale, 7 * self.scale + 2, 6 * self.scale
        text = f"{clock:%Y-%m-%d %H:%M:%S}"
        left = frame.shape[1] - margin - wide * len(text) - 2 if self.right else margin
        _stamp(frame, text, self.scale, margin, left)
        _stamp(frame, self.camera, self.scale, frame.shape[0] - margin - tall, margin)


def _stamp(frame: NDArray[np.uint8], line: str, scale: int, y0: int, x0: int) -> None:
    """White letters with a black edge one pixel wide; nothing where the frame is too small."""
    ink, edge = _written(line, scale)
    height, width = ink.shape
    if y0 < 0 or x0 < 0 or y0 + height > frame.shape[0] or x0 + width > frame.shape[1]:
        return
    area = frame[y0 : y0 + height, x0 : x0 + width]
    area[edge] = _BLACK
    area[ink] = _WHITE


@lru_cache(maxsize=8)  # the clock changes once a second
def _written(text: str, scale: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where the letters are, and where they or their edge are; one pixel of margin around."""
    columns = np.array([column for letter in text for column in (*_GLYPHS[letter], 0)], np.uint8)
    bits = (columns[None, :] >> np.arange(7, dtype=np.uint8)[:, None]) & 1
    ink = np.pad(bits.astype(bool).repeat(scale, axis=0).repeat(scale, axis=1), 1)
    edge = ink.copy()
    for dy in (-1, 0, 1):
        for dx in (-1, 0, 1):
            edge |= np.roll(ink, (dy, dx), axis=(0, 1))
    return ink, edge
