"""Choosing other keys for commands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.command_search import Entry, ranked
from crimeview.gui.commands import key_text, plain_title, portable
from crimeview.gui.key_bindings import RESERVED, KeyBindings
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.dialog_parts import open_at

_SIZE = (720, 620)  # pixels
_MENU, _TITLE, _KEYS = range(3)


class KeyEditor(QDialog):
    """All commands with their keys, and a field that takes the next key pressed.

    What is chosen holds at once, in menus and everywhere, and is kept. `entries` are the commands.
    """

    def __init__(
        self, entries: Sequence[Entry], bindings: KeyBindings, *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._entries = entries
        self._shown: Sequence[Entry] = ()
        self._bindings = bindings
        self._look = look
        self.setWindowTitle(translate("KeyEditor", "Keys of the commands"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, *_SIZE)
        self.query = QLineEdit()
        self.table = QTableWidget(0, 3)
        self.capture = KeyCapture()
        self.word = QLabel(wordWrap=True)
        self.replace = QPushButton(translate("KeyEditor", "&Only this key"))
        self.add = QPushButton(translate("KeyEditor", "This key &too"))
        self.clear = QPushButton(translate("KeyEditor", "&No key"))
        self.reset = QPushButton(translate("KeyEditor", "As it &was"))
        self.reset_all = QPushButton(translate("KeyEditor", "All as they &were"))
        self._lay_out()
        self._connect()
        self._list("")
        self.table.selectRow(0)
        self.query.setFocus()

    @property
    def chosen(self) -> Entry | None:
        """The command whose keys are changed."""
        row = self.table.currentRow()
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _connect(self) -> None:
        self.query.textChanged.connect(self._list)
        self.query.returnPressed.connect(self._begin)
        self.table.currentCellChanged.connect(lambda *_: self._show_chosen())
        self.table.cellActivated.connect(lambda *_: self._begin())
        self.capture.keySequenceChanged.connect(lambda _: self._show_chosen())
        self.capture.confirmed.connect(self.replace.click)
        self.capture.left.connect(self.table.setFocus)
        self.replace.clicked.connect(lambda: self._bind(keep=()))
        self.add.clicked.connect(lambda: self._bind(keep=self._keys()))
        self.clear.clicked.connect(self._unbind)
        self.reset.clicked.connect(self._reset)
        self.reset_all.clicked.connect(self._bindings.reset_all)
        self._bindings.changed.connect(self._refresh)

    # What is shown

    def _list(self, query: str) -> None:
        chosen = self.chosen
        self._shown = ranked(self._entries, query) if query.strip() else self._entries
        self.table.setRowCount(len(self._shown))
        for row, entry in enumerate(self._shown):
            for column, text in ((_MENU, entry.menu), (_TITLE, entry.title), (_KEYS, "")):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self._refresh()
        ids = [entry.id for entry in self._shown]
        self.table.selectRow(ids.index(chosen.id) if chosen and chosen.id in ids else 0)
        self._show_chosen()

    def _refresh(self) -> None:
        for row, entry in enumerate(self._shown):
            item = self.table.item(row, _KEYS)
            assert item is not None, "made with its row"
            changed = self._bindings.is_changed(entry.id)
            keys = ", ".join(map(key_text, self._bindings.keys[entry.id]))
            text = translate("KeyEditor", "{keys} (changed)").format(keys=keys or "–")
            item.setText(text if changed else keys)
            item.setFont(self._look.font(bold=changed))
        self._show_chosen()

    def _show_chosen(self) -> None:
        entry, key = self.chosen, self.capture.key
        possible = entry is not None and bool(key) and key not in RESERVED
        self.replace.setEnabled(possible)
        self.add.setEnabled(possible and bool(self._keys()))
        self.clear.setEnabled(bool(self._keys()))
        self.reset.setEnabled(entry is not None and self._bindings.is_changed(entry.id))
        self.reset_all.setEnabled(self._bindings.any_changed)
        self.word.setText(self._sentence(entry, key))

    def _sentence(self, entry: Entry | None, key: str) -> str:
        """What the chosen key would do, or what to do."""
        if entry is None:
            return translate("KeyEditor", "No command is called so.")
        if not key:
            text = translate("KeyEditor", "Enter, then press the new key for “{command}”.")
            return text.format(command=entry.title)
        if key in RESERVED:
            text = translate("KeyEditor", "{key} moves about in every window; choose another key.")
            return text.format(key=key_text(key))
        holders = self._bindings.holders(key, besides=entry.id)
        if holders:
            titles = ", ".join(f"“{plain_title(holder.title)}”" for holder in holders)
            text = translate("KeyEditor", "{key} is the key of {commands}, which would lose it.")
            return text.format(key=key_text(key), commands=titles)
        if key in self._keys():
            text = translate("KeyEditor", "{key} is a key of “{command}” already.")
        else:
            text = translate("KeyEditor", "{key} is free. Enter gives it to “{command}”.")
        return text.format(key=key_text(key), command=entry.title)

    # What is done

    def _keys(self) -> Sequence[str]:
        return self._bindings.keys[self.chosen.id] if self.chosen is not None else ()

    def _begin(self) -> None:
        self.capture.clear()
        self.capture.setFocus()

    def _bind(self, *, keep: Sequence[str]) -> None:
        if self.chosen is not None:
            self._bindings.bind(self.chosen.id, [*keep, self.capture.key])
            self._end()

    def _unbind(self) -> None:
        if self.chosen is not None:
            self._bindings.bind(self.chosen.id, ())
            self._end()

    def _reset(self) -> None:
        if self.chosen is not None:
            self._bindings.reset(self.chosen.id)
            self._end()

    def _end(self) -> None:
        self.capture.clear()
        self.table.setFocus()

    # How it looks

    def _lay_out(self) -> None:
        self.query.setPlaceholderText(translate("KeyEditor", "Find a command"))
        self.query.setAccessibleName(translate("KeyEditor", "Find a command"))
        self.capture.setAccessibleName(translate("KeyEditor", "New key"))
        self._lay_out_table()
        self.word.setFont(self._look.font(Type.SMALL))
        self.word.setMinimumHeight(2 * self.word.fontMetrics().lineSpacing())
        self.word.setAlignment(Qt.AlignmentFlag.AlignTop)
        press = QLabel(translate("KeyEditor", "New &key"))
        press.setBuddy(self.capture)
        keys = QHBoxLayout()
        keys.setSpacing(Space.SMALL)
        keys.addWidget(press)
        keys.addWidget(self.capture, 1)
        for button in (self.replace, self.add, self.clear, self.reset):
            button.setAutoDefault(False)
            keys.addWidget(button)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.reset_all, QDialogButtonBox.ButtonRole.ResetRole)
        for box_button in buttons.findChildren(QPushButton):
            box_button.setAutoDefault(False)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.query)
        column.addWidget(self.table, 1)
        column.addLayout(keys)
        column.addWidget(self.word)
        column.addWidget(buttons)

    def _lay_out_table(self) -> None:
        table = self.table
        table.setAccessibleName(translate("KeyEditor", "Commands and their keys"))
        table.setHorizontalHeaderLabels(
            [
                translate("KeyEditor", "Menu"),
                translate("KeyEditor", "Command"),
                translate("KeyEditor", "Keys"),
            ]
        )
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(_MENU, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_TITLE, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(_KEYS, QHeaderView.ResizeMode.ResizeToContents)


class KeyCapture(QKeySequenceEdit):
    """Takes one key with its modifiers; Enter confirms it, Escape leaves, Tab goes on."""

    confirmed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        for field in self.findChildren(QLineEdit):
            field.setPlaceholderText(translate("KeyEditor", "Press a key"))

    @property
    def key(self) -> str:
        """The key that was pressed last, in its portable form; empty before."""
        return portable(self.keySequence())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain == Qt.KeyboardModifier.NoModifier:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.confirmed.emit()
                return
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return
        self.setKeySequence(QKeySequence())  # another press counts, not both
        super().keyPressEvent(event)
