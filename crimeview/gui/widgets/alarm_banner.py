"""What is on, across the top of the wall: the sound of an alarm, for the eyes."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import translate
from crimeview.gui.wall import Wall
from crimeview.gui.wall_text import alarm_text, moment_text
from crimeview.gui.widgets.buttons import text_button
from crimeview.gui.widgets.yielding_label import YieldingLabel


class AlarmBanner(QFrame):
    """Shows the newest alarm until it is acknowledged; hidden while all are."""

    def __init__(self, wall: Wall, acknowledge: QAction, *, look: Look) -> None:
        super().__init__()
        self._wall = wall
        self._look = look
        self.setObjectName("notice")
        self._icon = QLabel()
        self._text = YieldingLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.SMALL, Space.TIGHT)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(text_button(acknowledge))
        wall.alarms_changed.connect(self._show)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show()

    def _show(self) -> None:
        new = [alarm for alarm in self._wall.alarms if alarm.acknowledged is None]
        self.setVisible(bool(new))
        if not new:
            return
        text = translate("Wall", "ALARM  {camera}, {time}: {what}").format(
            camera=new[0].camera, time=moment_text(new[0].start), what=alarm_text(new[0])
        )
        if len(new) > 1:
            text += " · " + translate("Wall", "{count} more").format(count=len(new) - 1)
        self._text.say(text)
        self.setAccessibleName(text)

    def _on_look_changed(self) -> None:
        colors = self._look.colors
        self._icon.setPixmap(self._look.icon("warning", color=colors.lead).pixmap(ICON, ICON))
        self._text.setFont(self._look.font(Type.HEADING, bold=True))
