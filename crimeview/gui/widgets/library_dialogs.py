"""Which library is opened, and what of the case is added to it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.errors import CrimeviewError
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import segments_text, translate
from crimeview.gui.told_text import fault_text
from crimeview.store.library.rows import Duplicates, Facts

_WIDTH = 560


class OpenLibraryDialog(QDialog):
    """Asks for a folder or a URL; a password goes to the keyring and nowhere else.

    `take` gets the text, and whether a library is to be made where there is none.
    """

    def __init__(
        self, place: str, take: Callable[[str, bool], None], *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._take = take
        self._look = look
        self.setWindowTitle(translate("LibraryDialogs", "Open a library"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.place = QLineEdit(place)
        self.place.setPlaceholderText("postgresql://name@server/database?sslmode=verify-full")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(
            translate("LibraryDialogs", "only for a server, kept in your keyring")
        )
        self.create_it = QCheckBox(
            translate("LibraryDialogs", "&Make one there if there is none yet")
        )
        self._fault = QLabel(wordWrap=True)
        self._fault.setAccessibleName(translate("LibraryDialogs", "What is wrong"))
        look.tint(self._fault, look.colors.bad)
        self._fault.hide()
        self._lay_out()
        self.place.textChanged.connect(self._on_place)
        self._on_place()

    def accept(self) -> None:
        # Only here: the keyring takes a while to load.
        from crimeview.store.library.credentials import save_password
        from crimeview.store.library.location import locate

        text = self.place.text().strip()
        try:
            location = locate(text or None)
            if self.password.text() and location.url is not None:
                save_password(location, self.password.text())
        except CrimeviewError as error:
            self._fault.setText(fault_text(error))
            self._fault.show()
            return
        self._take(text, self.create_it.isChecked())
        super().accept()

    def _lay_out(self) -> None:
        choose = QPushButton(translate("LibraryDialogs", "&Folder…"))
        choose.clicked.connect(self._choose_folder)
        where = QHBoxLayout()
        where.setSpacing(Space.SMALL)
        where.addWidget(self.place, 1)
        where.addWidget(choose)
        form = QFormLayout()
        form.setVerticalSpacing(Space.SMALL)
        form.setHorizontalSpacing(Space.LARGE)
        self.place.setAccessibleName(translate("LibraryDialogs", "Folder or URL"))
        self.password.setAccessibleName(translate("LibraryDialogs", "Password"))
        label = QLabel(translate("LibraryDialogs", "Folder or &URL"))
        label.setBuddy(self.place)
        form.addRow(label, where)
        form.addRow(translate("LibraryDialogs", "&Password"), self.password)
        note = QLabel(
            translate(
                "LibraryDialogs",
                "A folder is a library of your own. A URL is a PostgreSQL server that several "
                "people share; never write the password into it.",
            ),
            wordWrap=True,
        )
        note.setFont(self._look.font(Type.SMALL))
        self._look.tint(note, self._look.colors.muted)
        column = _column(self)
        column.addLayout(form)
        column.addWidget(self.create_it)
        column.addWidget(note)
        column.addWidget(self._fault)
        column.addWidget(_buttons(self, translate("LibraryDialogs", "Open")))

    def _on_place(self) -> None:
        self.password.setEnabled("://" in self.place.text())

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, translate("LibraryDialogs", "Choose the library's folder"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.place.setText)
        dialog.open()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What can be added: words, and the numbers of its segments in the case."""

    text: str
    segments: tuple[int, ...]


TakeOrder = Callable[[tuple[int, ...], Facts, Duplicates, bool], None]


class AddDialog(QDialog):
    """Asks which segments are added to the library, and what is said of them."""

    def __init__(
        self,
        choices: Sequence[Choice],
        take: TakeOrder,
        *,
        can_copy: bool,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._choices = choices
        self._take = take
        self.setWindowTitle(translate("LibraryDialogs", "Add to the library"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.scope = QButtonGroup(self)
        column = _column(self)
        for number, choice in enumerate(choices):
            button = QRadioButton(f"{choice.text} ({segments_text(len(choice.segments))})")
            button.setEnabled(bool(choice.segments))
            self.scope.addButton(button, number)
            column.addWidget(button)
        first = next((b for b in self.scope.buttons() if b.isEnabled()), None)
        if first is not None:
            first.setChecked(True)
        self.camera, self.place = QLineEdit(), QLineEdit()
        self.duplicates = QComboBox()
        for value, text in (
            (Duplicates.MARK, translate("LibraryDialogs", "Add them, marked as duplicates")),
            (Duplicates.SKIP, translate("LibraryDialogs", "Leave them out")),
            (Duplicates.KEEP, translate("LibraryDialogs", "Add them like any other")),
        ):
            self.duplicates.addItem(text, value)
        self.copy = QCheckBox(
            translate("LibraryDialogs", "Keep the piece of the &recording, too (a copy)")
        )
        self.copy.setEnabled(can_copy)
        form = QFormLayout()
        form.setVerticalSpacing(Space.SMALL)
        form.setHorizontalSpacing(Space.LARGE)
        for title, field in (
            (translate("LibraryDialogs", "&Camera"), self.camera),
            (translate("LibraryDialogs", "&Place"), self.place),
            (translate("LibraryDialogs", "What another &file shows, too"), self.duplicates),
        ):
            field.setAccessibleName(title.replace("&", ""))
            form.addRow(title, field)
        known = translate("LibraryDialogs", "as the case knows it")
        self.camera.setPlaceholderText(known)
        note = QLabel(
            translate(
                "LibraryDialogs",
                "Types and notes come from the review. Dismissed segments are never added, and "
                "what the library has already is not added again.",
            ),
            wordWrap=True,
        )
        note.setFont(look.font(Type.SMALL))
        look.tint(note, look.colors.muted)
        column.addLayout(form)
        column.addWidget(self.copy)
        column.addWidget(note)
        column.addWidget(_buttons(self, translate("LibraryDialogs", "Add")))

    def accept(self) -> None:
        number = self.scope.checkedId()
        if number >= 0:
            facts = Facts(camera=self.camera.text().strip(), place=self.place.text().strip())
            self._take(
                self._choices[number].segments,
                facts,
                Duplicates(self.duplicates.currentData()),
                self.copy.isChecked(),
            )
        super().accept()


def ask_for_package(title: str, take: Callable[[Path], None], *, parent: QWidget) -> None:
    """Ask for a folder that is a package."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()


def ask_for_new_folder(title: str, take: Callable[[Path], None], *, parent: QWidget) -> None:
    """Ask for the name of a folder that is not there yet."""
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.selectFile("library-package")
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()


def _column(dialog: QDialog) -> QVBoxLayout:
    column = QVBoxLayout(dialog)
    column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
    column.setSpacing(Space.MEDIUM)
    return column


def _buttons(dialog: QDialog, title: str) -> QDialogButtonBox:
    kinds = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
    buttons.button(kinds.Ok).setText(title)
    buttons.button(kinds.Ok).setProperty("primary", "true")
    buttons.button(kinds.Cancel).setText(translate("LibraryDialogs", "Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
