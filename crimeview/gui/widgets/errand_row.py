"""How far longer work beside the analysis is, at the foot of the window."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from crimeview.gui.errands import Errands
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.widgets.progress_bar import ProgressBar

_FINE = 1000  # parts of the bar


class ErrandRow(QWidget):
    """What is done, how far it is, and Stop; hidden while there is nothing."""

    def __init__(self, errands: Errands, *, parent: QWidget) -> None:
        super().__init__(parent)
        self._errands = errands
        self._what = QLabel()
        self._bar = ProgressBar()
        self._bar.setAccessibleName(translate("ErrandRow", "Progress"))
        self._stop = QPushButton(translate("ErrandRow", "Stop"))
        self._stop.clicked.connect(errands.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.TIGHT)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        errands.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        title, fraction = self._errands.title, self._errands.fraction
        self.setVisible(title is not None)
        self._what.setText(title or "")
        self._bar.setMaximum(_FINE if fraction is not None else 0)
        self._bar.setValue(round(_FINE * (fraction or 0.0)))
