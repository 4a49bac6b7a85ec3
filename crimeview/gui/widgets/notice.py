"""A sentence across the top of the window, until it is put away."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space
from crimeview.gui.text import translate

_PASSING = 6000  # ms that what is only mentioned is shown, at least
_READING = 80  # ms a character


class Notice(QFrame):
    """Shows what went wrong without getting in the way; hidden while there is nothing to say.

    It has a place of its own, above the pages. What is only mentioned goes away by itself, and
    leaves what was there to be put away; with nothing there it lies over the foot of the pages,
    so that they stay where they are.
    """

    def __init__(self, column: QBoxLayout, *, pages: QWidget, look: Look) -> None:
        super().__init__(column.parentWidget())
        self._look = look
        self._column = column
        self._pages = pages
        self._over = False  # the pages
        self._passing_icon = "undo"
        self.setObjectName("notice")
        self._staying: str | None = None  # until it is put away
        self._mentioning = QTimer(self, singleShot=True)
        self._mentioning.timeout.connect(self._on_passed)
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
        self._away.clicked.connect(self._put_away)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self._away)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        column.insertWidget(0, self)
        pages.installEventFilter(self)
        self.hide()

    def say(self, sentence: str) -> None:
        self._staying = sentence
        self._mentioning.stop()
        self._show(sentence)

    def mention(self, sentence: str, *, icon: str = "undo") -> None:
        """Say something that is gone after a few seconds."""
        self._passing_icon = icon
        self._mentioning.start(max(_PASSING, _READING * len(sentence)))
        self._show(sentence)

    def _put_away(self) -> None:
        """Put away what is shown; what it stood in front of is shown again."""
        if not self._mentioning.isActive():
            self._staying = None
        self._on_passed()

    def _on_passed(self) -> None:
        self._mentioning.stop()
        if self._staying is None:
            self.hide()
        else:
            self._show(self._staying)

    def _show(self, sentence: str) -> None:
        self._text.setText(sentence)
        passing = self._mentioning.isActive()
        self._take_place(over=passing and self._staying is None)
        if self._is("passing") != passing or self._is("over") != self._over:
            self.setProperty("passing", "true" if passing else "false")
            self.setProperty("over", "true" if self._over else "false")
            self.style().unpolish(self)
            self.style().polish(self)
        self._show_icon()
        self._lie_over()
        self.show()

    def _is(self, name: str) -> bool:
        return bool(self.property(name) == "true")

    def _take_place(self, *, over: bool) -> None:
        if over == self._over:
            return
        self._over = over
        if over:
            self._column.removeWidget(self)
            self.raise_()
        else:
            self._text.setWordWrap(True)
            self._column.insertWidget(0, self)

    def _lie_over(self) -> None:
        """Lie in the lower left corner of the pages, as wide as the words are."""
        if not self._over:
            return
        pages = self._pages.geometry().adjusted(
            Space.MEDIUM, Space.MEDIUM, -Space.MEDIUM, -Space.MEDIUM
        )
        self._text.setWordWrap(False)
        size = self.sizeHint()
        if size.width() > pages.width():
            self._text.setWordWrap(True)
            size = QSize(pages.width(), self.heightForWidth(pages.width()))
        top = pages.bottom() + 1 - size.height()
        self.setGeometry(pages.left(), top, size.width(), size.height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._pages and event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._lie_over()
        return super().eventFilter(watched, event)

    def _show_icon(self) -> None:
        colors = self._look.colors
        name, color = (
            (self._passing_icon, colors.muted)
            if self._mentioning.isActive()
            else ("warning", colors.lead)
        )
        self._icon.setPixmap(
            self._look.pixmap(name, size=ICON, color=color, scale=self.devicePixelRatioF())
        )

    def _on_look_changed(self) -> None:
        self._show_icon()
        self._away.setIcon(self._look.icon("close"))
