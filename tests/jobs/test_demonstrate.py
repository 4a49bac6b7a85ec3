import json
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.rendering.demonstration import demonstration
from crimeview.rendering.scene import Scene
from crimeview.video.source import opened

SPEC = ClipSpec(frames=5, rate=None, step=5, resize=(90, 160), crop=(90, 160), color="rgb")


@pytest.fixture(scope="module")
def scene() -> Scene:
    return replace(demonstration(size=(90, 160)), duration=1.2)


def finished(job: Job[Path]) -> tuple[list[Step], Path]:
    steps = []
    while True:
        try:
            steps.append(next(job))
        except StopIteration as end:
            return steps, end.value


def test_it_writes_the_recording_and_its_incidents(tmp_path: Path, scene: Scene) -> None:
    target = tmp_path / "new" / "demo.mp4"
    steps, path = finished(render_demonstration(target, scene=scene))
    assert path == target
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert steps[-1].fraction == 1.0
    with opened(path) as source:
        assert sum(len(c.frame_times) for c in source.clips(SPEC)) == scene.frame_count
        assert (source.recording.width, source.recording.height) == (160, 90)
    facts = json.loads((target.parent / "incidents.json").read_text(encoding="utf-8"))
    assert facts["recording"] == "demo.mp4"
    assert facts["incidents"][0] == {"kind": "fight", "start": 38.0, "end": 45.5}


def test_a_complete_recording_is_not_rendered_again(tmp_path: Path, scene: Scene) -> None:
    target = tmp_path / "demo.mp4"
    finished(render_demonstration(target, scene=scene))
    written = target.stat().st_mtime_ns
    steps, path = finished(render_demonstration(target, scene=scene))
    assert (len(steps), path, target.stat().st_mtime_ns) == (1, target, written)


def test_another_scene_replaces_the_recording(tmp_path: Path, scene: Scene) -> None:
    target = tmp_path / "demo.mp4"
    finished(render_demonstration(target, scene=scene))
    longer = replace(scene, duration=1.6)
    finished(render_demonstration(target, scene=longer))
    with opened(target) as source:
        assert source.recording.duration == pytest.approx(1.6, abs=0.05)


def test_stopped_part_way_it_leaves_nothing_and_starts_anew(tmp_path: Path, scene: Scene) -> None:
    target = tmp_path / "demo.mp4"
    job = render_demonstration(target, scene=scene)
    for _ in range(4):
        next(job)
    job.close()
    assert list(tmp_path.iterdir()) == []
    finished(render_demonstration(target, scene=scene))
    assert target.is_file()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, scene: Scene) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MediaError, match="cannot be written"):
        finished(render_demonstration(tmp_path / "file" / "demo.mp4", scene=scene))
