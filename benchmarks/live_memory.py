"""Memory of watching one camera, with all that can be scored of it and recording around its alarms.

Usage: python -m benchmarks.live_memory [--minutes N] [--gstreamer] [--no-theft] [--samples FILE]

The camera is an RTSP server in a process of its own; it sends fights and staged thefts cut into
quiet footage, 720p at 25 pictures a second, `--gstreamer` by GStreamer's server (see
gst_camera.py). What is usual for the camera is learned first, from two quiet minutes. Events,
violence, novelty and theft are scored, a rule listens to each of them, and what the camera shows
around alarms is recorded; its picture of 360 lines is made as for the wall. Theft needs a detector
and the pose networks, see docs/theft.md. Every 15 s a row is written to FILE: minutes, resident and
proportional megabytes of the process, what its allocator has handed out and what it holds free,
objects of Python, alarms and clips so far, pictures and clips left out, the machine's load.
"""

import argparse
import ctypes
import gc
import os
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass, fields
from itertools import count
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import av
import numpy as np

from benchmarks.live import FOLDER, camera, footage_of
from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.clip_order import ClipOrder
from crimeview.core.watching import CameraHealth, LiveAlarm, LiveEvent, LiveScore, SavedClip
from crimeview.jobs.alarm_judge import AlarmJudge
from crimeview.jobs.alarm_rules import usual_threshold
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.describe_cameras import rename_camera
from crimeview.jobs.live_rules import with_theft
from crimeview.jobs.models import ModelPair, TheftWish, default_models
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.store.case import Case, open_case

_LENGTH = 300.0  # s that are sent again and again
_FIGHTS = tuple((at, at + 4.0) for at in (45.0, 120.0, 195.0, 270.0))
_THEFTS = tuple((at, at + 14.0) for at in (80.0, 155.0, 230.0))
_EVERY = 15.0  # s between two samples
_SETTLED = 5.0  # minutes, after which memory is expected to be flat


@dataclass(frozen=True, slots=True)
class Sample:
    """What was held after so many minutes, in MB but for counts."""

    minutes: float
    resident: float
    proportional: float
    allocated: float
    free: float
    objects: int
    scores: str
    alarms: int
    clips: int
    drops: int
    skipped: int
    load: float


_MALLINFO = (
    *("arena", "ordblks", "smblks", "hblks", "hblkhd"),
    *("usmblks", "fsmblks", "uordblks", "fordblks", "keepcost"),
)


class _MallInfo(ctypes.Structure):
    """Glibc's struct mallinfo2, of all arenas."""

    _fields_ = tuple((name, ctypes.c_size_t) for name in _MALLINFO)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=62.0)
    parser.add_argument("--gstreamer", action="store_true")
    parser.add_argument("--no-theft", dest="theft", action="store_false")
    parser.add_argument("--samples", type=Path, default=FOLDER / "memory.tsv")
    options = parser.parse_args(arguments)
    models = default_models()
    if options.theft:
        models, why = with_theft(models, TheftWish())
        if why is not None:
            raise SystemExit(why)
    file = footage_of(FOLDER / "hour-part.ts", _FIGHTS, length=_LENGTH, every=5, thefts=_THEFTS)
    if options.gstreamer:  # it sends a file once
        file = repeated(file, times=int(60 * options.minutes / _LENGTH) + 2)
    shutil.rmtree(FOLDER / "memory.case", ignore_errors=True)
    with open_case(FOLDER / "memory.case") as case:
        learn(case)
        for rule in rules(case, theft=options.theft):
            case.alarms.put_rule(rule)
        with camera(gstreamer=options.gstreamer, file=file, heard=False) as server:
            samples = []
            with options.samples.open("w", encoding="utf-8") as out:
                print(*(f.name for f in fields(Sample)), sep="\t", file=out)
                for sample in watched(case, server.address, models, minutes=options.minutes):
                    samples.append(sample)
                    print(*astuple(sample), sep="\t", file=out, flush=True)
    tell(samples)


def learn(case: Case) -> None:
    """Let the case know what is usual for the camera, which is called a."""
    quiet = footage_of(FOLDER / "usual.ts", (), length=120.0, every=1)
    settings = AnalyzeSettings(gate=False, novelty=True)
    for _ in analyze([quiet], case=case, models=default_models(objects=None), settings=settings):
        pass
    (sight,) = case.scenes.cameras()
    rename_camera(case, sight.camera.name, "a")


