"""A crime type to give to several segments at once."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from crimeview.core.review import KINDS
from crimeview.gui.review_text import kind_text
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys


class TypeBox(QComboBox):
    """A known type or one in words of one's own: what is entered is `given`, and the box clears."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__(editable=True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.lineEdit()
        assert line is not None
        line.setPlaceholderText(translate("TypeBox", "Give a type"))
        line.setAccessibleName(translate("TypeBox", "Type for the chosen segments"))
        self.setAccessibleName(translate("TypeBox", "Type for the chosen segments"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumContentsLength(6)
        self.offer(KINDS)
        line.returnPressed.connect(self._give)
        self.activated.connect(lambda _row: self._give())
        keep_keys(self)

    def offer(self, kinds: Sequence[str]) -> None:
        """The types to choose from."""
        self.clear()
        for kind in kinds:
            self.addItem(kind_text(kind), kind)
        self.setMaxVisibleItems(max(1, len(kinds)))
        self.setCurrentIndex(-1)
        self.clearEditText()

    def start(self) -> None:
        """Take the keyboard."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _give(self) -> None:
        text = self.currentText().strip()
        if not text:
            return
        at = next((n for n in range(self.count()) if self.itemText(n).lower() == text.lower()), -1)
        kind = str(self.itemData(at)) if at >= 0 else text.lower()
        self.setCurrentIndex(-1)
        self.clearEditText()
        self.window().setFocus()
        self.given.emit(kind)
