"""What colors and symbols of the map stand for, and what is left out."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.map_sight import MapSight
from crimeview.gui.map_symbols import marks_of, symbol_icon
from crimeview.gui.map_text import facet_text, value_text
from crimeview.gui.style import ICON, Space
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys

_ROW = 26  # pixels


class MapLegend(QWidget):
    """A choice of what tells points apart, and a box for each value with how many have it.

    A box that is not ticked leaves its points out; a double click or Enter shows only those.
    """

    def __init__(self, sight: MapSight, *, look: Look) -> None:
        super().__init__()
        self._sight = sight
        self._look = look
        self._showing = False
        self._facets = QComboBox()
        self.rows = _Rows()
        self._all = QPushButton(translate("MapLegend", "Show all"))
        self._lay_out()
        self._facets.activated.connect(lambda at: sight.tell_by(self._facets.itemData(at)))
        self.rows.itemChanged.connect(self._on_ticked)
        self.rows.itemActivated.connect(self._on_activated)
        self._all.clicked.connect(lambda: sight.hide(()))
        sight.values_changed.connect(self._show)
        look.changed.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        name = QLabel(translate("MapLegend", "Color and symbol by"))
        name.setBuddy(self._facets)
        self._facets.setAccessibleName(name.text())
        keep_keys(self._facets)
        keep_keys(self._all)
        head = QHBoxLayout()
        head.setSpacing(Space.SMALL)
        head.addWidget(name)
        head.addWidget(self._facets, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.SMALL)
        column.addLayout(head)
        column.addWidget(self.rows, 1)
        column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)

    def _show(self) -> None:
        self._showing = True
        self._show_facets()
        self._show_values()
        self._all.setVisible(bool(self._sight.hidden))
        self._showing = False

    def _show_facets(self) -> None:
        facets = self._sight.facets
        if [self._facets.itemData(n) for n in range(self._facets.count())] != list(facets):
            self._facets.clear()
            for facet in facets:
                self._facets.addItem(facet_text(facet), facet)
        self._facets.setCurrentIndex(list(facets).index(self._sight.facet))

    def _show_values(self) -> None:
        values = self._sight.values
        if values is None:
            self.rows.clear()
            return
        marks = marks_of(values, self._look)
        here = self.rows.currentIndex().row()
        while self.rows.topLevelItemCount() > len(values.values):
            self.rows.takeTopLevelItem(len(values.values))
        for number, (value, count, mark) in enumerate(
            zip(values.values, values.counts, marks, strict=True)
        ):
            item = self.rows.topLevelItem(number) or _row(self.rows)
            name = value_text(values.facet, value)
            shown = value not in self._sight.hidden
            item.setText(0, name)
            item.setToolTip(0, name)
            item.setIcon(0, symbol_icon(mark, self._look))
            item.setText(1, f"{count:,}")
            item.setForeground(1, QColor(self._look.colors.muted))
            item.setData(0, Qt.ItemDataRole.UserRole, value)
            state = Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked
            item.setCheckState(0, state)
            told = translate("MapLegend", "{name}: {count} segments").format(name=name, count=count)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, told)
        current = self.rows.topLevelItem(here)
        if current is not None:
            self.rows.setCurrentItem(current)

    def _on_ticked(self, item: QTreeWidgetItem, column: int) -> None:
        if self._showing or column != 0:
            return
        value = item.data(0, Qt.ItemDataRole.UserRole)
        hidden = item.checkState(0) == Qt.CheckState.Unchecked
        if hidden != (value in self._sight.hidden):
            self._sight.toggle(value)

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        self._sight.show_only(item.data(0, Qt.ItemDataRole.UserRole))


class _Rows(QTreeWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setUniformRowHeights(True)
        self.setIconSize(QSize(ICON, ICON))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        name = translate("MapLegend", "Legend: Space leaves out or shows, Enter shows only this")
        self.setAccessibleName(name)
        keep_keys(self, (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up,
                         Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End))  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
            self.itemActivated.emit(item, 0)
        else:
            super().keyPressEvent(event)


def _row(rows: QTreeWidget) -> QTreeWidgetItem:
    item = QTreeWidgetItem(rows)
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
    )
    item.setSizeHint(0, QSize(0, _ROW))
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return item
