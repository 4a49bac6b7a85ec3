"""Rules for alarms as the rows of a table: what each is, how it is with it, what it would raise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from crimeview.core.alarm_obstacles import Obstacle
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import Trial, TrialSpan
from crimeview.core.schedule import schedule_text
from crimeview.gui.obstacle_text import obstacle_text
from crimeview.gui.text import length_text, translate
from crimeview.gui.wall_text import rule_state_text, track_text, trial_text, trial_words

ID_ROLE = int(Qt.ItemDataRole.UserRole)
SORT_ROLE = ID_ROLE + 1
_Index = QModelIndex | QPersistentModelIndex


class RuleColumn(Enum):
    """What is told of a rule, in the order of the columns."""

    NAME = 0
    STATE = 1
    RAISED = 2
    TRACK = 3
    THRESHOLD = 4
    ENDS = 5
    DURATION = 6
    COOLDOWN = 7
    CAMERAS = 8
    ZONE = 9
    SCHEDULE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A rule as it is written; `kept` says whether it is stored like that.

    `trial` is what it would have raised in that `span`, None where that is not known (yet).
    """

    rule: AlarmRule
    kept: bool
    obstacle: Obstacle | None
    trial: Trial | None
    span: TrialSpan


class RuleRows(QAbstractTableModel):
    """The table's model; a row's id is its rule's."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[RuleRow] = ()

    def show(self, rows: Sequence[RuleRow]) -> None:
        """Show these; the view keeps what is chosen where they are the same rules as before."""
        if [row.rule.id for row in rows] != [row.rule.id for row in self.rows]:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        elif rows != self.rows:
            self.rows = rows
            last = self.index(len(rows) - 1, len(RuleColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (as Qt has it)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (as Qt has it)
        return 0 if parent.isValid() else len(RuleColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return column_title(RuleColumn(section))
        if role == Qt.ItemDataRole.ToolTipRole:
            return translate("RuleTable", "Sort by it: click, or Alt with the arrow keys")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = self.rows[index.row()], RuleColumn(index.column())
        wanted: dict[int, Callable[[], Any]] = {
            Qt.ItemDataRole.DisplayRole: lambda: cell_text(row, column),
            Qt.ItemDataRole.AccessibleTextRole: lambda: (
                f"{column_title(column)}: {cell_text(row, column)}"
            ),
            Qt.ItemDataRole.ToolTipRole: lambda: _tip(row, column),
            ID_ROLE: lambda: row.rule.id,
            SORT_ROLE: lambda: _key(row, column),
        }
        found = wanted.get(role)
        return found() if found is not None else None


def column_title(column: RuleColumn) -> str:
    """What stands above the column."""
    return {
        RuleColumn.NAME: translate("RuleTable", "Rule"),
        RuleColumn.STATE: translate("RuleTable", "State"),
        RuleColumn.TRACK: translate("RuleTable", "Track"),
        RuleColumn.THRESHOLD: translate("RuleTable", "From"),
        RuleColumn.ENDS: translate("RuleTable", "Ends below"),
        RuleColumn.DURATION: translate("RuleTable", "High for"),
        RuleColumn.COOLDOWN: translate("RuleTable", "Then quiet"),
        RuleColumn.CAMERAS: translate("RuleTable", "Cameras"),
        RuleColumn.ZONE: translate("RuleTable", "Zone"),
        RuleColumn.SCHEDULE: translate("RuleTable", "Schedule"),
        RuleColumn.RAISED: translate("RuleTable", "Would have raised"),
    }[column]


def cell_text(row: RuleRow, column: RuleColumn) -> str:
    """What a cell says."""
    rule = row.rule
    scored = rule.track is not AlarmTrack.LOST
    texts: dict[RuleColumn, Callable[[], str]] = {
        RuleColumn.NAME: lambda: rule.name,
        RuleColumn.STATE: lambda: _state(row),
        RuleColumn.TRACK: lambda: track_text(rule.track),
        RuleColumn.THRESHOLD: lambda: f"{rule.threshold:.2f}" if scored else "",
        RuleColumn.ENDS: lambda: f"{rule.threshold * rule.hysteresis:.2f}" if scored else "",
        RuleColumn.DURATION: lambda: length_text(rule.min_duration) if rule.min_duration else "",
        RuleColumn.COOLDOWN: lambda: length_text(rule.cooldown) if rule.cooldown else "",
        RuleColumn.CAMERAS: lambda: ", ".join(rule.cameras) or translate("RuleTable", "all"),
        RuleColumn.ZONE: lambda: rule.zone or translate("RuleTable", "whole"),
        RuleColumn.SCHEDULE: lambda: (
            schedule_text(rule.schedule) or translate("RuleTable", "always")
        ),
        RuleColumn.RAISED: lambda: trial_words(row.trial, row.span),
    }
    return texts[column]()


def _state(row: RuleRow) -> str:
    """`armed`, `⚠ armed, raises nothing`, `snoozed until 10:00:00, not saved`."""
    state = rule_state_text(row.rule)
    if row.obstacle is not None and row.rule.armed:
        if row.obstacle.kind.is_total:
            text = translate("RuleTable", "⚠ {state}, raises nothing")
        else:
            text = translate("RuleTable", "⚠ {state}, not of all")
        state = text.format(state=state)
    if not row.kept:
        state = translate("RuleTable", "{state}, not saved").format(state=state)
    return state


def _tip(row: RuleRow, column: RuleColumn) -> str:
    """What the cell says in full, and why where it cannot be."""
    if column is RuleColumn.RAISED and row.trial is not None:
        return trial_text(row.trial, row.span)
    if column in (RuleColumn.NAME, RuleColumn.STATE) and row.obstacle is not None:
        return f"{cell_text(row, column)}. {obstacle_text(row.rule, row.obstacle)}"
    return cell_text(row, column)


def _key(row: RuleRow, column: RuleColumn) -> str | float:
    """What the column is sorted by."""
    rule = row.rule
    match column:
        case RuleColumn.THRESHOLD:
            return rule.threshold
        case RuleColumn.ENDS:
            return rule.threshold * rule.hysteresis
        case RuleColumn.DURATION:
            return rule.min_duration
        case RuleColumn.COOLDOWN:
            return rule.cooldown
        case RuleColumn.RAISED:
            known = row.trial is not None and row.trial.recordings > 0
            return float(len(row.trial.alarms)) if known and row.trial is not None else -1.0
        case _:
            return cell_text(row, column).casefold()
