"""How often a camera's quiet time reaches a score of a network."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.alarm_rate import AlarmRate, block_peaks, of_peaks
from crimeview.core.spans import Spans, merged
from crimeview.core.track import TrackKind
from crimeview.store.case import Case

# Location and scale of the logit of a network's highest scores in 5 s of quiet time.
PRIORS = {
    TrackKind.FRAME_SCORES: (-2.5, 0.8),
    TrackKind.VIOLENCE: (-0.2, 0.8),
    TrackKind.THEFT: (0.5, 1.0),  # of people who walk past
}
_LIMITS = 1e-4  # of scores, whose logit would be infinite
_ENTRIES = 100_000  # of a track that are read at most: more than one a second of a day
_OTHERS = 8  # recordings of the camera whose scores count beside a recording's own
_UNUSUAL = 0.5  # of novelty, at which it finds something


class QuietPeaks:
    """The highest logits in the quiet 5 s of a case's recordings, read once each.

    Quiet is where scene novelty found nothing and a person confirmed nothing: so what is to be
    expected of a network does not grow with the incidents that it is to find.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._busy: dict[int, Spans] = {}
        self._peaks: dict[tuple[int, TrackKind], NDArray[np.float64]] = {}

    def of(self, recording_id: int, kind: TrackKind) -> NDArray[np.float64]:
        """Those of a recording's track of scores; none where it has no such track."""
        key = recording_id, kind
        if key not in self._peaks:
            times, highs = self._highs(recording_id, kind)
            busy = self._busy_of(recording_id)
            self._peaks[key] = block_peaks(times, logit(highs), but=busy)
        return self._peaks[key]

    def _busy_of(self, recording_id: int) -> Spans:
        if recording_id not in self._busy:
            times, highs = self._highs(recording_id, TrackKind.NOVELTY)
            confirmed = self._case.confirmed(recording_id)
            self._busy[recording_id] = merged(np.concatenate([times[highs >= _UNUSUAL], confirmed]))
        return self._busy[recording_id]

    def _highs(
        self, recording_id: int, kind: TrackKind
    ) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        times, _, highs = self._case.envelope(
            recording_id, kind, start=0.0, end=np.inf, entries=_ENTRIES
        )
        return times, highs


class QuietTime:
    """The quiet time of a recording's camera, as far as its recordings show it."""

    def __init__(self, case: Case, recording_id: int, peaks: QuietPeaks | None = None) -> None:
        """`peaks` are those of all recordings, where many are asked for one after the other."""
        camera = case.scenes.camera_of(recording_id)
        known = case.scenes.recordings_of(camera.id) if camera is not None else []
        others = [number for number in known if number != recording_id][-_OTHERS:]
        self._recordings = (recording_id, *others)
        self._peaks = peaks or QuietPeaks(case)

    def rate(self, kind: TrackKind) -> AlarmRate:
        """In how many 5 s of an hour that track's highest score reaches a logit.

        Where nobody is there is nothing that could be a theft: its scores are those of people, who
        are about for a share of the time.
        """
        parts = [self._peaks.of(number, kind) for number in self._recordings]
        peaks, share = np.concatenate(parts), 1.0
        if kind is TrackKind.THEFT and len(peaks):
            people = peaks > logit(np.zeros(1))
            peaks, share = peaks[people], float(people.mean())
        return of_peaks(peaks, busy=share, prior=PRIORS[kind])


def logit(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Scores from 0 to 1 on a scale on which their tail is that of a distribution."""
    inside = np.clip(np.asarray(scores, np.float64), _LIMITS, 1 - _LIMITS)
    return np.asarray(np.log(inside / (1 - inside)))


def score_of(logit: float) -> float | None:
    """The score that has a logit; None where that is higher than any is told apart."""
    score = 1.0 / (1.0 + float(np.exp(-np.clip(logit, -50.0, 50.0))))
    return max(score, _LIMITS) if score < 1 - _LIMITS else None
