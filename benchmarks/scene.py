"""What scene novelty costs on top of the shared decoding, and what it finds in quiet recordings.

Usage: python -m benchmarks.scene [DATA]

DATA is the folder of real recordings (default: ../shared/data). Recordings are decoded on one core
once with the network's small pictures alone and once with the scene's beside them; what is told is
the difference in CPU time for each source frame (the least of three rounds each), and the CPU time
of learning and of scoring, which come after it. One is a walkway (Ped2), the same enlarged, and a
mosaic of traffic and people in which much moves, as in the benchmarks of speed. With detectors in
DATA/detectors it is told as well what looking for classes of objects costs, and what is seen.
Alarms are those of the second half of each quiet recording at the default threshold, learned from
its first half.
"""

import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TypeVar, cast

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from benchmarks.recordings import Recipe, build
from benchmarks.timing import machine
from crimeview.core.clip import ClipSpec
from crimeview.core.job import Job
from crimeview.core.look import Look
from crimeview.core.objects import Objects
from crimeview.core.segment import find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.fuse import NOVELTY_RULE
from crimeview.jobs.import_detector import import_detector
from crimeview.jobs.import_model import Target
from crimeview.jobs.moments import parts_of, scene_grid, scene_rows, scene_spec
from crimeview.jobs.objects import ObjectRows, objects_spec
from crimeview.nets.detector import Detector
from crimeview.scene.cells import CellGrid, Moments
from crimeview.scene.learning import learned
from crimeview.scene.scoring import SceneScorer
from crimeview.scene.things import Thing, Things
from crimeview.scene.usual import Usual
from crimeview.video.encode import VideoWriter
from crimeview.video.source import opened

_NETWORK = ClipSpec(frames=17, rate=12.5, step=16, resize=(64, 64), crop=(64, 64), color="rgb")
_ROUNDS = 3
_BUSY, _BUSY_SECONDS = Recipe(scene="busy", kbps=4000), 20.0

T = TypeVar("T")
Rows = tuple[CellGrid, NDArray[np.float64], NDArray[np.float16]]


def main(arguments: list[str]) -> None:
    data = Path(arguments[0]) if arguments else Path("../shared/data")
    small = data / "ucsd_ped2" / "test" / "02.mp4"
    with tempfile.TemporaryDirectory() as folder:
        large = _enlarged(small, Path(folder) / "large.mp4")
        busy = build(replace(_BUSY, loop=_BUSY_SECONDS), cache=Path(folder), data=data)
        at = machine()
        print(f"{at['processor']}, {at['cores']} cores; load {os.getloadavg()[0]:.1f}\n")
        print("| source | ms a source frame on top of decoding | learning | scoring |")
        print("|---|---|---|---|")
        for name, path in (("360x240", small), ("1920x1080", large), ("1920x1080, busy", busy)):
            cost, learning, scoring = _cost(path)
            print(f"| {name} | {cost:.2f} | {learning:.2f} | {scoring:.2f} |", flush=True)
    recordings = sorted((data / "recordings").iterdir())
    _classes(recordings, sorted((data / "detectors").glob("*.onnx")))
    _alarms(recordings)


def _cost(path: Path) -> tuple[float, float, float]:
    """Ms a source frame: making the rows beside the network's clips, learning and scoring them."""
    best: list[float] = []
    learning, scoring = np.inf, np.inf
    for with_scene in (False, True):
        times = []
        for _ in range(_ROUNDS):
            began = time.process_time()
            frames, rows = _read(path, with_scene=with_scene)
            times.append((time.process_time() - began) * 1000 / frames)
        best.append(min(times))
        for _ in range(_ROUNDS if rows is not None else 0):
            assert rows is not None
            began = time.process_time()
            usual = Usual(learned(_parts(*rows), rows[0]))
            learning = min(learning, (time.process_time() - began) * 1000 / frames)
            began = time.process_time()
            scorer = SceneScorer(usual)
            for part in parts_of(*rows):
                scorer.take(part)
            scorer.result()
            scoring = min(scoring, (time.process_time() - began) * 1000 / frames)
    return best[1] - best[0], learning, scoring


