"""Asking for files and folders. The dialogs are not waited for: work goes on beneath them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from crimeview.core.files import VIDEO_SUFFIXES
from crimeview.gui.opening import Opening
from crimeview.gui.text import translate


class Dialogs:
    """Dialogs whose answer goes to `Opening`."""

    def __init__(self, opening: Opening, *, parent: QWidget) -> None:
        self._opening = opening
        self._parent = parent
        movies = QStandardPaths.StandardLocation.MoviesLocation
        self._folder = QStandardPaths.writableLocation(movies)  # where the next dialog starts

    def open_files(self) -> None:
        dialog = self._dialog(translate("Dialogs", "Open recordings"), self._opening.open)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        videos = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES))
        dialog.setNameFilters(
            [
                translate("Dialogs", "Videos ({patterns})").format(patterns=videos),
                translate("Dialogs", "All files (*)"),
            ]
        )
        dialog.open()

    def open_folder(self) -> None:
        title = translate("Dialogs", "Open a folder of recordings")
        self._folder_dialog(title, self._opening.open).open()

    def open_case(self) -> None:
        title = translate("Dialogs", "Open a case folder")
        self._folder_dialog(title, lambda paths: self._opening.open_case(paths[0])).open()

    def new_case(self) -> None:
        title = translate("Dialogs", "Choose an empty folder for the new case")
        dialog = self._folder_dialog(
            title, lambda paths: self._opening.open_case(paths[0], create=True)
        )
        dialog.open()

    def ask_folder(self, title: str, take: Callable[[list[Path]], None]) -> None:
        """Ask for a folder for something else."""
        self._folder_dialog(title, take).open()

    def _folder_dialog(self, title: str, take: Callable[[list[Path]], None]) -> QFileDialog:
        dialog = self._dialog(title, take)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        return dialog

    def _dialog(self, title: str, take: Callable[[list[Path]], None]) -> QFileDialog:
        dialog = QFileDialog(self._parent, title, self._folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def on_selected(names: list[str]) -> None:
            self._folder = dialog.directory().absolutePath()
            take([Path(name) for name in names])

        dialog.filesSelected.connect(on_selected)
        return dialog


def ask_for_annotations(take: Callable[[Path], None], *, parent: QWidget) -> None:
    """Ask for a file that tells what recordings really show."""
    dialog = QFileDialog(parent, translate("Dialogs", "Load ground truth"))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(
        [
            translate("Dialogs", "Annotations (*.csv *.txt)"),
            translate("Dialogs", "All files (*)"),
        ]
    )
    dialog.fileSelected.connect(lambda name: take(Path(name)))
    dialog.open()
