"""Rendered training scenes: exact labels, and as many as one likes."""

import json
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from crimeview.core.job import Step
from crimeview.rendering.incident import IncidentKind
from crimeview.rendering.scene import Scene
from crimeview.rendering.variety import random_scene
from crimeview.training.data.examples import FOLDS, RENDERED, WHOLE, Example
from crimeview.video.encode import VideoWriter

SCENES = 300
_KINDS: tuple[IncidentKind | None, ...] = ("fight", "crash", None)
_SECONDS = 12.0
# s; what follows a crash belongs to it, but looks like other standing about.
_IMPACT = 2.2
_QUALITIES = (20, 24, 28, 32)  # x264's crf: cameras compress more or less


def render_scenes(folder: Path, *, scenes: int = SCENES) -> Generator[Step, None, list[Example]]:
    """Render what is not in the folder yet; a third fights, a third crashes, a third ordinary.

    Each recording has its incident's times in a file beside it, written last: the pictures of a
    seed may change with the renderer, and times must be those of the recording.
    """
    folder.mkdir(parents=True, exist_ok=True)
    examples = []
    for seed in range(scenes):
        kind = _KINDS[seed % 3]
        path = folder / f"{seed:04d}-{kind or 'ordinary'}.mp4"
        times = path.with_suffix(".json")
        if not times.exists():
            scene = random_scene(seed, kind=kind, duration=_SECONDS)
            for share in _write(scene, path, crf=_QUALITIES[seed // 3 % len(_QUALITIES)]):
                yield Step(done=seed + share, total=scenes, message="Rendering training scenes")
            times.write_text(json.dumps([(i.start, i.end) for i in scene.incidents]))
        span = _span(times)
        examples.append(
            Example(
                path=path,
                data=RENDERED,
                label=kind or "normal",
                group=f"{RENDERED}/{seed}",
                fold=seed // len(_KINDS) % FOLDS,
                span=span,
                core=(span[0], min(span[1], span[0] + _IMPACT)) if kind == "crash" else span,
            )
        )
    return examples


def _write(scene: Scene, path: Path, *, crf: int) -> Generator[float, None, None]:
    """Gives the share written after each frame."""
    height, width = scene.size
    with (
        closing(scene.frames()) as frames,
        VideoWriter(path, rate=scene.rate, width=width, height=height, crf=crf) as video,
    ):
        for number, frame in enumerate(frames):
            video.write(frame)
            yield (number + 1) / scene.frame_count


def _span(times: Path) -> tuple[float, float]:
    """The incident's start and end (s); the whole recording where there is none."""
    incidents = json.loads(times.read_text())
    return (incidents[0][0], incidents[0][1]) if incidents else WHOLE