def rules(case: Case, *, theft: bool) -> Iterator[AlarmRule]:
    """One for each track, all at their usual thresholds."""
    wanted = {
        AlarmTrack.EVENTS: (usual_threshold(case), 0.0),
        AlarmTrack.VIOLENCE: (0.5, 1.0),
        AlarmTrack.NOVELTY: (0.5, 1.0),
        AlarmTrack.THEFT: (0.5, 1.0),
    }
    if not theft:
        del wanted[AlarmTrack.THEFT]
    for track, (threshold, duration) in wanted.items():
        yield AlarmRule(
            id=track.value,
            name=track.value,
            track=track,
            threshold=threshold,
            min_duration=duration,
            cooldown=0.0,
            armed=True,
        )


def watched(case: Case, address: str, models: ModelPair, *, minutes: float) -> Iterator[Sample]:
    """Watch the camera for so long, and say every quarter of a minute what is held."""
    watch = Watch(
        [camera_of(f"a={address}")],
        models=models,
        judge=AlarmJudge(case),
        settings=WatchSettings(
            novelty=True, theft=models.theft is not None, clips=ClipOrder(most=250_000_000)
        ),
        case=case,
    )
    watch.show("a", height=360)
    seen: Counter[str] = Counter()
    health: CameraHealth | None = None
    began, due = time.monotonic(), 0.0
    with closing(watch.run()) as job:
        for step in job:
            assert isinstance(step, LiveStep)
            for event in step.events:
                health = event if isinstance(event, CameraHealth) else health
                seen[_name_of(event)] += 1
            passed = time.monotonic() - began
            if passed >= due:
                due += _EVERY
                yield _sample(passed / 60, seen, health)
            if passed >= 60 * minutes:
                return


def repeated(file: Path, *, times: int) -> Path:
    """The file so many times over, as one: packets as they are, times going on."""
    path = file.with_name(f"{file.stem}-{times}.ts")
    if path.exists():
        return path
    part = path.with_suffix(".part")
    with av.open(str(part), "w", format="mpegts") as output, av.open(str(file)) as source:
        stream = source.streams.video[0]
        assert stream.time_base is not None
        packets = [p for p in source.demux(stream) if p.size and p.pts is not None]
        made = output.add_stream_from_template(stream)
        zero = packets[0].pts or 0
        whole = round(_LENGTH / stream.time_base)
        for number, packet in ((n, p) for n in range(times) for p in packets):
            again = av.Packet(bytes(packet))
            again.stream, again.time_base = made, stream.time_base
            again.pts = (packet.pts or 0) - zero + number * whole
            again.dts = (packet.dts or 0) - zero + number * whole
            again.is_keyframe = packet.is_keyframe
            output.mux(again)
    part.replace(path)
    return path


def tell(samples: Sequence[Sample]) -> None:
    """A row for each ten minutes, and how fast memory grew since it had settled."""
    for due in count(0.0, 10.0):
        near = [s for s in samples if s.minutes >= due]
        if not near:
            break
        s = near[0]
        print(
            f"{s.minutes:.0f} min: {s.resident:.1f} MB resident, {s.proportional:.1f} its share; "
            f"{s.allocated:.1f} allocated, {s.free:.1f} free in the allocator; {s.objects} objects"
        )
    settled = [s for s in samples if s.minutes >= _SETTLED]
    if len(settled) > 2:
        at = [s.minutes / 60 for s in settled]
        for name in ("resident", "proportional", "allocated"):
            held = [getattr(s, name) for s in settled]
            print(
                f"{name} after {_SETTLED:g} minutes: {min(held):.1f} to {max(held):.1f} MB, "
                f"{np.polyfit(at, held, 1)[0]:+.1f} MB an hour"
            )
    print(f"in all: {samples[-1]}")


def _name_of(event: LiveEvent) -> str:
    match event:
        case LiveScore():
            return event.kind.value
        case LiveAlarm():
            return "" if event.end is not None else "alarm"
        case SavedClip():
            return "clip"
        case _:
            return ""


def _sample(minutes: float, seen: Counter[str], health: CameraHealth | None) -> Sample:
    told = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()[1:]
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in told}
    info = _allocator()
    kinds = ("clip scores", "violence", "novelty", "theft")
    return Sample(
        minutes=round(minutes, 2),
        resident=round(sizes["Rss"], 1),
        proportional=round(sizes["Pss"], 1),
        allocated=round((info.uordblks + info.hblkhd) / 2**20, 1),
        free=round(info.fordblks / 2**20, 1),
        objects=len(gc.get_objects()),
        scores="/".join(str(seen[kind]) for kind in kinds),
        alarms=seen["alarm"],
        clips=seen["clip"],
        drops=health.drops if health is not None else 0,
        skipped=health.skipped if health is not None else 0,
        load=round(os.getloadavg()[0], 1),
    )


def _allocator() -> _MallInfo:
    ask = ctypes.CDLL(None).mallinfo2
    ask.restype = _MallInfo
    found: _MallInfo = ask()
    return found


if __name__ == "__main__":
    main(sys.argv[1:])
