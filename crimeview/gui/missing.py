"""Which recordings are not where they were."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.files import is_file
from crimeview.core.job import Changed
from crimeview.gui.errands import Errands
from crimeview.gui.settings import Preferences
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.jobs.relink import Relinked, relink

_EVERY = 20_000  # ms: a disk that is connected again is seen


class Missing(QObject):
    """Looks for the case's files in the background; `ids` are of recordings without one."""

    changed = Signal()

    def __init__(
        self, workspace: Workspace, tasks: Tasks, errands: Errands, *, preferences: Preferences
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._tasks = tasks
        self._errands = errands
        self._preferences = preferences
        self.ids: frozenset[int] = frozenset()
        self._paths: dict[int, Path] = {}
        self._looking = False
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        workspace.changed.connect(self._on_changed)
        workspace.case_opened.connect(self.look)
        self.look()

    @property
    def busy(self) -> bool:
        return self._looking

    def look(self) -> None:
        """Look now."""
        if self._looking:
            return
        self._looking = True
        self._paths = paths = self._present()
        self._tasks.call(
            lambda: frozenset(i for i, path in paths.items() if not is_file(path)),
            on_result=self._on_result,
        )

    def relink(self, places: Sequence[Path]) -> None:
        """Look for what is missing in folders, by content."""
        case, reviewer = self._workspace.case, self._preferences.settings.reviewer
        self._errands.run(
            translate("Missing", "Looking for recordings"),
            relink(case, places, reviewer=reviewer),
            then=self._on_relinked,
        )

    def close(self) -> None:
        self._timer.stop()

    def _present(self) -> dict[int, Path]:
        return {recording.id: recording.path for recording in self._workspace.recordings}

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.RECORDINGS and self._present() != self._paths:
            self.look()

    def _on_result(self, ids: frozenset[int]) -> None:
        self._looking = False
        if self._present() != self._paths:
            self.look()
            return
        if ids != self.ids:
            new = ids - self.ids
            self.ids = ids
            if new:
                self._tell(len(ids))
            self.changed.emit()

    def _tell(self, count: int) -> None:
        if count == 1:
            text = translate(
                "Missing",
                "A recording is not where it was. File > Find missing recordings looks for it.",
            )
        else:
            text = translate(
                "Missing",
                "{count} recordings are not where they were. "
                "File > Find missing recordings looks for them.",
            )
        self._workspace.noticed.emit(text.format(count=count))

    def _on_relinked(self, result: Relinked) -> None:
        found, missing = len(result.found), len(result.missing)
        if not missing:
            self._workspace.succeeded.emit(
                translate("Missing", "All that was missing is found: {found}.").format(found=found)
            )
        else:
            text = (
                translate("Missing", "Found {found} of {total}; {missing} still missing.")
                if found
                else translate("Missing", "Nothing was found there; {missing} still missing.")
            )
            self._workspace.noticed.emit(
                text.format(found=found, total=found + missing, missing=missing)
            )
        self._workspace.access.refresh(then=self.look)
