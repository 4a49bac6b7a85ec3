"""Saving the picture on the screen."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.look import Look
from crimeview.gui.still import CaptionPlace
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate

_WIDTH = 460


@dataclass(frozen=True, slots=True, kw_only=True)
class StillChoice:
    """How a picture is to be saved."""

    place: CaptionPlace
    as_seen: bool


class SavePictureDialog(QDialog):
    """Asks where the caption goes and whether the view is saved too. Not modal."""

    def __init__(
        self,
        caption: str,
        take: Callable[[StillChoice], None],
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._take = take
        self.setWindowTitle(translate("SavePicture", "Save the picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._place = _place_box()
        self._as_seen = QCheckBox(
            translate("SavePicture", "As it is &seen: closer, turned, light, overlays")
        )
        shown = QLabel(caption)
        shown.setWordWrap(True)
        shown.setFont(look.font(Type.SMALL))
        look.tint(shown, look.colors.muted)
        shown.setAccessibleName(translate("SavePicture", "The caption"))
        form = QFormLayout()
        form.setSpacing(Space.SMALL)
        form.addRow(translate("SavePicture", "&Caption"), self._place)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        save = buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setText(translate("SavePicture", "Save…"))
        save.setProperty("primary", "true")
        cancel = buttons.button(QDialogButtonBox.StandardButton.Cancel)
        cancel.setText(translate("SavePicture", "Cancel"))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(form)
        column.addWidget(shown)
        column.addWidget(self._as_seen)
        column.addWidget(buttons)

    def _on_accepted(self) -> None:
        self._take(StillChoice(place=self._place.currentData(), as_seen=self._as_seen.isChecked()))
        self.accept()


def _place_box() -> QComboBox:
    box = QComboBox()
    for place, title in (
        (CaptionPlace.BURNT_IN, translate("SavePicture", "Below the picture, in the same file")),
        (CaptionPlace.SEPARATE, translate("SavePicture", "In a text file beside it")),
        (CaptionPlace.NONE, translate("SavePicture", "None")),
    ):
        box.addItem(title, place)
    return box
