"""The plainest judge: a camera alarms where a score reaches a threshold, until it falls again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf
from uuid import uuid4

from crimeview.core.alarm import what_text
from crimeview.core.alarm_rule import track_of
from crimeview.core.watching import CameraHealth, LiveAlarm, LiveScore

_Place = tuple[str, object, str]  # camera, kind, zone


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRule:
    """An alarm begins where a score reaches its threshold (None: its model's own).

    It ends once scores have stayed below `hysteresis` times that for `quiet` seconds.
    """

    threshold: float | None = None
    hysteresis: float = 0.8
    quiet: float = 3.0


class CandidateJudge:
    """Makes an alarm of every score that reaches its threshold."""

    def __init__(self, rule: CandidateRule | None = None) -> None:
        self._rule = rule or CandidateRule()
        self._open: dict[_Place, LiveAlarm] = {}
        self._high: dict[_Place, float] = {}  # until when scores were high

    def take(self, event: LiveScore | CameraHealth) -> Sequence[LiveAlarm]:
        if isinstance(event, CameraHealth):
            return self._ended_by_silence(event)
        place = (event.camera, event.kind, event.zone)
        alarm = self._open.get(place)
        threshold = self._rule.threshold or event.threshold
        if alarm is None:
            return [self._begun(place, event)] if event.score >= threshold else []
        if event.score > alarm.peak:
            alarm = replace(alarm, peak=event.score, peak_time=event.time)
            self._open[place] = alarm
        if event.score >= threshold * self._rule.hysteresis:
            self._high[place] = event.end
        return self._closed([place], now=event.end)

    def _begun(self, place: _Place, score: LiveScore) -> LiveAlarm:
        alarm = LiveAlarm(
            id=uuid4().hex,
            camera=score.camera,
            rule="threshold",
            start=score.start,
            end=None,
            peak=score.score,
            peak_time=score.time,
            kind=score.kind,
            zone=score.zone,
            sentence=_sentence(score, self._rule.threshold or score.threshold),
        )
        self._open[place], self._high[place] = alarm, score.end
        return alarm

    def _ended_by_silence(self, health: CameraHealth) -> list[LiveAlarm]:
        """A camera that tells nothing any more leaves no alarm open for ever."""
        places = [place for place in self._open if place[0] == health.camera]
        return self._closed(places, now=health.time - 2 * self._rule.quiet)

    def _closed(self, places: Sequence[_Place], *, now: float) -> list[LiveAlarm]:
        ended = []
        for place in places:
            until = self._high[place]
            if now - until >= self._rule.quiet:
                ended.append(replace(self._open.pop(place), end=until))
                del self._high[place]
        return ended

    def finish(self) -> list[LiveAlarm]:
        """End what is on."""
        return self._closed(list(self._open), now=inf)


def _sentence(score: LiveScore, threshold: float) -> str:
    """As in `gate (door): an unusual event, score 0.81 of 0.60.`, in English."""
    place = f"{score.camera} ({score.zone})" if score.zone else score.camera
    track = track_of(score.kind)
    what = what_text(track) if track is not None else score.kind.value
    return f"{place}: {what}, score {score.score:.2f} of {threshold:.2f}."
