"""The recordings of the case, each with how far it is."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPixmap
from PySide6.QtWidgets import QStyleOptionViewItem

from crimeview.core.job import Changed
from crimeview.core.recording import RecordingState
from crimeview.gui.look import Look
from crimeview.gui.missing import Missing
from crimeview.gui.skip_text import report_text
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import analyzed_share, length_text, state_text, translate
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.told_text import told_text
from crimeview.gui.widgets.row_pictures import RowPictures
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    ROW_HEIGHT,
    Index,
    RowDelegate,
    RowList,
    wrapped,
)
from crimeview.gui.workspace import Workspace
from crimeview.store.rows import CaseRecording

_THUMBNAIL_AT = 0.1  # of the recording: the very first frame is often black
_NARROW = 240  # pixels of a list in which names have little room
_STATE_ICONS = {
    RecordingState.NEW: "new",
    RecordingState.WAITING: "waiting",
    RecordingState.ANALYZING: "analyze",
    RecordingState.STOPPED: "stopped",
    RecordingState.DONE: "done",
    RecordingState.FAILED: "warning",
}
_AT_REST = (RecordingState.NEW, RecordingState.WAITING, RecordingState.DONE)
_UNDER_WAY = (RecordingState.ANALYZING, RecordingState.STOPPED)


class RecordingModel(QAbstractListModel):
    """The workspace's recordings; a row's `UserRole` is its `CaseRecording`."""

    def __init__(self, workspace: Workspace, missing: Missing) -> None:
        super().__init__()
        self._workspace = workspace
        self._missing = missing
        self._rows: list[CaseRecording] = list(workspace.recordings)

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.path.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.path.name}, {self.state(row)}"
            case Qt.ItemDataRole.ToolTipRole:
                skipped = report_text(row.skip) if row.skip is not None else None
                return "\n".join(
                    filter(None, [str(row.path), *_told(row.note, row.error), skipped])
                )
        return None

    def state(self, row: CaseRecording) -> str:
        if self.is_missing(row):
            return translate("RecordingList", "The file is missing")
        if row.state is RecordingState.FAILED and row.error:
            return told_text(row.error)
        return state_text(row, segments=len(self._workspace.segments_of(row.id)))

    def is_missing(self, row: CaseRecording) -> bool:
        return row.id in self._missing.ids

    def row_of(self, recording_id: int) -> int | None:
        return next((i for i, r in enumerate(self._rows) if r.id == recording_id), None)

    def update(self) -> None:
        """Take over what the workspace has read anew."""
        rows = list(self._workspace.recordings)
        if [r.id for r in rows] != [r.id for r in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))


def _sentence(row: CaseRecording) -> str:
    """What is wrong with the file, in the window's language; empty where nothing is."""
    return told_text(row.error or row.note or "")


def _told(*sentences: str | None) -> list[str]:
    return [told_text(sentence) for sentence in sentences if sentence]


