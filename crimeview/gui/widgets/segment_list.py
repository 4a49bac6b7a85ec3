"""The segments worth looking at, the highest score first."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem

from crimeview.core.job import Changed
from crimeview.core.timetext import clock_text
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import length_text, translate
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    ROW_HEIGHT,
    Index,
    RowDelegate,
    RowList,
)
from crimeview.gui.workspace import Scope, Workspace
from crimeview.store.rows import CaseSegment

_SCORE_WIDTH = 52


class SegmentModel(QAbstractListModel):
    """The workspace's listed segments; a row's `UserRole` is its `CaseSegment`."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self._rows: list[CaseSegment] = list(workspace.listed)

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self._rows[index.row()]
        segment = row.segment
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return clock_text(segment.start)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                text = translate(
                    "SegmentList", "{name}, {start} to {end}, highest score {peak} at {time}"
                )
                return text.format(
                    name=self.name(row),
                    start=clock_text(segment.start, decimals=1),
                    end=clock_text(segment.end, decimals=1),
                    peak=f"{segment.peak:.2f}",
                    time=clock_text(segment.peak_time, decimals=1),
                )
        return None

    def name(self, row: CaseSegment) -> str:
        recording = self.workspace.recording_of(row.recording_id)
        return recording.path.name if recording is not None else ""

    def row_of(self, segment_id: int) -> int | None:
        return next((i for i, r in enumerate(self._rows) if r.id == segment_id), None)

    def update(self) -> None:
        """Take over what the workspace lists now."""
        self.beginResetModel()
        self._rows = list(self.workspace.listed)
        self.endResetModel()


class _Delegate(RowDelegate):
    """Picture of the peak with the rank, start, length, and the highest score."""

    def __init__(
        self, look: Look, view: RowList, *, model: SegmentModel, thumbnails: Thumbnails
    ) -> None:
        super().__init__(look, view)
        self._model = model
        self._thumbnails = thumbnails

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: CaseSegment = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        inside = self.paint_ground(painter, option)
        picture = QRect(inside.topLeft(), QSize(PICTURE_WIDTH, PICTURE_HEIGHT))
        recording = self._model.workspace.recording_of(row.recording_id)
        if recording is not None:
            pixmap = self._thumbnails.get(recording.path, row.segment.peak_time)
            self.paint_picture(painter, picture, pixmap)
        self._paint_rank(painter, picture, index.row() + 1)
        score = QRect(inside.right() - _SCORE_WIDTH, inside.top(), _SCORE_WIDTH, inside.height())
        self._paint_score(painter, score, row.segment.peak)
        text = inside.adjusted(PICTURE_WIDTH + Space.MEDIUM, 0, -_SCORE_WIDTH - Space.SMALL, 0)
        in_case = self._model.workspace.scope is Scope.CASE
        self._paint_words(
            painter,
            text,
            clock_text(row.segment.start),
            *([self._model.name(row)] if in_case else []),
            length_text(row.segment.end - row.segment.start),
        )
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, first: str, *others: str) -> None:
        """Paint lines that share the height, the first one in bold."""
        colors, small = self._look.colors, self._look.font(Type.SMALL)
        height = rect.height() // (1 + len(others))
        line = QRect(rect.left(), rect.top(), rect.width(), height)
        self.paint_line(painter, line, first, font=self._look.font(bold=True), color=colors.text)
        middle = Qt.TextElideMode.ElideMiddle  # the ends of camera files tell them apart
        for text in others:
            line.translate(0, height)
            self.paint_line(painter, line, text, font=small, color=colors.muted, elide=middle)

    def _paint_rank(self, painter: QPainter, picture: QRect, rank: int) -> None:
        font = self._look.font(Type.SMALL, bold=True)
        painter.setFont(font)
        text = str(rank)
        width = painter.fontMetrics().horizontalAdvance(text) + 2 * Space.TIGHT
        badge = QRect(picture.left(), picture.bottom() - 15, max(width, 18), 16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._look.colors.picture))
        painter.drawRoundedRect(badge, 3, 3)
        painter.setPen(QColor("white"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_score(self, painter: QPainter, rect: QRect, peak: float) -> None:
        """The score as a figure and as the length of a bar."""
        colors = self._look.colors
        half = rect.height() // 2
        figure = QRect(rect.left(), rect.top(), rect.width(), half)
        right = Qt.AlignmentFlag.AlignRight
        font = self._look.font(Type.HEADING, bold=True)
        self.paint_line(painter, figure, f"{peak:.2f}", font=font, color=colors.lead, align=right)
        bar = QRect(rect.left(), rect.top() + half + half // 2 - 2, rect.width(), 4)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.line))
        painter.drawRoundedRect(bar, 2, 2)
        bar.setWidth(round(bar.width() * peak))
        painter.setBrush(QColor(colors.lead))
        painter.drawRoundedRect(bar, 2, 2)


class SegmentList(RowList):
    """The listed segments; choosing one shows it."""

    def __init__(self, workspace: Workspace, *, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._workspace = workspace
        self._following = False  # the selection, rather than leading it
        self._model = SegmentModel(workspace)
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Delegate(look, self, model=self._model, thumbnails=thumbnails))
        self.setAccessibleName(translate("SegmentList", "Segments, the highest score first"))
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)
        workspace.changed.connect(self._on_changed)
        workspace.segment_selected.connect(self._on_segment_selected)
        thumbnails.loaded.connect(self.viewport().update)
        look.changed.connect(self.viewport().update)

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.SEGMENTS:
            self._model.update()
            self._on_segment_selected()

    def _on_segment_selected(self) -> None:
        selected = self._workspace.segment
        row = self._model.row_of(selected.id) if selected is not None else None
        index = self._model.index(row) if row is not None else QModelIndex()
        if index != self.currentIndex():
            self._following = True
            self.setCurrentIndex(index)
            self._following = False

    def _on_current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self._on_chosen(current)

    def _on_chosen(self, index: QModelIndex) -> None:
        self._workspace.select_segment(index.data(Qt.ItemDataRole.UserRole).id)
