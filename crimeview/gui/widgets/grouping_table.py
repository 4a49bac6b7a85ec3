"""Groupings by their figures, those of whole recordings beside those of anomalous clips."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from crimeview.gui.grouping import Grouper
from crimeview.gui.grouping_text import cells, method_text, titles, vectors_text
from crimeview.gui.look import Look
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys

if TYPE_CHECKING:
    from crimeview.jobs.groupings import Grouping

_ROW = 26  # pixels
_LABELED = range(3, 7)  # columns that need types


class GroupingTable(QTableWidget):
    """A row for each method and kind of vectors; the row that is come to is chosen."""

    def __init__(self, grouper: Grouper, *, look: Look) -> None:
        super().__init__()
        self._grouper = grouper
        self._look = look
        self._rows: list[Grouping] = []
        self._showing = False
        heads = [
            (translate("GroupingTable", "Method"), ""),
            (translate("GroupingTable", "Grouped by"), ""),
            *titles(),
        ]
        self.setColumnCount(len(heads))
        for column, (title, tip) in enumerate(heads):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            self.setHorizontalHeaderItem(column, item)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(translate("GroupingTable", "Groupings and their figures"))
        keep_keys(self, (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right,
                         Qt.Key.Key_Home, Qt.Key.Key_End))  # fmt: skip
        self.currentCellChanged.connect(self._on_current)
        grouper.found_changed.connect(self._show)
        grouper.chosen_changed.connect(self._follow)
        look.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self._showing = True
        found = self._grouper.found
        self._rows = _beside(found.groupings) if found is not None else []
        self.setRowCount(len(self._rows))
        for column in _LABELED:
            self.setColumnHidden(column, found is None or not found.types)
        for row, grouping in enumerate(self._rows):
            again = row > 0 and self._rows[row - 1].method == grouping.method
            method = method_text(grouping.method)
            texts = [method, vectors_text(grouping.embedding), *cells(grouping)]
            for column, text in enumerate(texts):
                item = QTableWidgetItem("" if column == 0 and again else text)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, text)
                if column == 1:
                    item.setForeground(QColor(self._look.colors.muted))
                self.setItem(row, column, item)
        self._showing = False
        self._follow()

    def _follow(self) -> None:
        chosen = self._grouper.chosen
        if chosen is None or self._showing:
            return
        row = next((n for n, grouping in enumerate(self._rows) if grouping is chosen), None)
        if row is not None and row != self.currentRow():
            self.setCurrentCell(row, 0)
            self._stay_at_top(row)

    def _stay_at_top(self, row: int) -> None:
        """Show the first rows where the chosen one is among them."""
        if self.rowViewportPosition(row) + self.verticalScrollBar().value() < self.height() // 2:
            self.scrollToTop()

    def _on_current(self, row: int) -> None:
        if not self._showing and 0 <= row < len(self._rows):
            self._grouper.choose(self._rows[row])


def _beside(groupings: "tuple[Grouping, ...]") -> "list[Grouping]":
    """Those of one method beside each other, in the order of the methods."""
    order = list(dict.fromkeys(grouping.method for grouping in groupings))
    return sorted(groupings, key=lambda g: (order.index(g.method), g.embedding))
