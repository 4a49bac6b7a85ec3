"""Which cameras a recording may be of, and from which recordings a camera may learn."""

from collections.abc import Iterator

from crimeview.core.errors import UsageError
from crimeview.core.scene import Camera, CameraChoice, Lesson, ReferenceChoice
from crimeview.jobs.cameras import background_of, looks_alike
from crimeview.jobs.teach import known_recording
from crimeview.scene.scene_counts import SceneCounts
from crimeview.scene.usual import Usual
from crimeview.store.case import Case
from crimeview.store.scenes import CameraSight


def camera_choices(case: Case, recording_id: int) -> list[CameraChoice]:
    """The cameras that a recording may be of; raises UsageError where it was not analyzed."""
    own, _ = known_recording(case, recording_id)
    usual = own_usual(case, own, recording_id)
    return [
        CameraChoice(
            camera=sight.camera,
            folder=sight.folder,
            recordings=len(case.scenes.recordings_of(sight.camera.id)),
            own=sight.camera.id == own.id,
            fits=sight.camera.grid == own.grid,
            alike=sight.camera.id == own.id or is_alike(sight, usual),
        )
        for sight in case.scenes.cameras()
    ]


def reference_choices(case: Case, recording_id: int) -> tuple[Camera, list[ReferenceChoice]]:
    """The camera of a recording, and what it may learn from: that one first, then by camera.

    Raises UsageError where the recording was not analyzed.
    """
    own, _ = known_recording(case, recording_id)
    found = list(_references(case, own))
    return own, sorted(found, key=lambda c: (c.recording_id != recording_id, c.camera or ""))


def _references(case: Case, own: Camera) -> Iterator[ReferenceChoice]:
    own_sight = sight_of(case, own.id)
    for sight in case.scenes.cameras():
        camera = sight.camera
        if camera.grid != own.grid:
            continue
        for other in case.scenes.recordings_of(camera.id):
            try:
                _, stored = known_recording(case, other)
            except UsageError:
                continue
            same = camera.id == own.id
            yield ReferenceChoice(
                recording_id=other,
                path=case.recording(other).path,
                seconds=stored.analyzed,
                camera=None if same else camera.name,
                alike=same or is_alike(own_sight, own_usual(case, camera, other)),
            )


def sight_of(case: Case, camera_id: int) -> CameraSight:
    """What a camera of that number looks like; raises UsageError."""
    found = next((s for s in case.scenes.cameras() if s.camera.id == camera_id), None)
    if found is None:
        raise UsageError("This camera is no more; choose another one.")
    return found


def own_usual(case: Case, camera: Camera, recording_id: int) -> Usual | None:
    """What the recording itself has shown; None where that was forgotten."""
    for lesson in case.scenes.lessons(camera.id):
        if lesson.recording_id == recording_id and lesson.kind is Lesson.QUIET:
            return Usual(SceneCounts.from_bytes(lesson.counts))
    return None


def is_alike(sight: CameraSight, usual: Usual | None) -> bool:
    """Whether a camera shows what a recording has shown; where that is not known, it may."""
    return usual is None or looks_alike(sight, background_of(usual))
