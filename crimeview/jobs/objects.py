"""Finding objects of all classes in some frames of a recording, in the decoding that there is."""

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.look import Gate, Look
from crimeview.core.manifest import Input
from crimeview.core.objects import Objects, unlooked_row
from crimeview.core.recording import Recording
from crimeview.core.region import Region
from crimeview.jobs.extract import Extraction
from crimeview.jobs.hiding import Hidden, hidden_from_clips
from crimeview.jobs.looking import as_sampled
from crimeview.nets.detector import Detector
from crimeview.scene.still import moves
from crimeview.store.case import Case

RATE = 2.0  # looks a second: what crosses the picture is seen several times
_MOST_LINES = 720  # more a detector shrinks anyway
_LINES = 90  # of the small pictures by which it is told that nothing has moved since
# Gray, as the border that detectors are trained with.
_SEEN = Input(name="frame", shape=(), layout="NCHW", scale=1.0, mean=(114.0,) * 3, std=(1.0,) * 3)


def objects_spec(recording: Recording) -> ClipSpec:
    """Single frames at `RATE`, in the recording's own shape and of at most 720 lines."""
    height, width = recording.height, recording.width
    scale = min(1.0, _MOST_LINES / max(1, height))
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    return ClipSpec(frames=1, rate=RATE, step=1, resize=size, crop=size, color="rgb")


def objects_extraction(
    case: Case,
    run_id: int,
    *,
    detector: Detector,
    recording: Recording,
    regions: Sequence[Region],
    key: str,
) -> Extraction:
    """Objects wanted of a recording, as rows of `core.objects`; `key` is how it is looked at."""
    spec = objects_spec(recording)
    finder = f"objects {detector.sha256} tiles={int(detector.tiles)}"
    writer = case.novelty.objects_writer(
        run_id,
        finder_sha256=hashlib.sha256(finder.encode()).hexdigest(),
        clip_key=f"{spec.key()}{key}",
    )
    hidden = hidden_from_clips(regions, spec, _SEEN)

    def rows(recording: Recording, gate: Gate | None) -> "ObjectRows":
        clock = None
        if gate is not None and gate.clock.any():
            clock = as_sampled(gate, spec, rotation=recording.rotation).clock
        return ObjectRows(detector, clock=clock, hidden=hidden)

    return Extraction(spec=spec, rows=rows, writer=writer, clock=False)


class ObjectRows:
    """Makes the rows of frames; what stands still since the last look is not looked at again."""

    def __init__(
        self,
        detector: Detector,
        *,
        clock: NDArray[np.bool_] | None = None,
        hidden: Hidden | None = None,
    ) -> None:
        """Of a `clock`, (height, width), it does not count that it runs on."""
        self._detector, self._hidden = detector, hidden
        self._clock = None if clock is None else _small(clock.astype(np.uint8)) > 0
        self._picture: NDArray[np.uint8] | None = None
        self._objects = Objects.none()

    def row(self, clip: Clip) -> tuple[Look, NDArray[np.float32]]:
        """The row of a clip of one frame."""
        if not clip.decoded:  # it may be an old picture: what there was is not seen now
            return Look.SKIPPED_BY_KEYFRAMES, unlooked_row()
        if self._hidden is not None:
            clip = self._hidden.applied(clip)
        frame = clip.frames[0]
        small = _small(frame)
        if self._picture is not None:
            pair = np.stack([self._picture, small])
            if not moves(pair, clock=self._clock):
                return Look.SKIPPED_BY_PICTURES, self._objects.row()
        self._picture, self._objects = small, self._detector.objects(frame)
        return Look.ANALYZED, self._objects.row()

    def forget(self) -> None:
        """Look at the next frame whatever it shows."""
        self._picture = None


def _small(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    every = max(1, picture.shape[0] // _LINES)
    return np.ascontiguousarray(picture[::every, ::every])
