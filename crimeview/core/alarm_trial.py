"""What a rule would have raised."""

from dataclasses import dataclass
from enum import Enum

from crimeview.core.alarm_rule import AlarmRule
from crimeview.core.timetext import clock_text


class TrialSpan(Enum):
    """On recordings of which time a rule is tried."""

    ALL = "all"
    LAST_NIGHT = "last night"
    LAST_DAY = "last day"
    LAST_WEEK = "last week"


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedAlarm:
    """An alarm that would have been raised: `start` and `end` are seconds of its recording.

    `begins` is the same as `start` in seconds since 1970, None where the camera's clock is not
    known. An alarm that goes on in the next recording of the camera is told with the first.

    `sure` says whether it does not hang on where clips happen to begin: it would be raised as well
    if they began half a step later, and if scores had to be high for a step longer. What is not may
    be missed while watching.
    """

    recording_id: int
    camera: str
    start: float
    end: float
    peak: float
    peak_time: float
    begins: float | None
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a rule would have raised in the recordings of a case.

    `seconds` were tried, in `recordings`. `without_track` have no scores of the rule's kind,
    `without_clock` no time of day: a schedule was left out of account there. `clips` around alarms
    were left out.

    Events of `watched` recordings were tried by their scores as watching gives them to a camera
    that has shown the like for long; of the others by those of their analysis. `early` are alarms
    that only the latter raise: such are raised while it is not known yet what is usual.
    """

    rule: AlarmRule
    alarms: tuple[TriedAlarm, ...]
    seconds: float
    recordings: int
    without_track: int
    without_clock: int
    clips: int = 0
    watched: int = 0
    early: int = 0

    @property
    def sure(self) -> int:
        """How many of the alarms do not hang on where clips happen to begin."""
        return sum(alarm.sure for alarm in self.alarms)

    @property
    def per_hour(self) -> float | None:
        """Alarms an hour; None where there was less than a minute to try it on."""
        return len(self.alarms) * 3600 / self.seconds if self.seconds >= 60 else None


def trial_sentences(trial: Trial, span: TrialSpan = TrialSpan.ALL) -> list[str]:
    """What came out, in English, and what was left out of account.

    `span` is the time of which recordings were tried, as a person calls it.
    """
    if not trial.recordings and span is not TrialSpan.ALL:
        wanted = f"{trial.rule.track.value} scores is known to be of {span.value}"
        how = "analyze some, or say in the window when they were recorded."
        return [f"No recording with {wanted}: {how}", *_without_clips(trial)]
    if not trial.recordings:
        wanted = f"{trial.rule.track.value} scores to try this rule on"
        told = [f"There are no {wanted}; analyze recordings of the camera first."]
        return [*told, *_without_clips(trial)]
    alarms = _counted(len(trial.alarms), "alarm")
    recordings = _counted(trial.recordings, "recording")
    tried = f"{clock_text(trial.seconds)} of {recordings}"
    when = "" if span is TrialSpan.ALL else f" {span.value},"
    told = [f"This rule would have raised {alarms}{when} in {tried}."]
    told += _doubts(trial)
    if trial.without_track:
        told.append(f"{trial.without_track} more have no such scores.")
    if trial.without_clock and not trial.rule.schedule.always:
        told.append(
            f"The time of day of {trial.without_clock} is not known: there it was tried as if it "
            "always held."
        )
    if trial.rule.zone:
        told.append("Stored scores are of the whole picture: the zone was left out of account.")
    return [*told, *_without_clips(trial)]


def _doubts(trial: Trial) -> list[str]:
    told = []
    if unsure := len(trial.alarms) - trial.sure:
        told.append(
            f"{unsure} of them {'hangs' if unsure == 1 else 'hang'} on where clips happen to begin "
            "and may be missed while watching: a lower threshold or a shorter duration is surer."
        )
    if trial.early:
        told.append(
            f"{_counted(trial.early, 'more alarm')} would be raised only until it is known what is "
            "usual for the camera."
        )
    return told


def _without_clips(trial: Trial) -> list[str]:
    if not trial.clips:
        return []
    clips = _counted(trial.clips, "clip")
    return [f"{clips} around alarms were left out: these are cut where scores are high."]


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"
