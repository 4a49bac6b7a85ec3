"""Which recordings of a table are learned from, and which are judged."""

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

from crimeview.evaluation.labels import FrameLabel

_LEARNED, _JUDGED = "train", "test"
_FOLDER = re.compile(rf"({_LEARNED}|{_JUDGED})(ing)?(?![a-z]).*")  # training_videos, Test001

BY_FOLDERS = (
    "The table has no column “split”; folders named train and test say what is learned from and "
    "what is judged, with events or without."
)


def judged_flags(labels: Sequence[FrameLabel]) -> tuple[list[bool], str | None]:
    """Whether each recording is judged, and a sentence where that is not told by its row alone.

    The column `split` says it: “train” or “training” is learned from, all else is judged. Without
    it the folders train and test in the paths do, if there are both; otherwise, and where a row
    says neither, what has events is judged.
    """
    by_events = [bool(label.events) for label in labels]
    splits = [_kind_of_split(label.columns.get("split", "")) for label in labels]
    if any(splits):
        return _told(splits, by_events), None
    folders = [_kind_of_folder(label.name) for label in labels]
    if not {_LEARNED, _JUDGED} <= set(folders):
        return by_events, None
    told = _told(folders, by_events)
    return told, None if told == by_events else BY_FOLDERS


def _told(kinds: Sequence[str], otherwise: Sequence[bool]) -> list[bool]:
    return [
        kind == _JUDGED if kind else judged for kind, judged in zip(kinds, otherwise, strict=True)
    ]


def _kind_of_split(cell: str) -> str:
    split = cell.lower()
    if not split:
        return ""
    return _LEARNED if split in (_LEARNED, f"{_LEARNED}ing") else _JUDGED


def _kind_of_folder(name: str) -> str:
    """What the folder nearest to the file says."""
    folders = PurePosixPath(name.replace("\\", "/").lower()).parent.parts
    found = (match for part in reversed(folders) if (match := _FOLDER.fullmatch(part)))
    return next((match[1] for match in found), "")
