"""Fitting theft classifiers without a scene, and judging clips of that scene."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.person_sequences import PersonSequence
from crimeview.core.pose_features import sequence_features, windows
from crimeview.core.sequence import SequenceSpec
from crimeview.jobs.people import RATE
from crimeview.jobs.phases import phase
from crimeview.jobs.theft_data import Watched
from crimeview.training.controls import cross_validated
from crimeview.training.theft.controls import box_numbers, shuffled
from crimeview.training.theft.fit import SequenceRecipe, fit_sequences, logits_of
from crimeview.training.theft.network import SequenceNet

Floats = NDArray[np.float64]
SPEC = SequenceSpec(frames=30, rate=RATE, step=15, landmarks="body", missing="mask")
_NOBODY = -10.0  # logit of a clip in which nobody is followed


@dataclass(frozen=True, slots=True)
class Judged:
    """Logits (clips,) by networks that did not see the clip's group, as they are and shuffled.

    In `shuffled` the same networks judge windows whose frames are in another order.
    """

    logits: Floats
    shuffled: Floats


def fit(
    clips: Sequence[Watched], *, spec: SequenceSpec, recipe: SequenceRecipe, title: str
) -> Generator[Step, None, SequenceNet]:
    """Fit on clips: the person seen longest in a theft, everybody where there is none."""
    values, positive = _training_windows(clips, spec)
    fitting = fit_sequences(values, positive, recipe=recipe)
    while True:
        try:
            done = next(fitting)
        except StopIteration as end:
            network: SequenceNet = end.value
            return network
        yield Step(done=done, total=recipe.epochs, message=title)


def judge_held_out(
    clips: Sequence[Watched],
    groups: Sequence[str],
    *,
    spec: SequenceSpec,
    recipe: SequenceRecipe,
) -> Job[Judged]:
    """Judge each clip by a network fitted without the clips of its group."""
    logits, disordered = np.zeros(len(clips)), np.zeros(len(clips))
    names = sorted(set(groups))
    for number, name in enumerate(names):
        training = [c for c, group in zip(clips, groups, strict=True) if group != name]
        title = f"Training without {name}, seed {recipe.seed}"
        fitting = fit(training, spec=spec, recipe=recipe, title=title)
        network = yield from phase(fitting, number=number, count=len(names))
        for row, clip in enumerate(clips):
            if groups[row] == name:
                logits[row] = judge(network, clip, spec)
                disordered[row] = judge(network, clip, spec, shuffle=recipe.seed)
    return Judged(logits, disordered)


def judge(
    network: SequenceNet, clip: Watched, spec: SequenceSpec, *, shuffle: int | None = None
) -> float:
    """The logit of a clip: the highest of its people's, each the mean of their windows.

    With `shuffle` the frames of windows are put in the order of that seed.
    """
    means = []
    for person in clip.people:
        values = person_windows(person, clip.aspect, spec)
        if shuffle is not None:
            values = shuffled(values, seed=shuffle)
        means.append(float(logits_of(network, values).mean()))
    return max(means, default=_NOBODY)


def person_windows(
    person: PersonSequence, aspect: float, spec: SequenceSpec
) -> NDArray[np.float32]:
    """The windows (n, frames, d) of a person."""
    features = sequence_features(person.landmarks, person.boxes, aspect=aspect, spec=spec)
    return windows(features, spec)


def judge_boxes(clips: Sequence[Watched], groups: Sequence[str]) -> Floats:
    """Probabilities (clips,) by logistic regression on eight numbers of the person's box alone."""
    numbers = [box_numbers(clip.people[0].boxes) if clip.people else np.zeros(8) for clip in clips]
    return judge_numbers(np.stack(numbers), clips, groups)


def judge_numbers(numbers: Floats, clips: Sequence[Watched], groups: Sequence[str]) -> Floats:
    """Probabilities (clips,) by logistic regression on numbers (clips, k), without the group."""
    names = sorted(set(groups))
    positive = np.array([clip.positive for clip in clips])
    return cross_validated(numbers, positive, [names.index(group) for group in groups])


def _training_windows(
    clips: Sequence[Watched], spec: SequenceSpec
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    parts, positive = [], []
    for clip in clips:
        for person in clip.people[:1] if clip.positive else clip.people:
            found = person_windows(person, clip.aspect, spec)
            parts.append(found)
            positive += [clip.positive] * len(found)
    if not parts:
        raise UsageError(
            "Nobody is seen for long enough in the clips that are to be learned from; give clips "
            "in which people are large enough and move, or another detector (--detector)."
        )
    return np.concatenate(parts), np.array(positive)
