"""Tells a person of the program's own faults: one dialog, not a storm of them."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crimeview.gui.crash_file import Crash
from crimeview.gui.faults import Faults
from crimeview.gui.look import Look
from crimeview.gui.text import translate
from crimeview.gui.widgets.fault_dialog import FaultDialog


class FaultNews(QObject):
    """Shows a dialog for faults at places that are new; further ones are added while it is open."""

    def __init__(self, faults: Faults, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._faults = faults
        self._look = look
        self._parent = parent
        self._told = 0  # faults whose dialog was closed
        self._open: FaultDialog | None = None
        faults.occurred.connect(self._on_occurred)

    def tell_of_crashes(self, crashes: Sequence[Crash]) -> None:
        """Say that the program was ended by a fault before, and offer what is known of it."""
        if not crashes:
            return
        dialog = FaultDialog(
            translate("FaultNews", "crimeview ended unexpectedly last time"),
            translate(
                "FaultNews",
                "Nothing that was said in a review is lost, and an analysis goes on where it "
                "stopped. If you report this, the text below helps to find the fault; it stays on "
                "this computer unless you send it.",
            ),
            look=self._look,
            parent=self._parent,
        )
        dialog.tell([f"{crash.when:%Y-%m-%d %H:%M:%S %z}\n{crash.details}" for crash in crashes])
        dialog.show()

    def _on_occurred(self) -> None:
        if self._open is None:
            self._open = FaultDialog(
                translate("FaultNews", "Something went wrong in crimeview"),
                translate(
                    "FaultNews",
                    "This is a fault of the program, not of yours. You can go on working; what was "
                    "said in the review is stored. If you report this, the text below helps to "
                    "find the fault; it stays on this computer unless you send it.",
                ),
                look=self._look,
                parent=self._parent,
            )
            self._open.finished.connect(self._on_closed)
        new = self._faults.faults[self._told :]
        self._open.tell([f"{fault.when:%H:%M:%S} {fault.details}" for fault in new])
        self._open.show()

    def _on_closed(self) -> None:
        self._open = None
        self._told = len(self._faults.faults)
