"""Decoding single keyframes, each for itself."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Self, cast

import av
from av.codec import CodecContext

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# Smoothing the edges of blocks shows in no small picture. A keyframe refers to no other picture.
_OPTIONS: Mapping[str, str] = MappingProxyType({"skip_loop_filter": "all"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What a decoder must know of a stream that its packets do not say."""

    decoder: str
    extradata: bytes | None
    width: int
    height: int
    pixel_format: str | None
    tag: str | None
    bits: int  # of a coded pixel, 0 if unknown

    @classmethod
    def of(cls, stream: "VideoStream") -> Self:
        context = stream.codec_context
        tag = None
        with suppress(UnicodeDecodeError):
            tag = context.codec_tag
        return cls(
            decoder=context.codec.name,
            extradata=context.extradata,
            width=context.width,
            height=context.height,
            pixel_format=context.pix_fmt,
            tag=tag,
            bits=context.bits_per_coded_sample,
        )


class KeyframeDecoder:
    """Gives the picture of a keyframe at once. One thread at a time may use it."""

    def __init__(self, context: "VideoCodecContext") -> None:
        """`context` must not have been opened; it is used for nothing else from now on."""
        context.thread_count = 1  # several would hold pictures back
        context.options = dict(_OPTIONS)
        self._context = context

    @classmethod
    def by(cls, coding: Coding) -> Self:
        """A decoder of its own; raises ValueError if there is none that can be told all that."""
        context = cast("VideoCodecContext", CodecContext.create(coding.decoder, "r"))
        context.extradata = coding.extradata
        context.width, context.height = coding.width, coding.height
        context.bits_per_coded_sample = coding.bits
        if coding.pixel_format is not None:
            context.pix_fmt = coding.pixel_format
        if coding.tag is not None:
            context.codec_tag = coding.tag
        return cls(context)

    def picture(self, packet: "Packet[VideoStream]") -> "VideoFrame | None":
        """The picture that the packet of a keyframe holds, None if it is damaged or holds none."""
        try:
            pictures = self._context.decode(packet) + self._context.decode(None)
        except av.FFmpegError:
            pictures = []
        self._context.flush_buffers()
        return next((p for p in pictures if p.key_frame and not p.is_corrupt), None)
