"""Features and scores of training examples, clip by clip as analysis would make them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.training.classifier import Classifier, Prepare, embed
from crimeview.training.data.augment import Augmentation
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.windows import clip_seconds, clip_starts, usable_span
from crimeview.training.mil import MilScorer

_SHARE = 0.5  # of a clip that must lie within the event for the clip to show it


@dataclass(frozen=True, slots=True)
class FeatureTrack:
    """An example's clips in order of time.

    `times` (n, 2) seconds, `features` (n, d), `anomalous` (n,) says which clips show its event.
    """

    example: Example
    times: NDArray[np.float64]
    features: NDArray[np.float32]
    anomalous: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ScoredTrack:
    """A feature track's scores (n,), 0 to 1."""

    track: FeatureTrack
    scores: NDArray[np.float32]


def feature_track(
    model: Classifier,
    example: Example,
    frames: Frames,
    *,
    spec: ClipSpec,
    prepare: Prepare,
    view: tuple[Augmentation, np.random.Generator] | None,
) -> Iterator[FeatureTrack | None]:
    """Gives None after each batch of clips and the track at last; a `view` changes the clips."""
    times = _clip_times(example, frames, spec)
    features = []
    for batch, _ in embed(model, frames, times[:, 0], spec=spec, prepare=prepare, view=view):
        features.append(batch)
        yield None
    yield FeatureTrack(example, times, np.concatenate(features), _anomalous(example, times))


def scored(scorer: MilScorer, track: FeatureTrack) -> ScoredTrack:
    with torch.inference_mode():
        return ScoredTrack(track, scorer(torch.from_numpy(track.features)).numpy())


def _clip_times(example: Example, frames: Frames, spec: ClipSpec) -> NDArray[np.float64]:
    length, (first, last) = clip_seconds(spec), usable_span(frames.times, example.central)
    starts = clip_starts((first, last), spec)
    return np.column_stack([starts, starts + length])


def _anomalous(example: Example, times: NDArray[np.float64]) -> NDArray[np.bool_]:
    if example.label == "normal":
        return np.zeros(len(times), np.bool_)
    start, end = example.core
    overlap = np.minimum(times[:, 1], end) - np.maximum(times[:, 0], start)
    wanted = _SHARE * np.minimum(times[:, 1] - times[:, 0], end - start)
    return np.asarray(overlap >= wanted)
