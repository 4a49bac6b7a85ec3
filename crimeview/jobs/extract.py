"""From a recording's frames to stored numbers, chunk by chunk, resumable at any moment."""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.errors import MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.jobs.coming import coming_clips
from crimeview.store.features import FeatureWriter
from crimeview.video.source import opened

CHUNK = 16  # clips stored at once: a fraction of a second of work, all that a crash can cost
_REPORT = 0.1  # s between reports where nothing was stored


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Numbers wanted of a recording: `numbers` makes the row (d,) of a clip's frames.

    Where `clock` is set, the recording's frame clock is stored with the rows.
    """

    spec: ClipSpec
    numbers: Callable[[NDArray[np.uint8]], NDArray[np.float32]]
    writer: FeatureWriter
    clock: bool


def extract(
    path: Path, wanted: Sequence[Extraction], *, after_chunk: Callable[[], Iterable[Step]]
) -> Job[str | None]:
    """Go on where the writers stand, to the recording's end; gives the sentence on damage, if any.

    The recording is decoded once for all that is wanted. Rows are stored in chunks that carry the
    cursor after them, so that what is stored is the same bit for bit however often the work was
    interrupted; all that is wanted is stored together, so that nothing falls behind. Steps count
    seconds of the recording that everything wanted has reached; those of `after_chunk` follow each
    chunk. Raises MediaError.
    """
    message = f"Analyzing {path.name}"
    seconds = [extraction.writer.analyzed for extraction in wanted]
    # Damage from before an interruption: the source starts anew.
    known_damage = _joined(*(extraction.writer.damage for extraction in wanted))
    reported = time.monotonic()
    chunks = [_Chunk(extraction) for extraction in wanted]
    specs = [(extraction.spec, extraction.writer.cursor) for extraction in wanted]
    with opened(path) as source, closing(coming_clips(source.clips_together(specs))) as clips:
        for coming in clips:
            if coming is not None:
                number, clip = coming
                seconds[number] = clip.end
                chunks[number].add(clip)
            if len(chunks[0]) == CHUNK:
                for chunk in chunks:
                    chunk.store(_joined(known_damage, source.damage))
                changed = Changed.RECORDINGS
                yield Step(done=min(seconds), total=None, message=message, changed=changed)
                yield from after_chunk()
                reported = time.monotonic()
            elif coming is None or time.monotonic() - reported >= _REPORT:
                yield Step(done=min(seconds), total=None, message=message)
                reported = time.monotonic()
        damage = _joined(known_damage, source.damage)
        for chunk in chunks:
            chunk.store(damage)
        if any(extraction.writer.rows == 0 for extraction in wanted):
            raise MediaError(
                source.damage or f"“{path.name}” holds no picture that can be read; copy it again."
            )
        return damage


def _joined(*sentences: str | None) -> str | None:
    return " ".join(dict.fromkeys(s for s in sentences if s)) or None


class _Chunk:
    """Clips on their way into the store: their numbers, never their pictures."""

    def __init__(self, extraction: Extraction) -> None:
        self._extraction = extraction
        self._clear()

    def __len__(self) -> int:
        return len(self._times)

    def add(self, clip: Clip) -> None:
        numbers = self._extraction.numbers(clip.frames)
        self._times.append((clip.start, clip.end))
        self._rows.append(numbers.astype(np.float16))
        self._frame_times.append(clip.frame_times[: None if self._extraction.clock else 0])
        self._cursor = clip.cursor

    def store(self, damage: str | None) -> None:
        """Store what there is."""
        if self._times:
            self._extraction.writer.append(
                np.array(self._times),
                np.stack(self._rows),
                np.concatenate(self._frame_times),
                self._cursor,
                damage=damage,
            )
            self._clear()

    def _clear(self) -> None:
        self._times: list[tuple[float, float]] = []
        self._rows: list[NDArray[np.float16]] = []
        self._frame_times: list[NDArray[np.float64]] = []
