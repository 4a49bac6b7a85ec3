"""What the program says when it is at fault."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.fault_report import report_text
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.copied_text import copy_button, fixed_text
from crimeview.gui.widgets.dialog_parts import open_at

_SIZE = (760, 480)  # pixels
_ICON = 32


class FaultDialog(QDialog):
    """A plain sentence, and all there is to tell about it, ready to be copied.

    It is not modal: work can go on, and whoever wants to save something can. Nothing is sent.
    """

    def __init__(self, title: str, sentence: str, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("crimeview")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, *_SIZE)
        self._title = QLabel(title, wordWrap=True)
        self._title.setFont(look.font(Type.HEADING, bold=True))
        self._sentence = QLabel(sentence, wordWrap=True)
        self.details = fixed_text(translate("FaultDialog", "Details for a report"))
        icon = QLabel()
        icon.setPixmap(
            look.pixmap(
                "warning", size=_ICON, color=look.colors.lead, scale=self.devicePixelRatioF()
            )
        )
        words = QVBoxLayout()
        words.setSpacing(Space.TIGHT)
        words.addWidget(self._title)
        words.addWidget(self._sentence)
        top = QHBoxLayout()
        top.setSpacing(Space.LARGE)
        top.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(words, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        copy = copy_button(self.details)
        buttons.addButton(copy, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(top)
        column.addWidget(self.details, 1)
        column.addWidget(buttons)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        assert isinstance(close, QPushButton)
        close.setFocus()

    @property
    def sentence(self) -> str:
        return self._sentence.text()

    def tell(self, details: Sequence[str]) -> None:
        """Show these details, and what the program runs on."""
        self.details.setPlainText(report_text(details))
