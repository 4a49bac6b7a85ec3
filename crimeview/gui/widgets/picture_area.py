"""The pictures: the selected recording's, and those beside it."""

from PySide6.QtWidgets import QGridLayout, QWidget

from crimeview.gui.companions import Companions
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.widgets.companion_view import CompanionView

_COLUMNS = 2


class PictureArea(QWidget):
    """One picture, two beside each other, or up to four in two rows."""

    def __init__(self, main: QWidget, companions: Companions, *, look: Look) -> None:
        super().__init__()
        self._main = main
        self._companions = companions
        self._look = look
        self._views: dict[int, CompanionView] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.HAIR)
        self._grid.addWidget(main, 0, 0)
        companions.changed.connect(self._arrange)
        self._arrange()

    def _arrange(self) -> None:
        wanted = {c.recording.id: c for c in self._companions.companions}
        for number in [n for n in self._views if n not in wanted]:
            view = self._views.pop(number)
            self._grid.removeWidget(view)
            view.hide()
            view.deleteLater()
        for number, companion in wanted.items():
            if number not in self._views:
                self._views[number] = CompanionView(companion, self._companions, look=self._look)
        for place, widget in enumerate([self._main, *(self._views[n] for n in wanted)]):
            self._grid.addWidget(widget, place // _COLUMNS, place % _COLUMNS)
            widget.show()
        count = 1 + len(wanted)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < count))
        for row in range(2):
            self._grid.setRowStretch(row, int(row * _COLUMNS < count))
