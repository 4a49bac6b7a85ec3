"""What is to raise an alarm: a rule over the scores of cameras."""

import secrets
from dataclasses import dataclass
from enum import Enum

from crimeview.core.errors import UsageError
from crimeview.core.schedule import ALWAYS, Schedule
from crimeview.core.track import TrackKind
from crimeview.core.wall_clock import zone_of

LONGEST = 86_400.0  # s that a rule may wait or be quiet


class AlarmTrack(Enum):
    """What a rule listens to."""

    EVENTS = "events"  # scores of clips, as segments are found by
    VIOLENCE = "violence"
    THEFT = "theft"
    NOVELTY = "novelty"
    LOST = "lost"  # 1 while a camera shows nothing new or nothing at all, else 0

    @property
    def kind(self) -> TrackKind | None:
        """The track that is stored of recordings; None for what recordings do not have."""
        return _KINDS.get(self)


_KINDS = {
    AlarmTrack.EVENTS: TrackKind.CLIP_SCORES,
    AlarmTrack.VIOLENCE: TrackKind.VIOLENCE,
    AlarmTrack.THEFT: TrackKind.THEFT,
    AlarmTrack.NOVELTY: TrackKind.NOVELTY,
}


def track_of(kind: TrackKind | None) -> AlarmTrack | None:
    """What rules call a track of that kind; None where rules do not know it."""
    return next((track for track, known in _KINDS.items() if known is kind), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRule:
    """When an alarm begins, how long it lasts, and what keeps it quiet.

    An alarm begins when the score has reached `threshold`, and has been at or above `threshold *
    hysteresis` for `min_duration` seconds; it ends when the score stays lower for more than
    `merge_gap` seconds. In the `cooldown` seconds after its end, outside of the `schedule` and
    until `snoozed_until` (s since 1970) scores do not count.

    `cameras` are names, none for every camera; `zone` names a part of their pictures, empty for the
    whole. The schedule goes by `time_zone`, empty for the camera's own clock. `deliveries` are ids
    of what is told of it: None for everything that is configured, none for nobody but the window.
    A rule that is not `armed` raises nothing.
    """

    id: str
    name: str
    track: AlarmTrack
    threshold: float
    hysteresis: float = 0.8
    min_duration: float = 0.0
    merge_gap: float = 2.0
    cooldown: float = 60.0
    cameras: tuple[str, ...] = ()
    zone: str = ""
    schedule: Schedule = ALWAYS
    time_zone: str = ""
    armed: bool = False
    snoozed_until: float | None = None
    deliveries: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise UsageError("An alarm rule needs a name.")
        if not 0.0 < self.threshold <= 1.0:
            raise UsageError(
                f"The threshold must lie above 0 and at most at 1, not {self.threshold:g}."
            )
        if not 0.0 < self.hysteresis <= 1.0:
            raise UsageError(
                f"The hysteresis must lie above 0 and at most at 1, not {self.hysteresis:g}."
            )
        for seconds in (self.min_duration, self.merge_gap, self.cooldown):
            if not 0.0 <= seconds <= LONGEST:
                raise UsageError(
                    "The minimum duration, the merge gap and the cooldown lie from 0 to 86400 "
                    f"seconds (a day), not {seconds:g}."
                )
        if self.time_zone:
            zone_of(self.time_zone)

    def watches(self, camera: str, *, track: AlarmTrack, zone: str = "") -> bool:
        """Whether it listens to that track of that camera, and of that part of its picture."""
        if self.track is not track or not self.listens_to(camera):
            return False
        return track is AlarmTrack.LOST or zone == self.zone

    def listens_to(self, camera: str) -> bool:
        """Whether that camera is one of its own."""
        return not self.cameras or camera in self.cameras

    def snoozed(self, now: float) -> bool:
        return self.snoozed_until is not None and now < self.snoozed_until


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedRule:
    """A rule and its place in the list of rules."""

    place: int
    rule: AlarmRule


def new_rule_id() -> str:
    """An id that no other rule has, in whatever case."""
    return secrets.token_hex(6)
