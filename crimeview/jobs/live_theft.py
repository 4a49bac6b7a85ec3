"""How like a staged theft somebody moves, as a camera is watched."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.live_spec import LiveSpec, StreamShape
from crimeview.core.people import People
from crimeview.core.person_sequences import PersonSequence
from crimeview.core.person_windows import PersonWindows
from crimeview.core.pose_features import sequence_features, windows
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveScore
from crimeview.jobs.people import RATE, people_spec_of
from crimeview.jobs.theft import LEAST_SEEN
from crimeview.jobs.theft_models import OpenTheft
from crimeview.scene.tracker import Tracker


def _spec(shape: StreamShape) -> ClipSpec:
    return people_spec_of(height=shape.height, width=shape.width)


THEFT_SPEC = LiveSpec(_spec, per_second=RATE, each=True)


class TheftTrack:
    """Follows the people of one camera, and scores each frame by who is there.

    A person is judged by the same windows as in a recording: ten seconds, anew every five. A frame
    has the highest of the newest of those who are there, 0 before anybody was judged. Where frames
    are missing for longer than a window, nobody is known any more.
    """

    kind = TrackKind.THEFT

    def __init__(self, camera: str, theft: OpenTheft) -> None:
        self.spec = THEFT_SPEC
        self._camera, self._theft = camera, theft
        self._find = theft.finder.rows()
        self._began: float | None = None
        self._until = 0.0
        self._begin()

    def _begin(self) -> None:
        """Nobody is known, and nothing of anybody."""
        self._tracker = Tracker()
        spec = self._theft.classifier.spec
        self._windows = PersonWindows(frames=spec.frames, step=spec.step, least=LEAST_SEEN)
        self._chances: dict[int, float] = {}

    def take(self, frames: NDArray[np.uint8], start: float, end: float) -> list[LiveScore]:
        """The score of a clip of one frame, (1, height, width, 3), from `start` to `end`."""
        self._began = start if self._began is None else self._began
        if start - self._until > self._theft.classifier.spec.frames / RATE:
            self._begin()  # what was seen before is no news of now
        self._until = end
        _, height, width, _ = frames.shape
        aspect = width / height
        people = People.of_row(self._find(frames))
        stretch = np.array([aspect, 1, aspect, 1], np.float32)
        ids = self._tracker.take(people.boxes * stretch, people.scores, start)
        number = round((start - self._began) * RATE)
        for window in self._windows.take(number, people, ids):
            self._chances[window.person] = self._chance(window, aspect)
        score = max(self._chances.values(), default=0.0)
        present = self._windows.present
        self._chances = {p: chance for p, chance in self._chances.items() if p in present}
        return [
            LiveScore(
                camera=self._camera,
                kind=self.kind,
                start=start,
                end=end,
                score=score,
                threshold=self._theft.classifier.threshold,
                known=start - self._began,
                told=0.0,
            )
        ]

    def _chance(self, window: PersonSequence, aspect: float) -> float:
        classifier = self._theft.classifier
        features = sequence_features(
            window.landmarks, window.boxes, aspect=aspect, spec=classifier.spec
        )
        return float(classifier.probabilities(windows(features, classifier.spec))[0])
