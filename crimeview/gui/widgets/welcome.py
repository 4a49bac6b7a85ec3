"""What a case without recordings shows: where to begin."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import text_button

_ICON = 64
_WIDTH = 600


class Welcome(QWidget):
    """A place to drop recordings on, and buttons for those who would rather look for them."""

    def __init__(
        self, *, look: Look, actions: Sequence[QAction], tour: QAction, is_new: bool
    ) -> None:
        super().__init__()
        self._look = look
        centered = Qt.AlignmentFlag.AlignCenter
        self._icon = QLabel(alignment=centered)
        self._title = QLabel(translate("Welcome", "Drop recordings here"), alignment=centered)
        self._sentence = QLabel(
            translate(
                "Welcome",
                "Video files or folders, as many as you like. crimeview looks through them and "
                "lists the moments worth looking at.",
            ),
            alignment=centered,
            wordWrap=True,
        )
        self._promise = QLabel(
            translate(
                "Welcome", "Nothing leaves this computer, and the files themselves stay untouched."
            ),
            alignment=centered,
            wordWrap=True,
        )
        self._lay_out(actions, tour, is_new=is_new)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def _lay_out(self, actions: Sequence[QAction], tour: QAction, *, is_new: bool) -> None:
        target = QFrame()
        target.setObjectName("dropTarget")
        target.setFixedWidth(_WIDTH)
        inside = QVBoxLayout(target)
        inside.setContentsMargins(*(2 * (2 * Space.HUGE, 2 * Space.HUGE)))
        inside.setSpacing(Space.MEDIUM)
        inside.addWidget(self._icon)
        inside.addWidget(self._title)
        inside.addWidget(self._sentence)
        inside.addSpacing(Space.SMALL)
        inside.addLayout(_buttons(actions))
        column = QVBoxLayout(self)
        column.setSpacing(Space.LARGE)
        column.addStretch(2)
        column.addWidget(target, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._promise)
        if is_new:
            column.addWidget(_offer(tour), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def _on_look_changed(self) -> None:
        look, colors = self._look, self._look.colors
        self._icon.setPixmap(
            look.pixmap("film", size=_ICON, color=colors.accent, scale=self.devicePixelRatioF())
        )
        self._title.setFont(look.font(Type.TITLE, bold=True))
        look.tint(self._sentence, colors.muted)
        look.tint(self._promise, colors.muted)


def _offer(tour: QAction) -> QWidget:
    """A first visitor is offered a tour, which goes with the window into its first case."""
    offer = QWidget()
    row = QHBoxLayout(offer)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.MEDIUM)
    row.addWidget(QLabel(translate("Welcome", "New here? Five steps show what is where.")))
    button = text_button(tour)
    tour.triggered.connect(offer.hide)
    row.addWidget(button)
    return offer


def _buttons(actions: Sequence[QAction]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(Space.SMALL)
    row.addStretch()
    for number, action in enumerate(actions):
        button = text_button(action)
        button.setProperty("primary", "true" if number == 0 else "false")
        row.addWidget(button)
    row.addStretch()
    return row
