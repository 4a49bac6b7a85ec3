"""Judging held-out clips: by a network's head, and by numbers that need no network."""

from collections.abc import Generator, Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.job import Job, Step
from crimeview.training.classifier import Classifier, Prepare, embed
from crimeview.training.controls import cross_validated, difference_percentile
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import starts_to_judge
from crimeview.training.data.windows import usable_span
from crimeview.training.encoder_report import DIFFERENCE, FACTS, MOTION
from crimeview.training.motion_statistics import motion_statistics

Chances = NDArray[np.float64]


def judge_clips(
    model: Classifier,
    examples: Sequence[Example],
    frames: Sequence[Frames],
    *,
    head: str,
    spec: ClipSpec,
    prepare: Prepare,
) -> Generator[Step, None, Chances]:
    """A head's probabilities (n,) that clips show an event: the mean over three windows of each.

    The head “normal” gives the probability of any event.
    """
    column = model.tasks.heads.index(head)
    chances = []
    for number, (example, seen) in enumerate(zip(examples, frames, strict=True)):
        starts = starts_to_judge(example, seen, spec)
        batches = embed(model, seen, starts, spec=spec, prepare=prepare)
        mean = float(np.concatenate([found for _, found in batches])[:, column].mean())
        chances.append(1 - mean if column == 0 else mean)
        yield Step(done=number + 1, total=len(examples), message="Judging held-out clips")
    return np.array(chances)


def moving(frames: Sequence[Frames]) -> Job[Chances]:
    """Motion statistics (n, k) of the middle of each clip."""
    rows = []
    for seen in frames:
        rows.append(motion_statistics(seen, float(seen.times[0, 0] + seen.times[-1, 1]) / 2))
        yield Step(done=len(rows), total=len(frames), message="Measuring how clips move")
    return np.stack(rows)


def judge_without_network(
    examples: Sequence[Example],
    frames: Sequence[Frames],
    facts: Chances,
    positive: NDArray[np.bool_],
) -> Job[dict[str, Chances]]:
    """Controls: probabilities (n,) by what they are told from; each fold from the others.

    `facts` (n, k) are what the files tell without a look at a picture.
    """
    folds = [e.fold for e in examples]
    moved = yield from moving(frames)
    return {
        MOTION: cross_validated(moved, positive, folds),
        FACTS: cross_validated(facts, positive, folds),
    }


def rank_without_network(
    examples: Sequence[Example], frames: Sequence[Frames]
) -> Job[dict[str, Chances]]:
    """Controls (n,) that rank clips but are no probabilities."""
    changed = []
    for example, seen in zip(examples, frames, strict=True):
        changed.append(difference_percentile(seen, usable_span(seen.times, example.central)))
        yield Step(done=len(changed), total=len(examples), message="Measuring how clips change")
    return {DIFFERENCE: np.array(changed)}
