"""Delivering what waits in a case's outbox, for as long as it is asked for."""

import contextlib
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version

from crimeview.core.alarm_message import (
    new_secret,
    publications,
    secret_bytes,
    status_topic,
    test_message,
)
from crimeview.core.delivery import (
    Delivery,
    DeliveryError,
    EmailSettings,
    MqttSettings,
    SoundSettings,
    SystemSettings,
    WebhookSettings,
    is_masked,
    masked_url,
    shown_settings,
)
from crimeview.core.errors import CaseError, CrimeviewError, UsageError
from crimeview.core.job import Job, Step
from crimeview.core.outbox import Moment, OutboxEntry, OutboxState, next_try
from crimeview.jobs.delivery_secrets import no_secret, password_of
from crimeview.jobs.sensors_told import SensorsTold, withdraw_sensors
from crimeview.jobs.watching_told import WatchingTold
from crimeview.sound.chime import play_chime
from crimeview.sound.speaker import SpeakerError
from crimeview.store.alarm_secrets import (
    delete_address,
    delete_secret,
    load_address,
    load_secret,
    save_address,
    save_secret,
)
from crimeview.store.case import Case

_PAUSE = 0.25  # s between two looks
_CLAIM = 60.0  # s in which nobody else tries the same; sending takes less
_STALE = 60.0  # s after which a sound or a notification says nothing any more
_LAST = 8.0  # s for what is to be told when watching ends: longer than one try takes
_AT_ONCE = 4
_log = logging.getLogger(__name__)

Notify = Callable[[str, str], None]  # title, text


