"""The controls under the picture."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QWidget,
)

from crimeview.core.timetext import clock_text
from crimeview.gui.commands import Actions
from crimeview.gui.look import Look
from crimeview.gui.playhead import SPEEDS, Playhead
from crimeview.gui.sound import Sound
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.timeline import Timeline
from crimeview.gui.widgets.buttons import action_button, keep_keys
from crimeview.gui.widgets.clock_dialog import source_text
from crimeview.gui.widgets.yielding_label import YieldingLabel

PLAY = "play"
_BUTTONS = ("frame-back", PLAY, "frame-forward")
_REPEAT, _MUTE = "repeat", "mute"
_TOOLS = ("why", _REPEAT, _MUTE, "side-by-side", "adjust-picture", "save-picture")


class Transport(QWidget):
    """Buttons, position and speed."""

    def __init__(
        self,
        playhead: Playhead,
        sound: Sound,
        timeline: Timeline,
        actions: Actions,
        *,
        look: Look,
    ) -> None:
        super().__init__()
        self.setAutoFillBackground(True)
        self._playhead = playhead
        self._sound = sound
        self._timeline = timeline
        self._actions = actions
        self._look = look
        self._position = QLabel()
        self._position.setAccessibleName(translate("Transport", "Position"))
        self._length = YieldingLabel(whole=True)  # it stands on the axis too
        self._length.setAccessibleName(translate("Transport", "Length"))
        self._wall = _Told(self._told)
        self._wall.setAccessibleName(translate("Transport", "Camera time"))
        # A narrow window may cut it off: it is on the axis and over the picture too.
        self._wall.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._state = QLabel()
        self._speed = _speed_box()
        self._tools = {name: action_button(actions, name) for name in _TOOLS}
        self._lay_out()
        self._speed.activated.connect(lambda i: playhead.set_speed(SPEEDS[i]))
        playhead.moved.connect(self._show_position)
        playhead.end_changed.connect(self._show_position)
        playhead.rate_changed.connect(self._show_rate)
        playhead.speed_changed.connect(self._show_rate)
        playhead.loop_changed.connect(self._show_rate)
        sound.changed.connect(self._show_sound)
        timeline.changed.connect(self._show_clock)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show_clock()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.HAIR)
        for command_id in _BUTTONS:
            row.addWidget(action_button(self._actions, command_id))
        row.addSpacing(Space.SMALL)
        row.addWidget(self._position)
        row.addWidget(self._length)
        row.addSpacing(Space.SMALL)
        row.addWidget(self._state)
        row.addWidget(self._wall, 1)
        for button in self._tools.values():
            row.addWidget(button)
        row.addSpacing(Space.SMALL)
        row.addWidget(self._speed)

    def button(self, command_id: str) -> QToolButton:
        """The button of one of the tools."""
        return self._tools[command_id]

    def _show_position(self) -> None:
        self._position.setText(clock_text(self._playhead.position, decimals=2))
        self._wall.setText(self._timeline.time_text(self._playhead.position))
        self._length.setText("/ " + clock_text(self._playhead.end, decimals=2))

    def _told(self) -> str:
        """The camera's time with its date, and where it is from."""
        known = self._timeline.clock
        if known is None:
            return ""
        moment = self._timeline.wall_text(self._playhead.position)
        return f"{moment}\n{source_text(known.clock.source)}".strip()

    def _show_clock(self) -> None:
        self._show_position()

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
        words = [] if usual else [speed_text(playhead.rate)]
        if playhead.loop is not None:
            start, end = (clock_text(seconds) for seconds in playhead.loop)
            words.append(
                translate("Transport", "repeats {start} to {end}").format(start=start, end=end)
            )
        self._state.setText(", ".join(words))

    def _show_sound(self) -> None:
        """Nobody misses a button for sound that there is not."""
        sound = self._sound
        self._tools[_MUTE].setVisible(sound.available)
        self._actions[_MUTE].setIcon(self._look.icon("muted" if sound.muted else "sound"))

    def _on_look_changed(self) -> None:
        self._position.setFont(self._look.font(Type.HEADING, bold=True))
        self._length.setFont(self._look.font())
        self._look.tint(self._length, self._look.colors.muted)
        self._wall.setFont(self._look.font())
        self._look.tint(self._wall, self._look.colors.muted)
        self._show_rate()
        self._show_sound()


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


class _Told(QLabel):
    """A label whose tool tip is made when it is asked for."""

    def __init__(self, tip: Callable[[], str]) -> None:
        super().__init__()
        self._tip = tip

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip(), self)
            return True
        return super().event(event)
