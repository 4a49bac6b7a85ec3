"""The alarms that were raised, the newest first."""

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crimeview.core.alarm import Alarm
from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import translate
from crimeview.gui.wall import Wall
from crimeview.gui.wall_text import alarm_text, moment_text
from crimeview.gui.widgets.rows import ROW_HEIGHT, Index, RowDelegate, RowList


class AlarmModel(QAbstractListModel):
    """The alarms on the wall; a row's `UserRole` is its `Alarm`."""

    def __init__(self, wall: Wall) -> None:
        super().__init__()
        self._wall = wall
        self._rows = wall.alarms

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        alarm = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return alarm
            case Qt.ItemDataRole.DisplayRole:
                return alarm.camera
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                text = translate("Wall", "{state}: {camera}, {time}, {what}, rule {rule}")
                return text.format(
                    state=seen_text(alarm),
                    camera=alarm.camera,
                    time=moment_text(alarm.start),
                    what=alarm_text(alarm),
                    rule=alarm.rule,
                )
        return None

    def update(self) -> bool:
        """Take over what is known now; whether anything is another."""
        if self._rows == self._wall.alarms:
            return False
        self.beginResetModel()
        self._rows = self._wall.alarms
        self.endResetModel()
        return True

    def row_of(self, alarm_id: str) -> int | None:
        return next((n for n, alarm in enumerate(self._rows) if alarm.id == alarm_id), None)


def seen_text(alarm: Alarm) -> str:
    if alarm.acknowledged is None:
        return translate("Wall", "New")
    if alarm.acknowledged_by:
        return translate("Wall", "Seen by {name}").format(name=alarm.acknowledged_by)
    return translate("Wall", "Seen")


class _Delegate(RowDelegate):
    """Camera and time, what it was, who has seen it, and whether there is a clip."""

    def __init__(self, look: Look, view: RowList, *, wall: Wall) -> None:
        super().__init__(look, view)
        self._wall = wall

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        alarm: Alarm = index.data(Qt.ItemDataRole.UserRole)
        colors, small = self._look.colors, self._look.font(Type.SMALL)
        painter.save()
        inside = self.paint_ground(painter, option)
        new = alarm.acknowledged is None
        ink = colors.lead if new else colors.muted
        icon = QRect(inside.left(), inside.top(), ICON, inside.height() // 3)
        self.paint_icon(painter, icon, "warning" if new else "confirmed", color=ink)
        line = inside.adjusted(ICON + Space.SMALL, 0, 0, 0)
        line.setHeight(inside.height() // 3)
        when = moment_text(alarm.start)
        right = Qt.AlignmentFlag.AlignRight
        self.paint_line(painter, line, when, font=small, color=colors.muted, align=right)
        painter.setFont(small)
        name = line.adjusted(0, 0, -painter.fontMetrics().horizontalAdvance(when) - Space.SMALL, 0)
        bold = self._look.font(bold=new)
        self.paint_line(painter, name, alarm.camera, font=bold, color=colors.text)
        line.translate(0, line.height())
        self.paint_line(painter, line, alarm_text(alarm), font=small, color=colors.text)
        line.translate(0, line.height())
        if self._wall.clip_of(alarm.id) is not None:
            film = QRect(line.right() - ICON, line.top(), ICON, line.height())
            self.paint_icon(painter, film, "film", color=colors.muted)
            line.setRight(film.left() - Space.TIGHT)
        told = f"{seen_text(alarm)} · {alarm.rule}"
        self.paint_line(painter, line, told, font=small, color=ink)
        painter.restore()


class AlarmList(RowList):
    """Enter and a double click show the clip of an alarm."""

    wanted = Signal()  # the clip of the selected alarm
    selected_changed = Signal()

    def __init__(self, wall: Wall, *, look: Look) -> None:
        super().__init__()
        self._model = AlarmModel(wall)
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Delegate(look, self, wall=wall))
        self.setAccessibleName(translate("Wall", "Alarms"))
        self.activated.connect(self.wanted)
        self.selectionModel().currentChanged.connect(self.selected_changed)
        wall.alarms_changed.connect(self._on_changed)
        look.changed.connect(self.viewport().update)

    @property
    def alarm(self) -> Alarm | None:
        """The selected one."""
        index = self.currentIndex()
        alarm: Alarm | None = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return alarm

    def _on_changed(self) -> None:
        selected = self.alarm
        if self._model.update() and selected is not None:
            row = self._model.row_of(selected.id)
            index = self._model.index(row) if row is not None else QModelIndex()
            self.setCurrentIndex(index)
        self.viewport().update()
        self.selected_changed.emit()
