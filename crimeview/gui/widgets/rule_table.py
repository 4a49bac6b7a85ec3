"""The rules for alarms in a table that can be sorted by each of its columns."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from crimeview.gui.rule_rows import ID_ROLE, SORT_ROLE, RuleColumn, RuleRow, RuleRows
from crimeview.gui.text import translate

_ROW, _ROWS = 27, 6  # pixels; rows that are seen at once
_WIDTHS = {  # pixels; the schedule has what is left
    RuleColumn.NAME: 112,
    RuleColumn.STATE: 172,
    RuleColumn.RAISED: 136,
    RuleColumn.TRACK: 132,
    RuleColumn.THRESHOLD: 58,
    RuleColumn.ENDS: 88,
    RuleColumn.DURATION: 76,
    RuleColumn.COOLDOWN: 86,
    RuleColumn.CAMERAS: 92,
    RuleColumn.ZONE: 72,
}


class RuleTable(QTableView):
    """A row for each rule; one of them is chosen. Alt and the arrow keys sort it."""

    chosen = Signal(str)  # a rule's id, because a person has come to its row
    opened = Signal()  # the chosen row is to be changed

    def __init__(self) -> None:
        super().__init__()
        self.rules = RuleRows()
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.rules)
        self._sorted.setSortRole(SORT_ROLE)
        self.setModel(self._sorted)
        self._filling = False
        self.setSortingEnabled(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self._look_like_a_table()
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.activated.connect(lambda _index: self.opened.emit())

    def show_rows(self, rows: Sequence[RuleRow], *, chosen: str | None) -> None:
        """Show these rules, that one chosen."""
        self._filling = True
        self.rules.show(rows)
        self._filling = False
        if chosen != self.chosen_id:
            self.choose(chosen)

    def choose(self, rule_id: str | None) -> None:
        """Come to a rule's row without telling so; None chooses none."""
        self._filling = True
        row = self.row_of(rule_id)
        if row is None:
            self.clearSelection()
        else:
            column = max(0, self.currentIndex().column())
            self.setCurrentIndex(self._sorted.index(row, column))
        self._filling = False

    @property
    def chosen_id(self) -> str | None:
        """The chosen rule's id."""
        chosen = self.selectionModel().selectedRows()
        return str(chosen[0].data(ID_ROLE)) if chosen else None

    @property
    def count(self) -> int:
        """How many rules there are."""
        return self._sorted.rowCount()

    def row_of(self, rule_id: str | None) -> int | None:
        """In which row, as it is sorted, a rule stands."""
        ids = [self._sorted.index(row, 0).data(ID_ROLE) for row in range(self.count)]
        return ids.index(rule_id) if rule_id in ids else None

    def text(self, row: int, column: RuleColumn) -> str:
        """What a cell says, in a row as it is sorted."""
        return str(self._sorted.index(row, column.value).data())

    def sort_by(self, column: RuleColumn, order: Qt.SortOrder) -> None:
        """Sort by a column; the chosen rule stays chosen."""
        self.horizontalHeader().setSortIndicator(column.value, order)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and self._sort(event.key()):
            event.accept()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()  # else the dialog's button takes it as well

    def _sort(self, key: int) -> bool:
        """Left and right: by another column. Up and down: the lowest or the highest first."""
        header = self.horizontalHeader()
        column, order = header.sortIndicatorSection(), header.sortIndicatorOrder()
        match key:
            case Qt.Key.Key_Right:
                column = min(column + 1, len(RuleColumn) - 1)
            case Qt.Key.Key_Left:
                column = max(column - 1, 0)
            case Qt.Key.Key_Up:
                order = Qt.SortOrder.AscendingOrder
            case Qt.Key.Key_Down:
                order = Qt.SortOrder.DescendingOrder
            case _:
                return False
        self.sort_by(RuleColumn(max(0, column)), order)
        return True

    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        chosen = self.chosen_id
        if not self._filling and chosen is not None:
            self.chosen.emit(chosen)

    def _look_like_a_table(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            header.resizeSection(column.value, width)
        header.setSectionResizeMode(RuleColumn.SCHEDULE.value, QHeaderView.ResizeMode.Stretch)
        self.setFixedHeight(header.sizeHint().height() + _ROWS * _ROW + 6)
        self.setAccessibleName(translate("RuleTable", "Rules"))
        self.setAccessibleDescription(
            translate(
                "RuleTable", "Alt with the arrow keys sorts it; Enter changes the chosen rule."
            )
        )
