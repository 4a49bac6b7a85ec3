"""The span that is played over and over."""

from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace

_AROUND = 1.0  # s before and after a segment that belong to it when it is repeated


class Looping:
    """Sets the playhead's loop: by marks, or to the selected segment."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._playhead = workspace.playhead

    def toggle(self) -> None:
        """Repeat the selected segment; if something is repeated already, play on instead."""
        recording, chosen = self._workspace.recording, self._workspace.segment
        if self._playhead.loop is not None:
            self._playhead.set_loop(None)
        elif chosen is not None and recording is not None and chosen.recording_id == recording.id:
            span = chosen.segment
            self._playhead.set_loop((span.start - _AROUND, span.end + _AROUND))
        else:
            self._workspace.noticed.emit(
                translate(
                    "Looping",
                    "Select a segment to repeat it, or mark where to repeat from and until.",
                )
            )

    def begin_here(self) -> None:
        """Repeat from the playhead to where it was to end, if that is later, else to the end."""
        here, loop = self._playhead.position, self._playhead.loop
        end = loop[1] if loop is not None and loop[1] > here else self._playhead.end
        self._playhead.set_loop((here, end))

    def end_here(self) -> None:
        """Repeat from where it was to begin, if that is earlier, else from the start."""
        here, loop = self._playhead.position, self._playhead.loop
        start = loop[0] if loop is not None and loop[0] < here else 0.0
        self._playhead.set_loop((start, here))
