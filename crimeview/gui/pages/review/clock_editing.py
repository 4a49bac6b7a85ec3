"""Changing when a recording was made, and by which camera."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from crimeview.core.job import Changed
from crimeview.gui.look import Look
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import translate
from crimeview.gui.timeline import Timeline
from crimeview.gui.widgets.clock_dialog import ClockDialog
from crimeview.gui.workspace import Workspace
from crimeview.jobs.recording_clocks import clocked
from crimeview.store.rows import CaseClock


class ClockEditing:
    """Asks for the selected recording's camera and time, and stores them as an edit."""

    def __init__(
        self,
        workspace: Workspace,
        timeline: Timeline,
        reviewing: Reviewing,
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        self._workspace = workspace
        self._timeline = timeline
        self._reviewing = reviewing
        self._look = look
        self._parent = parent

    def ask(self) -> None:
        recording, known = self._workspace.recording, self._timeline.clock
        if recording is None:
            return
        if known is None:
            self._workspace.noticed.emit(
                translate(
                    "ClockEditing", "The recording has not been opened yet; analyze it first."
                )
            )
            return
        number = recording.id

        def take(given: CaseClock, everywhere: bool) -> None:  # noqa: FBT001
            self.store(number, given, everywhere=everywhere)

        ClockDialog(recording.path.name, known, take, look=self._look, parent=self._parent).open()

    def store(self, number: int, given: CaseClock, *, everywhere: bool) -> None:
        """Store one recording's clock, its zone and offset for all of its camera if wanted."""
        clocks = {number: given}
        if everywhere:
            before = self._timeline.clocks[number].camera
            for member in self._timeline.members(before):
                if member != number:
                    known = self._timeline.clocks[member]
                    clock = replace(known.clock, zone=given.clock.zone, offset=given.clock.offset)
                    clocks[member] = replace(known, clock=clock)
        edit = clocked(self._timeline.clocks, clocks)
        if edit is not None:
            self._reviewing.make(edit, Changed.CLOCKS)
