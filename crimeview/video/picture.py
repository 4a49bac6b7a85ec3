"""Decoded pictures as arrays, turned and sized as wanted."""

from typing import Literal

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError

_UNSPECIFIED = 2  # in H.273, for each of the three descriptions of color
PixelFormat = Literal["gray", "rgb24", "bgra"]

# For display, where speed counts and the last bit does not.
_QUICK = Interpolation.AREA
# For models: without these flags swscale's result depends on the processor's vector units. They
# take no more time that could be measured.
_EXACT = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT


class ClipScaler:
    """Squashes pictures to a clip's size with swscale's area averaging, and crops the center."""

    def __init__(self, spec: ClipSpec) -> None:
        self._spec = spec
        self._format: PixelFormat = "gray" if spec.color == "gray" else "rgb24"
        self._reformatter = VideoReformatter()
        self._newest: tuple[VideoFrame, NDArray[np.uint8]] | None = None

    def scale(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """(height, width, channels) uint8 of the spec's crop; the same array if asked again."""
        if self._newest is None or self._newest[0] is not picture:
            self._newest = (picture, self._scaled(picture))
        return self._newest[1]

    def _scaled(self, picture: VideoFrame) -> NDArray[np.uint8]:
        height, width = self._spec.resize
        array = _upright(picture, self._reformatter, (height, width), self._format, _EXACT)
        rows, columns = self._spec.crop
        top, left = (height - rows) // 2, (width - columns) // 2
        array = array[top : top + rows, left : left + columns]
        return np.ascontiguousarray(array.reshape(rows, columns, self._spec.channels))


class DisplayScaler:
    """Makes pictures for the screen, `height` by `width` after turning."""

    def __init__(self, *, height: int, width: int, to: PixelFormat) -> None:
        self._size = (height, width)
        self._format: PixelFormat = to
        self._reformatter = VideoReformatter()

    def scale(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """(height, width, channels) uint8."""
        return np.ascontiguousarray(
            _upright(picture, self._reformatter, self._size, self._format, _QUICK)
        )


def _upright(
    picture: VideoFrame,
    reformatter: VideoReformatter,
    size: tuple[int, int],
    to: PixelFormat,
    interpolation: Interpolation,
) -> NDArray[np.uint8]:
    height, width = size
    quarter_turns = round(picture.rotation / 90) % 4  # counterclockwise
    if quarter_turns % 2:
        height, width = width, height

    def scaled() -> VideoFrame:
        return reformatter.reformat(
            picture, width=width, height=height, format=to, interpolation=interpolation, threads=1
        )

    try:
        array = scaled().to_ndarray()
    except av.FFmpegError:
        # What the file says of its colors may be impossible; the picture is good without it.
        picture.colorspace = picture.color_trc = picture.color_primaries = _UNSPECIFIED
        try:
            array = scaled().to_ndarray()
        except av.FFmpegError as error:
            raise MediaError(
                f"The recording has pictures of a kind ({picture.format.name}) that this program "
                "cannot convert; convert it to H.264 first."
            ) from error
    return np.rot90(array, quarter_turns)