class _Delegate(RowDelegate):
    """Picture, name, state, and all of the sentence on what is wrong with the file."""

    def __init__(
        self, look: Look, view: RowList, *, model: RecordingModel, thumbnails: Thumbnails
    ) -> None:
        super().__init__(look, view)
        self._model = model
        self._pictures = RowPictures(thumbnails, view)

    @property
    def picture_width(self) -> int:
        """Pixels: in a narrow list a picture leaves room for the name."""
        narrow = self._view.viewport().width() < _NARROW
        return PICTURE_WIDTH * 2 // 3 if narrow else PICTURE_WIDTH

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        row: CaseRecording = index.data(Qt.ItemDataRole.UserRole)
        sentence = _sentence(row)
        if not sentence:
            return QSize(width, ROW_HEIGHT)
        around = 2 * (Space.TIGHT + Space.SMALL) + self.picture_width + Space.MEDIUM
        room = width - around - ICON - Space.HAIR
        text = wrapped(sentence, font=self._look.font(Type.SMALL), width=room)
        above = self._line_height() * (1 if row.error else 2)
        height = above + round(text.boundingRect().height()) + 2 * Space.SMALL + Space.TIGHT
        return QSize(width, max(ROW_HEIGHT, height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CaseRecording = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        inside = self.paint_ground(painter, option)
        picture = QRect(inside.topLeft(), QSize(self.picture_width, PICTURE_HEIGHT))
        self.paint_picture(painter, picture, self._thumbnail(index, row))
        text = inside.adjusted(self.picture_width + Space.MEDIUM, 0, 0, 0)
        if not (row.error or row.note or row.state in _UNDER_WAY):
            text.setTop(text.top() + (PICTURE_HEIGHT - 2 * self._line_height()) // 2)
        self._paint_name(painter, self._take_line(text), row)
        if not row.error:
            self._paint_state(painter, self._take_line(text), row, self._model.state(row))
        if sentence := _sentence(row):
            self._paint_sentence(painter, text, sentence)
        elif row.state in _UNDER_WAY:
            self._paint_progress(painter, text, analyzed_share(row) or 0.0)
        painter.restore()

    def _thumbnail(self, index: Index, row: CaseRecording) -> QPixmap | None:
        if row.recording is None:
            return QPixmap() if row.state is RecordingState.FAILED else None
        return self._pictures.get(index, row.path, row.recording.duration * _THUMBNAIL_AT)

    def _line_height(self) -> int:
        return max(QFontMetrics(self._look.font()).height(), ICON) + Space.HAIR

    def _take_line(self, rect: QRect) -> QRect:
        """Cut one line off the top of the rectangle."""
        line = QRect(rect.left(), rect.top(), rect.width(), self._line_height())
        rect.setTop(line.bottom() + 1)
        return line

    def _paint_name(self, painter: QPainter, line: QRect, row: CaseRecording) -> None:
        font, color = self._look.font(bold=True), self._look.colors.text
        middle = Qt.TextElideMode.ElideMiddle  # the ends of camera files tell them apart
        self.paint_line(painter, line, row.path.name, font=font, color=color, elide=middle)

    def _paint_state(self, painter: QPainter, line: QRect, row: CaseRecording, text: str) -> None:
        colors = self._look.colors
        done = row.state is RecordingState.DONE
        place = QRect(line.left() - 1, line.top(), ICON, line.height())
        missing = self._model.is_missing(row)
        ink = colors.bad if missing else colors.good if done else colors.muted
        icon = "warning" if missing else _STATE_ICONS[row.state]
        self.paint_icon(painter, place, icon, color=ink)
        if row.recording is not None and row.state in _AT_REST:
            text = f"{text} · {length_text(row.recording.duration)}"
        beside = line.adjusted(ICON + Space.HAIR, 0, 0, 0)
        self.paint_line(painter, beside, text, font=self._look.font(Type.SMALL), color=colors.muted)

    def _paint_sentence(self, painter: QPainter, rect: QRect, sentence: str) -> None:
        colors = self._look.colors
        place = QRect(rect.left() - 1, rect.top(), ICON, ICON)
        self.paint_icon(painter, place, "warning", color=colors.bad)
        beside = rect.adjusted(ICON + Space.HAIR, 1, 0, 0)
        self.paint_wrapped(
            painter,
            beside.topLeft(),
            sentence,
            font=self._look.font(Type.SMALL),
            color=colors.text,
            width=beside.width(),
        )

    def _paint_progress(self, painter: QPainter, rect: QRect, share: float) -> None:
        colors = self._look.colors
        groove = QRect(rect.left(), rect.bottom() - 4, rect.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.line))
        painter.drawRoundedRect(groove, 2, 2)
        groove.setWidth(round(groove.width() * share))
        painter.setBrush(QColor(colors.accent))
        painter.drawRoundedRect(groove, 2, 2)


class RecordingList(RowList):
    """The recordings of the case; the current row is the selected recording."""

    def __init__(
        self, workspace: Workspace, missing: Missing, *, look: Look, thumbnails: Thumbnails
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._model = RecordingModel(workspace, missing)
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(look, self, model=self._model, thumbnails=thumbnails))
        self.setAccessibleName(translate("RecordingList", "Recordings"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_recording_selected)
        missing.changed.connect(self.viewport().update)
        look.changed.connect(self.viewport().update)
        self._on_recording_selected()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.RECORDINGS | Changed.SEGMENTS):
            self._model.update()
            self.scheduleDelayedItemsLayout()
            self._on_recording_selected()

    def _on_recording_selected(self) -> None:
        selected = self._workspace.recording
        row = self._model.row_of(selected.id) if selected is not None else None
        index = self._model.index(row) if row is not None else QModelIndex()
        if index != self.currentIndex():
            self.setCurrentIndex(index)

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid():
            self._workspace.select_recording(current.data(Qt.ItemDataRole.UserRole).id)
