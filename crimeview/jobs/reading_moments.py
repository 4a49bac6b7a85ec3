"""Reading the moments of whole recordings for an evaluation, each recording only once."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.core.recording import Recording
from crimeview.jobs.coming import coming_clips
from crimeview.jobs.evaluate_cache import Reading, ReadingCache
from crimeview.jobs.moments import VERSION, scene_grid, scene_rows, scene_spec
from crimeview.scene.cells import CellGrid
from crimeview.video.fingerprint import fingerprint
from crimeview.video.source import opened


@dataclass(frozen=True, slots=True)
class ReadMoments:
    """The rows of a recording, see `Reading`, the grid they are of, and its height and width."""

    grid: CellGrid
    reading: Reading
    height: int
    width: int


def read_moments(path: Path, *, cache: ReadingCache) -> Job[ReadMoments]:
    """The moments of a recording; steps count its seconds. Raises MediaError."""
    digest = ""
    hashing = fingerprint(path)
    with closing(hashing):
        while True:
            try:
                next(hashing)
            except StopIteration as end:
                digest = end.value.sha256
                break
            yield Step(done=0, total=1, message=f"Reading {path.name}")
    with opened(path) as source:
        grid, spec = scene_grid(source.recording), scene_spec(source.recording)
        identity = (digest, VERSION, f"{spec.key()} {grid.key()}")
        reading = cache.find(*identity)
        if reading is not None:
            return _read(source.recording, reading)
        maker = scene_rows(source.recording, None)
        length = source.recording.duration
        times, rows, frame_times = [], [], []
        with closing(coming_clips(source.clips(spec))) as clips:
            for clip in clips:
                if clip is not None:
                    times.append((clip.start, clip.end))
                    rows.append(maker.row(clip)[1])
                    frame_times.append(clip.frame_times)
                done = times[-1][1] if times else 0.0
                yield Step(
                    done=min(done, length), total=length or 1.0, message=f"Reading {path.name}"
                )
        if not rows:
            raise MediaError(
                source.damage or f"“{path.name}” holds no picture that can be read; copy it again."
            )
        reading = Reading(
            times=np.array(times),
            numbers=np.stack(rows),
            frame_times=np.concatenate(frame_times),
            moved=float("nan"),
            damage=source.damage,
        )
        cache.keep(reading, *identity)
        return _read(source.recording, reading)


def _read(recording: Recording, reading: Reading) -> ReadMoments:
    return ReadMoments(
        scene_grid(recording), reading, height=recording.height, width=recording.width
    )
