"""A sentence across the top of the window, until it is put away."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space
from crimeview.gui.text import translate


class Notice(QFrame):
    """Shows what went wrong without getting in the way; hidden while there is nothing to say."""

    def __init__(self, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("notice")
        self._icon = QLabel()
        self._text = QLabel(
            wordWrap=True, textInteractionFlags=Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self._text.setAccessibleName(translate("Notice", "Message"))
        self._away = QToolButton()
        self._away.setAccessibleName(translate("Notice", "Put the message away"))
        self._away.setToolTip(translate("Notice", "Put the message away"))
        self._away.setIconSize(QSize(ICON, ICON))
        self._away.setProperty("command", "true")
        self._away.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._away)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self.hide()

    def say(self, sentence: str) -> None:
        self._text.setText(sentence)
        self.show()

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        self._icon.setPixmap(
            self._look.pixmap(
                "warning", size=ICON, color=colors.lead, scale=self.devicePixelRatioF()
            )
        )
        self._away.setIcon(self._look.icon("close"))
