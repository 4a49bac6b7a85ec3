"""From a recording's frames to stored numbers, chunk by chunk, resumable at any moment."""

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.errors import MediaError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.look import Gate, Look
from crimeview.core.recording import Recording
from crimeview.jobs.coming import coming_clips
from crimeview.jobs.looking import RowMaker
from crimeview.jobs.strip import StripExtraction
from crimeview.store.features import FeatureWriter
from crimeview.video.source import Source

if TYPE_CHECKING:
    from numpy.typing import NDArray

_Row: TypeAlias = "tuple[Look, NDArray[np.floating]]"

CHUNK = 16  # clips stored at once: a fraction of a second of work, all that a crash can cost
_REPORT = 0.1  # s between reports where nothing was stored
_WAITING = 8  # clips whose rows are still to be made; so many pictures are held


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """Numbers wanted of a recording: `rows` gives, for what is decoded of it, their maker.

    Where `clock` is set, the recording's frame clock is stored with the rows.
    """

    spec: ClipSpec
    rows: Callable[[Recording, Gate | None], RowMaker]
    writer: FeatureWriter
    clock: bool


def extract(
    source: Source,
    wanted: Sequence[Extraction],
    *,
    name: str,
    gate: Gate | None,
    strip: StripExtraction | None,
    after_chunk: Callable[[], Iterable[Step]],
) -> Job[str | None]:
    """Go on where the writers stand, to the recording's end; gives the sentence on damage, if any.

    The recording is decoded once for all that is wanted and the `strip`, what `gate` says of it
    (None: all of it, and every clip is analyzed). Rows are stored in chunks that carry the cursor
    after them, so that what is stored is the same bit for bit however often the work was
    interrupted. The first's rows are made here, all others' in a thread beside. Steps count seconds
    of the recording that everything wanted has reached, and call it `name`; those of
    `after_chunk` follow each chunk. Raises MediaError.
    """
    message = f"Analyzing {name}"
    reported = time.monotonic()
    kept = gate.kept if gate is not None else None
    with ThreadPoolExecutor(1, "rows-beside") as beside:
        coming = _Coming(source, wanted, gate=gate, strip=strip, beside=beside)
        with closing(coming_clips(source.clips_together(coming.specs, kept=kept))) as clips:
            for clip in clips:
                if clip is not None:
                    coming.take(*clip)
                if coming.is_full:
                    coming.store()
                    yield Step(
                        done=coming.seconds, total=None, message=message, changed=Changed.RECORDINGS
                    )
                    yield from after_chunk()
                    reported = time.monotonic()
                elif clip is None or time.monotonic() - reported >= _REPORT:
                    yield Step(done=coming.seconds, total=None, message=message)
                    reported = time.monotonic()
        coming.store()
    if any(extraction.writer.rows == 0 for extraction in wanted):
        raise MediaError(
            source.damage or f"“{name}” holds no picture that can be read; copy it again."
        )
    return coming.damage


class _Coming:
    """What comes of a recording, until it is stored."""

    def __init__(
        self,
        source: Source,
        wanted: Sequence[Extraction],
        *,
        gate: Gate | None,
        strip: StripExtraction | None,
        beside: Executor,
    ) -> None:
        self._source, self._strip = source, strip
        # Damage from before an interruption: the source starts anew.
        self._known_damage = [extraction.writer.damage for extraction in wanted]
        self._reached = [extraction.writer.analyzed for extraction in wanted]
        self._chunks = [
            _Chunk(e, e.rows(source.recording, gate), beside=beside if number else None)
            for number, e in enumerate(wanted)
        ]
        self.specs = [(extraction.spec, extraction.writer.cursor) for extraction in wanted]
        if strip is not None:
            self.specs.append((strip.spec, strip.cursor))

    @property
    def seconds(self) -> float:
        """What everything wanted has reached."""
        return min(self._reached)

    @property
    def damage(self) -> str | None:
        sentences = [*self._known_damage, self._source.damage]
        return " ".join(dict.fromkeys(s for s in sentences if s)) or None

    @property
    def is_full(self) -> bool:
        """Whether it is time to store."""
        return len(self._chunks[0]) == CHUNK

    def take(self, number: int, clip: Clip) -> None:
        """Take the next clip of the spec of that number."""
        if number < len(self._chunks):
            self._reached[number] = clip.end
            self._chunks[number].add(clip)
        elif self._strip is not None:
            self._strip.add(clip)

    def store(self) -> None:
        """Store what there is, of everything, so that nothing falls behind.

        The chunk that tells when to store comes last: where the work ends before it is stored, what
        goes on later is divided into the same chunks.
        """
        for chunk in reversed(self._chunks):
            chunk.store(self.damage)
        if self._strip is not None:
            self._strip.store()


class _Chunk:
    """Clips on their way into the store: their numbers, and few pictures that wait for theirs."""

    def __init__(self, extraction: Extraction, maker: RowMaker, *, beside: Executor | None) -> None:
        """Rows are made `beside`, None: here; by one thread at a time, in order."""
        self._extraction = extraction
        self._maker = maker
        self._beside = beside
        self._waiting: deque[Future[_Row]] = deque()
        self._clear()

    def __len__(self) -> int:
        return len(self._times)

    def add(self, clip: Clip) -> None:
        if self._beside is None:
            self._take(self._maker.row(clip))
        else:
            self._waiting.append(self._beside.submit(self._maker.row, clip))
            self._await(_WAITING)
        self._times.append((clip.start, clip.end))
        self._frame_times.append(clip.frame_times[: None if self._extraction.clock else 0])
        self._cursor = clip.cursor

    def store(self, damage: str | None) -> None:
        """Store what there is."""
        self._await(0)
        if self._times:
            self._extraction.writer.append(
                np.array(self._times),
                np.stack(self._rows),
                np.concatenate(self._frame_times),
                self._cursor,
                looks=self._looks if any(self._looks) else None,
                damage=damage,
            )
            self._clear()

    def _await(self, most: int) -> None:
        """Wait until at most so many rows are still to be made."""
        while len(self._waiting) > most:
            self._take(self._waiting.popleft().result())

    def _take(self, row: _Row) -> None:
        look, numbers = row
        self._looks.append(look)
        self._rows.append(numbers.astype(np.float16))

    def _clear(self) -> None:
        # What the next chunk holds must not depend on the one before: a resume begins with it.
        self._maker.forget()
        self._looks: list[Look] = []
        self._times: list[tuple[float, float]] = []
        self._rows: list[NDArray[np.float16]] = []
        self._frame_times: list[NDArray[np.float64]] = []
