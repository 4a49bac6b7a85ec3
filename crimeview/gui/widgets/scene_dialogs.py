"""Which camera a recording is compared with, and what that camera learns from."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.scene import CameraChoice, ReferenceChoice
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.text import length_text, recordings_text, translate
from crimeview.gui.widgets.form_parts import Verdict, add_row, form

_WIDTH, _ROWS = 560, 8
_PADDING = 10  # pixels of a row beside its text
_NEW = -1  # the value of a camera that is not there yet


class SceneCameraDialog(QDialog):
    """Asks for one of the cameras, or for the name of a new one; `take` gets either."""

    def __init__(
        self,
        recording: str,
        choices: Sequence[CameraChoice],
        take: Callable[[int | str], None],
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._choices = {choice.camera.id: choice for choice in choices}
        self._take = take
        title = translate("SceneDialogs", "What {name} is compared with")
        self.setWindowTitle(title.format(name=recording))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.list = _list(translate("SceneDialogs", "Cameras"))
        for choice in choices:
            _add(self.list, choice.camera.id, _camera_text(choice), enabled=choice.fits)
        own_name = translate("SceneDialogs", "A camera of its own")
        _add(self.list, _NEW, own_name, enabled=True)
        self.name = QLineEdit()
        self.name.setPlaceholderText(translate("SceneDialogs", "north gate"))
        self.verdict = Verdict(look=look)
        _lay_out(
            self,
            look,
            word=translate(
                "SceneDialogs",
                "What is unusual in a recording is told by what the recordings of its camera have "
                "shown. The camera that you choose learns from this one as well, and what is "
                "unusual is found anew in all of them.",
            ),
            button=translate("SceneDialogs", "Compare anew"),
            field=(translate("SceneDialogs", "&Name of the new camera"), self.name),
        )
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self.accept)
        own = next((row for row, c in enumerate(choices) if c.own), 0)
        self.list.setCurrentRow(own)
        self._on_chosen()

    def accept(self) -> None:
        chosen = _chosen(self.list)
        if chosen is None:
            return
        if chosen != _NEW:
            self._take(chosen)
        elif name := self.name.text().strip():
            if name in {choice.camera.name for choice in self._choices.values()}:
                told = translate("SceneDialogs", "There is a camera “{name}” already.")
                self.verdict.say(told.format(name=name))
                return
            self._take(name)
        else:
            self.verdict.say(translate("SceneDialogs", "Give the new camera a name."))
            self.name.setFocus()
            return
        super().accept()

    def _on_chosen(self) -> None:
        chosen = _chosen(self.list)
        self.name.setEnabled(chosen == _NEW)
        choice = self._choices.get(chosen) if chosen is not None else None
        self.verdict.say("" if choice is None or choice.alike else _unlike_text())
        self.adjustSize()


class ReferenceDialog(QDialog):
    """Asks which recording a camera learns from; `take` gets its number."""

    def __init__(
        self,
        camera: str,
        choices: Sequence[ReferenceChoice],
        take: Callable[[int], None],
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._choices = {choice.recording_id: choice for choice in choices}
        self._take = take
        title = translate("SceneDialogs", "Learn what is usual for “{camera}”")
        self.setWindowTitle(title.format(camera=camera))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self.list = _list(translate("SceneDialogs", "Recordings"))
        for choice in choices:
            _add(self.list, choice.recording_id, _reference_text(choice), enabled=True)
        self.verdict = Verdict(look=look)
        _lay_out(
            self,
            look,
            word=translate(
                "SceneDialogs",
                "All that the recording shows is learned as usual, and what is unusual is found "
                "anew in all recordings of the camera. A recording of another camera becomes one "
                "of this one.",
            ),
            button=translate("SceneDialogs", "Learn from it"),
        )
        self.list.currentItemChanged.connect(self._on_chosen)
        self.list.itemActivated.connect(self.accept)
        self.list.setCurrentRow(0)
        self._on_chosen()

    def accept(self) -> None:
        chosen = _chosen(self.list)
        if chosen is not None:
            self._take(chosen)
            super().accept()

    def _on_chosen(self) -> None:
        chosen = _chosen(self.list)
        choice = self._choices.get(chosen) if chosen is not None else None
        self.verdict.say("" if choice is None or choice.alike else _unlike_text())
        self.adjustSize()


def _camera_text(choice: CameraChoice) -> str:
    """A camera with what tells it apart, and where it is, in one line."""
    parts = [choice.camera.name, recordings_text(choice.recordings)]
    if choice.own:
        parts.append(translate("SceneDialogs", "its camera now"))
    elif not choice.fits:
        parts.append(translate("SceneDialogs", "its picture has another shape"))
    elif not choice.alike:
        parts.append(translate("SceneDialogs", "looks different"))
    return " · ".join([*parts, str(choice.folder)])


def _reference_text(choice: ReferenceChoice) -> str:
    parts = [choice.path.name, length_text(choice.seconds)]
    if choice.camera is not None:
        of_other = translate("SceneDialogs", "of “{camera}” now")
        parts.append(of_other.format(camera=choice.camera))
    if not choice.alike:
        parts.append(translate("SceneDialogs", "looks different"))
    return " · ".join([*parts, str(choice.path.parent)])


def _unlike_text() -> str:
    return translate(
        "SceneDialogs",
        "What stands still in them does not look the same. If it is another view, all of it will "
        "be unusual.",
    )


def _list(name: str) -> QListWidget:
    made = QListWidget()
    made.setAccessibleName(name)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setUniformItemSizes(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made


def _add(to: QListWidget, value: int, text: str, *, enabled: bool) -> None:
    item = QListWidgetItem(text)
    item.setData(Qt.ItemDataRole.UserRole, value)
    item.setToolTip(text)
    item.setSizeHint(QSize(0, to.fontMetrics().height() + _PADDING))
    if not enabled:
        item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
    to.addItem(item)


def _chosen(items: QListWidget) -> int | None:
    item = items.currentItem()
    if item is None or not item.flags() & Qt.ItemFlag.ItemIsEnabled:
        return None
    return int(item.data(Qt.ItemDataRole.UserRole))


def _lay_out(
    dialog: "SceneCameraDialog | ReferenceDialog",
    look: Look,
    *,
    word: str,
    button: str,
    field: tuple[str, QLineEdit] | None = None,
) -> None:
    line = dialog.list.fontMetrics().height() + _PADDING
    dialog.list.setFixedHeight(max(3, min(_ROWS, dialog.list.count())) * line + _PADDING)
    told = QLabel(word, wordWrap=True)
    look.tint(told, look.colors.muted)
    kinds = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
    buttons.button(kinds.Ok).setText(button)
    buttons.button(kinds.Ok).setProperty("primary", "true")
    buttons.button(kinds.Cancel).setText(translate("SceneDialogs", "Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
    column.setSpacing(Space.MEDIUM)
    column.addWidget(told)
    column.addWidget(dialog.list)
    if field is not None:
        fields = form()
        add_row(fields, *field)
        column.addLayout(fields)
    column.addWidget(dialog.verdict)
    column.addWidget(buttons)
