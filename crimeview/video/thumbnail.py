"""Small pictures of moments."""

from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.video.decode import Decoder
from crimeview.video.picture import DisplayScaler
from crimeview.video.probe import probe


def thumbnail(path: Path, seconds: float, *, height: int) -> NDArray[np.uint8]:
    """The picture on screen at `seconds`, uint8 RGB (height, width, 3) as wide as it is shown.

    Raises MediaError.
    """
    probed = probe(path)
    recording = probed.recording
    width = max(1, round(height * recording.width / recording.height))
    with closing(Decoder(probed)) as decoder:
        chosen = None
        for shown in decoder.shown(since=max(0.0, seconds)):
            if chosen is not None and shown.time > seconds:
                break
            chosen = shown
            if shown.end > seconds:
                break
        if chosen is None or chosen.picture is None:
            raise MediaError(f"“{path.name}” has become unreadable; check the disk it is on.")
        return DisplayScaler(height=height, width=width, to="rgb24").scale(chosen.picture)
