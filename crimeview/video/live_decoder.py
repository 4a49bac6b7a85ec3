"""From a camera's packets to its newest picture and to clips as models want them."""

import time
from collections import deque
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock, Thread
from typing import TYPE_CHECKING, cast

import av
import numpy as np
from av.codec import CodecContext

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.live_spec import LiveSpec, RateMeter, StreamShape
from crimeview.core.watching import Camera, LivePicture
from crimeview.video.decode import Shown
from crimeview.video.live_packets import LivePacket, PacketQueue, StreamForm
from crimeview.video.live_sampling import LiveSampling
from crimeview.video.live_state import LiveState
from crimeview.video.picture import DisplayScaler

if TYPE_CHECKING:
    from av.video.codeccontext import VideoCodecContext
    from av.video.frame import VideoFrame
    from numpy.typing import NDArray

_WAIT = 0.25  # s for a packet, between looks at whether to go on
_LATE = 0.5  # s behind, from which on pictures are not made for the screen
_STILL = 6.0  # s of the very same picture after which a camera hangs
_WAITING = 8  # clips that may wait to be analyzed, for each two specs
_LONGEST = 1.0  # s that a picture may stand; beyond that something is missing
_LARGER = 4  # times its own size that a picture is made at most; a screen can do the rest
_APART = 1 / 31  # s between pictures made for the screen


@dataclass(frozen=True, slots=True, eq=False)
class LiveClip:
    """A clip of the spec of that `number`; `start` and `end` are wall time.

    `arrival` is when its last picture came, `made` when that was decoded.
    """

    number: int
    clip: Clip
    start: float
    end: float
    arrival: float
    made: float


