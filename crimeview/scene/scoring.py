"""Scoring a recording by what is usual for its camera: one pass, a few numbers a moment held."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.alarm_rate import TWO_AN_HOUR, AlarmRate
from crimeview.core.novelty import MOST_MARKS, Mark, Reason
from crimeview.core.spans import Spans
from crimeview.scene.cells import Floats, Moments
from crimeview.scene.learning import alarm_rate
from crimeview.scene.marks import motion_marks, stay_mark
from crimeview.scene.new_classes import NewSeen, scores_at
from crimeview.scene.novelty import scored, smoothed
from crimeview.scene.places import Places, Stay
from crimeview.scene.usual import Usual

_LOOKS_PER_SECOND = 2  # of brightness, at which stays are told
HOLD = 0.75  # s that what a detector has seen is there, half before and all of it after the look


@dataclass(frozen=True, slots=True)
class Staying:
    """That something stays too long at a `time` (s): its mark, and how many times as long."""

    time: float
    mark: Mark
    excess: float


class StayJudge:
    """Takes moments in order and finds what stays too long: `staying`, in order of time."""

    def __init__(self, usual: Usual) -> None:
        self._usual = usual
        self._places = Places(usual)
        self.staying: list[Staying] = []

    def take(self, part: Moments) -> None:
        for stay in self._places.take(part):
            mark = stay_mark(stay, self._usual)
            if mark is not None:
                excess = excess_of(stay, self._usual)
                self.staying.append(Staying(stay.time, mark, excess))

    def forget(self, before: float) -> None:
        """Let go of what was found before a time (s): nobody asks for it any more."""
        self.staying = [found for found in self.staying if found.time >= before]

    def raised(self, times: NDArray[np.float64], score: Floats, rate: AlarmRate) -> Floats:
        """The scores (n,) of moments (n, 2), raised where something stays too long.

        Who stays as long as is usual has the score at which two alarms an hour are expected, and
        more the longer he stays.
        """
        if not self.staying:
            return score
        raised: Floats = np.maximum(score, rate.score_at(TWO_AN_HOUR) * self._excess(times))
        return raised

    def _excess(self, times: NDArray[np.float64]) -> Floats:
        """For how many times as long as is usual something stays at each time; 0 if none does."""
        begins = np.array([staying.time for staying in self.staying])
        excess = np.array([staying.excess for staying in self.staying], np.float32)
        nearest = np.clip(np.searchsorted(begins, times[:, 0], side="right") - 1, 0, None)
        late = np.abs(times[:, 0] - begins[nearest])
        return np.where(late <= 2 / _LOOKS_PER_SECOND, excess[nearest], np.float32(0.0))


class SceneScorer:
    """Takes a recording's moments in order and scores them."""

    def __init__(self, usual: Usual, *, new: Sequence[NewSeen] = ()) -> None:
        """`new` are objects of a class that was never seen, in order of time."""
        self.usual = usual
        self.new = new
        self.rate: AlarmRate = alarm_rate(usual.counts)
        self._stays = StayJudge(usual)
        self._times: list[NDArray[np.float64]] = []
        self._scores: list[Floats] = []

    @property
    def staying(self) -> Sequence[Staying]:
        """What has stayed too long, in order of time."""
        return self._stays.staying

    def take(self, part: Moments) -> None:
        """Score the next moments."""
        self._times.append(part.times)
        self._scores.append(scored(part, self.usual).score)
        self._stays.take(part)

    def result(self) -> tuple[NDArray[np.float64], Floats]:
        """Times (n, 2) s and calibrated scores (n,) of all that was taken."""
        if not self._times:
            return np.empty((0, 2)), np.empty(0, np.float32)
        times = np.concatenate(self._times)
        score = smoothed(times, np.concatenate(self._scores))
        calibrated = self.rate.calibrated(self._stays.raised(times, score, self.rate))
        return times, np.maximum(calibrated, scores_at(times, self.new, hold=HOLD))


def excess_of(stay: Stay, usual: Usual) -> float:
    """For how many times as long as is usual something stays."""
    return float((stay.seconds / usual.stay[:, None]).max())


def marks_within(
    part: Moments,
    usual: Usual,
    spans: Spans,
    staying: Sequence[Staying],
    new: Sequence[NewSeen] = (),
) -> Iterable[tuple[float, list[Mark]]]:
    """Time (s) and marks of those moments of a part that lie in the spans; at most two each."""
    middle = part.times.mean(axis=1)
    inside = np.zeros(len(part), np.bool_)
    for start, end in spans:
        inside |= (middle >= start) & (middle < end)
    numbers = np.flatnonzero(inside)
    if len(numbers) == 0:
        return
    begins = np.array([s.time for s in staying])
    looks = np.array([each.time for each in new])
    for number, marks in zip(numbers.tolist(), motion_marks(part, usual, numbers), strict=True):
        time = float(middle[number])
        at = int(np.searchsorted(begins, time, side="right")) - 1
        stays = [staying[at].mark] if at >= 0 and time - begins[at] <= 1.0 else []
        unusual = [mark for mark in marks if _is_unusual(mark)]
        yield time, [*_new_at(time, new, looks), *stays, *unusual][:MOST_MARKS]


def _is_unusual(mark: Mark) -> bool:
    """Whether the number says so: what stands out of a quiet moment most need not be unusual."""
    return mark.number > 1.0 or mark.reason not in (Reason.FAST, Reason.LARGE)


def _new_at(time: float, new: Sequence[NewSeen], looks: NDArray[np.float64]) -> list[Mark]:
    """What is new in the last look before a time, at most one of each class."""
    stop = int(np.searchsorted(looks, time + HOLD / 2, side="right"))
    if stop == 0 or time - looks[stop - 1] > HOLD:
        return []
    found: dict[str, Mark] = {}
    for each in new[int(np.searchsorted(looks, looks[stop - 1])) : stop]:
        if each.mark.seen is not None:
            found.setdefault(each.mark.seen.name, each.mark)
    return list(found.values())
