"""An alarm that was raised, and what people have done about it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from crimeview.core.alarm_rule import AlarmTrack


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm; times are seconds since 1970, `end` is None while it goes on.

    `rule` is the rule's name when it was raised, `threshold` the rule's. `acknowledged` is when a
    person (`acknowledged_by`) said that it was seen, None before.
    """

    id: str
    rule_id: str
    rule: str
    camera: str
    track: AlarmTrack
    zone: str
    start: float
    end: float | None
    peak: float
    peak_time: float
    threshold: float
    acknowledged: float | None = None
    acknowledged_by: str = ""


_WHAT = {
    AlarmTrack.EVENTS: "An unusual event",
    AlarmTrack.VIOLENCE: "Possible violence",
    AlarmTrack.THEFT: "Movement like a staged theft",
    AlarmTrack.NOVELTY: "Something new to this camera",
    AlarmTrack.LOST: "No picture",
}


def what_text(track: AlarmTrack) -> str:
    """`an unusual event`: what a high score of a track may mean, within an English sentence."""
    text = _WHAT[track]
    return f"{text[0].lower()}{text[1:]}"


def alarm_sentence(alarm: Alarm) -> str:
    """What was found, in one English sentence; a score is a lead, not a finding."""
    place = f"{alarm.camera} ({alarm.zone})" if alarm.zone else alarm.camera
    what = f"{place}: {what_text(alarm.track)}"
    length = f", {alarm.end - alarm.start:.0f} s" if alarm.end is not None else ""
    if alarm.track is AlarmTrack.LOST:
        return f"{what}{length} (rule “{alarm.rule}”)."
    score = f"score {alarm.peak:.2f} of {alarm.threshold:.2f}"
    return f"{what}, {score}{length} (rule “{alarm.rule}”)."


def iso_time(seconds: float, place: tzinfo) -> str:
    """`2026-11-29T02:15:04.250+09:00`: a moment (s since 1970) with its zone."""
    return datetime.fromtimestamp(seconds, place).isoformat(timespec="milliseconds")
