"""The words of `crimeview alarms`."""

import argparse
from typing import Any

from crimeview.cli.review_words import add_reviewer
from crimeview.cli.words import add_case, add_command, count, decimal

# As crimeview.core.alarm_rule has them, which takes longer to import.
TRACKS = ("events", "violence", "theft", "novelty", "lost")

_ALARMS = """
    list        the rules, in the order they were added
    add         a new rule; it raises nothing before it is armed
    change      a rule: only what is given is changed
    remove      a rule; the alarms that it has raised stay
    try         how many alarms a rule would have raised in what was analyzed into the case
    snooze      keep a rule quiet for so many minutes
    history     the alarms that were raised, the newest first
    acknowledge alarms that were seen

    `crimeview watch` and the wall of the window raise alarms by these rules; `crimeview deliveries`
    says to whom they are told. docs/alarms.md explains every field. “review undo” takes changes of
    rules back.
"""
_SCHEDULE = """
    SCHEDULE is such as "Mon-Fri 22:00-06:00; Sat,Sun 00:00-24:00" or "always"; a time that is over
    before it begins ends on the next day. It goes by the camera's clock, or by --time-zone.
"""
_TRY = """
    Without NAME the rule is made of the options alone. Nothing is stored. --last-night is from
    20:00 to 08:00 by this computer's clock. --json prints {"alarms": [...], "seconds": s,
    "recordings": n, "per_hour": x, "sentences": [...]}.
"""


def add_alarms(commands: Any) -> None:
    command = add_command(commands, "alarms", "rules for alarms, and what they raised", _ALARMS)
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    _json(_action(actions, "list", "list the rules"))
    adding = _action(actions, "add", "add a rule", _SCHEDULE)
    adding.add_argument("name", metavar="NAME")
    _fields(adding)
    changing = _action(actions, "change", "change a rule", _SCHEDULE)
    changing.add_argument("name", metavar="NAME")
    changing.add_argument("--name", dest="new_name", metavar="NEW", help="another name")
    _fields(changing)
    removing = _action(actions, "remove", "remove a rule")
    removing.add_argument("name", metavar="NAME")
    trying = _action(actions, "try", "try a rule on what was analyzed", _TRY + _SCHEDULE)
    trying.add_argument("name", metavar="NAME", nargs="?")
    _fields(trying)
    _json(trying)
    trying.add_argument("--last-night", action="store_true", help="only on last night's recordings")
    snoozing = _action(actions, "snooze", "keep a rule quiet")
    snoozing.add_argument("name", metavar="NAME", help="a rule, or “all”")
    snoozing.add_argument(
        "minutes", metavar="MINUTES", type=decimal, nargs="?", default=60.0, help="default: 60"
    )
    snoozing.add_argument("--off", action="store_true", help="wake it")
    history = _action(actions, "history", "list the alarms that were raised")
    _json(history)
    history.add_argument("--unseen", action="store_true", help="only those not acknowledged")
    history.add_argument("--most", metavar="N", type=count, default=50, help="default: 50")
    seen = _action(actions, "acknowledge", "note that alarms were seen")
    seen.add_argument("ids", metavar="ID", nargs="*", help="as `history` gives them")
    seen.add_argument("--all", action="store_true", help="all that were not")
    seen.add_argument("--reviewer", metavar="NAME", help="who has seen them (default: you)")
    for action in (adding, changing, removing, snoozing):
        add_reviewer(action)


def _action(actions: Any, name: str, summary: str, details: str = "") -> argparse.ArgumentParser:
    command = add_command(actions, name, summary, details)
    add_case(command)
    return command


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print JSON")


def _fields(command: argparse.ArgumentParser) -> None:
    """Options for all fields of a rule; what is not given stays None."""
    command.add_argument("--track", choices=TRACKS, help="what it listens to (default: events)")
    numbers = (
        ("--threshold", "score (0 to 1) that raises an alarm (default: the case's own)"),
        ("--hysteresis", "share of the threshold at which it goes on (default: 0.8)"),
        ("--min-duration", "seconds that the score must stay high (default: 0)"),
        ("--merge-gap", "seconds that it may be lower in between (default: 2)"),
        ("--cooldown", "seconds of quiet after an alarm (default: 60)"),
    )
    for option, told in numbers:
        command.add_argument(option, metavar="X", type=decimal, help=told)
    command.add_argument(
        "--camera",
        dest="cameras",
        metavar="NAME",
        action="append",
        help="only this camera; may be given several times (default: all; “all” for all again)",
    )
    command.add_argument("--zone", metavar="NAME", help="only this zone of the camera's picture")
    command.add_argument("--schedule", metavar="SCHEDULE", help="when it holds (default: always)")
    command.add_argument("--time-zone", metavar="ZONE", help="such as Asia/Seoul")
    command.add_argument(
        "--tell",
        metavar="DELIVERY",
        action="append",
        help="a delivery by name, “all” or “nobody”; may be given several times (default: all)",
    )
    armed = command.add_mutually_exclusive_group()
    armed.add_argument("--arm", dest="armed", action="store_true", default=None, help="arm it")
    armed.add_argument("--disarm", dest="armed", action="store_false", default=None)
