"""Writing the map, or what is chosen on it, into a file: asks where, writes in the background."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crimeview.core.job import Job
from crimeview.gui.errands import Errands
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace

if TYPE_CHECKING:
    from crimeview.jobs.export_map import ShownMap


class Exporting:
    """Asks for a file, and writes what is shown then."""

    def __init__(self, workspace: Workspace, errands: Errands, *, parent: QWidget) -> None:
        self._workspace = workspace
        self._errands = errands
        self._parent = parent
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self._folder = QStandardPaths.writableLocation(documents)

    def ask(
        self,
        shown_of: "Callable[[], ShownMap]",
        *,
        name: str,
        subtitle: str,
        name_of: Callable[[str | None], str],
        tables_first: bool,
    ) -> None:
        """Ask where; `shown_of` is asked when that is known, `name_of` reads values."""
        dialog = QFileDialog(self._parent, translate("Exporting", "Export the map"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(self._folder)
        filters = [
            translate("Exporting", "Picture (*.png)"),
            translate("Exporting", "Drawing (*.svg)"),
            translate("Exporting", "Table (*.csv)"),
        ]
        dialog.setNameFilters(filters[::-1] if tables_first else filters)
        dialog.selectFile(name)

        def on_selected(chosen: str) -> None:
            file = Path(chosen)
            if not file.suffix:
                suffix = dialog.selectedNameFilter().rpartition("*")[2].rstrip(")")
                file = file.with_name(f"{file.name}{suffix}")
            self._folder = str(file.parent)
            self.write(shown_of(), file, subtitle=subtitle, name_of=name_of)

        dialog.fileSelected.connect(on_selected)
        dialog.open()

    def write(
        self,
        shown: "ShownMap",
        file: Path,
        *,
        subtitle: str,
        name_of: Callable[[str | None], str],
    ) -> None:
        """Write it in the background, and say so."""
        title = translate("Exporting", "Map of {name}").format(
            name=self._workspace.case.folder.name
        )
        names = {value: name_of(value) for value in shown.values.values}  # words of this thread
        self._errands.run(
            translate("Exporting", "Writing {name}").format(name=file.name),
            _writing(shown, file, title, subtitle, names),
            then=self._on_written,
        )

    def _on_written(self, file: Path) -> None:
        text = translate("Exporting", "The map was written as {path}.")
        self._workspace.succeeded.emit(text.format(path=file))


def _writing(
    shown: "ShownMap", file: Path, title: str, subtitle: str, names: dict[str | None, str]
) -> Job[Path]:
    from crimeview.jobs.export_map import export_map

    return (
        yield from export_map(
            shown, file, title=title, subtitle=subtitle, name_of=lambda value: names[value]
        )
    )
