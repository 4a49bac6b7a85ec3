"""What a rule would have raised."""

from dataclasses import dataclass

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.timetext import clock_text


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAlarm:
    """An alarm that would have been raised: `start` and `end` are seconds of its recording.

    `begins` is the same as `start` in seconds since 1970, None where the camera's clock is not
    known. An alarm that goes on in the next recording of the camera is told with the first.
    """

    recording_id: int
    camera: str
    start: float
    end: float
    peak: float
    peak_time: float
    begins: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a rule would have raised in the recordings of a case.

    `seconds` were tried, in `recordings`. `without_track` have no scores of the rule's kind,
    `without_clock` no time of day: a schedule was left out of account there.
    """

    rule: AlarmRule
    alarms: tuple[TriedAlarm, ...]
    seconds: float
    recordings: int
    without_track: int
    without_clock: int

    @property
    def per_hour(self) -> float | None:
        """Alarms an hour; None where there was less than a minute to try it on."""
        return len(self.alarms) * 3600 / self.seconds if self.seconds >= 60 else None


def trial_sentences(trial: Trial) -> list[str]:
    """What came out, in English, and what was left out of account."""
    if not trial.recordings:
        wanted = f"{trial.rule.track.value} scores to try this rule on"
        return [f"There are no {wanted}; analyze recordings of the camera first."]
    alarms = _counted(len(trial.alarms), "alarm")
    recordings = _counted(trial.recordings, "recording")
    told = [f"This rule would have raised {alarms} in {clock_text(trial.seconds)} of {recordings}."]
    if trial.without_track:
        told.append(f"{trial.without_track} more have no such scores.")
    if trial.without_clock and not trial.rule.schedule.always:
        told.append(
            f"The time of day of {trial.without_clock} is not known: there it was tried as if it "
            "always held."
        )
    if trial.rule.zone:
        told.append("Stored scores are of the whole picture: the zone was left out of account.")
    return told


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
