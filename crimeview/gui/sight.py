"""What is known of one camera while it is watched."""

from collections import deque
from dataclasses import dataclass, field

from crimeview.core.track import TrackKind
from crimeview.core.watching import CameraHealth, LiveAlarm, LiveScore

KEPT = 150.0  # s of scores that curves show


@dataclass(slots=True)
class Sight:
    """A camera's health, and its last scores (time, score, threshold).

    `others` are the newest scores of other tracks than events, in the order they first came.
    """

    health: CameraHealth | None = None
    scores: deque[tuple[float, float, float]] = field(default_factory=lambda: deque(maxlen=2000))
    others: dict[TrackKind, LiveScore] = field(default_factory=dict)
    alarms: dict[str, LiveAlarm] = field(default_factory=dict)  # that are on

    def take_score(self, score: LiveScore) -> None:
        if score.kind is TrackKind.CLIP_SCORES:
            self.scores.append((score.time, score.score, score.threshold))
        else:
            self.others[score.kind] = score

    def forget_present(self) -> None:
        """Nobody watches any more: of what was, the curve alone stays."""
        self.alarms.clear()
        self.others.clear()
        self.health = None
