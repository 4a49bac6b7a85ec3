"""The recordings that a rule is tried on, as the tapes of cameras."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.wall_clock import WallClock, camera_in_name, zone_of
from crimeview.store.case import Case
from crimeview.store.rows import CaseClock, CaseRecording

_OVERLAP = 5.0  # s; files of one camera that overlap by more are not consecutive


@dataclass(frozen=True, slots=True, kw_only=True)
class Tape:
    """A recording with its camera, and its clock where that can be trusted."""

    recording: CaseRecording
    camera: str
    clock: WallClock | None

    @property
    def zero(self) -> float:
        """The time of its beginning, s since 1970; 0 where it is not known."""
        return self.clock.instant() if self.clock is not None else 0.0

    @property
    def end(self) -> float:
        """The time of its end, as far as its length is known."""
        known = self.recording.recording
        return self.zero + (known.duration if known is not None else 0.0)

    @property
    def place(self) -> tzinfo | None:
        """The zone of its camera's clock; None where the time of day is not known."""
        if self.clock is None:
            return None
        return zone_of(self.clock.zone) if self.clock.zone is not None else UTC

    def follows(self, before: "Tape") -> bool:
        """Whether it is the next one of the same camera, by clocks that can be trusted."""
        if before.camera != self.camera or before.clock is None or self.clock is None:
            return False
        return self.zero >= before.end - _OVERLAP


def tapes_of(
    case: Case, rule: AlarmRule, *, since: float | None, until: float | None
) -> list[Tape]:
    """The recordings to try it on, of each camera in order of time."""
    clocks = case.times.clocks()
    tapes = [_tape(recording, clocks.get(recording.id)) for recording in case.recordings()]
    if since is not None or until is not None:
        tapes = [tape for tape in tapes if _touches(tape, since=since, until=until)]
    own = [tape for tape in tapes if tape.camera in rule.cameras]
    return sorted(own or tapes, key=lambda tape: (tape.camera, tape.zero, tape.recording.id))


def _tape(recording: CaseRecording, known: CaseClock | None) -> Tape:
    path = recording.path
    camera = known.camera if known is not None else camera_in_name(path.stem, path.parent.name)
    sure = known is not None and known.clock.source.is_sure
    return Tape(recording=recording, camera=camera, clock=known.clock if known and sure else None)


def _touches(tape: Tape, *, since: float | None, until: float | None) -> bool:
    if tape.clock is None:
        return False
    return (since is None or tape.end > since) and (until is None or tape.zero < until)
