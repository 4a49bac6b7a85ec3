"""Changes that a person makes to a case, as values that can be undone."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeAlias

from crimeview.core.alarm_rule import ListedRule
from crimeview.core.ground_truth import RecordingTruth
from crimeview.core.region import Region
from crimeview.core.review import Review
from crimeview.core.scene import CameraName, RecordingCamera, TaughtLesson
from crimeview.core.segment import RulePreset
from crimeview.core.type_suggestion import ClusterName, TypeLessonUse
from crimeview.core.wall_clock import RecordingClock
from crimeview.core.watching import WallCamera


class Action(Enum):
    """What a person did."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    UNSURE = "unsure"
    RESET = "reset"
    KIND = "kind"
    NOTE = "note"
    TAGS = "tags"
    MARK = "mark"
    TRIM = "trim"
    SPLIT = "split"
    MERGE = "merge"
    DELETE = "delete"
    REMOVE_RECORDING = "remove recording"
    RELINK = "relink"
    REGIONS = "regions"
    DESCRIBE = "describe"
    RULE = "rule"
    CLOCK = "clock"
    PRESET = "preset"
    TRUTH = "ground truth"
    TEACH = "teach"
    FORGET = "forget"
    CAMERA = "camera"
    LEARN_TYPES = "learn types"
    FORGET_TYPES = "forget types"
    ALARM_RULES = "alarm rules"
    NAME_CLUSTER = "name a cluster"
    UNNAME_CLUSTER = "unname a cluster"
    RENAME_CAMERA = "rename a camera"
    WALL = "wall cameras"


# By these, other types are suggested.
SUGGESTING = (
    Action.LEARN_TYPES,
    Action.FORGET_TYPES,
    Action.NAME_CLUSTER,
    Action.UNNAME_CLUSTER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a recording of the case lies, and since when (ISO 8601, UTC) it is removed, if it is.

    What was found in a removed recording is kept until the case is emptied of it.
    """

    recording_id: int
    path: Path
    removed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseNote:
    """One of the case's own settings, by name: its title, its description, its crime types."""

    name: str
    text: str


Record: TypeAlias = (
    Review
    | Region
    | Place
    | CaseNote
    | RulePreset
    | RecordingClock
    | RecordingTruth
    | TaughtLesson
    | RecordingCamera
    | TypeLessonUse
    | ListedRule
    | ClusterName
    | CameraName
    | WallCamera
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record as it was and as it is to be; None where it is not there."""

    before: Record | None
    after: Record | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """Changes that belong together: made, and undone, as one."""

    action: Action
    changes: tuple[Change, ...]

    def inverse(self) -> "Edit":
        """The edit that takes this one back."""
        swapped = (Change(before=c.after, after=c.before) for c in reversed(self.changes))
        return Edit(action=self.action, changes=tuple(swapped))


class EditKind(Enum):
    """How an edit came into the log.

    One lapsed that could be neither undone nor redone, as others had changed the same since.
    """

    DONE = "done"
    UNDONE = "undone"
    REDONE = "redone"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedEdit:
    """An entry of a case's log.

    `made` is ISO 8601, UTC; `of` is the entry that is undone or redone, or has lapsed, `count` how
    many records were changed: none where it has lapsed.
    """

    id: int
    made: str
    reviewer: str
    kind: EditKind
    of: int | None
    action: Action
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStacks:
    """Ids of a person's edits that can be undone and redone, the newest last.

    `undo_action` and `redo_action` are what the newest of each was, where that was asked.
    """

    undo: tuple[int, ...]
    redo: tuple[int, ...]
    undo_action: Action | None = None
    redo_action: Action | None = None


def stacks(log: list[tuple[int, EditKind, int | None]]) -> EditStacks:
    """What one person's log (id, kind, of), in order, leaves to undo and redo."""
    done: list[int] = []
    undone: list[int] = []
    for entry, kind, of in log:
        if kind is EditKind.DONE:
            done.append(entry)
            undone.clear()
        elif kind is EditKind.LAPSED and of is not None:
            (done if of in done else undone).remove(of)
        elif of is not None:
            source, target = (done, undone) if kind is EditKind.UNDONE else (undone, done)
            source.remove(of)
            target.append(of)
    return EditStacks(undo=tuple(done), redo=tuple(undone))
