"""The case's own settings."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.case_files import CaseFiles
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.dialog_parts import save_or_cancel
from crimeview.gui.workspace import Workspace
from crimeview.jobs.describe_case import DESCRIPTION, KINDS, TITLE

_WIDTH = 560  # pixels
_LINES = 5


class CaseDialog(QDialog):
    """Title, description and crime types of the case, kept when the dialog is closed.

    Escape closes it without keeping what was written.
    """

    def __init__(
        self, workspace: Workspace, cases: CaseFiles, *, look: Look, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._cases = cases
        self._look = look
        self.setWindowTitle(translate("CaseDialog", "Case settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        notes = workspace.notes
        self.title = QLineEdit(notes.get(TITLE, ""))
        self.title.setPlaceholderText(workspace.case.folder.name)
        self.description = QPlainTextEdit(notes.get(DESCRIPTION, ""))
        self.description.setTabChangesFocus(True)
        self.kinds = QLineEdit(notes.get(KINDS, ""))
        self.kinds.setPlaceholderText(translate("CaseDialog", "trespass, illegal dumping"))
        self._lay_out(str(workspace.case.folder))

    def accept(self) -> None:
        self._cases.describe(
            {
                TITLE: self.title.text(),
                DESCRIPTION: self.description.toPlainText(),
                KINDS: self.kinds.text(),
            }
        )
        super().accept()

    def _lay_out(self, folder: str) -> None:
        line = self.description.fontMetrics().lineSpacing()
        self.description.setFixedHeight(_LINES * line + 2 * Space.SMALL)
        form = QFormLayout()
        form.setHorizontalSpacing(Space.LARGE)
        form.setVerticalSpacing(Space.SMALL)
        for title, field in (
            (translate("CaseDialog", "&Title"), self.title),
            (translate("CaseDialog", "&Description"), self.description),
            (translate("CaseDialog", "&Further crime types"), self.kinds),
        ):
            field.setAccessibleName(title.replace("&", ""))
            form.addRow(title, field)
        place = QLabel(folder, wordWrap=True)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form.addRow(translate("CaseDialog", "Folder"), place)
        word = QLabel(
            translate("CaseDialog", "They are kept in the case, for everybody who opens it."),
            wordWrap=True,
        )
        word.setFont(self._look.font(Type.SMALL))
        word.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = save_or_cancel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(form)
        column.addWidget(word)
        column.addWidget(buttons)
