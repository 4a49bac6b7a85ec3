"""Seeing what other windows and commands write to the open case."""

from PySide6.QtCore import QObject, QTimer

from crimeview.gui.analysis import Analysis
from crimeview.gui.workspace import Workspace

_EVERY = 1000  # ms


class CaseWatch(QObject):
    """Asks the case every second whether somebody has written to it, and has it read anew then.

    An analysis of this window tells of what it writes itself.
    """

    def __init__(self, workspace: Workspace, analysis: Analysis) -> None:
        super().__init__()
        self._workspace = workspace
        self._analysis = analysis
        self._revision: int | None = None
        self._asking = False
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        workspace.case_opened.connect(self._on_case_opened)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        if self._asking or self._analysis.running or self._workspace.unread:
            return
        self._asking = True
        self._workspace.ask_quietly(lambda case: case.revision(), self._on_revision)

    def close(self) -> None:
        self._timer.stop()

    def _on_revision(self, revision: int | None) -> None:
        known, self._revision = self._revision, revision
        if revision is None or known in (None, revision):
            self._asking = False
        else:
            self._workspace.look_again(self._on_read)

    def _on_read(self) -> None:
        self._asking = False

    def _on_case_opened(self) -> None:
        self._revision = None
        self._asking = False
