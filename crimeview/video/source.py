"""A recording opened for analysis: what it is, and its clips."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.recording import Recording
from crimeview.video.ahead import work_ahead
from crimeview.video.decode import Decoder
from crimeview.video.picture import ClipScaler
from crimeview.video.probe import Probe, probe
from crimeview.video.sampling import Sampling, resume_time

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
        together = self.clips_together([(spec, after)])

        def alone() -> Generator[Clip]:
            with closing(together):
                for _, clip in together:
                    yield clip

        return alone()

    def clips_together(
        self, wanted: Sequence[tuple[ClipSpec, ClipCursor | None]]
    ) -> Generator[tuple[int, Clip]]:
        """The clips of several specs, each with its cursor, from one decoding of the recording.

        Each clip comes with the number of its spec, in the order in which they are complete; those
        of one spec are what `clips` gives. Decoding begins where the cursor furthest behind needs
        it. Raises as `clips` does.
        """
        clips = work_ahead(lambda: self._decode(wanted), depth=_CLIPS_AHEAD * len(wanted))
        self._at_exit.callback(clips.close)
        return clips

    def _decode(
        self, wanted: Sequence[tuple[ClipSpec, ClipCursor | None]]
    ) -> Generator[tuple[int, Clip]]:
        since = min(resume_time(spec, after, self._probe.clock) for spec, after in wanted)
        samplings = [Sampling(spec, ClipScaler(spec).scale, after=after) for spec, after in wanted]
        with closing(Decoder(self._probe)) as decoder:
            self._decoder = decoder
            for picture in decoder.shown(since=since):
                for number, sampling in enumerate(samplings):
                    for clip in sampling.add(picture):
                        yield number, clip


@contextmanager
def opened(path: Path) -> Iterator[Source]:
    """Open the recording at `path`; raises MediaError with one sentence if it is not readable."""
    probed = probe(path)
    with ExitStack() as at_exit:
        yield Source(probed, at_exit)
