"""Rendering the demonstration recording, with the times of what happens in it."""

import json
from contextlib import closing
from pathlib import Path

from crimeview.core.errors import MediaError
from crimeview.core.files import is_file
from crimeview.core.job import Job, Step
from crimeview.rendering.demonstration import demonstration
from crimeview.rendering.scene import Scene
from crimeview.video.encode import VideoWriter

# To be raised whenever the pictures change, so that an older recording is rendered anew.
_EDITION = 1
_FRAMES_A_STEP = 5
_QUALITY = 23  # x264 crf


def render_demonstration(path: Path, *, scene: Scene | None = None) -> Job[Path]:
    """Write the demonstration as H.264 MP4 to `path` and its incidents to `incidents.json` beside.

    Nothing is rendered where a complete recording of the same edition is there. Steps count
    seconds of video. Raises MediaError where the folder cannot be written.
    """
    scene = scene or demonstration()
    facts = path.with_name("incidents.json")
    text = _facts(scene, path.name)
    if is_file(path) and _read(facts) == text:
        yield Step(done=scene.duration, total=scene.duration, message="Demonstration is there")
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        facts.unlink(missing_ok=True)
    except OSError as error:
        raise _refused(path.parent, error) from error
    height, width = scene.size
    message = "Rendering the demonstration"
    yield Step(done=0.0, total=scene.duration, message=message)
    with (
        closing(scene.frames()) as frames,
        VideoWriter(path, rate=scene.rate, width=width, height=height, crf=_QUALITY) as writer,
    ):
        for number, frame in enumerate(frames):
            writer.write(frame)
            if number % _FRAMES_A_STEP == 0:
                yield Step(done=number / scene.rate, total=scene.duration, message=message)
    # Written last: together with the recording it says that the recording is complete.
    try:
        facts.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _refused(facts, error) from error
    yield Step(done=scene.duration, total=scene.duration, message="Demonstration rendered")
    return path


def _facts(scene: Scene, name: str) -> str:
    """The sidecar: what happens when, in seconds of the recording."""
    facts = {
        "recording": name,
        "edition": _EDITION,
        "duration": scene.duration,
        "rate": scene.rate,
        "size": list(scene.size),
        "seed": scene.seed,
        "incidents": [
            {"kind": i.kind, "start": round(i.start, 3), "end": round(i.end, 3)}
            for i in scene.incidents
        ],
    }
    return json.dumps(facts, indent=2) + "\n"


def _read(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _refused(path: Path, error: OSError) -> MediaError:
    return MediaError(
        f"“{path}” cannot be written ({error.strerror}); check the folder and the free space."
    )
