"""A camera's pictures as clips of one spec, which may depend on what the stream is."""

from collections.abc import Iterator

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.live_spec import LiveSpec, StreamShape
from crimeview.video.decode import Shown
from crimeview.video.picture import ClipScaler
from crimeview.video.sampling import Sampling


class LiveSampling:
    """Samples an unbroken run of pictures; where none is wanted of such a stream, gives none."""

    def __init__(self, wanted: LiveSpec) -> None:
        self._wanted = wanted
        self._shape: StreamShape | None = None
        self._spec: ClipSpec | None = None
        self._scaler: ClipScaler | None = None
        self._sampling: Sampling | None = None
        if not wanted.needs_shape:
            self._fit(StreamShape(0, 0, 0.0))

    def begin_anew(self) -> None:
        """Pictures are missing: no clip spans that."""
        self._sampling = None

    def add(self, shown: Shown, shape: StreamShape | None) -> Iterator[Clip]:
        """Take the next picture of a stream of that shape, None while it is not known."""
        if self._wanted.needs_shape:
            if shape is None:
                return
            if shape != self._shape:
                self._fit(shape)
        if self._spec is None or self._scaler is None:
            return
        if self._sampling is None:
            self._sampling = Sampling(self._spec, self._scaler.scale, after=None)
        yield from self._sampling.add(shown)

    def _fit(self, shape: StreamShape) -> None:
        self._shape, self._sampling = shape, None
        self._spec = self._wanted.of(shape)
        self._scaler = ClipScaler(self._spec) if self._spec is not None else None
