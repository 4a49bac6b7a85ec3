"""Why a rule cannot raise an alarm of the cameras that there are, however high a score is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.watching import Camera

# What is scored of cameras that are watched, as far as they are known and there is room for it
# (`core.watching.NotScored` says where not), and what of it of their zones by themselves.
LIVE_TRACKS = frozenset(AlarmTrack)
ZONE_TRACKS = frozenset({AlarmTrack.EVENTS})


class ObstacleKind(Enum):
    """What is in a rule's way."""

    NO_CAMERAS = "no cameras"  # none at all is watched
    CAMERAS = "cameras"  # none of its cameras is
    SOME_CAMERAS = "some cameras"  # some of its cameras are not
    TRACK = "track"  # its track is not scored while watching
    ZONE_TRACK = "zone track"  # its track is scored of whole pictures only
    ZONE = "zone"  # none of its cameras has that zone
    SOME_ZONES = "some zones"  # some of its cameras do not
    MODELS = "models"  # what its track is scored by is not there
    UNLEARNED = "unlearned"  # of none of its cameras it is known what is usual
    SOME_UNLEARNED = "some unlearned"  # of some of its cameras it is not

    @property
    def is_total(self) -> bool:
        """Whether the rule raises nothing at all."""
        return self not in (
            ObstacleKind.SOME_CAMERAS,
            ObstacleKind.SOME_ZONES,
            ObstacleKind.SOME_UNLEARNED,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What is scored of cameras that are watched.

    Of `tracks` those in `missing` are not, for want of their models. Novelty is scored of cameras
    whose names are among `learned`, however they are written; None: it is not known of which.
    """

    tracks: frozenset[AlarmTrack] = LIVE_TRACKS
    missing: frozenset[AlarmTrack] = frozenset()
    learned: frozenset[str] | None = None

    def knows(self, camera: str) -> bool:
        """Whether it is known what is usual for the camera of that name."""
        known = self.learned
        return known is None or camera.casefold() in {name.casefold() for name in known}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What is in a rule's way; `names` are the cameras that it is about."""

    kind: ObstacleKind
    names: tuple[str, ...] = ()


def obstacle_of(
    rule: AlarmRule, cameras: Sequence[Camera], *, scored: Scored = Scored()
) -> Obstacle | None:
    """The gravest obstacle to a rule with these cameras; None where it can raise alarms of all.

    Whether it is armed does not matter.
    """
    found = _of_track(rule, scored) or _of_cameras(rule, cameras)
    if found is not None:
        return found
    own = [camera for camera in cameras if rule.listens_to(camera.name)]
    return _least(_of_zones(rule, own), _of_scenes(rule, own, scored), _missing(rule, cameras))


def _of_track(rule: AlarmRule, scored: Scored) -> Obstacle | None:
    """That nothing of what it listens to is scored at all."""
    if rule.track not in scored.tracks:
        return Obstacle(kind=ObstacleKind.TRACK)
    if rule.track in scored.missing:
        return Obstacle(kind=ObstacleKind.MODELS)
    if _zone(rule) and rule.track not in ZONE_TRACKS:
        return Obstacle(kind=ObstacleKind.ZONE_TRACK)
    return None


def _of_cameras(rule: AlarmRule, cameras: Sequence[Camera]) -> Obstacle | None:
    """That none of its cameras is there."""
    if not cameras:
        return Obstacle(kind=ObstacleKind.NO_CAMERAS)
    if not any(rule.listens_to(camera.name) for camera in cameras):
        return Obstacle(kind=ObstacleKind.CAMERAS, names=rule.cameras)
    return None


def _missing(rule: AlarmRule, cameras: Sequence[Camera]) -> Obstacle | None:
    known = {camera.name for camera in cameras}
    missing = tuple(name for name in rule.cameras if name not in known)
    return Obstacle(kind=ObstacleKind.SOME_CAMERAS, names=missing) if missing else None


def _of_zones(rule: AlarmRule, own: Sequence[Camera]) -> Obstacle | None:
    zone = _zone(rule)
    without = tuple(c.name for c in own if zone and zone not in {z.name for z in c.zones})
    if len(without) == len(own):
        return Obstacle(kind=ObstacleKind.ZONE, names=without)
    # A rule on every camera means those that have its zone; one that names cameras means these.
    if without and rule.cameras:
        return Obstacle(kind=ObstacleKind.SOME_ZONES, names=without)
    return None


def _of_scenes(rule: AlarmRule, own: Sequence[Camera], scored: Scored) -> Obstacle | None:
    if rule.track is not AlarmTrack.NOVELTY:
        return None
    unknown = tuple(camera.name for camera in own if not scored.knows(camera.name))
    if len(unknown) == len(own):
        return Obstacle(kind=ObstacleKind.UNLEARNED, names=unknown)
    return Obstacle(kind=ObstacleKind.SOME_UNLEARNED, names=unknown) if unknown else None


def _zone(rule: AlarmRule) -> str:
    return rule.zone if rule.track is not AlarmTrack.LOST else ""


def _least(*found: Obstacle | None) -> Obstacle | None:
    """The first that leaves nothing, or else the first."""
    known = [obstacle for obstacle in found if obstacle is not None]
    return next((o for o in known if o.kind.is_total), known[0] if known else None)


def obstacle_sentence(rule: AlarmRule, obstacle: Obstacle) -> str:
    """What is in a rule's way and what to do about it, in an English sentence."""
    names = ", ".join(f"“{name}”" for name in obstacle.names)
    nothing = f"The rule “{rule.name}” raises nothing"
    text = _SENTENCES[obstacle.kind].format(
        names=names, zone=f"“{rule.zone}”", track=rule.track.value
    )
    return nothing + text


_LEARN = (
    "analyze recordings, and give what was learned the camera's name: crimeview cameras rename."
)
_SENTENCES: Mapping[ObstacleKind, str] = {  # each goes on where “The rule … raises nothing” ends
    ObstacleKind.NO_CAMERAS: " yet: no camera is watched.",
    ObstacleKind.CAMERAS: ": {names} is not among the cameras that are watched; give it one that "
    "is.",
    ObstacleKind.SOME_CAMERAS: " of {names}, which is not watched.",
    ObstacleKind.TRACK: ": {track} is not scored while cameras are watched.",
    ObstacleKind.ZONE_TRACK: ": {track} is scored of whole pictures only; let it listen to the "
    "whole picture.",
    ObstacleKind.ZONE: ": none of its cameras has a zone {zone}; mark one, or let it listen to the "
    "whole picture.",
    ObstacleKind.SOME_ZONES: " of {names}, which has no zone {zone}.",
    ObstacleKind.MODELS: ": the models that score {track} are not there; fetch them with: "
    "crimeview models fetch pose.",
    ObstacleKind.UNLEARNED: f": nothing was learned of {{names}}; {_LEARN}",
    ObstacleKind.SOME_UNLEARNED: f" of {{names}}, of which nothing was learned; {_LEARN}",
}
