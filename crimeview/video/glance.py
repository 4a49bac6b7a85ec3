"""Pictures of keyframes, each decoded alone: the quickest there is near a time."""

from contextlib import suppress

import av
from av.video.frame import VideoFrame

from crimeview.video.container import open_container, packets, pictures_of, video_stream
from crimeview.video.keyframes import Keyframes
from crimeview.video.probe import Probe


class Glance:
    """A recording open for its keyframes. One thread owns it."""

    def __init__(self, probe: Probe, keyframes: Keyframes) -> None:
        """Open the recording; raises MediaError."""
        self._clock = probe.clock
        self._keyframes = keyframes
        self._container = open_container(probe.recording.path)
        self._stream = video_stream(self._container, probe.recording.path)
        self._stream.codec_context.thread_count = 1  # more would wait for packets to come

    def close(self) -> None:
        self._container.close()

    def by(self, seconds: float) -> tuple[float, VideoFrame] | None:
        """The last keyframe by that time (s), with its own time (s).

        None where there is none that could be sought and decoded alone.
        """
        for target in self._keyframes.targets(seconds):
            picture = self._picture(target, leading_to=seconds)
            if picture is not None and picture.pts is not None:
                return self._clock.seconds(picture.pts), picture
        return None

    def _picture(self, target: float, *, leading_to: float) -> VideoFrame | None:
        context = self._stream.codec_context
        with suppress(av.FFmpegError):
            self._container.seek(self._clock.pts(target), stream=self._stream)
            for packet in packets(self._container, self._stream):
                if packet.is_keyframe:
                    if not self._keyframes.lead_to(leading_to, by=packet):
                        return None
                    found = [*(pictures_of(packet) or ()), *context.decode(None)]
                    context.flush_buffers()
                    return found[0] if found else None
        return None
