"""Brightness alone, in small, as it is stored: for finding out whether anything moves."""

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

# Every pixel counts, so that noise is averaged away and fine patterns do not swim. At 1080p it
# takes 0.2 ms, a fiftieth of decoding a keyframe. The same on every processor.
_AVERAGED = Interpolation.AREA | Interpolation.ACCURATE_RND | Interpolation.BITEXACT
_UNSPECIFIED = 2  # in H.273; what a file says of its colors may be impossible


class LumaScaler:
    """Makes small pictures of brightness, `height` by `width`, not turned."""

    def __init__(self, *, height: int, width: int) -> None:
        self._height = height
        self._width = width
        self._reformatter = VideoReformatter()

    def scale(self, picture: VideoFrame) -> NDArray[np.uint8]:
        """uint8 (height, width); the picture's description of its colors is lost."""
        picture.colorspace = picture.color_trc = picture.color_primaries = _UNSPECIFIED
        small = self._reformatter.reformat(
            picture,
            width=self._width,
            height=self._height,
            format="gray",
            interpolation=_AVERAGED,
            threads=1,
        )
        return np.asarray(small.to_ndarray(), np.uint8)
