"""Small pictures of a segment of a case, as a library keeps them."""

import numpy as np

from crimeview.core.errors import MediaError
from crimeview.core.files import is_file
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording
from crimeview.video.jpeg import jpeg_of_array
from crimeview.video.thumbnail import thumbnail

Pictures = tuple[tuple[float, bytes], ...]  # times (s) with JPEG files

_PICTURES = 5
_HEIGHT = 108


def segment_pictures(
    case: Case, recording: CaseRecording, start: float, end: float, *, peak_time: float
) -> Pictures:
    """Pictures from `start` to `end` (s): those of the case's strip, else one of the file."""
    found: dict[float, bytes] = {}
    for time in sorted({*np.linspace(start, end, _PICTURES).tolist(), peak_time}):
        picture = case.strips.picture(recording.id, time)
        if picture is not None and picture[0] >= start - 2.0:
            found[picture[0]] = picture[1]
    if not found and is_file(recording.path):
        try:
            shown = thumbnail(recording.path, peak_time, height=_HEIGHT)
        except MediaError:
            return ()
        found[peak_time] = jpeg_of_array(shown)
    return tuple(sorted(found.items()))
