"""The case as a thing of its own: cases opened lately, what it is called, what goes out of it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed
from crimeview.core.review import ReviewState
from crimeview.gui.errands import Errands
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.settings import Preferences
from crimeview.gui.text import translate
from crimeview.gui.told_text import told_text
from crimeview.gui.workspace import Workspace
from crimeview.jobs.describe_case import TITLE, described
from crimeview.jobs.export_labels import Exported, export_labels

RECENT = 9


class CaseFiles(QObject):
    """Remembers the cases that were opened, describes the present one, exports from it."""

    recent_changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        reviewing: Reviewing,
        errands: Errands,
        *,
        preferences: Preferences,
    ) -> None:
        super().__init__()
        self._workspace = workspace
        self._reviewing = reviewing
        self._errands = errands
        self._preferences = preferences
        workspace.case_opened.connect(self._remember)
        self._remember()

    @property
    def title(self) -> str:
        """What the case is called; the folder's name where nobody has said."""
        return self._workspace.notes.get(TITLE) or self._workspace.case.folder.name

    @property
    def recent(self) -> Sequence[Path]:
        """The other cases that were opened, the last one first."""
        present = str(self._workspace.case.folder)
        return [Path(text) for text in self._preferences.settings.recent if text != present]

    def describe(self, texts: Mapping[str, str]) -> None:
        """Give the case a title or other settings of its own."""
        edit = described(self._workspace.notes, texts)
        if edit is not None:
            self._reviewing.make(edit, Changed.RECORDINGS)

    def export_labels(self, folder: Path, *, states: Sequence[ReviewState]) -> None:
        """Write clips and labels of what was decided."""
        self._errands.run(
            translate("CaseFiles", "Cutting clips for training"),
            export_labels(self._workspace.case, folder, states=states),
            then=self._on_exported,
        )

    def _remember(self) -> None:
        present = str(self._workspace.case.folder)
        others = [text for text in self._preferences.settings.recent if text != present]
        self._preferences.change(recent=(present, *others)[: RECENT + 1])
        self.recent_changed.emit()

    def _on_exported(self, exported: Exported) -> None:
        count = sum(exported.labels.values())
        text = (
            translate(
                "CaseFiles",
                "Exported {count} of {total} clips; they and their labels are in {folder}.",
            )
            if exported.failures
            else translate("CaseFiles", "{count} clips and their labels are in {folder}.")
        )
        folder, total = exported.table.parent, count + exported.failed
        sentences = [
            text.format(count=count, total=total, folder=folder),
            *map(told_text, exported.failures),
        ]
        told = self._workspace.noticed if exported.failures else self._workspace.succeeded
        told.emit(" ".join(sentences))
