"""Scores of stored clips as watching gives them: held against what the camera showed before.

An analysis holds a clip against all of its recording. A camera that is watched is held against the
last hour and a half, which is longer than most recordings: what is usual weighs more then, and a
score that barely reaches a threshold in the analysis does not while watching.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.live_scores import held_against, newest_score
from crimeview.jobs.models import ModelPair, default_models
from crimeview.jobs.suggest_types import feature_space
from crimeview.nets.scorer import Scorer
from crimeview.store.case import Case

_PART = 256  # clips that are scored at once: within three minutes what is usual stays what it is
_READ = 1024  # clips
_LEAST = 300.0  # s of a recording; a shorter one may be the incident itself, seen again and again
_KEPT = 4_000_000  # clips whose scores are kept: those of four weeks, in 32 MB

T = TypeVar("T")
Work: TypeAlias = Generator[None, None, T]
_Floats: TypeAlias = NDArray[np.float32]
_Halves: TypeAlias = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Watched:
    """A recording's clip scores as watching gives them.

    `between` are those of clips that begin half a clip's step later, as near as they can be told
    from the stored ones: where a camera's clips begin is a matter of chance.
    """

    scores: Track
    between: Track


class WatchedScores:
    """Gives them by the models that cameras are watched with; `close` it. Used by one thread."""

    def __init__(self, find_models: Callable[[], ModelPair] = default_models) -> None:
        self._find_models = find_models
        self._scorer: Scorer | None = None
        self._kept: OrderedDict[tuple[int, str, str], tuple[_Floats, _Floats]] = OrderedDict()

    def of(self, case: Case, recording_id: int, clips: Track) -> Work[Watched | None]:
        """Those of a recording with these stored clip scores.

        None where its features are gone or mean nothing to the models that are there, and where it
        is too short to tell what is usual. The camera is taken to have shown the like before: the
        recording itself, again and again. Yields every few milliseconds; raises CaseError.
        """
        if len(clips.times) == 0 or clips.times[-1, 1] - clips.times[0, 0] < _LEAST:
            return None
        scorer = self._opened()
        if scorer is None or feature_space(case, recording_id) != scorer.feature_space:
            return None
        key = recording_id, case.clip_stamps().get(recording_id, ""), scorer.sha256
        found = self._kept.get(key)
        if found is None:
            features = yield from _features(case, recording_id)
            if len(features) != len(clips.times):
                return None
            found = yield from _scored(features, scorer)
            self._keep(key, found)
        self._kept.move_to_end(key)
        return _watched(clips.times, *found)

    def close(self) -> None:
        """Close the models."""
        if self._scorer is not None:
            self._scorer.close()
            self._scorer = None

    def _opened(self) -> Scorer | None:
        if self._scorer is None:
            try:
                self._scorer = Scorer(self._find_models().scorer, threads=1)
            except ModelError:
                return None
        return self._scorer

    def _keep(self, key: tuple[int, str, str], scores: tuple[_Floats, _Floats]) -> None:
        self._kept[key] = scores
        while len(self._kept) > 1 and sum(len(own) for own, _ in self._kept.values()) > _KEPT:
            self._kept.popitem(last=False)


def pair_means(track: Track) -> Track:
    """Rows between each two neighbors of a track, with the mean of both: one fewer."""
    times, values = track.times, track.values
    middle = (values[1:] + values[:-1]) / 2
    return Track(track.kind, (times[1:] + times[:-1]) / 2, np.asarray(middle, values.dtype))


def _features(case: Case, recording_id: int) -> Work[_Halves]:
    """The features (n, d) as they are stored: those of a day are 35 MB."""
    parts = [np.empty((0, 0), np.float16)]
    for part in case.feature_parts(recording_id, rows=_READ):
        parts.append(np.asarray(part.values, np.float16))
        yield
    return np.concatenate(parts[1:]) if len(parts) > 1 else parts[0]


def _scored(features: _Halves, scorer: Scorer) -> Work[tuple[_Floats, _Floats]]:
    """The scores of features (n, d), and of the means of each two neighbors."""

    def own(rows: NDArray[np.intp]) -> _Floats:
        return features[rows].astype(np.float32)

    def between(rows: NDArray[np.intp]) -> _Floats:
        return np.asarray((own(rows) + own(rows + 1)) / 2, np.float32)

    scores = yield from _as_watched(own, len(features), scorer)
    middle = yield from _as_watched(between, max(0, len(features) - 1), scorer)
    return scores, middle


def _as_watched(
    clips: Callable[[NDArray[np.intp]], _Floats], count: int, scorer: Scorer
) -> Work[_Floats]:
    """The scores (count,) of clips, each held against as many before it as when watching.

    `clips` gives the features of clips by their numbers.
    """
    most = held_against(scorer)
    step = _PART if scorer.model.manifest.segments is None else 1
    scores = np.empty(count, np.float32)
    for first in range(0, count, step):
        stop = min(count, first + step)
        held = clips(np.arange(stop - max(most, stop - first), stop) % count)
        if step > 1:
            scores[first:stop] = scorer.scores(held)[first - stop :]
        else:
            scores[first] = newest_score(held, scorer)
        yield
    return scores


def _watched(times: NDArray[np.float64], own: _Floats, between: _Floats) -> Watched:
    halfway = (times[1:] + times[:-1]) / 2
    return Watched(
        scores=Track(TrackKind.CLIP_SCORES, times, own),
        between=Track(TrackKind.CLIP_SCORES, halfway, between),
    )
