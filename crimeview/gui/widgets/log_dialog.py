"""The end of the program's log."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPalette, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from crimeview.gui.fault_report import surroundings
from crimeview.gui.log import log_path, log_tail
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.copied_text import copy_button, fixed_text
from crimeview.gui.widgets.dialog_parts import open_at

_SIZE = (860, 560)  # pixels
_MOST = 60_000  # characters: what is laid out in a moment


class LogDialog(QDialog):
    """What the program has written down, to be copied, and the folder it is in."""

    def __init__(self, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("LogDialog", "Log"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, *_SIZE)
        self.text = fixed_text(translate("LogDialog", "The end of the log"))
        word = QLabel(
            translate(
                "LogDialog",
                "What crimeview has written down, the last at the end. It stays on this computer: "
                "nothing is sent anywhere unless you copy it and send it yourself.",
            ),
            wordWrap=True,
        )
        place = QLabel(str(log_path()), wordWrap=True)
        place.setFont(look.font(Type.SMALL))
        place.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        folder = QPushButton(translate("LogDialog", "&Open the folder"))
        again = QPushButton(translate("LogDialog", "&Read again"))
        for button, act in ((folder, _open_folder), (again, self.read)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        for button in (copy_button(self.text), folder, again):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        for widget in (word, place):
            column.addWidget(widget)
        column.addWidget(self.text, 1)
        column.addWidget(buttons)
        self.read()

    def read(self) -> None:
        """Show the log as it is now, at its end."""
        tail = log_tail(most=_MOST) or translate("LogDialog", "Nothing was written down yet.")
        self.text.setPlainText(f"{surroundings()}\n\n{tail}")
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.text.moveCursor(QTextCursor.MoveOperation.StartOfLine)


def _open_folder() -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_path().parent)))
