"""A camera that is being watched: its pictures, its clips, its last packets, its health."""

from collections.abc import Callable, Sequence

from crimeview.core.clip import ClipSpec
from crimeview.core.live_spec import LiveSpec, StreamShape
from crimeview.core.watching import Camera, CameraHealth, LivePicture
from crimeview.video.live_decoder import CameraDecoder, LiveClip
from crimeview.video.live_packets import PacketQueue, PacketRing, Patience
from crimeview.video.live_reader import CameraReader
from crimeview.video.live_state import LiveState

_PATIENCE = 1.0  # s that a packet may wait before pictures are left out
_MORE = 0.2  # s of pictures beyond a clip that are needed to know that it has ended
_LONGEST = 2.0  # times as long as a clip's pictures they wait where else none would ever be whole


class LiveCamera:
    """Two threads for a camera: one reads, one decodes. Usable from any thread; `close` it.

    What there is too much to do for is dropped, oldest first, and counted. What is decoded is a
    second old at most, or as old as two clips are long where a slow decoder would else never get
    to the end of one.
    """

    def __init__(
        self,
        camera: Camera,
        specs: Sequence[ClipSpec | LiveSpec],
        *,
        ready: Callable[[], None],
        ring: PacketRing | None = None,
    ) -> None:
        """Begin to watch; `ready` is called, from another thread, when a clip can be taken."""
        self.camera = camera
        self.ring = ring
        self._state = LiveState(camera)
        self._queue = PacketQueue(patience_for(specs))
        self._decoder = CameraDecoder(
            camera, specs, queue=self._queue, state=self._state, ready=ready
        )
        self._reader = CameraReader(camera, queue=self._queue, ring=ring, state=self._state)

    @property
    def picture(self) -> LivePicture | None:
        """The newest picture, None before the first or where none are made."""
        return self._decoder.picture

    @property
    def ended(self) -> bool:
        """Whether the file played as a camera is over, and all of it was given."""
        return self._decoder.ended and self._decoder.waiting == 0

    @property
    def fault(self) -> BaseException | None:
        """What ended one of the threads, where that was a mistake of this program."""
        return self._state.fault

    @property
    def processor_seconds(self) -> float:
        """What both threads have taken of the processor so far."""
        return self._reader.seconds + self._decoder.seconds

    def show(self, height: int | None) -> None:
        """Make pictures of that many lines, None: none."""
        self._decoder.show(height)

    def look_at_each(self, nth: int) -> None:
        """Give only the nth clip of each spec that does not want each."""
        self._decoder.nth = nth

    def pause(self, numbers: frozenset[int]) -> None:
        """Make no clips of the specs of these numbers until told otherwise."""
        self._decoder.paused = numbers

    def take(self) -> LiveClip | None:
        """The clip that has waited longest."""
        return self._decoder.take()

    @property
    def whole(self) -> float | None:
        """When the newest clip of the first spec was whole, looked at or not; None before."""
        return self._decoder.whole

    @property
    def waiting(self) -> int:
        """Clips that could be taken."""
        return self._decoder.waiting

    def scored(self, *, delay: float, at: float) -> None:
        """Tell that a clip was scored at a wall time, so long after its last picture came."""
        self._state.scored(delay=delay, at=at)

    def skipped(self, clips: int) -> None:
        """Tell that clips were not looked at."""
        self._state.skipped(clips)

    def health(self) -> CameraHealth:
        return self._state.health(lag=self._decoder.lag, drops=self._queue.dropped)

    @property
    def is_gone(self) -> bool:
        """Whether both threads have ended."""
        return self._decoder.ended and self._reader.ended

    def stop(self) -> None:
        """Ask both threads to end, without waiting."""
        self._reader.stop()
        self._queue.close()

    def close(self) -> None:
        """End both threads; a camera that does not answer is waited for some seconds."""
        self.stop()
        self._reader.join()
        self._decoder.join()


def patience_for(specs: Sequence[ClipSpec | LiveSpec]) -> Patience:
    """How long a camera's packets may wait where clips of these specs are made of them."""
    piece = max((_seconds(spec) for spec in specs), default=0.0) + _MORE
    return Patience(usual=_PATIENCE, piece=piece, longest=max(_PATIENCE, _LONGEST * piece))


def _seconds(wanted: ClipSpec | LiveSpec) -> float:
    """How long a clip lasts; 0 where that hangs on the stream: those are the shorter ones."""
    if isinstance(wanted, ClipSpec):
        return wanted.frames / (wanted.rate or 25.0)
    spec = wanted.of(StreamShape(0, 0, 0.0)) if not wanted.needs_shape else None
    return _seconds(spec) if spec is not None else 0.0
