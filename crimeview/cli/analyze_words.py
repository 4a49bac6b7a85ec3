"""The words of `crimeview analyze`."""

import argparse
from typing import Any

from crimeview.cli.words import add_case, add_command, count, path
from crimeview.nets.engine_names import ENGINES

_ANALYZE_JSON = """
    With --json each line of standard output is a JSON object, flushed at once. While working:
      {"type": "step", "done": s, "total": s or null, "left": s or null, "message": text,
       "recording_id": number or null, "changed": ["recordings", "tracks", "segments"]}
    done and total are seconds of video over all recordings, left is seconds to wait. At the end,
    for each recording:
      {"type": "outcome", "recording": path, "recording_id": number, "state": "done", "failed" ...,
       "message": text, "segments": number, "skip": null or {"clips": number, "by_keyframes": n,
       "by_pictures": n, "audited": n, "audited_moving": n, "skipped": share, "spacing": s,
       "refusal": null or why everything was decoded}}
    Exit code: 0 all analyzed, 1 some were not, 130 stopped by Ctrl-C, 143 by SIGTERM. A stopped or
    killed analysis goes on where it was when the same command is given again.
"""


def add_analyze(commands: Any) -> None:
    command = add_command(
        commands, "analyze", "look at recordings and find what is unusual in them", _ANALYZE_JSON
    )
    command.add_argument(
        "paths", metavar="PATH", nargs="+", type=path, help="a video file, or a folder of them"
    )
    add_case(command)
    for kind in ("encoder", "scorer"):
        command.add_argument(
            f"--{kind}", metavar="NAME", help=f"another {kind}, by its name in “models list”"
        )
    command.add_argument(
        "--violence",
        action=argparse.BooleanOptionalAction,
        help="whether to store the probability of violence as well (default: if there is a model)",
    )
    command.add_argument(
        "--theft",
        action="store_true",
        help="follow people and store how like a staged theft they move (default: no); needs the "
        "pose networks: crimeview models fetch pose",
    )
    command.add_argument(
        "--detector",
        metavar="NAME",
        help="what finds people and objects (default: the first detector in “models list”)",
    )
    command.add_argument(
        "--tiles",
        action="store_true",
        help="look for people and objects in parts of large frames as well (default: no)",
    )
    command.add_argument(
        "--gate",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether to analyze only that in which something moves (the default); --no-gate "
        "decodes and analyzes everything",
    )
    command.add_argument(
        "--novelty",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="whether to learn what is usual for each camera and find what is not (the default)",
    )
    command.add_argument(
        "--classes",
        action=argparse.BooleanOptionalAction,
        help="whether novelty also names classes of objects that a camera never showed (default: "
        "if there is a detector, see “models import”)",
    )
    command.add_argument(
        "--engine",
        choices=("auto", *ENGINES),
        default="auto",
        help="what runs the networks (default: what “models bench” found, else the processor)",
    )
    command.add_argument(
        "--precision",
        choices=("auto", "fp32", "int8"),
        default="auto",
        help="number format of the networks (default: what “models bench” found, else int8 where "
        "a model has it)",
    )
    command.add_argument(
        "--stride",
        type=int,
        choices=(4, 8, 16),
        help="how many sampled frames lie between the beginnings of two clips (default: as the "
        "model was trained); another one means analyzing anew",
    )
    command.add_argument(
        "--at-once",
        metavar="N",
        type=count,
        help="analyze so many recordings at the same time (default: what this computer can do)",
    )
    command.add_argument("--json", action="store_true", help="print progress as JSON lines")
