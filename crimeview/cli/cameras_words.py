"""The words of `crimeview cameras`."""

from pathlib import Path
from typing import Any

from crimeview.cli.review_words import SEGMENT, add_action, add_reviewer
from crimeview.cli.words import add_command, number_of

_LESSON = number_of("lesson", told_by="cameras list")
_CAMERAS = """
    list     what each camera of the case has learned: from what, when, and the version since then;
             with a detector also the classes of objects it has shown
    rename   give a camera another name
    assign   say which camera a recording is of, as one in another folder; that camera
             learns from it, and what is unusual in it is told by what that camera has shown
    learn    what happens in a recording, or in a span of it, is usual for its camera
    normal   what a segment shows is normal here, by the id that `segments --json` gives
    forget   what was taught, single lessons, or everything

    After assign, learn, normal and forget what is unusual is found anew in all recordings of the
    camera, from what is stored: nothing is decoded. “review undo” takes
    each of these back, and rename. list --json prints one JSON array of
    {"id": number, "name": text, "folder": path, "version": number, "recordings": [paths],
    "seconds": s, "lessons": [{"id": number, "kind": "quiet" (chosen by the program), "span" or
    "normal", "recording": path, "start": s, "end": s, "seconds": s, "version": number,
    "made": time}], "looks": number,
    "classes": [{"name": text, "seen": looks, "looks": looks, "occasions": n}]}.
"""


def add_cameras(commands: Any) -> None:
    command = add_command(
        commands, "cameras", "what is usual for each camera, and teaching it", _CAMERAS
    )
    actions = command.add_subparsers(dest="action", metavar="ACTION", required=True)
    listed = add_action(actions, "list", "what each camera has learned")
    listed.add_argument("--json", action="store_true", help="print JSON")
    rename = add_action(actions, "rename", "give a camera another name")
    rename.add_argument("name", metavar="CAMERA", help="as “cameras list” says")
    rename.add_argument("new", metavar="NAME", help="its new name")
    assign = add_action(actions, "assign", "say which camera a recording is of")
    assign.add_argument("recording", metavar="FILE", type=Path, help="a recording of the case")
    assign.add_argument("name", metavar="CAMERA", help="as “cameras list” says")
    assign.add_argument(
        "--new", action="store_true", help="make a new camera of that name for it alone"
    )
    learn = add_action(actions, "learn", "learn from a recording that what it shows is usual")
    learn.add_argument("recording", metavar="FILE", type=Path, help="a recording of the case")
    learn.add_argument(
        "start", metavar="START", nargs="?", help="seconds, or 0:01:23.4 (default: all of it)"
    )
    learn.add_argument("end", metavar="END", nargs="?", help="seconds, or 0:01:23.4")
    normal = add_action(actions, "normal", "say that what segments show is normal here")
    normal.add_argument(
        "ids", metavar="ID", type=SEGMENT, nargs="+", help="as segments --json says"
    )
    forget = add_action(actions, "forget", "forget what persons taught a camera")
    forget.add_argument("name", metavar="CAMERA", help="as “cameras list” says")
    which = forget.add_mutually_exclusive_group()
    which.add_argument(
        "--lesson", metavar="N", type=_LESSON, action="append", help="only that one, by its number"
    )
    which.add_argument(
        "--everything",
        action="store_true",
        help="also what its recordings have shown; they are learned anew by the next analysis",
    )
    for action in (rename, assign, learn, normal, forget):
        add_reviewer(action)
