"""Questions before something that was written is lost; they are not waited for."""

from collections.abc import Callable

from PySide6.QtWidgets import QMessageBox, QWidget

from crimeview.gui.text import translate


def ask_to_leave(
    parent: QWidget, count: int, *, keep: Callable[[], None] | None, leave: Callable[[], None]
) -> QMessageBox:
    """Ask whether so many changes are to be kept before `leave`; Cancel goes back.

    `keep` None: they cannot be kept as they are, and can only be discarded.
    """
    if count == 1:
        text = translate("Asking", "A change is not saved.")
    else:
        text = translate("Asking", "{count} changes are not saved.").format(count=count)
    roles = QMessageBox.ButtonRole
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText(text)
    save = None
    if keep is not None:
        save = box.addButton(translate("Asking", "&Save"), roles.AcceptRole)
        box.setDefaultButton(save)
    discard = box.addButton(translate("Asking", "&Discard"), roles.DestructiveRole)
    cancel = box.addButton(translate("Asking", "&Cancel"), roles.RejectRole)
    box.setEscapeButton(cancel)

    def answer() -> None:
        chosen = box.clickedButton()
        if keep is not None and chosen is save:
            keep()
        if chosen in (save, discard):
            leave()
        box.deleteLater()

    box.finished.connect(answer)
    box.open()
    return box
