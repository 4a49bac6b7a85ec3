"""Decoding training data into the frame cache, the way analysis decodes."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import FrameCache, Frames, entry_name
from crimeview.video.source import opened


@dataclass(frozen=True, slots=True)
class Gathered:
    """Examples with their decoded frames.

    `facts` (examples, 5) are what a file tells without a look at a picture: width, height, frame
    rate, length (s), size (bytes).
    """

    examples: Sequence[Example]
    frames: Sequence[Frames]
    facts: NDArray[np.float64]

    def only(self, wanted: Sequence[Example]) -> "Gathered":
        """Some of the examples, in their order here."""
        paths = {e.path for e in wanted}
        rows = [n for n, e in enumerate(self.examples) if e.path in paths]
        return Gathered(
            [self.examples[n] for n in rows], [self.frames[n] for n in rows], self.facts[rows]
        )


def gather_frames(examples: Sequence[Example], cache: FrameCache) -> Job[Gathered]:
    """Decode what is not in the cache, whole and of the present file; raises MediaError."""
    frames, facts = [], []
    for number, example in enumerate(examples):
        with opened(example.path) as source:
            name = entry_name(example.path)
            if name not in cache:
                with closing(source.clips(cache.spec)) as clips:
                    for _ in cache.add(name, clips):
                        yield _step(number, len(examples))
            seen, size = source.recording, example.path.stat().st_size
        frames.append(cache.read(name))
        facts.append([seen.width, seen.height, seen.frame_rate, seen.duration, size])
        yield _step(number + 1, len(examples))
    return Gathered(examples, frames, np.array(facts, np.float64))


def _step(done: int, total: int) -> Step:
    return Step(done=done, total=total, message="Decoding training data")
