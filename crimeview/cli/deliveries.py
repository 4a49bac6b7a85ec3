"""`crimeview deliveries`."""

import argparse
import getpass
import json
import sys
import time
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from crimeview.cli.drive import drive, list_nothing
from crimeview.cli.faults import tell
from crimeview.core.delivery import (
    Delivery,
    DeliverySettings,
    EmailSettings,
    MqttSettings,
    Security,
    SoundSettings,
    SystemSettings,
    WebhookSettings,
    new_delivery_id,
    shown_settings,
)
from crimeview.core.errors import UsageError
from crimeview.core.outbox import OutboxEntry, OutboxState
from crimeview.jobs.deliver import (
    deliver,
    delivery_named,
    remove_delivery,
    save_delivery,
    send_test,
)
from crimeview.messaging.tls import secured
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder, is_case

_MQTT_PORTS = {Security.TLS: 8883, Security.NONE: 1883}
_MAIL_PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}


def run_deliveries(args: argparse.Namespace) -> int:
    actions = {
        "list": _list,
        "add": _add,
        "change": _change,
        "remove": _remove,
        "test": _test,
        "outbox": _outbox,
        "retry": _retry,
        "clear": _clear,
    }
    folder = args.case or default_case_folder()
    if args.action == "list" and not is_case(folder):
        return list_nothing(folder, "no delivery: crimeview deliveries add.", as_json=args.json)
    with open_case(folder, create=args.action == "add") as case:
        return actions[args.action](case, args)


def _list(case: Case, args: argparse.Namespace) -> int:
    deliveries = case.alarms.deliveries()
    if args.json:
        print(json.dumps([_delivery_json(delivery) for delivery in deliveries], indent=2))
        return 0
    for delivery in deliveries:
        state = "on" if delivery.enabled else "off"
        print(f"{state:3}  {delivery.kind.value:8}  {delivery.name}  {delivery.target}".rstrip())
    if not deliveries:
        tell("Alarms are told to nobody: crimeview deliveries add.")
    return 0


def _add(case: Case, args: argparse.Namespace) -> int:
    settings = _settings(args)
    delivery = Delivery(id=new_delivery_id(), name=args.name or args.kind, settings=settings)
    made = save_delivery(case, delivery, secret=_secret(args, settings))
    if made is not None:
        print(made)
        tell("Give this secret to whoever receives the webhook; it is not shown again.")
    return 0


def _change(case: Case, args: argparse.Namespace) -> int:
    delivery = delivery_named(case, args.name)
    if args.enabled is not None:
        delivery = replace(delivery, enabled=args.enabled)
    secret = _read_secret(args)
    if secret is None and args.ask_secret:
        secret = _asked(f"Secret of {delivery.name}: ")
    save_delivery(case, delivery, secret=secret)
    return 0


def _remove(case: Case, args: argparse.Namespace) -> int:
    remove_delivery(case, delivery_named(case, args.name))
    return 0


def _test(case: Case, args: argparse.Namespace) -> int:
    delivery = delivery_named(case, args.name)
    send_test(delivery)
    tell(f"“{delivery.name}” has taken the test.")
    return 0


def _outbox(case: Case, args: argparse.Namespace) -> int:
    names = {delivery.id: delivery.name for delivery in case.alarms.deliveries()}
    entries = case.alarms.outbox()
    if args.json:
        print(json.dumps([_entry_json(entry, names) for entry in entries], indent=2))
        return 0
    for entry in entries:
        told = json.loads(entry.body)["sentence"]
        when = datetime.fromtimestamp(entry.created).astimezone().strftime("%m-%d %H:%M:%S")
        print(f"{entry.state.value:8}  {when}  {names.get(entry.delivery_id, '')}: {told}")
        if entry.error:
            print(f"          tried {entry.attempts} times: {entry.error}")
    if not entries:
        tell("Nothing waits, and nothing was sent.")
    return 0


def _retry(case: Case, _args: argparse.Namespace) -> int:
    count = case.alarms.retry(now=time.time())
    sent = drive(
        deliver(case, until_empty=True),
        if_stopped="Stopped. What is left waits in the outbox.",
        unit="other",
    )
    left = sum(entry.state is not OutboxState.SENT for entry in case.alarms.outbox())
    tell(f"{sent} of {count} were sent.")
    return 0 if not left else 1


def _clear(case: Case, _args: argparse.Namespace) -> int:
    tell(f"{case.alarms.clear_outbox()} messages that waited are forgotten.")
    return 0


def _settings(args: argparse.Namespace) -> DeliverySettings:
    match args.kind:
        case "sound":
            return SoundSettings(volume=args.volume, times=args.times)
        case "webhook":
            return WebhookSettings(url=args.url, ca_file=_ca_file(args))
        case "mqtt":
            security = Security(args.security)
            return MqttSettings(
                host=args.host,
                port=args.port or _MQTT_PORTS[security],
                security=security,
                user=args.user,
                prefix=args.prefix,
                discovery=args.discovery,
                ca_file=_ca_file(args),
            )
        case "email":
            security = Security(args.security)
            return EmailSettings(
                host=args.host,
                port=args.port or _MAIL_PORTS[security],
                security=security,
                user=args.user,
                sender=args.sender,
                recipients=tuple(args.recipients),
                ca_file=_ca_file(args),
            )
        case _:
            return SystemSettings()


def _ca_file(args: argparse.Namespace) -> str:
    """The file as it is found from anywhere; raises UsageError where it holds no authority."""
    if args.ca_file is None:
        return ""
    file = Path(args.ca_file).absolute()
    secured(str(file))
    return str(file)


def _secret(args: argparse.Namespace, settings: DeliverySettings) -> str | None:
    """The secret that was given, or that is asked for where a user needs a password."""
    given = _read_secret(args)
    if given is None and isinstance(settings, MqttSettings | EmailSettings) and settings.user:
        return _asked(f"Password of {settings.user} at {settings.host}: ")
    return given


def _read_secret(args: argparse.Namespace) -> str | None:
    file = getattr(args, "secret_file", None)
    if file is None:
        return None
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The secret cannot be read from {file} ({error}).") from error
    if not lines or not lines[0].strip():
        raise UsageError(f"The first line of {file} is empty; write the secret there.")
    return lines[0].strip()


def _asked(prompt: str) -> str:
    if not sys.stdin.isatty():
        raise UsageError("There is no terminal to ask for the secret; give a --secret-file.")
    return getpass.getpass(prompt)


def _delivery_json(delivery: Delivery) -> dict[str, Any]:
    settings = asdict(shown_settings(delivery.settings))
    if "security" in settings:
        settings["security"] = settings["security"].value
    return {
        "id": delivery.id,
        "name": delivery.name,
        "kind": delivery.kind.value,
        "enabled": delivery.enabled,
        "settings": settings,
    }


def _entry_json(entry: OutboxEntry, names: dict[str, str]) -> dict[str, Any]:
    return asdict(entry) | {
        "moment": entry.moment.value,
        "state": entry.state.value,
        "delivery": names.get(entry.delivery_id, ""),
        "body": json.loads(entry.body),
    }
