"""What an empty part of the window says: why it is empty and what to do next."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type

_ICON = 48
_MEASURE = 420  # pixels across, at most, of a text that is pleasant to read


class EmptyState(QWidget):
    """An icon, a title, a sentence on what to do, and the buttons that do it."""

    def __init__(self, icon: str, *, look: Look, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__()
        self._look = look
        self._icon_name = icon
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._sentence = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        across = QHBoxLayout(self)
        across.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        middle = QWidget(maximumWidth=_MEASURE)
        across.addStretch(1)
        across.addWidget(middle, 1000)
        across.addStretch(1)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addStretch(2)
        column.addWidget(self._icon)
        column.addWidget(self._title)
        column.addWidget(self._sentence)
        if buttons:
            column.addLayout(_in_the_middle(buttons))
        column.addStretch(3)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def say(self, title: str, sentence: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{title} {sentence}".strip())

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        scale = self.devicePixelRatioF()
        self._icon.setPixmap(
            self._look.pixmap(self._icon_name, size=_ICON, color=colors.faint, scale=scale)
        )
        self._title.setFont(self._look.font(Type.HEADING, bold=True))
        self._look.tint(self._sentence, colors.muted)


def _in_the_middle(buttons: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, Space.MEDIUM, 0, 0)
    row.addStretch(1)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
