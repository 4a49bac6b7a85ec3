"""Choosing what is shown beside the selected recording."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QWidget

from crimeview.gui.companions import MOST, Companions
from crimeview.gui.look import Look
from crimeview.gui.style import Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.popover import Popover

_WIDTH = 380
_ROWS = 8  # that are seen without scrolling
_ID = Qt.ItemDataRole.UserRole


class CompanionPanel(Popover):
    """A list with a check mark for each recording; Space or a click sets it."""

    def __init__(self, companions: Companions, *, look: Look, parent: QWidget) -> None:
        title = translate("CompanionPanel", "Side by side")
        super().__init__(title, width=_WIDTH, look=look, parent=parent)
        self._companions = companions
        self._list = QListWidget()
        self._list.setAccessibleName(translate("CompanionPanel", "Recordings to show beside it"))
        note = QLabel(
            translate(
                "CompanionPanel",
                "Up to {count} recordings beside the selected one, at the same moment by their "
                "cameras' clocks.",
            ).format(count=MOST)
        )
        note.setWordWrap(True)
        note.setFont(look.font(Type.SMALL))
        note.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.body.addWidget(self._list)
        self.body.addWidget(note)
        self._fill()
        self._list.itemChanged.connect(self._on_changed)
        companions.changed.connect(self._show_checks)

    def open_at(self, anchor: QWidget) -> None:
        self.open_above(anchor, focus=self._list)

    def _fill(self) -> None:
        for recording in self._companions.choices:
            name = recording.path.name
            if self._companions.overlaps(recording):
                name = translate("CompanionPanel", "{name} (same time)").format(name=name)
            item = QListWidgetItem(name)
            item.setData(_ID, recording.id)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        height = self._list.sizeHintForRow(0) if self._list.count() else 24
        self._list.setFixedHeight(height * min(_ROWS, max(1, self._list.count())) + 4)
        self._show_checks()

    def _show_checks(self) -> None:
        full = len(self._companions.companions) >= MOST
        self._list.blockSignals(True)  # noqa: FBT003 (Qt's own signature)
        for row in range(self._list.count()):
            item = self._list.item(row)
            shown = self._companions.shows(item.data(_ID))
            item.setCheckState(Qt.CheckState.Checked if shown else Qt.CheckState.Unchecked)
            able = shown or not full
            flags = Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsEnabled if able else flags)
        self._list.blockSignals(False)  # noqa: FBT003 (Qt's own signature)

    def _on_changed(self, item: QListWidgetItem) -> None:
        number = item.data(_ID)
        if (item.checkState() == Qt.CheckState.Checked) != self._companions.shows(number):
            self._companions.toggle(number)
