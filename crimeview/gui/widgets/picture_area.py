"""The pictures: the selected recording's, and those beside it."""

from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from crimeview.gui.companions import Companions
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.widgets.companion_view import CompanionView
from crimeview.gui.workspace import Workspace

_COLUMNS = 2
_CAPTION = 22  # pixels: as high as that of the others


class PictureArea(QWidget):
    """One picture, two beside each other, or up to four in two rows."""

    def __init__(
        self, main: QWidget, workspace: Workspace, companions: Companions, *, look: Look
    ) -> None:
        super().__init__()
        self._main = QWidget()
        self._caption = QLabel()
        self._caption.setFixedHeight(_CAPTION)
        self._caption.setContentsMargins(Space.SMALL, 0, 0, 0)
        self._caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self._main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._caption)
        column.addWidget(main, 1)
        self._workspace = workspace
        self._companions = companions
        self._look = look
        self._views: dict[int, CompanionView] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(Space.HAIR)
        self._grid.addWidget(self._main, 0, 0)
        companions.changed.connect(self._arrange)
        workspace.recording_selected.connect(self._show_name)
        look.changed.connect(self._show_name)
        self._arrange()

    def _show_name(self) -> None:
        """Which one is selected, where there are others."""
        recording = self._workspace.recording
        self._caption.setText(recording.path.name if recording is not None else "")
        self._caption.setFont(self._look.font(Type.SMALL, bold=True))
        self._look.tint(self._caption, self._look.colors.accent)
        self._caption.setVisible(bool(self._companions.companions))

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
        self._show_name()
        count = 1 + len(wanted)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, int(column < count))
        for row in range(2):
            self._grid.setRowStretch(row, int(row * _COLUMNS < count))
