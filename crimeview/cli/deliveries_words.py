"""The words of `crimeview deliveries`."""

import argparse
from typing import Any

from crimeview.cli.words import add_case, add_command, count, decimal, path

_DELIVERIES = """
    list    to whom alarms are told
    add     another one: system, sound, webhook, mqtt or email
    change  switch one on or off, or give its secret again
    remove  one, with what waits for it and its secret
    test    send a test now, and say whether it arrived
    outbox  what waits, was sent, or failed and why
    retry   try at once what failed
    clear   forget all that waits

    Nothing is sent unless it is configured here. Secrets lie in the system's keyring and nowhere
    else; they are asked for on the terminal, or read from the first line of --secret-file.
    docs/alarms.md says what is sent, and how a webhook's signature is checked.
"""


def add_deliveries(commands: Any) -> None:
    command = add_command(commands, "deliveries", "to whom alarms are told", _DELIVERIES)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    _json(_action(actions, "list", "list them"))
    adding = add_command(actions, "add", "add a delivery")
    kinds = adding.add_subparsers(dest="kind", metavar="KIND", required=True)
    _named(kinds, "system", "notifications of the desktop")
    sound = _named(kinds, "sound", "a sound of this computer")
    sound.add_argument("--volume", type=decimal, default=0.8, help="0 to 1 (default: 0.8)")
    sound.add_argument("--times", type=count, default=3, help="default: 3")
    hook = _named(kinds, "webhook", "a signed POST of JSON")
    hook.add_argument("url", metavar="URL")
    _secret(hook, "the secret to sign with; without one it is made and printed once")
    _ca_file(hook)
    _add_mqtt(kinds)
    _add_email(kinds)
    changing = _action(actions, "change", "switch a delivery on or off")
    changing.add_argument("name", metavar="NAME")
    state = changing.add_mutually_exclusive_group()
    state.add_argument("--on", dest="enabled", action="store_true", default=None)
    state.add_argument("--off", dest="enabled", action="store_false", default=None)
    changing.add_argument("--ask-secret", action="store_true", help="ask for its secret again")
    _secret(changing, "its new secret")
    for name, told in (("remove", "remove a delivery"), ("test", "send a test now")):
        _action(actions, name, told).add_argument("name", metavar="NAME")
    _json(_action(actions, "outbox", "list what waits, and what was sent or failed last"))
    _action(actions, "retry", "try at once what waits or failed, until it is sent or fails again")
    _action(actions, "clear", "forget all messages")


def _add_mqtt(kinds: Any) -> None:
    command = _named(kinds, "mqtt", "an MQTT broker, with discovery by Home Assistant")
    command.add_argument("host", metavar="HOST")
    command.add_argument("--port", type=count, help="default: 8883, or 1883 without TLS")
    command.add_argument("--security", choices=("tls", "none"), default="tls")
    command.add_argument("--user", default="", help="its password is asked for")
    command.add_argument("--prefix", default="crimeview", help="of our topics")
    command.add_argument(
        "--discovery", default="homeassistant", help="Home Assistant's prefix; empty for none"
    )
    _secret(command, "the password")
    _ca_file(command)


def _add_email(kinds: Any) -> None:
    command = _named(kinds, "email", "letters")
    command.add_argument("host", metavar="SERVER")
    command.add_argument("sender", metavar="FROM")
    command.add_argument("recipients", metavar="TO", nargs="+")
    command.add_argument("--port", type=count, help="default: 587, 465 with tls, 25 with none")
    command.add_argument("--security", choices=("starttls", "tls", "none"), default="starttls")
    command.add_argument("--user", default="", help="its password is asked for")
    _secret(command, "the password")
    _ca_file(command)


def _named(kinds: Any, name: str, summary: str) -> argparse.ArgumentParser:
    command = _action(kinds, name, summary)
    command.add_argument("--name", metavar="NAME", help=f"what it is called (default: {name})")
    return command


def _action(actions: Any, name: str, summary: str) -> argparse.ArgumentParser:
    command = add_command(actions, name, summary)
    add_case(command)
    return command


def _secret(command: argparse.ArgumentParser, told: str) -> None:
    command.add_argument("--secret-file", metavar="FILE", help=f"a file whose first line is {told}")


def _ca_file(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--ca-file",
        metavar="FILE",
        type=path,
        help="the authority (PEM) that has signed the server's certificate, if it is your own",
    )


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")
