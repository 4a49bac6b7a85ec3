"""Saving pictures: asks how, asks where, writes in the background."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui.look import Look
from crimeview.gui.still import CaptionPlace, with_caption, write_still
from crimeview.gui.tasks import Tasks
from crimeview.gui.text import translate
from crimeview.gui.widgets.save_picture_dialog import SavePictureDialog, StillChoice
from crimeview.gui.workspace import Workspace

PictureOf = Callable[[bool], QImage | None]  # as it is seen, or as it is recorded


class Stills(QObject):
    """Pictures of the frame on the screen, each with what is known of its moment."""

    def __init__(
        self,
        workspace: Workspace,
        tasks: Tasks,
        picture_of: PictureOf,
        *,
        wall_clock_text: Callable[[float], str],
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.busy = False
        self._workspace = workspace
        self._tasks = tasks
        self._picture_of = picture_of
        self._wall_clock_text = wall_clock_text
        self._look = look
        self._parent = parent
        pictures = QStandardPaths.StandardLocation.PicturesLocation
        self._folder = Path(QStandardPaths.writableLocation(pictures))

    def ask(self) -> None:
        """Ask how the picture on the screen is to be saved, and where."""
        lines = self.caption()
        if not lines or self._picture_of(False) is None:  # noqa: FBT003
            return
        self._workspace.playhead.pause()
        SavePictureDialog(
            "\n".join(lines), self._ask_where, look=self._look, parent=self._parent
        ).open()

    def caption(self) -> Sequence[str]:
        """What the picture on the screen is of, line by line."""
        recording = self._workspace.recording
        if recording is None:
            return ()
        position = self._workspace.playhead.position
        moment = clock_text(position, decimals=3)
        lines = [
            translate("Stills", "{name}, {time} of the recording").format(
                name=recording.path.name, time=moment
            )
        ]
        wall = self._wall_clock_text(position)
        if wall:
            lines.append(translate("Stills", "Camera time {time}").format(time=wall))
        if recording.fingerprint is not None:
            lines.append(f"SHA-256 {recording.fingerprint.sha256}")
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        lines.append(translate("Stills", "Saved {time} with crimeview").format(time=now))
        return lines

    def save(self, path: Path, choice: StillChoice) -> None:
        """Write the picture on the screen."""
        image = self._picture_of(choice.as_seen)
        if image is None:
            return
        lines = self.caption()
        if choice.place is CaptionPlace.BURNT_IN:
            image = with_caption(image, lines)
        if path.suffix.lower() != ".png":
            path = path.with_name(f"{path.name}.png")
        self.busy = True
        self._tasks.call(
            partial(write_still, path, image, lines, place=choice.place),
            on_result=lambda _done: self._on_written(path),
            on_error=self._on_failed,
        )

    def _ask_where(self, choice: StillChoice) -> None:
        dialog = QFileDialog(self._parent, translate("Stills", "Save the picture"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(str(self._folder))
        dialog.setNameFilter(translate("Stills", "PNG pictures (*.png)"))
        dialog.selectFile(self._name())

        def on_selected(name: str) -> None:
            self._folder = Path(name).parent
            self.save(Path(name), choice)

        dialog.fileSelected.connect(on_selected)
        dialog.open()

    def _name(self) -> str:
        recording = self._workspace.recording
        stem = recording.path.stem if recording is not None else "crimeview"
        moment = clock_text(self._workspace.playhead.position, decimals=2).replace(":", "-")
        return f"{stem} {moment}.png"

    def _on_written(self, path: Path) -> None:
        self.busy = False
        self._workspace.succeeded.emit(
            translate("Stills", "The picture was saved as {path}.").format(path=path)
        )

    def _on_failed(self, error: Exception) -> None:
        self.busy = False
        self._workspace.notice(error)
