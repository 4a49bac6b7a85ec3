"""The words of the wall: how it is with cameras, and what alarms say."""

import time
from datetime import datetime

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import Trial, TrialSpan
from crimeview.core.delivery import DeliveryKind
from crimeview.core.outbox import OutboxState
from crimeview.core.timetext import clock_text
from crimeview.core.track import TrackKind
from crimeview.core.watching import CameraHealth, CameraState, Capacity
from crimeview.gui.text import length_text, translate

STATE_ICONS = {
    CameraState.CONNECTING: "waiting",
    CameraState.LIVE: "play",
    CameraState.STILL: "pause",
    CameraState.LOST: "warning",
    CameraState.ENDED: "stopped",
}


def camera_state_text(state: CameraState | None) -> str:
    """One word or two; None is a camera that nobody watches."""
    match state:
        case None:
            return translate("Wall", "Not watched")
        case CameraState.CONNECTING:
            return translate("Wall", "Connecting")
        case CameraState.LIVE:
            return translate("Wall", "Live")
        case CameraState.STILL:
            return translate("Wall", "Picture stands still")
        case CameraState.LOST:
            return translate("Wall", "No picture")
        case CameraState.ENDED:
            return translate("Wall", "Over")


def health_text(health: CameraHealth | None) -> str:
    """`24.9 pictures/s · 0.3 s behind · 2 left out · lost once`; empty before anything came."""
    if health is None or health.frame_rate == 0.0:
        return ""
    rate = translate("Wall", "{rate} pictures/s").format(rate=f"{health.frame_rate:.1f}")
    parts = [rate]
    if health.analyzed:
        parts.append(translate("Wall", "{delay} s behind").format(delay=f"{health.delay:.1f}"))
    if health.left_out:
        parts.append(translate("Wall", "{count} left out").format(count=health.left_out))
    if health.losses:
        parts.append(translate("Wall", "lost {count} times").format(count=health.losses))
    return " · ".join(parts)


def capacity_text(capacity: Capacity | None) -> str:
    if capacity is None:
        return ""
    text = translate(
        "Wall", "Each camera is looked at every {every} s; that takes {load} % of {cores} cores."
    )
    told = text.format(
        every=f"{capacity.every:.1f}", load=round(100 * capacity.load), cores=capacity.cores
    )
    if capacity.followed:
        told += " " + translate("Wall", "People are followed on {count} of them.").format(
            count=capacity.followed
        )
    if capacity.is_slowed:
        told += " " + translate(
            "Wall",
            "Scores take {times} times as long as the processor works on them: others may have it.",
        ).format(times=f"{capacity.slowed:.1f}")
    if capacity.left_out:
        told += " " + translate(
            "Wall", "Pictures and clips left out in the last seconds, for want of time: {count}."
        ).format(count=capacity.left_out)
    elif not capacity.enough:
        told += " " + translate("Wall", "More would be too much for this computer.")
    return told


def track_text(track: AlarmTrack) -> str:
    match track:
        case AlarmTrack.EVENTS:
            return translate("Wall", "Unusual event")
        case AlarmTrack.VIOLENCE:
            return translate("Wall", "Violence")
        case AlarmTrack.THEFT:
            return translate("Wall", "Theft")
        case AlarmTrack.NOVELTY:
            return translate("Wall", "New to the camera")
        case AlarmTrack.LOST:
            return translate("Wall", "Camera lost")


def newest_score_text(
    kind: TrackKind, score: float, *, threshold: float, alone: bool = True
) -> str:
    """`violence 0.12`, in little room; with a sign where the threshold is reached.

    The score of events has a word of its own where it does not stand `alone`.
    """
    match kind:
        case TrackKind.VIOLENCE:
            text = translate("Wall", "violence {score}")
        case TrackKind.NOVELTY:
            text = translate("Wall", "novelty {score}")
        case TrackKind.THEFT:
            text = translate("Wall", "theft {score}")
        case _ if not alone:
            text = translate("Wall", "events {score}")
        case _:
            text = translate("Wall", "score {score}")
    sign = "▲ " if score >= threshold else ""
    return sign + text.format(score=f"{score:.2f}")


def alarm_text(alarm: Alarm) -> str:
    """`Unusual event, 0.81, 6.0 s`: what an alarm says besides camera, time and rule."""
    parts = [track_text(alarm.track)]
    if alarm.track is not AlarmTrack.LOST:
        parts.append(f"{alarm.peak:.2f}")
    if alarm.end is None:
        parts.append(translate("Wall", "goes on"))
    else:
        parts.append(length_text(alarm.end - alarm.start))
    return ", ".join(parts)


def moment_text(seconds: float) -> str:
    """`02:15:04` today, else with the date, by this computer's clock."""
    local = datetime.fromtimestamp(seconds).astimezone()
    today = datetime.now().astimezone().date()
    return local.strftime("%H:%M:%S" if local.date() == today else "%m-%d %H:%M:%S")


def rule_state_text(rule: AlarmRule) -> str:
    if not rule.armed:
        return translate("Wall", "off")
    if rule.snoozed(time.time()) and rule.snoozed_until is not None:
        until = moment_text(rule.snoozed_until)
        return translate("Wall", "snoozed until {time}").format(time=until)
    return translate("Wall", "armed")


