"""How far the review is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from crimeview.core.job import Changed
from crimeview.core.review import ReviewState
from crimeview.gui.look import Look
from crimeview.gui.review_text import progress_text
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.progress_bar import ProgressBar
from crimeview.gui.workspace import Workspace


class ReviewProgress(QWidget):
    """`37 of 120 reviewed` and a bar, of the recording or the case, whichever is listed."""

    def __init__(self, workspace: Workspace, *, look: Look) -> None:
        super().__init__()
        self._workspace = workspace
        self._look = look
        self._text = QLabel()
        self._bar = ProgressBar()
        self._bar.setAccessibleName(translate("ReviewProgress", "Progress of the review"))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, 0, Space.MEDIUM, Space.SMALL)
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._text)
        row.addWidget(self._bar, 1, Qt.AlignmentFlag.AlignVCenter)
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._show)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()
        self._show()

    @property
    def text(self) -> str:
        return self._text.text()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.SEGMENTS | Changed.REVIEWS):
            self._show()

    def _show(self) -> None:
        counts = self._workspace.counts
        total = sum(counts.values())
        reviewed = total - counts[ReviewState.NEW]
        self._text.setText(progress_text(reviewed, total))
        self._bar.setMaximum(max(1, total))
        self._bar.setValue(reviewed)

    def _on_look_changed(self) -> None:
        self._text.setFont(self._look.font(Type.SMALL))
        self._look.tint(self._text, self._look.colors.muted)
