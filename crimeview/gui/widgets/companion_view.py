"""A recording beside the selected one: its picture, what it is, and when."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui.companions import Companion, Companions
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.viewing import Viewing
from crimeview.gui.widgets.video_view import VideoView


class CompanionView(QWidget):
    """Its picture has a view of its own: the wheel looks closer at this one only."""

    def __init__(self, companion: Companion, companions: Companions, *, look: Look) -> None:
        super().__init__()
        self._companion = companion
        self._companions = companions
        self._look = look
        self.setAutoFillBackground(True)
        self.viewing = Viewing()
        self.view = VideoView(companion.player, companion.playhead, viewing=self.viewing, look=look)
        self.view.setAccessibleName(
            translate("CompanionView", "Picture of {name}").format(
                name=companion.recording.path.name
            )
        )
        self._name = QLabel(companion.recording.path.name)
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._time = QLabel()
        self._time.setAccessibleName(translate("CompanionView", "Its time"))
        self._away = QToolButton()
        self._away.setProperty("command", "true")
        self._away.setIconSize(QSize(14, 14))
        self._away.setFixedHeight(22)
        title = translate("CompanionView", "Show it no longer")
        self._away.setAccessibleName(title)
        self._away.setToolTip(title)
        self._away.clicked.connect(lambda: companions.toggle(companion.recording.id))
        row = QHBoxLayout()
        row.setContentsMargins(Space.SMALL, 0, Space.TIGHT, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._name, 1)
        row.addWidget(self._time)
        row.addWidget(self._away)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.view, 1)
        companion.changed.connect(self._show_state)
        companion.playhead.moved.connect(self._show_state)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show_state()

    def _show_state(self) -> None:
        companion = self._companion
        if companion.outside:
            if companion.synchronous:
                text = translate("CompanionView", "Nothing was recorded here at this time.")
            else:
                text = translate("CompanionView", "This recording is over; both began together.")
            self.view.say(text)
            self._time.setText("")
            return
        self.view.say("")
        time = self._companions.time_text(companion) or clock_text(companion.playhead.position)
        if not companion.synchronous:
            time = translate("CompanionView", "{time}, not in sync").format(time=time)
            self._time.setToolTip(
                translate(
                    "CompanionView",
                    "When these recordings were made is not known well enough: both begin "
                    "together. Give their times under “Camera and time”.",
                )
            )
        self._time.setText(time)

    def _on_look_changed(self) -> None:
        look = self._look
        self._away.setIcon(look.icon("close"))
        self._name.setFont(look.font(Type.SMALL, bold=True))
        self._time.setFont(look.font(Type.SMALL))
        look.tint(self._time, look.colors.muted)
