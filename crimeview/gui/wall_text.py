"""The words of the wall: how it is with cameras, and what alarms say."""

import time
from datetime import datetime

from crimeview.core.alarm import Alarm
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import Trial
from crimeview.core.delivery import DeliveryKind
from crimeview.core.outbox import OutboxState
from crimeview.core.timetext import clock_text
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
    if health.drops:
        parts.append(translate("Wall", "{count} left out").format(count=health.drops))
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
    if not capacity.enough:
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


def trial_text(trial: Trial | None) -> str:
    """What a rule would have raised, and what was left out of account."""
    if trial is None:
        return ""
    if not trial.recordings:
        return translate(
            "Wall", "There are no such scores to try it on: analyze recordings of the camera first."
        )
    count = len(trial.alarms)
    if count == 1:
        text = translate("Wall", "This rule would have raised 1 alarm in {time} of recordings.")
    else:
        text = translate(
            "Wall", "This rule would have raised {count} alarms in {time} of recordings."
        )
    told = [text.format(count=count, time=clock_text(trial.seconds))]
    if trial.without_clock and not trial.rule.schedule.always:
        told.append(
            translate("Wall", "Where the time of day is not known it was tried as if always on.")
        )
    if trial.rule.zone:
        told.append(
            translate("Wall", "Its zone was left out: stored scores are of the whole picture.")
        )
    return " ".join(told)
