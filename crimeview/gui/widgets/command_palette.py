"""The command palette: type a few letters of a command, give it with Enter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from crimeview.gui import style
from crimeview.gui.command_search import Entry, ranked
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.command_rows import ROW, CommandRows
from crimeview.gui.widgets.overlay import Overlay

_WIDTH = 680  # pixels
_ROWS = 11  # seen at a time

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -9, Qt.Key.Key_PageDown: 9}


class CommandPalette(Overlay):
    """Lies over the window until a command is given, Escape is pressed or one clicks beside it.

    `give` is called with the id of the chosen command after the palette has gone; `own_keys` put it
    away too. `recent` are the ids of commands given lately, listed first while nothing is typed.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        *,
        recent: Sequence[str],
        own_keys: Sequence[str],
        give: Callable[[str], None],
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        self._recent = recent
        self._own_keys = [QKeySequence(key) for key in own_keys]
        self._give = give
        self._look = look
        self._frame = QFrame(self)
        self._frame.setObjectName("popover")
        self.query = QLineEdit()
        self.rows = CommandRows(look)
        self._word = QLabel()
        self._lay_out()
        self.query.textChanged.connect(self._find)
        self.query.returnPressed.connect(self._give_chosen)
        self.rows.clicked.connect(self._on_clicked)
        self._find("")

    def open(self) -> None:
        self.cover(focus=self.query)

    @property
    def chosen(self) -> Entry | None:
        return self.rows.entry(self.rows.currentIndex())

    def place(self) -> None:
        width = min(_WIDTH, self.width() - 2 * Space.LARGE)
        rows = max(1, min(_ROWS, self.rows.count))
        around = self._frame.layout()
        assert around is not None
        self.rows.setFixedHeight(min(rows * ROW, max(ROW, self.height() - 8 * Space.HUGE)))
        self._frame.setFixedWidth(width)
        self._frame.adjustSize()
        top = min(3 * Space.HUGE, max(0, self.height() - self._frame.height()) // 2)
        self._frame.move((self.width() - width) // 2, top)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._step(_STEPS[key])
        elif key == Qt.Key.Key_Escape or QKeySequence(event.keyCombination()) in self._own_keys:
            self.put_away()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        if not self._frame.geometry().contains(event.position().toPoint()):
            self.put_away()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), style.color(self._look.colors.window, alpha=0.45))

    def _lay_out(self) -> None:
        title = translate("CommandPalette", "Commands")
        self.setAccessibleName(title)
        self.query.setAccessibleName(title)
        self.query.setPlaceholderText(
            translate("CommandPalette", "What is to be done? A few letters are enough")
        )
        self.query.setFont(self._look.font(Type.HEADING))
        self.query.setMinimumHeight(style.CONTROL + Space.TIGHT)
        self.rows.setAccessibleName(translate("CommandPalette", "Commands that were found"))
        self._word.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._word, self._look.colors.muted)
        self._word.setContentsMargins(Space.SMALL, Space.HAIR, Space.SMALL, Space.HAIR)
        column = QVBoxLayout(self._frame)
        column.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.TIGHT)
        column.setSpacing(Space.TIGHT)
        for widget in (self.query, self.rows, self._word):
            column.addWidget(widget)

    def _find(self, text: str) -> None:
        found = ranked(self._entries, text, recent=self._recent)
        self.rows.show_entries(found)
        self._choose(0)
        self._word.setText(
            translate("CommandPalette", "Up and Down choose · Enter gives the command · Esc closes")
            if found
            else translate("CommandPalette", "No command is called so.")
        )
        self.place()

    def _step(self, steps: int) -> None:
        """Go up or down; one step beyond either end goes round."""
        count, row = self.rows.count, self.rows.currentIndex().row()
        if count:
            beyond = abs(steps) == 1 and not 0 <= row + steps < count
            self._choose((row + steps) % count if beyond else max(0, min(count - 1, row + steps)))

    def _choose(self, row: int) -> None:
        self.rows.setCurrentIndex(self.rows.model().index(row, 0))
        # The keyboard stays in the field: what is chosen has to be told there.
        chosen = self.rows.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
        self.query.setAccessibleDescription(chosen or "")

    def _on_clicked(self, index: QModelIndex) -> None:
        self.rows.setCurrentIndex(index)
        self._give_chosen()

    def _give_chosen(self) -> None:
        entry = self.chosen
        if entry is not None and not entry.lacking:
            self.put_away()
            self._give(entry.id)

    def rectangle_of(self, row: int) -> QRect:
        """Where a row is on the palette, for those who want to click it."""
        rect = self.rows.visualRect(self.rows.model().index(row, 0))
        return QRect(self.rows.viewport().mapTo(self, rect.topLeft()), rect.size())