class TooLateError(DeliveryError):
    """Nobody has any use for the message by now: it is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryStep(Step):
    """A step of delivering: what was sent, or failed, since the last one."""

    settled: tuple[OutboxEntry, ...] = ()


def deliver(
    case: Case, *, notify: Notify | None = None, until_empty: bool = False, pause: float = _PAUSE
) -> Job[int]:
    """Send what waits, oldest first for each delivery, and try again what failed; goes on for ever.

    With `until_empty` it ends as soon as nothing is due; gives how many were sent. `notify` shows a
    notification of the desktop, from a thread of the job. When closed it waits for what is being
    sent, a few seconds at most. A case that cannot be read for a while only delays it. `pause` are
    seconds between two steps.
    """
    sent, done = 0, 0
    with contextlib.suppress(CaseError):
        move_addresses(case)
    post = _Post(case, notify)
    beside: list[WatchingTold | SensorsTold] = []
    if not until_empty:
        beside = [WatchingTold(case), SensorsTold(case)]
    try:
        while True:
            settled = post.collect()
            with contextlib.suppress(CaseError):
                post.send_due()
                for told in beside:
                    told.tend()
            sent += sum(entry.state is OutboxState.SENT for entry in settled)
            done += len(settled)
            yield DeliveryStep(
                done=done, total=None, message="Delivering alarms", settled=tuple(settled)
            )
            if until_empty and not post.busy:
                return sent
            time.sleep(pause)
    finally:
        post.close()
        for told in beside:
            told.close()


def send_waiting(case: Case, *, notify: Notify | None = None, seconds: float = _LAST) -> None:
    """Try what waits once, for so many seconds at most: nobody goes on delivering after this."""
    until = time.monotonic() + seconds
    with contextlib.closing(deliver(case, notify=notify, until_empty=True, pause=0.01)) as job:
        for _ in job:
            if time.monotonic() > until:
                return


class _Post:
    """Sends in threads of its own, one message of each delivery at a time."""

    def __init__(self, case: Case, notify: Notify | None) -> None:
        self._case = case
        self._notify = notify
        self._executor = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="delivery")
        self._under_way: dict[str, tuple[OutboxEntry, Future[None]]] = {}

    @property
    def busy(self) -> bool:
        return bool(self._under_way)

    def send_due(self) -> None:
        now = time.time()
        due = [e for e in self._case.alarms.due(now) if e.delivery_id not in self._under_way]
        if not due:
            return
        deliveries = {d.id: d for d in self._case.alarms.deliveries()}
        for entry in due:
            if entry.delivery_id in deliveries and self._case.alarms.claim(
                entry, until=now + _CLAIM
            ):
                sending = self._executor.submit(
                    send, deliveries[entry.delivery_id], entry, notify=self._notify
                )
                self._under_way[entry.delivery_id] = (entry, sending)

    def collect(self) -> list[OutboxEntry]:
        """Store what has become of messages whose sending is over."""
        over = [key for key, (_, sending) in self._under_way.items() if sending.done()]
        settled = []
        for key in over:
            entry, sending = self._under_way.pop(key)
            entry = _settled(entry, sending.exception(), now=time.time())
            with contextlib.suppress(CaseError):  # it is tried again when the claim is over
                self._case.alarms.settle(entry)
            settled.append(entry)
        return settled

    def close(self) -> None:
        self._executor.shutdown(wait=True)
        self.collect()


def send(delivery: Delivery, entry: OutboxEntry, *, notify: Notify | None = None) -> None:
    """Send one message now; raises CrimeviewError where that fails."""
    now = time.time()
    message_id = f"{entry.alarm_id or 'test'}-{entry.moment.value}-{entry.id}"
    match delivery.settings:
        case WebhookSettings() as hook:
            from crimeview.messaging.webhook import post

            secret = load_secret(delivery.id)
            if secret is None:
                raise DeliveryError(no_secret(delivery), refused=True)
            agent = f"crimeview/{version('crimeview')}"
            hook = whole_hook(delivery, hook)
            post(entry.body, to=hook, secret=secret, message_id=message_id, now=now, agent=agent)
        case MqttSettings() as broker:
            from crimeview.messaging.mqtt import publish

            told = publications(
                entry.body,
                prefix=broker.prefix,
                discovery=broker.discovery,
                version=version("crimeview"),
                status=status_topic(broker.prefix, delivery.id),
            )
            publish(told, to=broker, password=password_of(delivery, broker.user))
        case EmailSettings() as mail:
            from crimeview.messaging.mail import send_letter

            password = password_of(delivery, mail.user)
            send_letter(entry.body, to=mail, password=password, message_id=message_id, now=now)
        case SoundSettings() as sound:
            _check_fresh(entry, now)
            _play(sound)
        case SystemSettings():
            _check_fresh(entry, now)
            _show(entry, notify)


def send_test(delivery: Delivery, *, notify: Notify | None = None) -> None:
    """Send a test now, past the outbox; raises CrimeviewError where that fails."""
    now = time.time()
    place = datetime.now().astimezone().tzinfo
    assert place is not None
    body = test_message(now=now, place=place)
    entry = OutboxEntry(
        id=0, delivery_id=delivery.id, alarm_id=None, moment=Moment.TEST, body=body, created=now
    )
    send(delivery, entry, notify=notify)


def save_delivery(case: Case, delivery: Delivery, *, secret: str | None) -> str | None:
    """Store a delivery, and its secrets in the keyring; gives a webhook's secret if one was made.

    `secret` None keeps what is there, and so does a webhook's address that is masked. Raises
    UsageError and CaseError; nothing is stored then.
    """
    made, whole = None, None
    if isinstance(delivery.settings, WebhookSettings):
        whole = _address_of(case, delivery, delivery.settings)
        if secret is not None:
            secret_bytes(secret)
        elif load_secret(delivery.id) is None:
            made = secret = new_secret()
    if secret is not None:
        save_secret(delivery.id, secret)
    if whole is not None:
        save_address(delivery.id, whole)
    try:
        case.alarms.put_delivery(replace(delivery, settings=shown_settings(delivery.settings)))
    except BaseException:
        if made is not None:
            delete_secret(delivery.id)
            delete_address(delivery.id)
        raise
    return made


def _address_of(case: Case, delivery: Delivery, hook: WebhookSettings) -> str | None:
    """The whole address to be kept of a webhook; None where the keyring has it already.

    Raises UsageError where only the shown part of it is known.
    """
    if not is_masked(hook):
        return hook.url
    stored = next((d.settings for d in case.alarms.deliveries() if d.id == delivery.id), None)
    if isinstance(stored, WebhookSettings) and masked_url(stored.url) == hook.url:
        return stored.url if not is_masked(stored) else None
    raise UsageError(
        "Only the host of a webhook's address is shown; write the whole address to change it."
    )


def move_addresses(case: Case) -> None:
    """Have the keyring keep what earlier versions stored in the case, if there is a keyring."""
    for delivery in case.alarms.deliveries():
        if delivery.settings != shown_settings(delivery.settings):
            with contextlib.suppress(CaseError):
                save_delivery(case, delivery, secret=None)


def whole_hook(delivery: Delivery, hook: WebhookSettings) -> WebhookSettings:
    """The settings with the whole address; raises DeliveryError where the keyring has it not."""
    if not is_masked(hook):
        return hook
    url = load_address(delivery.id)
    if url is None:
        raise DeliveryError(
            f"The address of “{delivery.name}” is not in this computer's keyring; remove it and "
            "add it again (crimeview deliveries add webhook).",
            refused=True,
        )
    return replace(hook, url=url)


def remove_delivery(case: Case, delivery: Delivery) -> None:
    """Remove a delivery, what waits for it, and its secrets.

    Its broker is told that its sensors are gone, if it can be reached: that takes a moment.
    """
    sensors = case.alarms.sensors(delivery.id)
    case.alarms.remove_delivery(delivery.id)
    try:
        withdraw_sensors(delivery, sensors)
    except CrimeviewError as error:
        _log.info("sensors stay with their broker: %s", error)
    delete_secret(delivery.id)
    delete_address(delivery.id)


def delivery_named(case: Case, name: str) -> Delivery:
    """The delivery of that name or id; raises UsageError where there is none."""
    found = case.alarms.deliveries()
    for delivery in found:
        if name in (delivery.name, delivery.id):
            return delivery
    known = ", ".join(f"“{delivery.name}”" for delivery in found) or "there is none yet"
    raise UsageError(f"There is no delivery “{name}”: {known}.")


def _settled(entry: OutboxEntry, error: BaseException | None, *, now: float) -> OutboxEntry:
    tries = entry.attempts + 1
    if error is None:
        return replace(entry, state=OutboxState.SENT, attempts=tries, error="", done=now)
    told = str(error) if isinstance(error, CrimeviewError) else f"crimeview failed: {error!r}"
    refused = isinstance(error, DeliveryError) and error.refused
    too_late = isinstance(error, TooLateError)
    if too_late and entry.error:
        told = entry.error  # which is why it was not in time
    again = None if too_late else next_try(entry, now=now, refused=refused)
    if again is None:
        given_up = replace(entry, state=OutboxState.GIVEN_UP, done=now)
        return replace(given_up, attempts=tries, error=told, tried=now)
    return replace(entry, attempts=tries, next_try=again, error=told, tried=now)


def _check_fresh(entry: OutboxEntry, now: float) -> None:
    if now - entry.created > _STALE:
        raise TooLateError("Nobody was here to see or hear it in time.", refused=True)


def _play(sound: SoundSettings) -> None:
    try:
        play_chime(volume=sound.volume, times=sound.times)
    except SpeakerError as error:
        raise DeliveryError(
            "This computer has no loudspeaker that a sound can be played on."
        ) from error


def _show(entry: OutboxEntry, notify: Notify | None) -> None:
    values = json.loads(entry.body)
    title = f"crimeview: {values['camera']}"
    if notify is not None:
        notify(title, values["sentence"])
        return
    from crimeview.messaging import desktop

    desktop.notify(title, values["sentence"])
