"""A recording opened for analysis: what it is, and its clips."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.recording import Recording
from crimeview.video.ahead import work_ahead
from crimeview.video.decode import Decoder
from crimeview.video.picture import ClipScaler
from crimeview.video.probe import Probe, probe
from crimeview.video.sampling import resume_time, sample

_CLIPS_AHEAD = 4


class Source:
    """A recording that can be read. Made by `opened`, which ends what it has started."""

    def __init__(self, probe: Probe, at_exit: ExitStack) -> None:
        self._probe = probe
        self._at_exit = at_exit
        self._decoder: Decoder | None = None

    @property
    def recording(self) -> Recording:
        return self._probe.recording

    @property
    def damage(self) -> str | None:
        """One sentence on what could not be read of the clips so far, or None."""
        return self._decoder.damage if self._decoder is not None else None

    def clips(self, spec: ClipSpec, *, after: ClipCursor | None = None) -> Generator[Clip]:
        """The recording's clips, decoded ahead in a thread that ends when this is closed.

        `after` goes on after the clip with that cursor, exactly as the undisturbed iteration would
        have. Raises MediaError if the file has become unreadable since it was opened.
        """
        clips = work_ahead(lambda: self._decode(spec, after), depth=_CLIPS_AHEAD)
        self._at_exit.callback(clips.close)
        return clips

    def _decode(self, spec: ClipSpec, after: ClipCursor | None) -> Generator[Clip]:
        with closing(Decoder(self._probe)) as decoder:
            self._decoder = decoder
            shown = decoder.shown(since=resume_time(spec, after, self._probe.clock))
            yield from sample(shown, spec, ClipScaler(spec).scale, after=after)


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open the recording at `path`; raises MediaError with one sentence if it is not readable."""
    probed = probe(path)
    with ExitStack() as at_exit:
        yield Source(probed, at_exit)
