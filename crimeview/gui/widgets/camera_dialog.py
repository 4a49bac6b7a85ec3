"""A camera of the wall: its name, its address, who signs in."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.address import SourceKind, camera_of, kind_of, with_login
from crimeview.core.errors import CrimeviewError, UsageError
from crimeview.core.files import is_file
from crimeview.core.watching import Camera
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.wall import Wall
from crimeview.gui.widgets.dialog_parts import save_or_cancel
from crimeview.gui.widgets.form_parts import Verdict, add_row, form

_WIDTH = 560


class CameraDialog(QDialog):
    """Adds a camera, or changes the one given. `take` gets it when all makes sense."""

    def __init__(
        self,
        camera: Camera | None,
        wall: Wall,
        take: Callable[[Camera], None],
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._before = camera
        self._wall = wall
        self._take = take
        self._look = look
        title = translate("CameraDialog", "Change the camera")
        self.setWindowTitle(title if camera else translate("CameraDialog", "Add a camera"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.name = QLineEdit(camera.name if camera else "")
        self.name.setPlaceholderText(translate("CameraDialog", "north gate"))
        self.address = QLineEdit(camera.address if camera else "")
        self.address.setPlaceholderText("rtsp://192.168.1.20/stream1")
        self.user = QLineEdit()
        self.password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self.password.setPlaceholderText(translate("CameraDialog", "unchanged") if camera else "")
        self.looped = QCheckBox(translate("CameraDialog", "Play a &file again and again"))
        self.looped.setChecked(camera.looped if camera else True)
        self.verdict = Verdict(look=look)
        self._lay_out()

    def accept(self) -> None:
        camera = self._camera()
        if camera is None:
            return
        before = self._before.name if self._before is not None else None
        names = {known.name for known in self._wall.cameras}
        if camera.name in names - {before}:
            told = translate("CameraDialog", "There is a camera “{name}” already.")
            self.verdict.say(told.format(name=camera.name))
            return
        self._take(camera)
        super().accept()

    def test(self) -> None:
        """Try whether the camera can be read, in the background."""
        camera = self._camera()
        if camera is None:
            return
        self.verdict.say(translate("CameraDialog", "Connecting …"), good=True)
        self._test.setEnabled(False)
        before = self._before.name if self._before is not None else None
        self._wall.try_camera(camera, self._on_tested, owner=self, before=before)

    def _on_tested(self, sentence: str, *, good: bool) -> None:
        self._test.setEnabled(True)
        self.verdict.say(sentence, good=good)

    def _camera(self) -> Camera | None:
        """What was written, or None with a sentence on what is wrong."""
        self.verdict.say("")
        address = self.address.text().strip()
        try:
            if self.user.text() or self.password.text():
                if "://" not in address:
                    raise UsageError(
                        translate("CameraDialog", "A file or a webcam asks for no password.")
                    )
                address = with_login(address, user=self.user.text(), password=self.password.text())
            file = address and kind_of(address) is SourceKind.FILE
            if file and not is_file(Path(address.removeprefix("file://"))):
                raise UsageError(translate("CameraDialog", "There is no such file."))
            name = self.name.text().strip().replace("=", "-")
            camera = camera_of(f"{name}={address}" if name else address)
        except CrimeviewError as error:
            self.verdict.say(fault_text(error))
            return None
        looped = self.looped.isChecked() and bool(file)
        zones = self._before.zones if self._before is not None else ()
        return replace(camera, looped=looped, zones=zones)

    def _browse(self) -> None:
        dialog = QFileDialog(self, translate("CameraDialog", "A recording to play as a camera"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.address.setText)
        dialog.open()

    def _lay_out(self) -> None:
        fields = form()
        add_row(fields, translate("CameraDialog", "&Name"), self.name)
        line = QHBoxLayout()
        browse = QPushButton(translate("CameraDialog", "File…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        line.addWidget(self.address, 1)
        line.addWidget(browse)
        label = QLabel(translate("CameraDialog", "&Address"))
        label.setBuddy(self.address)
        self.address.setAccessibleName(translate("CameraDialog", "Address"))
        fields.addRow(label, line)
        add_row(fields, translate("CameraDialog", "&User"), self.user)
        add_row(fields, translate("CameraDialog", "&Password"), self.password)
        fields.addRow("", self.looped)
        word = QLabel(
            translate(
                "CameraDialog",
                "rtsp:// or http:// as the camera's manual has it, webcam:0, or a video file. The "
                "password is kept in this computer's keyring and nowhere else.",
            ),
            wordWrap=True,
        )
        word.setFont(self._look.font(Type.SMALL))
        word.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        buttons = save_or_cancel(self)
        self._test = QPushButton(translate("CameraDialog", "&Test the connection"))
        self._test.setAutoDefault(False)
        self._test.clicked.connect(self.test)
        buttons.addButton(self._test, QDialogButtonBox.ButtonRole.ActionRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(fields)
        column.addWidget(word)
        column.addWidget(self.verdict)
        column.addWidget(buttons)
