"""What a rule keeps of the events in footage when there is too much to do to look at all of it.

Usage: python -m benchmarks.live_overload [--passes N] [--speeds S ...] [--nth N ...]

The footage of `benchmarks.live_recall` is sent again and again by a clock of its own: packets come
when they would, and the decoder takes as long for each as makes it that many times as quick as the
camera. So the real queue leaves pictures out, and the real decoder makes clips of what is left; on
a quiet machine and on a busy one alike. Where networks are what there is no room for, each `nth`
clip is looked at: that is tried with the clips of one pass, shown again and again. The first pass
is not counted: what is usual for the camera is not known then. Told are the events that raise an
alarm, and how long after its end a clip was there at most.
"""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event

os.environ.setdefault("OMP_NUM_THREADS", "1")

import av

from benchmarks.live import FOLDER, footage_of
from benchmarks.live_recall import EVENTS, EVERY, LENGTH, events_raised, rules_at
from benchmarks.tables import table
from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.watching import LiveScore
from crimeview.jobs.live_scores import EventsTrack, LiveTrack, ViolenceTrack
from crimeview.jobs.models import default_models
from crimeview.jobs.open_models import OpenModels, Wish, opened_models
from crimeview.video.live import patience_for
from crimeview.video.live_decoder import CameraDecoder, LiveClip
from crimeview.video.live_packets import LivePacket, PacketQueue, Patience, form_of
from crimeview.video.live_state import LiveState

_AT_EASE = 2.0  # times as fast as the camera: nothing is left out
_KINDS = (AlarmTrack.EVENTS, AlarmTrack.VIOLENCE)


@dataclass
class Watched:
    """The scores of each kind, and what was left out of so many pictures."""

    scores: dict[AlarmTrack, list[LiveScore]]
    pictures: int = 0
    dropped: int = 0
    late: list[float] = field(default_factory=list)  # s from clips' ends to their coming


class SlowQueue(PacketQueue):
    """A camera's queue by a clock of its own, in which decoding a packet takes `each` seconds."""

    def __init__(
        self,
        packets: Iterator[LivePacket],
        patience: Patience,
        *,
        each: float,
        drained: Callable[[float], None],
    ) -> None:
        """`drained` is called with the time when a packet was decoded."""
        super().__init__(patience)
        self._coming, self._each, self._drained = packets, each, drained
        self._next = next(packets, None)
        self._now = self._next.arrival if self._next is not None else 0.0
        self._busy = False
        self.begun = Event()  # set by who made the decoder
        self.came = 0

    def get(self, *, seconds: float) -> tuple[LivePacket, bool] | None:  # noqa: ARG002
        self.begun.wait()
        if self._busy:
            self._now += self._each
            self._drained(self._now)
        self._take_in()
        if self._next is None:  # what waits now would wait ever longer
            self.close()
            return None
        while (got := super().get(seconds=0.0)) is None and self._next is not None:
            self._now = self._next.arrival
            self._take_in()
        self._busy = True
        return got

    def _take_in(self) -> None:
        while self._next is not None and self._next.arrival <= self._now:
            self.put(self._next)
            self.came += 1
            self._next = next(self._coming, None)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passes", type=int, default=2, help="that are counted")
    parser.add_argument("--speeds", type=float, nargs="*", default=[0.75, 0.5, 0.4])
    parser.add_argument("--nth", type=int, nargs="*", default=[1, 2, 4])
    options = parser.parse_args(arguments)
    file = footage_of(FOLDER / "recall.ts", EVENTS, length=LENGTH, every=EVERY)
    with opened_models(default_models(), wish=Wish(), threads=1) as models:
        rules = rules_at(models.scorer.threshold)
        rows = []
        whole: list[LiveClip] = []
        if options.nth:
            overloaded(file, models, speed=_AT_EASE, passes=0, kept=whole)
        for nth in options.nth:
            watched = looked_at_each(nth, whole, models, passes=options.passes)
            rows.append(row(f"each {nth}. clip", watched, rules, options.passes))
            print(" | ".join(rows[-1]), flush=True)
        for speed in options.speeds:
            watched = overloaded(file, models, speed=speed, passes=options.passes)
            rows.append(row(f"decodes {speed:g} times as fast", watched, rules, options.passes))
            print(" | ".join(rows[-1]), flush=True)
    head = ("", "pictures left out", "clips", "s late at most", *(rule.name for rule in rules))
    print(table(head, rows))
    print(f"load of the machine {os.getloadavg()[0]:.1f}")


