"""A recording opened for analysis: what it is, and its clips."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.recording import Recording
from crimeview.core.spans import Spans
from crimeview.video.ahead import work_ahead
from crimeview.video.decode import Decoder
from crimeview.video.gops import Gops, find_gops, thinned
from crimeview.video.keyframe_pictures import JPEG_HEIGHT, KeyframePicture, keyframe_pictures
from crimeview.video.passing import can_pass_over
from crimeview.video.picture import ClipScaler
from crimeview.video.probe import Probe, probe
from crimeview.video.sampling import Sampling, resume_time

_CLIPS_AHEAD = 4
_APART = 0.75  # s; with keyframes a second apart nearly nothing that moves is missed
_THREADS = 2  # hide the decoder behind the network; each more costs memory for its pictures


class Source:
    """A recording that can be read. Made by `opened`, which ends what it has started."""

    def __init__(self, probe: Probe, at_exit: ExitStack, *, threads: int) -> None:
        self._probe = probe
        self._threads = threads
        self._at_exit = at_exit
        self._decoder: Decoder | None = None

    @property
    def recording(self) -> Recording:
        return self._probe.recording

    @property
    def damage(self) -> str | None:
        """One sentence on what could not be read of the clips so far, or None."""
        return self._decoder.damage if self._decoder is not None else None

    def gops(self) -> Generator[float, None, Gops]:
        """Find the groups of pictures without decoding; yields the share of the file that was read.

        Groups shorter than 0.75 s are taken together, as where every picture is a keyframe: no
        more of them need be looked at in order to see whether anything has moved.
        """
        finding = find_gops(self._probe.recording.path, self._probe.clock)
        return thinned((yield from finding), apart=_APART)

    def can_pass_over(self) -> bool:
        """Whether `clips_together` can leave groups of pictures undecoded; tries it, briefly."""
        return can_pass_over(self._probe)

    def keyframe_pictures(
        self,
        groups: Gops,
        *,
        height: int,
        width: int,
        workers: int,
        wanted: Gops | None = None,
        jpeg_every: float | None = None,
        jpeg_height: int = JPEG_HEIGHT,
    ) -> Generator[KeyframePicture]:
        """Small pictures of the keyframes, as `keyframe_pictures.keyframe_pictures` makes them.

        `groups` are those of `gops`, `wanted` some of them.
        """
        pictures = keyframe_pictures(
            self._probe,
            groups,
            height=height,
            width=width,
            workers=workers,
            wanted=wanted,
            jpeg_every=jpeg_every,
            jpeg_height=jpeg_height,
        )
        self._at_exit.callback(pictures.close)
        return pictures

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
        self,
        wanted: Sequence[tuple[ClipSpec, ClipCursor | None]],
        *,
        kept: Spans | None = None,
    ) -> Generator[tuple[int, Clip]]:
        """The clips of several specs, each with its cursor, from one decoding of the recording.

        Each clip comes with the number of its spec, in the order in which they are complete; those
        of one spec are what `clips` gives. Decoding begins where the cursor furthest behind needs
        it. Raises as `clips` does.

        Where `kept` is given, groups of pictures whose keyframe does not lie within it are not
        decoded: clips are then as `Clip` says of those not decoded, their times as exact as ever;
        clips of which all was decoded are what they are without it, bit for bit. The first group is
        always decoded. `kept` is not heeded where `passing.can_pass_over` finds that the recording
        does not allow it. A cursor must be gone on from with the same `kept`.
        """
        clips = work_ahead(lambda: self._decode(wanted, kept), depth=_CLIPS_AHEAD * len(wanted))
        self._at_exit.callback(clips.close)
        return clips

    def _decode(
        self, wanted: Sequence[tuple[ClipSpec, ClipCursor | None]], kept: Spans | None
    ) -> Generator[tuple[int, Clip]]:
        if kept is not None and not can_pass_over(self._probe):
            kept = None
        since = min(resume_time(spec, after, self._probe.clock) for spec, after in wanted)
        scalers = {_form(spec): ClipScaler(spec) for spec, _ in wanted}
        samplings = [
            Sampling(spec, scalers[_form(spec)].scale, after=after) for spec, after in wanted
        ]
        with closing(Decoder(self._probe, threads=self._threads, draft=True)) as decoder:
            self._decoder = decoder
            for picture in decoder.shown(since=since, kept=kept):
                for number, sampling in enumerate(samplings):
                    for clip in sampling.add(picture):
                        yield number, clip


def _form(spec: ClipSpec) -> tuple[object, ...]:
    """Equal where two specs want a picture scaled in the same way."""
    return spec.resize, spec.crop, spec.color


@contextmanager
def opened(path: Path, *, threads: int = _THREADS) -> Iterator[Source]:
    """Open the recording at `path`, to be decoded by that many threads.

    Raises MediaError with one sentence if it is not readable.
    """
    probed = probe(path)
    with ExitStack() as at_exit:
        yield Source(probed, at_exit, threads=threads)
