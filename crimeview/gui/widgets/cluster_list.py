"""Clusters with a strip of examples each."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import segments_text, translate
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    Index,
    RowDelegate,
    RowList,
)
from crimeview.gui.workspace import Workspace
from crimeview.store.rows import CaseSegment

EXAMPLES = 10  # at most, as many as fit are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRow:
    """`title` names it, `types` say what is in it; `examples` are the nearest to its middle."""

    cluster: int
    title: str
    size: int
    types: str
    examples: tuple[CaseSegment, ...]
    segment_ids: tuple[int, ...]


class _Model(QAbstractListModel):
    """A row's `UserRole` is its `ClusterRow`."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ClusterRow] = []

    def show(self, rows: list[ClusterRow]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return row
            case Qt.ItemDataRole.DisplayRole:
                return row.title
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                parts = (row.title, segments_text(row.size), row.types)
                return ", ".join(part for part in parts if part)
        return None


class _Delegate(RowDelegate):
    def __init__(
        self, look: Look, view: RowList, *, workspace: Workspace, thumbnails: Thumbnails
    ) -> None:
        super().__init__(look, view)
        self._workspace = workspace
        self._thumbnails = thumbnails

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        line = self._view.fontMetrics().height()
        return QSize(self._view.viewport().width(), PICTURE_HEIGHT + line + 4 * Space.SMALL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: ClusterRow = index.data(Qt.ItemDataRole.UserRole)
        colors = self._look.colors
        painter.save()
        inside = self.paint_ground(painter, option)
        line = QRect(inside.left(), inside.top(), inside.width(), self._view.fontMetrics().height())
        bold = self._look.font(bold=True)
        self.paint_line(painter, line, row.title, font=bold, color=colors.text)
        painter.setFont(bold)
        used = painter.fontMetrics().horizontalAdvance(row.title) + Space.MEDIUM
        told = " · ".join(part for part in (segments_text(row.size), row.types) if part)
        rest = line.adjusted(used, 0, 0, 0)
        small = self._look.font(Type.SMALL)
        self.paint_line(painter, rest, told, font=small, color=colors.muted)
        left = inside.left()
        top = line.bottom() + Space.SMALL
        for example in row.examples:
            if left + PICTURE_WIDTH > inside.right() + 1:
                break
            place = QRect(left, top, PICTURE_WIDTH, PICTURE_HEIGHT)
            recording = self._workspace.recording_of(example.recording_id)
            if recording is not None:
                picture = self._thumbnails.get(recording.path, example.segment.peak_time)
                self.paint_picture(painter, place, picture)
            left += PICTURE_WIDTH + Space.TIGHT
        painter.restore()


class ClusterList(RowList):
    """Clusters, of which one is the current one."""

    def __init__(self, workspace: Workspace, *, look: Look, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._model = _Model()
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_Delegate(look, self, workspace=workspace, thumbnails=thumbnails))
        self.setAccessibleName(translate("ClusterList", "Clusters and examples"))
        thumbnails.loaded.connect(self.viewport().update)
        look.changed.connect(self.viewport().update)
        keep_keys(self, (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
                         Qt.Key.Key_Home, Qt.Key.Key_End))  # fmt: skip

    @property
    def current(self) -> ClusterRow | None:
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def show_rows(self, rows: list[ClusterRow]) -> None:
        """Show other clusters; the same place stays the current one."""
        here = max(0, self.currentIndex().row())
        self._model.show(rows)
        if rows:
            self.setCurrentIndex(self._model.index(min(here, len(rows) - 1)))
