"""What a page is busy with, how far it is, and Stop."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import keep_keys
from crimeview.gui.widgets.progress_bar import ProgressBar

_FINE = 1000  # parts of the bar


class StageRow(QWidget):
    """Hidden while there is nothing under way."""

    def __init__(self, stop: Callable[[], object]) -> None:
        super().__init__()
        self._what = QLabel()
        self._bar = ProgressBar()
        self._bar.setAccessibleName(translate("StageRow", "Progress"))
        self._stop = QPushButton(translate("StageRow", "Stop"))
        self._stop.clicked.connect(stop)
        keep_keys(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.TIGHT)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._stop)
        self.hide()

    def say(self, what: str | None, fraction: float | None = None) -> None:
        """Say what is under way; None for nothing."""
        self.setVisible(what is not None)
        self._what.setText(what or "")
        self._bar.setMaximum(_FINE if fraction is not None else 0)
        self._bar.setValue(round(_FINE * (fraction or 0.0)))
