"""The controls under the picture."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui.commands import Actions
from crimeview.gui.look import Look
from crimeview.gui.playhead import SPEEDS, Playhead
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import action_button, keep_keys

PLAY = "play"
_BUTTONS = ("frame-back", PLAY, "frame-forward")


class Transport(QWidget):
    """Buttons, position and speed."""

    def __init__(self, playhead: Playhead, actions: Actions, *, look: Look) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self._playhead = playhead
        self._actions = actions
        self._look = look
        self._position = QLabel()
        self._position.setAccessibleName(translate("Transport", "Position"))
        self._length = QLabel()
        self._length.setAccessibleName(translate("Transport", "Length"))
        self._state = QLabel()
        self._speed = _speed_box()
        self._lay_out()
        self._speed.activated.connect(lambda i: playhead.set_speed(SPEEDS[i]))
        playhead.moved.connect(self._show_position)
        playhead.end_changed.connect(self._show_position)
        playhead.rate_changed.connect(self._show_rate)
        playhead.speed_changed.connect(self._show_rate)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show_position()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.HAIR)
        for command_id in _BUTTONS:
            row.addWidget(action_button(self._actions, command_id))
        row.addSpacing(Space.MEDIUM)
        row.addWidget(self._position)
        row.addWidget(self._length)
        row.addSpacing(Space.MEDIUM)
        row.addWidget(self._state)
        row.addStretch()
        row.addWidget(self._speed)

    def _show_position(self) -> None:
        self._position.setText(clock_text(self._playhead.position, decimals=2))
        self._length.setText("/ " + clock_text(self._playhead.end, decimals=2))

    def _show_rate(self) -> None:
        playhead = self._playhead
        playing = playhead.playing
        action = self._actions[PLAY]
        action.setIcon(self._look.icon("pause" if playing else "play"))
        action.setText(
            translate("Transport", "Pause") if playing else translate("Transport", "Play")
        )
        self._speed.setCurrentIndex(SPEEDS.index(playhead.speed))
        usual = playhead.rate in (0.0, playhead.speed)
        self._state.setText("" if usual else speed_text(playhead.rate))

    def _on_look_changed(self) -> None:
        self._position.setFont(self._look.font(Type.HEADING, bold=True))
        self._length.setFont(self._look.font())
        self._look.tint(self._length, self._look.colors.muted)
        self._show_rate()


def speed_text(rate: float) -> str:
    return f"{rate:g}\N{MULTIPLICATION SIGN}".replace("-", "\N{MINUS SIGN}")


def _speed_box() -> QComboBox:
    box = QComboBox()
    box.addItems([speed_text(speed) for speed in SPEEDS])
    box.setCurrentIndex(SPEEDS.index(1.0))
    box.setAccessibleName(translate("Transport", "Playing speed"))
    box.setToolTip(translate("Transport", "Playing speed"))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    keep_keys(box)
    return box
