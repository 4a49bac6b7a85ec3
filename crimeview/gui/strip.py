"""The strip of the selected recording: a small picture of any moment, at once."""

from pathlib import Path

from PySide6.QtGui import QImage

from crimeview.core.errors import CaseError
from crimeview.gui.preview import Preview
from crimeview.gui.tasks import log_error
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording

_NEAR = 15.0  # s; pictures of the longest recordings are nearly that far apart


class Strip:
    """Looks the pictures up in the GUI thread, without decoding any video."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._newest: tuple[bytes, Preview] | None = None  # given last, with its JPEG file

    def picture(self, seconds: float) -> Preview | None:
        """What stands for a moment of the selected recording.

        None where there is no picture yet, or only one of long before what is analyzed by now.
        """
        return self._picture(self._workspace.recording, seconds)

    def picture_of(self, path: Path, seconds: float) -> Preview | None:
        """The same of the recording at that path; None too where the case has none."""
        known = (r for r in self._workspace.recordings if r.path == path)
        return self._picture(next(known, None), seconds)

    def _picture(self, recording: CaseRecording | None, seconds: float) -> Preview | None:
        if recording is None:
            return None
        try:
            found = find_preview(self._workspace.case, recording, seconds)
        except CaseError as error:  # a preview is not worth a message
            log_error(error)
            return None
        return self._opened(*found) if found is not None else None

    def _opened(self, time: float, jpeg: bytes) -> Preview | None:
        if self._newest is not None and self._newest[0] == jpeg:
            return self._newest[1]
        image = QImage.fromData(jpeg)
        if image.isNull():
            return None
        picture = Preview(time=time, image=image)
        self._newest = (jpeg, picture)
        return picture


def find_preview(
    case: Case, recording: CaseRecording, seconds: float
) -> tuple[float, bytes] | None:
    """The picture (JPEG) that stands for a moment of a recording, with its own time; in any thread.

    Raises CaseError.
    """
    found = case.strips.picture(recording.id, seconds)
    # Where the analysis has been, a picture of long before means that nothing has moved since.
    if found is None or seconds > max(recording.analyzed, found[0] + _NEAR):
        return None
    return found
