"""Judging held-out recordings frame by frame, as an analysis does."""

from collections.abc import Generator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.job import Step
from crimeview.training.classifier import Classifier, Prepare
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import take_clip
from crimeview.training.data.windows import clip_seconds, clip_starts, usable_span

_BATCH = 16


def judge_frames(
    model: Classifier,
    examples: Sequence[Example],
    frames: Sequence[Frames],
    *,
    head: str,
    spec: ClipSpec,
    prepare: Prepare,
) -> Generator[Step, None, list[NDArray[np.float64]]]:
    """Logits (frames,) of a head for the sampled frames of each example.

    One frame is judged at every step of the spec within what may be used of the example.
    """
    column = model.tasks.heads.index(head)
    found = []
    for number, (example, seen) in enumerate(zip(examples, frames, strict=True)):
        logits: list[NDArray[np.float64]] = []
        for batch in batches(example, seen, spec=spec, prepare=prepare):
            with torch.inference_mode():
                logits.append(model(batch)[:, column].double().numpy())
            yield Step(done=number, total=len(examples), message="Judging held-out frames")
        found.append(np.concatenate(logits))
    return found


def batches(
    example: Example, seen: Frames, *, spec: ClipSpec, prepare: Prepare
) -> Generator[torch.Tensor]:
    """The network inputs of an example's sampled frames."""
    starts = clip_starts(usable_span(seen.times, example.central), spec)
    interval = clip_seconds(spec) / spec.frames
    for first in range(0, len(starts), _BATCH):
        clips = [
            prepare(take_clip(seen, spec, start=float(start), interval=interval))
            for start in starts[first : first + _BATCH]
        ]
        yield torch.from_numpy(np.concatenate(clips))
