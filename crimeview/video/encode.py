"""Writing a recording."""

from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from crimeview.core.errors import MediaError


class VideoWriter:
    """Writes an H.264 MP4 file of a constant frame rate.

    The file appears under its name only when complete: it is written beside it and renamed when
    the block ends, or removed if the block raised. Raises MediaError where the disk refuses.
    """

    def __init__(
        self, path: Path, *, rate: float | Fraction, width: int, height: int, crf: int = 20
    ) -> None:
        """`rate` in frames a second; `width` and `height` even; `crf` x264's quality, 0 to 51."""
        self._path = path
        self._part = path.with_name(f".{path.name}.part")
        self._rate = Fraction(rate).limit_denominator(1001)
        self._count = 0
        self._container = av.open(str(self._part.absolute()), "w", format="mp4")
        self._stream = self._container.add_stream(
            "libx264", rate=self._rate, options={"crf": str(crf), "preset": "veryfast"}
        )
        self._stream.width = width
        self._stream.height = height
        self._stream.pix_fmt = "yuv420p"
        try:
            self._container.start_encoding()  # creates the file, which may be refused
        except (av.FFmpegError, OSError) as error:
            raise self._refused(error) from error

    def __enter__(self) -> Self:
        return self

    def write(self, picture: NDArray[np.uint8]) -> None:
        """Append a picture (height, width, 3) RGB."""
        frame = VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = self._count, 1 / self._rate
        self._count += 1
        try:
            self._container.mux(self._stream.encode(frame))
        except (av.FFmpegError, OSError) as error:
            raise self._refused(error) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is None:
                self._finish()
            else:
                with suppress(av.FFmpegError, OSError):
                    self._container.close()
        finally:
            self._part.unlink(missing_ok=True)

    def _finish(self) -> None:
        try:
            self._container.mux(self._stream.encode(None))
            self._container.close()
            self._part.replace(self._path)
        except (av.FFmpegError, OSError) as error:
            raise self._refused(error) from error

    def _refused(self, error: Exception) -> MediaError:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return MediaError(
            f"“{self._path}” cannot be written ({reason}); check the folder and the free space."
        )
