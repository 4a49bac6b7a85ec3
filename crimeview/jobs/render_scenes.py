"""Rendered training scenes: exact labels, and as many as one likes."""

from collections.abc import Generator
from pathlib import Path

from crimeview.core.job import Step
from crimeview.rendering.incident import IncidentKind
from crimeview.rendering.scene import Scene
from crimeview.rendering.variety import random_scene
from crimeview.training.examples import FOLDS, Example
from crimeview.video.encode import VideoWriter

SCENES = 240
_KINDS: tuple[IncidentKind | None, ...] = ("fight", "crash", None)
_SECONDS = 12.0
_QUALITIES = (20, 24, 28, 32)  # x264's crf: cameras compress more or less


def render_scenes(folder: Path, *, scenes: int = SCENES) -> Generator[Step, None, list[Example]]:
    """Render what is not in the folder yet; a third fights, a third crashes, a third ordinary."""
    folder.mkdir(parents=True, exist_ok=True)
    examples = []
    for seed in range(scenes):
        kind = _KINDS[seed % 3]
        scene = random_scene(seed, kind=kind, duration=_SECONDS)
        path = folder / f"{seed:04d}-{kind or 'ordinary'}.mp4"
        if not path.exists():
            for share in _write(scene, path, crf=_QUALITIES[seed // 3 % len(_QUALITIES)]):
                yield Step(done=seed + share, total=scenes, message="Rendering training scenes")
        span = (0.0, float("inf"))
        if scene.incidents:
            span = (scene.incidents[0].start, scene.incidents[0].end)
        examples.append(
            Example(
                path=path,
                data="rendered",
                label=kind or "normal",
                group=f"rendered/{seed}",
                fold=seed // 3 % FOLDS,
                span=span,
            )
        )
    return examples


def _write(scene: Scene, path: Path, *, crf: int) -> Generator[float, None, None]:
    """Gives the share written after each frame."""
    height, width = scene.size
    with VideoWriter(path, rate=scene.rate, width=width, height=height, crf=crf) as video:
        for number, frame in enumerate(scene.frames()):
            video.write(frame)
            yield (number + 1) / scene.frame_count
