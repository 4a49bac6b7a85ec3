"""How far the analysis is, at the foot of the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crimeview.gui.analysis import Analysis
from crimeview.gui.commands import Actions
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.text import percent_text, time_left_text, translate
from crimeview.gui.widgets.buttons import text_button
from crimeview.gui.widgets.progress_bar import ProgressBar
from crimeview.gui.workspace import Workspace

_FINE = 1000  # parts of the bar


class ProgressRow(QWidget):
    """What is being analyzed, how far it is and how long it will take, and Stop.

    Afterwards it says how many recordings are left over, and offers to go on; otherwise it hides.
    """

    def __init__(
        self, analysis: Analysis, workspace: Workspace, actions: Actions, *, look: Look
    ) -> None:
        super().__init__()
        self._analysis = analysis
        self._workspace = workspace
        self._look = look
        self._what = QLabel()
        self._bar = ProgressBar(maximum=_FINE)
        self._bar.setAccessibleName(translate("ProgressRow", "Progress of the analysis"))
        self._left = QLabel()
        self._stop = text_button(actions["stop-analysis"])
        self._analyze = text_button(actions["analyze"])
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.TIGHT)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._what)
        row.addWidget(self._bar, 1)
        row.addWidget(self._left)
        row.addWidget(self._stop)
        row.addWidget(self._analyze, 0, Qt.AlignmentFlag.AlignRight)
        analysis.progressed.connect(self._show)
        analysis.running_changed.connect(self._show)
        workspace.changed.connect(self._show)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show()

    def _show(self) -> None:
        running = self._analysis.running
        waiting = len(self._analysis.unfinished)
        for widget in (self._bar, self._left, self._stop):
            widget.setVisible(running)
        self._analyze.setVisible(not running)
        self.setVisible(running or waiting > 0)
        if running:
            self._show_progress()
        elif waiting == 1:
            self._what.setText(translate("ProgressRow", "1 recording is not analyzed to its end"))
        else:
            text = translate("ProgressRow", "{count} recordings are not analyzed to their end")
            self._what.setText(text.format(count=waiting))

    def _show_progress(self) -> None:
        progress = self._analysis.progress
        fraction = progress.step.fraction if progress is not None else None
        self._bar.setMaximum(0 if fraction is None else _FINE)  # 0: busy, without a measure
        self._bar.setValue(round((fraction or 0.0) * _FINE))
        recording_id = progress.step.recording_id if progress is not None else None
        recording = self._workspace.recording_of(recording_id)
        name = recording.path.name if recording is not None else ""
        self._what.setText(
            translate("ProgressRow", "Analyzing {name}").format(name=name)
            if name
            else translate("ProgressRow", "Getting ready to analyze")
        )
        left = time_left_text(progress.seconds_left if progress is not None else None)
        self._left.setText(left if fraction is None else f"{percent_text(fraction)} · {left}")

    def _on_look_changed(self) -> None:
        self._look.tint(self._left, self._look.colors.muted)
