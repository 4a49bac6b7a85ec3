"""Seeing what other windows and commands write to the open case."""

from PySide6.QtCore import QObject, QTimer

from crimeview.gui.analysis import Analysis
from crimeview.gui.workspace import Workspace

_EVERY = 1000  # ms


class CaseWatch(QObject):
    """Asks the case every second whether somebody has written to it, and has it read anew then.

    An analysis of this window, and what is changed in it, tell of what they write themselves.
    """

    def __init__(self, workspace: Workspace, analysis: Analysis) -> None:
        super().__init__()
        self._workspace = workspace
        self._analysis = analysis
        self._known: int | None = None
        self._asking = False
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        workspace.case_opened.connect(self._on_case_opened)
        self._timer.start()

    def look(self) -> None:
        """Look now."""
        if self._asking or self._analysis.running or self._workspace.access.unread:
            return
        self._asking = True
        self._workspace.access.ask_quietly(lambda case: case.news(), self._on_news)

    def close(self) -> None:
        self._timer.stop()

    def _on_news(self, news: int | None) -> None:
        known, self._known = self._known, news
        if news is None or known in (None, news):
            self._asking = False
        else:
            self._workspace.look_again(self._on_read)

    def _on_read(self) -> None:
        self._asking = False

    def _on_case_opened(self) -> None:
        self._known = None
        self._asking = False
