"""Pictures as JPEG files, for scrubbing and thumbnails."""

from fractions import Fraction

import numpy as np
from av.error import FFmpegError
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from crimeview.video.picture import DisplayScaler

_QUANTIZER = 4  # of 2 (best) to 31; 3 to 6 kB at 108 lines
_SQUARE = Fraction(1)


def jpeg_of(picture: VideoFrame, *, height: int, pixel_aspect: Fraction = _SQUARE) -> bytes:
    """The picture as it is shown, turned and `height` lines high, as the bytes of a JPEG file.

    `pixel_aspect` is a stored pixel's width over its height. Raises MediaError for a kind of
    picture that cannot be converted.
    """
    aspect = pixel_aspect * picture.width / picture.height
    if round(picture.rotation / 90) % 2:
        aspect = 1 / aspect
    scaler = DisplayScaler(height=height, width=max(1, round(height * aspect)), to="rgb24")
    return jpeg_of_array(scaler.scale(picture))


def gray_of_jpeg(jpeg: bytes, *, width: int, height: int) -> NDArray[np.uint8] | None:
    """A JPEG file's brightness, uint8 (height, width), each value the mean of its part of it.

    None where it cannot be read.
    """
    picture = _picture_of(jpeg)
    if picture is None:
        return None
    shown = picture.reformat(width=width, height=height, format="gray", interpolation="AREA")
    return np.asarray(shown.to_ndarray(), np.uint8)


def rgb_of_jpeg(jpeg: bytes) -> NDArray[np.uint8] | None:
    """A JPEG file's picture, uint8 RGB (height, width, 3), in one piece of memory.

    None where it cannot be read.
    """
    picture = _picture_of(jpeg)
    if picture is None:
        return None
    return np.ascontiguousarray(picture.to_ndarray(format="rgb24"), np.uint8)  # lines may be padded


def _picture_of(jpeg: bytes) -> VideoFrame | None:
    if not jpeg:
        return None
    decoder = VideoCodecContext.create("mjpeg", "r")
    try:
        pictures = decoder.decode(Packet(jpeg))
    except FFmpegError:
        return None
    return pictures[0] if pictures else None


def jpeg_of_array(picture: NDArray[np.uint8]) -> bytes:
    """An RGB picture, uint8 (height, width, 3), as the bytes of a JPEG file."""
    shown = VideoFrame.from_ndarray(picture, format="rgb24")
    encoder = VideoCodecContext.create("mjpeg", "w")
    encoder.width, encoder.height, encoder.pix_fmt = shown.width, shown.height, "yuvj420p"
    encoder.time_base = Fraction(1, 25)  # of no meaning in a single picture, but it must have one
    encoder.thread_count = 1  # with more it waits for more pictures
    encoder.qmin = encoder.qmax = _QUANTIZER
    return b"".join(map(bytes, encoder.encode(shown)))
