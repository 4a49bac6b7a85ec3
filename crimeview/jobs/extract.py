"""From a recording's frames to stored features, chunk by chunk, resumable at any moment."""

import time
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.errors import MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.jobs.coming import coming_clips
from crimeview.nets.encoder import Encoder
from crimeview.store.features import FeatureWriter
from crimeview.video.source import opened

CHUNK = 16  # clips a transaction: a fraction of a second of work, all that a crash can cost
_REPORT = 0.1  # s between reports where nothing was stored


def extract_features(
    path: Path,
    *,
    encoder: Encoder,
    spec: ClipSpec,
    writer: FeatureWriter,
    after_chunk: Callable[[], Iterable[Step]],
) -> Job[str | None]:
    """Go on where `writer` stands, to the recording's end; gives the sentence on damage, if any.

    Chunks lie on a fixed grid of clips and carry the cursor after them, so that the stored features
    are the same bit for bit however often the work was interrupted. Steps count seconds of the
    recording; those of `after_chunk` follow each stored chunk. Raises MediaError.
    """
    message = f"Analyzing {path.name}"
    seconds = writer.analyzed
    known_damage = writer.damage  # from before an interruption: the source starts anew
    reported = time.monotonic()
    chunk = _Chunk()
    with (
        opened(path) as source,
        closing(coming_clips(source.clips(spec, after=writer.cursor))) as clips,
    ):
        for clip in clips:
            if clip is not None:
                seconds = clip.end
                chunk.add(clip, encoder.features(clip.frames))
            if len(chunk) == CHUNK:
                chunk.store(writer, _joined(known_damage, source.damage))
                yield Step(done=seconds, total=None, message=message, changed=Changed.RECORDINGS)
                yield from after_chunk()
                reported = time.monotonic()
            elif clip is None or time.monotonic() - reported >= _REPORT:
                yield Step(done=seconds, total=None, message=message)
                reported = time.monotonic()
        if len(chunk):
            chunk.store(writer, _joined(known_damage, source.damage))
        if writer.rows == 0:
            raise MediaError(
                source.damage or f"“{path.name}” holds no picture that can be read; copy it again."
            )
        return _joined(known_damage, source.damage)


def _joined(*sentences: str | None) -> str | None:
    return " ".join(dict.fromkeys(s for s in sentences if s)) or None


class _Chunk:
    """Clips on their way into the store: their numbers, never their pictures."""

    def __init__(self) -> None:
        self._clear()

    def __len__(self) -> int:
        return len(self._times)

    def add(self, clip: Clip, features: NDArray[np.float32]) -> None:
        self._times.append((clip.start, clip.end))
        self._features.append(features.astype(np.float16))
        self._frame_times.append(clip.frame_times)
        self._cursor = clip.cursor

    def store(self, writer: FeatureWriter, damage: str | None) -> None:
        writer.append(
            np.array(self._times),
            np.stack(self._features),
            np.concatenate(self._frame_times),
            self._cursor,
            damage=damage,
        )
        self._clear()

    def _clear(self) -> None:
        self._times: list[tuple[float, float]] = []
        self._features: list[NDArray[np.float16]] = []
        self._frame_times: list[NDArray[np.float64]] = []
