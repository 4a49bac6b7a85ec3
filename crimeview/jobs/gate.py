"""Finding out what of a recording is worth decoding, from its keyframes."""

import numpy as np

from crimeview.core.job import Job, Step
from crimeview.core.look import CELLS, Gate, Refusal
from crimeview.jobs.strip import StripExtraction
from crimeview.video.source import Source


def find_gate(source: Source, *, strip: StripExtraction, clip: float, seed: str) -> Job[Gate]:
    name = source.recording.path.name
    yield Step(done=0.0, total=None, message=f"Looking for movement in {name}")
    return Gate(
        kept=None,
        audited=np.empty((0, 2)),
        refusal=Refusal.SMALL_PICTURES,
        spacing=source.recording.duration,
        clock=np.zeros(CELLS, np.bool_),
    )
