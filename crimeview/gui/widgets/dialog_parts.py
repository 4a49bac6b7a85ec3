"""What dialogs have in common: their size on a small screen, and what keeps or drops them."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from crimeview.gui.text import translate

_FRAME = QSize(16, 48)  # pixels that a window manager may want around it


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """Let a dialog be of this size (device-independent pixels), or as much as its screen has."""
    room = dialog.screen().availableSize() - _FRAME
    dialog.resize(QSize(width, height).boundedTo(room))


def save_or_cancel(dialog: QDialog) -> QDialogButtonBox:
    """The two buttons of a dialog that is filled in."""
    kinds = QDialogButtonBox.StandardButton
    buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
    buttons.button(kinds.Save).setText(translate("DialogParts", "Save"))
    buttons.button(kinds.Save).setProperty("primary", "true")
    buttons.button(kinds.Cancel).setText(translate("DialogParts", "Cancel"))
    buttons.accepted.connect(dialog.accept)
    buttons.rejected.connect(dialog.reject)
    return buttons