def delivery_kind_text(kind: DeliveryKind) -> str:
    match kind:
        case DeliveryKind.SYSTEM:
            return translate("Wall", "Notification")
        case DeliveryKind.SOUND:
            return translate("Wall", "Sound")
        case DeliveryKind.WEBHOOK:
            return translate("Wall", "Webhook")
        case DeliveryKind.MQTT:
            return translate("Wall", "MQTT, Home Assistant")
        case DeliveryKind.EMAIL:
            return translate("Wall", "E-mail")


def outbox_state_text(state: OutboxState) -> str:
    match state:
        case OutboxState.WAITING:
            return translate("Wall", "waits")
        case OutboxState.SENT:
            return translate("Wall", "sent")
        case OutboxState.GIVEN_UP:
            return translate("Wall", "given up")


def span_text(span: TrialSpan) -> str:
    match span:
        case TrialSpan.ALL:
            return translate("Wall", "All recordings")
        case TrialSpan.LAST_NIGHT:
            return translate("Wall", "Last night, from 20:00 to 08:00")
        case TrialSpan.LAST_DAY:
            return translate("Wall", "The last 24 hours")
        case TrialSpan.LAST_WEEK:
            return translate("Wall", "The last 7 days")


def _raised_texts(span: TrialSpan) -> tuple[str, str]:
    """Of one alarm and of several."""
    match span:
        case TrialSpan.ALL:
            return (
                translate("Wall", "This rule would have raised 1 alarm in {time} of recordings."),
                translate(
                    "Wall", "This rule would have raised {count} alarms in {time} of recordings."
                ),
            )
        case TrialSpan.LAST_NIGHT:
            return (
                translate("Wall", "This rule would have raised 1 alarm last night ({time} known)."),
                translate(
                    "Wall", "This rule would have raised {count} alarms last night ({time} known)."
                ),
            )
        case TrialSpan.LAST_DAY:
            return (
                translate(
                    "Wall",
                    "This rule would have raised 1 alarm in 24 hours ({time} known).",
                ),
                translate(
                    "Wall",
                    "This rule would have raised {count} alarms in 24 hours ({time} known).",
                ),
            )
        case TrialSpan.LAST_WEEK:
            return (
                translate("Wall", "This rule would have raised 1 alarm in 7 days ({time} known)."),
                translate(
                    "Wall",
                    "This rule would have raised {count} alarms in 7 days ({time} known).",
                ),
            )


def trial_words(trial: Trial | None, span: TrialSpan) -> str:
    """`3 last night`, in a cell of a table; empty where it was not, or cannot be, tried."""
    if trial is None or trial.rule.track.kind is None:
        return ""
    if not trial.recordings:
        return translate("Wall", "no recordings")
    count = len(trial.alarms)
    match span:
        case TrialSpan.ALL:
            text = translate("Wall", "{count} in {time}")
            return text.format(count=count, time=clock_text(trial.seconds))
        case TrialSpan.LAST_NIGHT:
            text = translate("Wall", "{count} last night")
        case TrialSpan.LAST_DAY:
            text = translate("Wall", "{count} in 24 hours")
        case TrialSpan.LAST_WEEK:
            text = translate("Wall", "{count} in 7 days")
    return text.format(count=count)


def trial_text(trial: Trial | None, span: TrialSpan) -> str:
    """What a rule would have raised in that time, and what was left out of account."""
    if trial is None:
        return ""
    if not trial.recordings and span is not TrialSpan.ALL:
        return translate(
            "Wall",
            "No recording with such scores is known to be of that time: analyze some, or say when "
            "they were recorded.",
        )
    if not trial.recordings:
        nothing = translate(
            "Wall", "There are no such scores to try it on: analyze recordings of the camera first."
        )
        return " ".join([nothing, *_left_out(trial)])
    count = len(trial.alarms)
    one, several = _raised_texts(span)
    told = [(one if count == 1 else several).format(count=count, time=clock_text(trial.seconds))]
    told += _doubts(trial)
    if trial.without_clock and not trial.rule.schedule.always:
        told.append(
            translate("Wall", "Where the time of day is not known it was tried as if always on.")
        )
    if trial.rule.zone:
        told.append(
            translate("Wall", "Its zone was left out: stored scores are of the whole picture.")
        )
    return " ".join([*told, *_left_out(trial)])


def _doubts(trial: Trial) -> list[str]:
    """What is not sure of the alarms, and which others there would be."""
    told = []
    if unsure := len(trial.alarms) - trial.sure:
        text = translate(
            "Wall",
            "Not sure, since they hang on where clips happen to begin: {count}. A lower threshold "
            "or a shorter duration is surer.",
        )
        told.append(text.format(count=unsure))
    if trial.early:
        text = translate("Wall", "More until it is known what is usual for the camera: {count}.")
        told.append(text.format(count=trial.early))
    return told


def _left_out(trial: Trial) -> list[str]:
    """The recordings that it could not be tried on."""
    told = []
    if trial.without_track:
        text = translate("Wall", "Recordings without such scores: {count}.")
        told.append(text.format(count=trial.without_track))
    if trial.clips:
        text = translate("Wall", "Clips around alarms, which are left out: {count}.")
        told.append(text.format(count=trial.clips))
    return told
