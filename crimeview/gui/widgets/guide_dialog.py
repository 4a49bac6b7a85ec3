"""The guide, beside the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crimeview.core.places import shipped
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.widgets.dialog_parts import open_at
from crimeview.gui.widgets.guide_view import GuideView

_SIZE = (920, 760)  # pixels
_INDEX = "README.md"


def guide_index(code: str) -> Path:
    """The first page of the guide in a language: `en` or `ko`."""
    guide = shipped("docs") / "guide"
    own = guide / code / _INDEX
    return own if own.is_file() else guide / _INDEX


class GuideDialog(QDialog):
    """The pages that come with the program, in its language. Not modal; Escape closes it."""

    def __init__(self, code: str, *, tasks: Tasks, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(translate("GuideDialog", "Guide"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        open_at(self, *_SIZE)
        self.view = GuideView(tasks, look=look)
        self.view.setAccessibleName(self.windowTitle())
        self._index = guide_index(code)
        self.word = QLabel()
        self.word.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.back = QPushButton(translate("GuideDialog", "&Back"))
        self.contents = QPushButton(translate("GuideDialog", "&Contents"))
        close = QPushButton(translate("GuideDialog", "Close"))
        self._lay_out(close)
        self.back.clicked.connect(self.view.backward)
        self.contents.clicked.connect(lambda: self.view.open(self._index))
        close.clicked.connect(self.close)
        self.view.refused.connect(self._refuse)
        self.view.sourceChanged.connect(lambda _url: self.word.clear())
        self.view.backwardAvailable.connect(self.back.setEnabled)
        self.back.setEnabled(False)
        self.view.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.view.source().isEmpty():  # its width is known now
            self.view.open(self._index)

    def done(self, result: int) -> None:
        self.view.let_go()
        super().done(result)

    def _lay_out(self, close: QPushButton) -> None:
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.HUGE, 0, Space.HUGE, Space.LARGE)
        foot.setSpacing(Space.SMALL)
        for button in (self.back, self.contents):
            foot.addWidget(button)
        foot.addWidget(self.word, 1)
        foot.addWidget(close)
        for button in (self.back, self.contents, close):
            button.setAutoDefault(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def _refuse(self, name: str) -> None:
        text = translate("GuideDialog", "“{name}” cannot be shown here.")
        self.word.setText(text.format(name=name))