def overloaded(
    file: Path,
    models: OpenModels,
    *,
    speed: float,
    passes: int,
    kept: list[LiveClip] | None = None,
) -> Watched:
    """Watch with a decoder that is `speed` times as fast as the camera; `kept` gets the clips."""
    tracks = tracks_of(models)
    found = Watched({kind: [] for kind in _KINDS})
    camera = camera_of(f"a={file}")

    def drained(now: float) -> None:
        for live in iter(decoder.take, None):
            found.late.append(now - live.end)
            if kept is not None:
                kept.append(live)
            scores = tracks[live.number].take(live.clip.frames, live.start, live.end)
            found.scores[_KINDS[live.number]] += scores

    rate, packets = packets_of(file, times=passes + 1)
    specs = [track.spec for track in tracks]
    each = 1 / rate / speed
    queue = SlowQueue(packets, patience_for(specs), each=each, drained=drained)
    state = LiveState(camera)
    decoder = CameraDecoder(camera, specs, queue=queue, state=state, ready=lambda: None)
    queue.begun.set()
    decoder.join()
    if state.fault is not None:
        raise state.fault
    found.pictures, found.dropped = queue.came, queue.dropped
    return found


def looked_at_each(
    nth: int, clips: Sequence[LiveClip], models: OpenModels, *, passes: int
) -> Watched:
    """The scores of each nth clip of one pass, shown again and again."""
    tracks = tracks_of(models)
    found = Watched({kind: [] for kind in _KINDS})
    counts = [count(), count()]
    for number in range(passes + 1):
        for live in clips:
            if next(counts[live.number]) % nth:
                continue
            start, end = (number * LENGTH + at for at in (live.start, live.end))
            scores = tracks[live.number].take(live.clip.frames, start, end)
            found.scores[_KINDS[live.number]] += scores
    return found


def tracks_of(models: OpenModels) -> list[LiveTrack]:
    assert models.violence is not None
    return [EventsTrack("a", models, []), ViolenceTrack("a", models.violence)]


def packets_of(file: Path, *, times: int) -> tuple[float, Iterator[LivePacket]]:
    """Pictures a second, and the packets of the file so many times over, each when it is due."""
    with av.open(str(file)) as container:
        stream = container.streams.video[0]
        read = [p for p in container.demux(stream) if p.size and p.pts is not None]
        form = form_of(stream, bytes(read[0]), number=1)
    zero, whole = read[0].pts or 0, round(LENGTH / form.time_base)

    def packets() -> Iterator[LivePacket]:
        for number in range(times):
            for packet in read:
                pts = (packet.pts or 0) - zero + number * whole
                at = float(pts * form.time_base)
                yield LivePacket(
                    form=form,
                    data=bytes(packet),
                    pts=pts,
                    dts=pts,
                    duration=packet.duration or 0,
                    is_keyframe=packet.is_keyframe,
                    arrival=at,
                    wall=at,
                )

    return form.rate, packets()


def row(name: str, watched: Watched, rules: Sequence[AlarmRule], passes: int) -> tuple[str, ...]:
    share = f"{watched.dropped / watched.pictures:.0%}" if watched.pictures else "-"
    late = f"{max(watched.late):.1f}" if watched.late else "-"
    clips = "/".join(str(len(scores)) for scores in watched.scores.values())
    kept = []
    for rule in rules:
        found = events_raised(rule, watched.scores[rule.track], passes=passes)
        kept.append(f"{len(found)} of {passes * len(EVENTS)}")
    return name, share, clips, late, *kept


if __name__ == "__main__":
    main(sys.argv[1:])
