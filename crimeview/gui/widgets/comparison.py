"""What was looked for and a result side by side."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui.comparing import Comparing, Shown
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.viewing import Viewing
from crimeview.gui.widgets.video_view import VideoView


class Comparison(QWidget):
    """Two pictures that play in step, each with its name and its own time.

    A click on either plays and pauses both. Where a file is not on this computer, a sentence says
    so in place of its picture.
    """

    def __init__(self, comparing: Comparing, *, look: Look) -> None:
        super().__init__()
        self._comparing = comparing
        self._look = look
        self._query = _Side(translate("Comparison", "What you look for"), look=look)
        self._result = _Side(translate("Comparison", "Result"), look=look)
        self._query.hold(
            VideoView(comparing.player, comparing.playhead, viewing=Viewing(), look=look)
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.HAIR)
        row.addWidget(self._query, 1)
        row.addWidget(self._result, 1)
        comparing.changed.connect(self._show)
        comparing.playhead.moved.connect(lambda _seconds: self._show_times())
        self._show()

    def _show(self) -> None:
        comparing, follower = self._comparing, self._comparing.follower
        if follower is not None:
            self._result.hold(
                VideoView(follower.player, follower.playhead, viewing=Viewing(), look=self._look)
            )
        else:
            self._result.hold(None)
        for side, shown in ((self._query, comparing.query), (self._result, comparing.result)):
            side.say(shown)
        self._show_times()

    def _show_times(self) -> None:
        comparing, follower = self._comparing, self._comparing.follower
        if comparing.query is not None:
            self._query.show_time(comparing.playhead.position + comparing.query.zero)
        if comparing.result is not None and follower is not None:
            self._result.show_time(follower.playhead.position + comparing.result.zero)
            self._result.show_outside(outside=follower.outside)


class _Side(QWidget):
    """A heading, a picture, or a sentence in its place."""

    def __init__(self, title: str, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = title
        self._view: VideoView | None = None
        self._name = QLabel(title)
        self._name.setFont(look.font(bold=True))
        self._name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._time = QLabel()
        self._time.setFont(look.font(Type.SMALL))
        self._instead = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._instead.setMinimumSize(240, 135)
        head = QHBoxLayout()
        head.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.TIGHT)
        head.addWidget(self._name, 1)
        head.addWidget(self._time)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self._column.addWidget(self._instead, 1)

    def hold(self, view: VideoView | None) -> None:
        """Show this picture from now on."""
        if self._view is not None:
            self._column.removeWidget(self._view)
            self._view.hide()
            self._view.deleteLater()
        self._view = view
        if view is not None:
            view.setAccessibleName(self._title)
            self._column.addWidget(view, 1)

    def say(self, shown: Shown | None) -> None:
        there = shown is not None and shown.path is not None
        if self._view is not None:
            self._view.setVisible(there)
        self._instead.setVisible(not there)
        name = shown.name if shown is not None else ""
        self._name.setText(f"{self._title}: {name}" if name else self._title)
        self._name.setToolTip(name)
        self._time.setText("")
        if shown is not None and not there:
            text = translate(
                "Comparison",
                "“{name}” is not on this computer, and the library holds no copy of it: only its "
                "small pictures can be shown.",
            )
            self._instead.setText(text.format(name=name))
        else:
            self._instead.setText("")

    def show_time(self, seconds: float) -> None:
        self._time.setText(clock_text(seconds, decimals=1))

    def show_outside(self, *, outside: bool) -> None:
        if self._view is not None:
            self._view.say(
                translate("Comparison", "It has no picture of this moment.") if outside else ""
            )
