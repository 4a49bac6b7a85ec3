"""The words of `crimeview watch`."""

import argparse
from typing import Any

from crimeview.cli.words import add_command, decimal, path
from crimeview.nets.engine_names import ENGINES

_WATCH = """
    An address is rtsp://user:password@host/path, http://host/path, webcam:0 (a camera of this
    computer), or a video file that is played as a camera. NAME=ADDRESS gives the camera a name.
    Passwords are never shown; --remember keeps cameras in the case and their passwords in the
    system's keyring, and later “crimeview watch --case DIR” is enough.

    With --json each line of standard output is a JSON object, flushed at once. Times are seconds
    since 1970 (UTC):
      {"type": "capacity", "cameras": n, "cores": n, "nth": n, "every": s, "load": share, ...}
      {"type": "health", "camera": name, "state": "connecting", "live", "still", "lost", "ended",
       "since": s, "frame_rate": n, "kilobits": n, "analyzed": clips a second, "delay": s, "lag": s,
       "drops": pictures, "skipped": clips, "losses": n, "message": text or null, ...}
      {"type": "score", "camera": name, "zone": name or "",
       "kind": "clip scores", "violence", "novelty", "theft",
       "start": s, "end": s, "score": 0 to 1, "threshold": 0 to 1, "known": s,
       "told": s, "delay": s}
      {"type": "alarm", "id": text, "camera": name, "rule": text, "start": s, "end": s or null,
       "peak": 0 to 1, "peak_time": s, "kind": text or null, "zone": name or "",
       "recorded": true or false, "sentence": text}
      {"type": "clip", "camera": name, "alarms": [ids], "path": file, "start": s, "end": s,
       "sha256": text, "size": bytes, "recording_id": number or null}
      {"type": "not_scored", "camera": name, "kind": "novelty", "theft", ..., "message": text}
      {"type": "lost_clip", "camera": name, "alarms": [ids], "message": text}
    Exit code: 0 where --for was over or all files were played, 130 stopped by Ctrl-C, 143 by
    SIGTERM.
"""


def add_watch(commands: Any) -> None:
    command = add_command(commands, "watch", "watch cameras and score what they show", _WATCH)
    command.add_argument(
        "addresses", metavar="[NAME=]ADDRESS", nargs="*", help="a camera, or a file played as one"
    )
    command.add_argument("--case", metavar="DIR", type=path, help="the case to keep things in")
    command.add_argument(
        "--remember",
        action="store_true",
        help="keep these cameras in the case, their passwords in the system's keyring",
    )
    command.add_argument(
        "--record",
        action=argparse.BooleanOptionalAction,
        help="keep what cameras show around alarms in the case (default: as the case says, which "
        "is not before the window or --remember has said so; without --case: your default case)",
    )
    for name, default, what in (
        ("pre", 10, "before an alarm that are kept"),
        ("post", 10, "after an alarm that are kept"),
    ):
        command.add_argument(
            f"--{name}",
            metavar="SECONDS",
            type=seconds,
            help=f"seconds {what} (default: as the case says, or {default})",
        )
    command.add_argument(
        "--keep-days",
        metavar="DAYS",
        type=seconds,
        help="after how many days clips are deleted that nobody has judged (default: as the case "
        "says, or 30)",
    )
    command.add_argument(
        "--keep-gb",
        metavar="GB",
        type=seconds,
        help="how much all clips may take before the oldest are deleted (default: as the case "
        "says, or 20)",
    )
    command.add_argument(
        "--zone",
        metavar='"CAMERA:NAME=X,Y X,Y X,Y"',
        dest="zones",
        action="append",
        default=[],
        help="a part of a camera's picture that is scored by itself as well: its corners as shares "
        "(0 to 1) of the picture's width and height; may be given several times",
    )
    command.add_argument("--json", action="store_true", help="one JSON object a line")
    command.add_argument(
        "--for", metavar="SECONDS", type=seconds, dest="seconds", help="end after so long"
    )
    command.add_argument(
        "--loop", action="store_true", help="begin files anew at their end (default: no)"
    )
    command.add_argument(
        "--threshold",
        metavar="SCORE",
        type=share,
        help="the score from which on there is an alarm where no rule of the case is armed "
        "(default: each model's own)",
    )
    command.add_argument(
        "--violence",
        action=argparse.BooleanOptionalAction,
        help="whether to score violence as well (default: if there is a model)",
    )
    command.add_argument(
        "--novelty",
        action=argparse.BooleanOptionalAction,
        help="whether to score what is unusual for a camera; the case must have learned it from "
        "recordings of a camera of that name (default: where it has)",
    )
    command.add_argument(
        "--theft",
        action=argparse.BooleanOptionalAction,
        help="whether to follow people and score how like a staged theft they move, on as many "
        "cameras as there is room for (default: if an armed rule listens to it)",
    )
    command.add_argument(
        "--detector", metavar="NAME", help="the detector of people (default: the first there is)"
    )
    command.add_argument(
        "--engine", choices=("auto", *ENGINES), default="auto", help="what runs the networks"
    )


def seconds(text: str) -> float:
    """A number, as of seconds, above 0."""
    return _number(text, most=float("inf"))


def share(text: str) -> float:
    """A number above 0 and at most 1."""
    return _number(text, most=1.0)


def _number(text: str, *, most: float) -> float:
    number = decimal(text)
    if not 0.0 < number <= most:
        limit = f" and at most {most:g}" if most < float("inf") else ""
        raise argparse.ArgumentTypeError(f"it must be above 0{limit}")
    return number
