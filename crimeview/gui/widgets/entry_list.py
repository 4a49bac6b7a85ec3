"""The segments of a library, a screenful at a time."""

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from crimeview.gui.entry_pictures import EntryPictures
from crimeview.gui.entry_text import accessible_text, span_text, type_text, where_text
from crimeview.gui.look import Look
from crimeview.gui.shelf import Shelf
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.playing_pictures import PlayingPictures
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    ROW_HEIGHT,
    Index,
    RowDelegate,
    RowList,
)
from crimeview.store.library.rows import Entry

_PEAK = 52


class EntryModel(QAbstractListModel):
    """A row's `UserRole` is its entry; further rows are read when the view comes to the end."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf
        self._rows = tuple(shelf.entries)

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self._rows[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return entry
        if role in (
            Qt.ItemDataRole.AccessibleTextRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.DisplayRole,
        ):
            return accessible_text(entry)
        return None

    def canFetchMore(self, _parent: Index) -> bool:
        return self._shelf.has_more

    def fetchMore(self, _parent: Index) -> None:
        self._shelf.read_more()

    def update(self) -> None:
        """Take over what the shelf lists now; rows that are only added keep the scrolling."""
        rows, held = tuple(self._shelf.entries), self._rows
        if rows == held:
            return
        if held and rows[: len(held)] == held:
            self.beginInsertRows(QModelIndex(), len(held), len(rows) - 1)
            self._rows = rows
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_of(self, number: int) -> int | None:
        return next((i for i, entry in enumerate(self._rows) if entry.id == number), None)


class _Delegate(RowDelegate):
    """Playing picture, type, recording and span, camera, place and date, and the score."""

    def __init__(self, look: Look, view: RowList, *, shelf: Shelf, pictures: EntryPictures) -> None:
        super().__init__(look, view)
        self._shelf = shelf
        self._pictures = pictures
        self._playing = PlayingPictures(view, update=view.viewport().update)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        colors, small = self._look.colors, self._look.font(Type.SMALL)
        painter.save()
        inside = self.paint_ground(painter, option)
        picture = QRect(inside.topLeft(), QSize(PICTURE_WIDTH, PICTURE_HEIGHT))
        held = self._pictures.get(self._shelf.library, entry.id)
        self.paint_picture(painter, picture, self._playing.of(held) if held is not None else None)
        text = inside.adjusted(PICTURE_WIDTH + Space.MEDIUM, 0, -_PEAK - Space.SMALL, 0)
        height = text.height() // 3
        line = QRect(text.left(), text.top(), text.width(), height)
        bold = self._look.font(bold=True)
        self.paint_line(painter, line, type_text(entry), font=bold, color=colors.text)
        line.translate(0, height)
        name = f"{entry.recording.name} · {span_text(entry)}"
        middle = Qt.TextElideMode.ElideMiddle
        self.paint_line(painter, line, name, font=small, color=colors.muted, elide=middle)
        line.translate(0, height)
        self.paint_line(painter, line, where_text(entry), font=small, color=colors.muted)
        peak = QRect(inside.right() - _PEAK, inside.top(), _PEAK, height)
        right = Qt.AlignmentFlag.AlignRight
        self.paint_line(
            painter, peak, f"{entry.peak:.2f}", font=bold, color=colors.lead, align=right
        )
        painter.restore()


class EntryList(RowList):
    """Choosing one shows what is known of it."""

    def __init__(self, shelf: Shelf, pictures: EntryPictures, *, look: Look) -> None:
        super().__init__()
        self._shelf = shelf
        self._rows = EntryModel(shelf)
        self.setModel(self._rows)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setItemDelegate(_Delegate(look, self, shelf=shelf, pictures=pictures))
        self.setAccessibleName(translate("EntryList", "Segments of the library"))
        self.selectionModel().currentChanged.connect(self._on_current)
        shelf.changed.connect(self._show)
        pictures.loaded.connect(self.viewport().update)
        look.changed.connect(self.viewport().update)
        self._show()

    @property
    def chosen(self) -> list[Entry]:
        """All that are selected."""
        return [i.data(Qt.ItemDataRole.UserRole) for i in self.selectionModel().selectedRows()]

    def _show(self) -> None:
        held = self._shelf.entry
        self._rows.update()
        row = self._rows.row_of(held.id) if held is not None else None
        if row is None and self._rows.rowCount():
            row = 0
        if row is not None:
            index = self._rows.index(row)
            if not self.selectionModel().isSelected(index):
                select = QItemSelectionModel.SelectionFlag.ClearAndSelect
                self.selectionModel().setCurrentIndex(index, select)
            self._shelf.select(index.data(Qt.ItemDataRole.UserRole))
        self.viewport().update()

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._shelf.select(current.data(Qt.ItemDataRole.UserRole))
