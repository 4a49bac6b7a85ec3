"""Moving people and vehicles cut from real footage, to be pasted into quiet recordings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

Gray = NDArray[np.uint8]
RATE = 12.5  # pictures a second
_TALLEST_SIDE = 640  # pixels; larger footage is cut at half size
_SHORTEST = 8  # pictures
_LOWEST, _SMALLEST = 18, 120  # pixels of height and area


@dataclass(frozen=True, slots=True)
class Cutout:
    """One moving thing: per picture its gray patch, its opacity (0 to 1) and its foot (x, y)."""

    patches: tuple[NDArray[np.float32], ...]
    alphas: tuple[NDArray[np.float32], ...]
    feet: NDArray[np.float64]

    @property
    def height(self) -> float:
        return float(np.median([len(patch) for patch in self.patches]))


def pictures(path: Path, *, most: int = 400) -> NDArray[np.uint8]:
    """The luma of a recording's first pictures at `RATE` a second, (n, height, width)."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        every = max(1, round(float(stream.average_rate or RATE) / RATE))
        factor = 2 if max(stream.width, stream.height) > _TALLEST_SIDE else 1
        width, height = (side // factor // 2 * 2 for side in (stream.width, stream.height))
        frames = islice(container.decode(stream), 0, most * every, every)
        return np.stack(
            [f.to_ndarray(format="gray", width=width, height=height, interpolation="AREA")
             for f in frames]
        )  # fmt: skip


def still_background(frames: NDArray[np.uint8]) -> Gray:
    """The median over time of (n, height, width) pictures."""
    chosen = frames[np.linspace(0, len(frames) - 1, min(60, len(frames))).astype(int)]
    return np.asarray(np.median(chosen, axis=0), np.uint8)


def cutouts(path: Path) -> list[Cutout]:
    """Everything that moves alone, whole and for long enough in a recording of a fixed camera."""
    frames = pictures(path)
    if len(frames) < _SHORTEST:
        return []
    background = still_background(frames).astype(np.float32)
    finished: list[_Track] = []
    running: list[_Track] = []
    for number, frame in enumerate(frames):
        regions = list(_regions(frame, background))
        for track in running:
            track.follow(number, regions)
        finished += [t for t in running if t.last < number]
        running = [t for t in running if t.last == number]
        running += [_Track(number, [region]) for region in regions]
    return [t.cutout() for t in finished + running if t.wanders()]


@dataclass(frozen=True, slots=True)
class _Region:
    box: tuple[slice, slice]
    patch: NDArray[np.float32]
    alpha: NDArray[np.float32]

    @property
    def foot(self) -> tuple[float, float]:
        return (self.box[1].start + self.box[1].stop) / 2, float(self.box[0].stop)


@dataclass(slots=True)
class _Track:
    last: int
    regions: list[_Region] = field(default_factory=list)

    def follow(self, number: int, regions: list[_Region]) -> None:
        """Take the region that continues this track out of `regions`."""
        ours = self.regions[-1]
        for region in regions:
            if _overlap(ours.box, region.box) > 0.4:
                grown = region.alpha.size / ours.alpha.size
                if 0.6 < grown < 1.6:
                    self.regions.append(region)
                    self.last = number
                    regions.remove(region)
                return

    def wanders(self) -> bool:
        if len(self.regions) < _SHORTEST:
            return False
        feet = np.array([region.foot for region in self.regions])
        return bool(np.ptp(feet, axis=0).max() > 6)

    def cutout(self) -> Cutout:
        return Cutout(
            tuple(region.patch for region in self.regions),
            tuple(region.alpha for region in self.regions),
            np.array([region.foot for region in self.regions]),
        )


def _overlap(a: tuple[slice, slice], b: tuple[slice, slice]) -> float:
    """Intersection over the smaller of two boxes."""
    shared = area_a = area_b = 1
    for s, t in zip(a, b, strict=True):
        shared *= max(0, min(s.stop, t.stop) - max(s.start, t.start))
        area_a *= s.stop - s.start
        area_b *= t.stop - t.start
    return shared / min(area_a, area_b)


def _regions(frame: Gray, background: NDArray[np.float32]) -> Iterator[_Region]:
    difference = ndimage.gaussian_filter(np.abs(frame - background), 1.0)
    noise = float(np.median(difference))
    moving = ndimage.binary_closing(difference > max(12.0, 5.0 * noise), iterations=2)
    labels, _ = ndimage.label(ndimage.binary_fill_holes(moving))
    height, width = frame.shape
    for number, box in enumerate(ndimage.find_objects(labels), start=1):
        rows, columns = box
        inside = rows.start > 2 and columns.start > 2
        inside = inside and rows.stop < height - 2 and columns.stop < width - 2
        tall = rows.stop - rows.start
        if not inside or tall < _LOWEST or tall > 0.6 * height:
            continue
        grown = (slice(rows.start - 2, rows.stop + 2), slice(columns.start - 2, columns.stop + 2))
        mask = labels[grown] == number
        if mask.sum() >= _SMALLEST:
            alpha = ndimage.gaussian_filter(mask.astype(np.float32), 0.8)
            yield _Region(grown, frame[grown].astype(np.float32), alpha)