class CameraDecoder:
    """Decodes a camera's packets in a thread of its own, until its queue is closed.

    Clips wait to be taken, the newest few; `ready` is called when one has come. `nth` is which of a
    spec's clips are kept at all.
    """

    def __init__(
        self,
        camera: Camera,
        specs: Sequence[ClipSpec | LiveSpec],
        *,
        queue: PacketQueue,
        state: LiveState,
        ready: Callable[[], None],
    ) -> None:
        self._camera = camera
        self._specs = [s if isinstance(s, LiveSpec) else LiveSpec.fixed(s) for s in specs]
        self._most = max(_WAITING, _WAITING * len(specs) // 2)
        self._queue, self._state, self._ready = queue, state, ready
        self._clips: deque[LiveClip] = deque()
        self._lock = Lock()
        self._counts = [0] * len(specs)
        self._screen = _Screen(camera.name)
        self.nth = 1
        self.whole: float | None = None  # when the newest clip of the first spec was made
        self.paused: frozenset[int] = frozenset()  # numbers of specs, replaced as a whole
        self.lag = 0.0
        self.seconds = 0.0  # of processor time
        self._thread = Thread(target=self._guarded, name=f"decode {camera.name}", daemon=True)
        self._thread.start()

    def join(self) -> None:
        self._thread.join()

    @property
    def picture(self) -> LivePicture | None:
        return self._screen.newest

    def show(self, height: int | None) -> None:
        """Make pictures of that many lines, None: none."""
        self._screen.height = height

    @property
    def waiting(self) -> int:
        """Clips that could be taken."""
        return len(self._clips)

    @property
    def ended(self) -> bool:
        return not self._thread.is_alive()

    def take(self) -> LiveClip | None:
        """The clip that has waited longest."""
        with self._lock:
            return self._clips.popleft() if self._clips else None

    def _guarded(self) -> None:
        try:
            self._run()
        except BaseException as error:
            self._state.fault = error
        self._ready()

    def _run(self) -> None:
        run: _Run | None = None
        while not self._queue.is_closed:
            got = self._queue.get(seconds=_WAIT)
            if got is None:
                continue
            packet, broken = got
            self.lag = max(0.0, time.time() - packet.arrival)
            if run is None or run.form is not packet.form:
                run = _Run(packet.form, self._specs)
            elif broken:
                run.begin_anew()
            for picture in run.pictures(packet):
                self._state.pictured(packet.form.number, height=picture.height, width=picture.width)
                self._screen.take(picture, wall=run.wall_of(picture), late=self.lag > _LATE)
                for number, clip in run.clips(picture, paused=self.paused):
                    self._put(number, clip, run)
            self.seconds = time.thread_time()

    def _put(self, number: int, clip: Clip, run: "_Run") -> None:
        now = time.time()
        if number == 0:
            self.whole = now
            still = run.still_for(clip)
            self._state.stands_still(still if still >= _STILL else None)
        self._counts[number] += 1
        if self._counts[number] % self.nth and not self._specs[number].each:
            return
        made = LiveClip(
            number=number,
            clip=clip,
            start=clip.start + run.offset,
            end=clip.end + run.offset,
            arrival=run.arrival,
            made=now,
        )
        with self._lock:
            self._clips.append(made)
            late = len(self._clips) > self._most
            if late:
                self._clips.popleft()
        if late:
            self._state.skipped()
        self._ready()


class _Run:
    """An unbroken run of packets of one form on its way into pictures and clips.

    `offset` lays its seconds on wall time, `arrival` is when the newest packet came.
    """

    def __init__(self, form: StreamForm, specs: Sequence[LiveSpec]) -> None:
        self.form = form
        self.offset = self.arrival = 0.0
        self._samplings = [LiveSampling(spec) for spec in specs]
        self._meter = RateMeter(form.rate)
        self._context = _context(form)
        self._base = float(form.time_base)
        self._begin()

    def begin_anew(self) -> None:
        """Packets are missing."""
        self._context.flush_buffers()
        self._begin()

    def _begin(self) -> None:
        for sampling in self._samplings:
            sampling.begin_anew()
        self._before: tuple[float, VideoFrame] | None = None
        self._still: tuple[NDArray[np.uint8], float] | None = None

    def pictures(self, packet: LivePacket) -> "list[VideoFrame]":
        """The pictures that decoding the packet brings out; none where it is damaged."""
        coded = av.Packet(packet.data)
        coded.pts, coded.dts, coded.time_base = packet.pts, packet.dts, self.form.time_base
        coded.is_keyframe = packet.is_keyframe
        self.arrival = packet.arrival
        self.offset = packet.wall - packet.seconds
        try:
            return self._context.decode(coded)
        except av.FFmpegError:
            return []

    def wall_of(self, picture: "VideoFrame") -> float:
        return self._time_of(picture) + self.offset

    def clips(self, picture: "VideoFrame", *, paused: Container[int]) -> Iterator[tuple[int, Clip]]:
        """The clips that this picture completes: each ends where the next picture begins.

        None of specs whose numbers are `paused`.
        """
        time = self._time_of(picture)
        before, self._before = self._before, (time, picture)
        if before is None:
            return
        if not before[0] < time <= before[0] + _LONGEST:
            self._begin()
            self._before = (time, picture)
            return
        self._meter.take(time - before[0])
        shown = Shown(time=before[0], end=time, last=False, picture=before[1])
        rate = self._meter.rate
        shape = StreamShape(*_upright_size(picture), rate) if rate is not None else None
        for number, sampling in enumerate(self._samplings):
            if number in paused:
                sampling.begin_anew()
                continue
            for clip in sampling.add(shown, shape):
                yield number, clip

    def still_for(self, clip: Clip) -> float:
        """For how many seconds the picture has been the very same at a clip's end."""
        first = clip.frames[0]
        same = bool((clip.frames == first).all())
        if not same or self._still is None or not np.array_equal(first, self._still[0]):
            self._still = (clip.frames[-1], clip.start if same else clip.end)
        return clip.end - self._still[1]

    def _time_of(self, picture: "VideoFrame") -> float:
        if picture.pts is None:
            return self._before[0] + 1 / self.form.rate if self._before is not None else 0.0
        return picture.pts * self._base


class _Screen:
    """The newest picture for the screen, as large as is wanted."""

    def __init__(self, camera: str) -> None:
        self._camera = camera
        self._number = 0
        self._shown = 0.0  # wall time of the newest
        self._scaler: tuple[tuple[int, int], DisplayScaler] | None = None
        self.height: int | None = None
        self.newest: LivePicture | None = None

    def take(self, picture: "VideoFrame", *, wall: float, late: bool) -> None:
        """Take in the next picture; one that comes `late`, or too soon, is not made for it."""
        height = self.height
        if height is None or late or 0.0 <= wall - self._shown < _APART:
            return
        own = _upright_size(picture)
        lines = max(2, min(height, _LARGER * own[0]))
        size = (lines, max(2, round(own[1] * lines / own[0])))
        if self._scaler is None or self._scaler[0] != size:
            self._scaler = (size, DisplayScaler(height=size[0], width=size[1], to="bgra"))
        self._number += 1
        self._shown = wall
        self.newest = LivePicture(self._camera, self._number, wall, self._scaler[1].scale(picture))


def _upright_size(picture: "VideoFrame") -> tuple[int, int]:
    """Height and width of a picture as it is to be shown."""
    turned = round(picture.rotation / 90) % 2
    return (picture.width, picture.height) if turned else (picture.height, picture.width)


def _context(form: StreamForm) -> "VideoCodecContext":
    coding = form.coding
    context = cast("VideoCodecContext", CodecContext.create(coding.decoder, "r"))
    context.extradata = coding.extradata
    context.width, context.height = coding.width, coding.height
    context.bits_per_coded_sample = coding.bits
    if coding.pixel_format is not None:
        context.pix_fmt = coding.pixel_format
    if coding.tag is not None:
        context.codec_tag = coding.tag
    context.thread_count = 1  # several would hold pictures back
    return context
