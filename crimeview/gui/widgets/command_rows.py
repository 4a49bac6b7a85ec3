"""The rows of the command palette."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView

from crimeview.gui.command_search import Entry
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.rows import RowDelegate

Index = QModelIndex | QPersistentModelIndex

ROW = 38  # pixels
_CAP = 22  # height of a key


class CommandRows(QListView):
    """Commands with their menu and keys; those that cannot be given now are pale and say why."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = _Entries()
        self.setModel(self._model)
        self.setItemDelegate(_CommandDelegate(look, self))

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self._model.show(entries)

    @property
    def count(self) -> int:
        return self._model.rowCount()

    def entry(self, index: Index) -> Entry | None:
        return self._model.entries[index.row()] if index.isValid() else None


class _Entries(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own default)
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return entry.title
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(
                    filter(None, [entry.title, _state(entry), *entry.keys, _aside(entry)])
                )
            case Qt.ItemDataRole.UserRole:
                return entry
        return None


class _CommandDelegate(RowDelegate):
    """Title, then the menu or why not now, and the keys at the right."""

    def sizeHint(self, option: Any, _index: Index) -> QSize:
        return QSize(option.rect.width(), ROW)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        self.paint_ground(painter, option)
        space = option.rect.adjusted(Space.LARGE, 0, -Space.MEDIUM, 0)
        space.setRight(self._paint_keys(painter, space, entry) - Space.MEDIUM)
        colors = self._look.colors
        font = self._look.font()
        title = " ".join(filter(None, ["✓" if entry.on else "", entry.title]))
        ink = colors.faint if entry.lacking else colors.text
        self.paint_line(painter, space, title, font=font, color=ink)
        space.setLeft(space.left() + QFontMetrics(font).horizontalAdvance(title) + Space.MEDIUM)
        self.paint_line(
            painter, space, _aside(entry), font=self._look.font(Type.SMALL), color=colors.muted
        )
        painter.restore()

    def _paint_keys(self, painter: QPainter, space: QRect, entry: Entry) -> int:
        """Paint the keys; gives where they begin."""
        colors, font = self._look.colors, self._look.font(Type.SMALL)
        right: int = space.right()
        for key in reversed(entry.keys):
            width = max(_CAP, QFontMetrics(font).horizontalAdvance(key) + 2 * Space.SMALL - 2)
            cap = QRect(right - width, space.center().y() - _CAP // 2, width, _CAP)
            painter.setPen(QColor(colors.line))
            painter.setBrush(QColor(colors.raised))
            painter.drawRoundedRect(cap, 4, 4)
            painter.setFont(font)
            painter.setPen(QColor(colors.faint if entry.lacking else colors.text))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
            right = cap.left() - Space.TIGHT
        return right


def _aside(entry: Entry) -> str:
    return entry.lacking or entry.menu


def _state(entry: Entry) -> str:
    if entry.on is None:
        return ""
    return translate("CommandPalette", "on") if entry.on else translate("CommandPalette", "off")
