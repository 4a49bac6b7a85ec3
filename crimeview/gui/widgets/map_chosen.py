"""The segments that are chosen on the map, or that a search has found, and what to do with them."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem

from crimeview.core.timetext import clock_text
from crimeview.gui.item_pictures import ItemPictures
from crimeview.gui.look import Look
from crimeview.gui.map_sight import MapSight
from crimeview.gui.map_text import point_lines
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.widgets.rows import (
    PICTURE_HEIGHT,
    PICTURE_WIDTH,
    ROW_HEIGHT,
    Index,
    RowDelegate,
    RowList,
)

if TYPE_CHECKING:
    from crimeview.jobs.map_points import MapItem


class _Model(QAbstractListModel):
    """Numbers of points; a row's `UserRole` is its number."""

    def __init__(self, sight: MapSight) -> None:
        super().__init__()
        self._sight = sight
        self.numbers: tuple[int, ...] = ()

    def show(self, numbers: tuple[int, ...]) -> None:
        self.beginResetModel()
        self.numbers = numbers
        self.endResetModel()

    def item(self, row: int) -> "MapItem":
        return self._sight.items[self.numbers[row]]

    def rowCount(self, _parent: Index | None = None) -> int:
        return len(self.numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self.numbers):
            return None
        match role:
            case Qt.ItemDataRole.UserRole:
                return self.numbers[index.row()]
            case Qt.ItemDataRole.DisplayRole:
                return clock_text(self.item(index.row()).start)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return ", ".join(point_lines(self.item(index.row())))
        return None


class _Delegate(RowDelegate):
    def __init__(self, look: Look, view: RowList, *, model: _Model, pictures: ItemPictures) -> None:
        super().__init__(look, view)
        self._model = model
        self._pictures = pictures

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._view.viewport().width(), ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        item = self._model.item(index.row())
        colors = self._look.colors
        painter.save()
        inside = self.paint_ground(painter, option)
        picture = QRect(inside.topLeft(), QSize(PICTURE_WIDTH, PICTURE_HEIGHT))
        self.paint_picture(painter, picture, self._pictures.still(item))
        text = inside.adjusted(PICTURE_WIDTH + Space.MEDIUM, 0, 0, 0)
        height = text.height() // 3
        fonts = (self._look.font(bold=True), *(2 * (self._look.font(Type.SMALL),)))
        inks = (colors.text, colors.muted, colors.muted)
        for number, line in enumerate(point_lines(item)):
            place = QRect(text.left(), text.top() + number * height, text.width(), height)
            self.paint_line(
                painter,
                place,
                line,
                font=fonts[number],
                color=inks[number],
                elide=Qt.TextElideMode.ElideMiddle,
            )
        painter.restore()


class MapChosen(RowList):
    """Rows of points; one that is come to is `picked`, one that is activated `opened`."""

    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, sight: MapSight, *, look: Look, pictures: ItemPictures) -> None:
        super().__init__()
        self._model = _Model(sight)
        self._following = False
        self.setModel(self._model)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegate(_Delegate(look, self, model=self._model, pictures=pictures))
        self.setAccessibleName(translate("MapChosen", "Chosen segments"))
        self.selectionModel().currentChanged.connect(self._on_current)
        self.activated.connect(lambda index: self.opened.emit(self._model.numbers[index.row()]))
        sight.values_changed.connect(self.viewport().update)
        pictures.loaded.connect(self.viewport().update)
        look.changed.connect(self.viewport().update)
        keep_keys(self, (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter,
                         Qt.Key.Key_Home, Qt.Key.Key_End))  # fmt: skip

    def show_numbers(self, numbers: tuple[int, ...]) -> None:
        if numbers != self._model.numbers:
            self._following = True
            self._model.show(numbers)
            self._following = False

    def follow(self, number: int | None) -> None:
        """Bring the current row up to date."""
        if number in self._model.numbers:
            index = self._model.index(self._model.numbers.index(number))
            if index != self.currentIndex():
                self._following = True
                self.setCurrentIndex(index)
                self._following = False

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._following:
            self.picked.emit(self._model.numbers[current.row()])
