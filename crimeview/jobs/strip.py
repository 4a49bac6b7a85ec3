"""The strip of a recording: small pictures for scrubbing, stored while it is analyzed.

How it stands beside feature extractions, in the one decoding that serves them all:

    strip = StripExtraction(recording, writer=case.strips.writer(sha256))
    specs = [*((e.spec, e.writer.cursor) for e in wanted), (strip.spec, strip.cursor)]
    for number, clip in source.clips_together(specs, kept=kept):
        if number == len(wanted):
            strip.add(clip)
        ...
        # with every chunk of rows, and once more at the end
        strip.store()

Where the keyframe stage has made the pictures (`KeyframePicture.jpeg`), they go in by
`add_picture`, and as many as were stored are not made again by decoding: `cursor` is then behind
them.
"""

from math import ceil

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.recording import Recording
from crimeview.store.strip import StripWriter
from crimeview.video.jpeg import jpeg_of_array

LINES = 108  # of the shorter side
MOST_PICTURES = 7200  # of a recording, however long
_BEFORE = 10.0  # s; hardly a picture is on screen for longer
_LATE = 0.001  # s; a picture this little before a moment belongs to it
BATCH = 64  # pictures in a transaction, where nobody stores them more often


def strip_spacing(duration: float) -> float:
    """Seconds between two pictures: one up to two hours, then whole ones for `MOST_PICTURES`."""
    return float(max(1, ceil(duration / MOST_PICTURES)))


class StripExtraction:
    """The pictures of a strip on their way into the store, and where to go on.

    A moment that is stored already is passed over, so that an interrupted extraction ends with the
    same pictures as an undisturbed one. Moments that were not decoded have none: nothing moved
    there, and the picture before stands for them.
    """

    def __init__(self, recording: Recording, *, writer: StripWriter) -> None:
        self.spacing = strip_spacing(recording.duration)
        size = _size(recording)
        self.spec = ClipSpec(
            frames=1, rate=1.0 / self.spacing, step=1, resize=size, crop=size, color="rgb"
        )
        self._writer = writer
        self._pictures: list[tuple[float, bytes]] = []

    @property
    def cursor(self) -> ClipCursor | None:
        """Where decoding goes on: after the newest picture that is stored."""
        newest = self._writer.newest
        if newest is None:
            return None
        # Moments before belong to it, so that a run of pictures that ends here is seen to end.
        before = ceil(_BEFORE / self.spacing)
        return ClipCursor(
            origin=newest - before * self.spacing,
            index=before + 1,
            last_frame=newest + self.spacing - _LATE,
        )

    def add(self, clip: Clip) -> None:
        """Take a clip of `spec`."""
        if clip.decoded and self._is_new(clip.start):
            self.add_picture(clip.start, jpeg_of_array(clip.frames[0]))

    def add_picture(self, time: float, jpeg: bytes) -> None:
        """Take a picture (JPEG) that was made elsewhere."""
        if self._is_new(time):
            self._pictures.append((_milliseconds(time), jpeg))
        if len(self._pictures) >= BATCH:
            self.store()

    def store(self) -> None:
        """Store what there is."""
        self._writer.append(self._pictures)
        self._pictures = []

    def _is_new(self, time: float) -> bool:
        newest = self._pictures[-1][0] if self._pictures else self._writer.newest
        return newest is None or _milliseconds(time) > newest


def _milliseconds(time: float) -> float:
    """So that a sum of spacings comes out the same from wherever it was begun."""
    return round(time, 3)


def _size(recording: Recording) -> tuple[int, int]:
    """Height and width of the pictures: as the recording is shown, `LINES` at the shorter side."""
    scale = LINES / max(1, min(recording.height, recording.width))
    return max(1, round(recording.height * scale)), max(1, round(recording.width * scale))