def _read(path: Path, *, with_scene: bool) -> tuple[int, Rows | None]:
    """Decode; gives the number of source frames and the scene's rows, if they are wanted."""
    with opened(path, threads=1) as source:
        grid, spec = scene_grid(source.recording), scene_spec(source.recording)
        maker = scene_rows(source.recording, None)
        wanted = [(_NETWORK, None), *([(spec, None)] if with_scene else [])]
        frames, times, rows = 0, [], []
        with closing(source.clips_together(wanted)) as clips:
            for number, clip in clips:
                if number == 0:
                    frames += len(clip.frame_times)
                else:
                    times.append((clip.start, clip.end))
                    rows.append(maker.row(clip)[1])
    return frames, (grid, np.array(times), np.stack(rows)) if rows else None


def _enlarged(path: Path, to: Path) -> Path:
    spec = ClipSpec(
        frames=1, rate=None, step=1, resize=(1080, 1920), crop=(1080, 1920), color="rgb"
    )
    with (
        opened(path) as source,
        VideoWriter(to, rate=25, width=1920, height=1080) as video,
        closing(source.clips(spec)) as clips,
    ):
        for clip in clips:
            video.write(clip.frames[0])
    return to


def _classes(paths: list[Path], detectors: list[Path]) -> None:
    """What looking for classes of objects costs with each detector, and what it comes to know."""
    for file in detectors:
        with tempfile.TemporaryDirectory() as folder:
            target = Target(models=Path(folder), name="detector", overwrite=False)
            model = _last(import_detector(file, target=target))
            with Detector(model, threads=1) as detector:
                for path in paths:
                    _classes_of(path, detector)


def _classes_of(path: Path, detector: Detector) -> None:
    maker, things = ObjectRows(detector), Counter[str]()
    looks = runs = 0
    spent = 0.0
    with opened(path, threads=1) as source:
        recording = source.recording
        followed = Things(aspect=recording.width / recording.height)
        found: list[Thing] = []
        with closing(source.clips(objects_spec(recording))) as clips:
            for clip in clips:
                began = time.process_time()
                look, row = maker.row(clip)
                objects = Objects.of_row(row)
                if objects is not None:
                    found += followed.take(clip.start, objects)
                spent += time.process_time() - began
                looks += 1
                runs += look is Look.ANALYZED
    seen = {(thing.id, thing.kind) for thing in [*found, *followed.finish()]}
    things.update(detector.vocabulary[kind] for _, kind in seen)
    told = ", ".join(f"{count} {name}" for name, count in things.most_common())
    print(
        f"- {path.name}: {looks} looks, {runs} by {detector.model.file.stem}, "
        f"{spent * 1000 / max(1, looks):.0f} ms a look, {spent * 1000 / recording.duration:.0f} ms "
        f"a second of video; things: {told or 'none'}"
    )


def _last(job: Job[T]) -> T:
    """What a job gives in the end."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            return cast("T", end.value)


def _alarms(paths: list[Path]) -> None:
    seconds, alarms = 0.0, 0
    for path in paths:
        _, rows = _read(path, with_scene=True)
        if rows is None:
            continue
        grid, times, values = rows
        half = len(times) // 2
        usual = Usual(learned(_parts(grid, times[:half], values[:half]), grid))
        scorer = SceneScorer(usual)
        for part in parts_of(grid, times[half:], values[half:]):
            scorer.take(part)
        later, scores = scorer.result()
        found = find_segments(Track(TrackKind.NOVELTY, later, scores), NOVELTY_RULE)
        seconds += float(later[-1, 1] - later[0, 0])
        alarms += len(found)
        print(f"- {path.name}: {len(found)} alarms, highest score {scores.max():.2f}")
    hours = seconds / 3600
    low, high = _interval(alarms)
    print(
        f"\n{alarms} alarms in {seconds:.0f} s: {alarms / hours:.1f} an hour, "
        f"95 % interval {low / hours:.1f} to {high / hours:.1f}"
    )


def _parts(
    grid: CellGrid, times: NDArray[np.float64], values: NDArray[np.float16]
) -> Callable[[], Iterator[Moments]]:
    return lambda: parts_of(grid, times, values)


def _interval(count: int) -> tuple[float, float]:
    """The 95 % interval of a Poisson count, by Wilson and Hilferty's approximation."""
    z = 1.96
    low = count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3 if count else 0.0
    above = count + 1
    high = above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3
    return float(low), float(high)


if __name__ == "__main__":
    main(sys.argv[1:])
