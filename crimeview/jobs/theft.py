"""How like a staged theft people move over a recording's time, beside its scores."""

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Changed, Job, Step
from crimeview.core.manifest import Input
from crimeview.core.person_sequences import PersonSequence
from crimeview.core.pose_features import sequence_features, window_starts, windows
from crimeview.core.recording import Recording
from crimeview.core.region import Region
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.extract import Extraction
from crimeview.jobs.follow_people import followed
from crimeview.jobs.hiding import hidden_from_clips
from crimeview.jobs.looking import observed
from crimeview.jobs.people import PeopleFinder, people_spec
from crimeview.nets.sequence_classifier import SequenceClassifier
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

_PART = 4096  # rows
LEAST_SEEN = 10  # frames in which somebody must be seen to be judged
_REPORT = 300  # frames between steps
# Gray, as the border that detectors are trained with.
_SEEN = Input(name="frame", shape=(), layout="NCHW", scale=1.0, mean=(114.0,) * 3, std=(1.0,) * 3)


def people_extraction(
    case: Case,
    run_id: int,
    *,
    finder: PeopleFinder,
    recording: Recording,
    regions: Sequence[Region],
    key: str,
) -> Extraction:
    """People wanted of a recording, as rows of `core.people`; `key` is how it is looked at."""
    spec = people_spec(recording)
    writer = case.analyses.people_writer(
        run_id,
        finder_sha256=hashlib.sha256(finder.key.encode()).hexdigest(),
        clip_key=f"{spec.key()} by={finder.finder.value}{key}",
    )
    return Extraction(
        spec=spec,
        rows=observed(finder.rows(), spec, hidden=hidden_from_clips(regions, spec, _SEEN)),
        writer=writer,
        clock=False,
    )


def save_theft(
    case: Case, run_id: int, *, name: str, people: Extraction, classifier: SequenceClassifier
) -> Job[None]:
    """Follow the people that are stored and store the run's track, in place of an earlier one.

    A frame has the highest probability of its people, a person in it the mean of the windows that
    hold it; 0 where nobody is followed.
    """
    height, width = people.spec.resize
    aspect = width / height
    times: list[NDArray[np.float64]] = []
    scores = np.zeros(people.writer.rows, np.float32)
    progress = _Progress(people.writer, name, times)
    for sequence in followed(progress.rows(), aspect=aspect):
        _add(scores, sequence, aspect=aspect, classifier=classifier)
        if progress.is_due():
            yield progress.step()
    known = np.concatenate([np.empty((0, 2)), *times])
    case.analyses.save_track(run_id, Track(TrackKind.THEFT, known, scores))
    yield progress.step(Changed.TRACKS)


class _Progress:
    """Reads the rows of people in parts, and knows how far it is."""

    def __init__(self, writer: FeatureWriter, name: str, times: list[NDArray[np.float64]]) -> None:
        self._writer, self._name, self._times = writer, name, times
        self._read = self._told = 0

    def rows(self) -> Iterator[tuple[float, NDArray[np.floating]]]:
        for part in self._writer.parts(rows=_PART):
            self._times.append(part.times)
            for span, row in zip(part.times, part.values, strict=True):
                self._read += 1
                yield float(span[0]), row

    def is_due(self) -> bool:
        due = self._read - self._told >= _REPORT
        self._told = self._read if due else self._told
        return due

    def step(self, changed: Changed = Changed.NOTHING) -> Step:
        message = f"Following people in {self._name}"
        return Step(done=self._writer.analyzed, total=None, message=message, changed=changed)


def _add(
    scores: NDArray[np.float32],
    sequence: PersonSequence,
    *,
    aspect: float,
    classifier: SequenceClassifier,
) -> None:
    """Raise the scores (frames,) to a person's, where that person is."""
    if int(np.isfinite(sequence.boxes[:, 0]).sum()) < LEAST_SEEN:
        return
    spec = classifier.spec
    features = sequence_features(sequence.landmarks, sequence.boxes, aspect=aspect, spec=spec)
    chances = classifier.probabilities(windows(features, spec))
    starts = window_starts(len(features), length=spec.frames, step=spec.step)
    summed, held = np.zeros(len(features)), np.zeros(len(features))
    for start, chance in zip(starts, chances, strict=True):
        summed[start : start + spec.frames] += chance
        held[start : start + spec.frames] += 1
    if not held[-1]:  # what the last window did not reach goes on as it says
        summed[held == 0], held[held == 0] = chances[-1], 1
    own = scores[sequence.first : sequence.first + len(features)]
    np.maximum(own, (summed / held)[: len(own)].astype(np.float32), out=own)
