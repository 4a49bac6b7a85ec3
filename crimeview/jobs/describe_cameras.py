"""What a case's cameras have learned, from what and when, for showing it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.scene import Camera, CameraName, Lesson
from crimeview.scene.class_counts import ClassCounts
from crimeview.scene.scene_counts import SceneCounts
from crimeview.store.case import Case
from crimeview.store.scenes import CameraLesson


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedLesson:
    """One thing that a camera learned: `seconds` of the span (s) from `start` to `end`.

    `version` is the camera's since then, `made` when (ISO 8601, UTC).
    """

    id: int
    kind: Lesson
    recording: Path
    start: float
    end: float
    seconds: float
    version: int
    made: str


@dataclass(frozen=True, slots=True)
class KnownClass:
    """A class of objects: in how many of how many looks it was seen, on how many occasions."""

    name: str
    seen: int
    looks: int
    occasions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCamera:
    """A camera with all that it knows; `classes` are those that were seen, most often first."""

    camera: Camera
    folder: Path
    recordings: Sequence[Path]
    seconds: float
    lessons: Sequence[LearnedLesson]
    looks: int
    classes: Sequence[KnownClass]


def known_cameras(case: Case) -> list[KnownCamera]:
    """The cameras of a case in the order they were found."""
    paths = {recording.id: recording.path for recording in case.recordings()}
    found = []
    for sight in case.scenes.cameras():
        camera = sight.camera
        lessons = case.scenes.lessons(camera.id)
        listed = [_learned(lesson, paths[lesson.recording_id]) for lesson in lessons
                  if lesson.recording_id in paths]  # fmt: skip
        classes = _classes(lessons)
        found.append(
            KnownCamera(
                camera=camera,
                folder=sight.folder,
                recordings=[paths[i] for i in case.scenes.recordings_of(camera.id) if i in paths],
                seconds=sum(lesson.seconds for lesson in listed),
                lessons=listed,
                looks=round(classes.looks),
                classes=_seen(classes),
            )
        )
    return found


def named_camera(case: Case, name: str) -> Camera:
    """The camera of that name; raises UsageError."""
    cameras = [sight.camera for sight in case.scenes.cameras()]
    found = next((camera for camera in cameras if camera.name == name), None)
    if found is None:
        known = ", ".join(f"“{camera.name}”" for camera in cameras)
        raise UsageError(
            f"The case has no camera “{name}”; it has {known}."
            if known
            else "The case knows no camera yet; analyze a recording."
        )
    return found


def rename_camera(case: Case, name: str, new: str, *, reviewer: str = "") -> Camera:
    """Give a camera another name, by an edit of the reviewer's, which can be undone.

    Raises UsageError where there is none, or the name is taken.
    """
    camera, new = named_camera(case, name), new.strip()
    if not new:
        raise UsageError("A camera needs a name.")
    if new != name and any(sight.camera.name == new for sight in case.scenes.cameras()):
        raise UsageError(f"Another camera is called “{new}” already; choose another name.")
    if new != name:
        change = Change(
            before=CameraName(camera_id=camera.id, name=name),
            after=CameraName(camera_id=camera.id, name=new),
        )
        case.edits.make(Edit(action=Action.RENAME_CAMERA, changes=(change,)), reviewer=reviewer)
    return named_camera(case, new)


def _learned(lesson: CameraLesson, recording: Path) -> LearnedLesson:
    return LearnedLesson(
        id=lesson.id,
        kind=lesson.kind,
        recording=recording,
        start=lesson.start,
        end=lesson.end,
        seconds=SceneCounts.from_bytes(lesson.counts).seconds,
        version=lesson.version,
        made=lesson.made,
    )


def _classes(lessons: Sequence[CameraLesson]) -> ClassCounts:
    total = ClassCounts.nothing()
    for lesson in lessons:
        if lesson.classes is not None and lesson.kind is Lesson.QUIET:
            total = total + ClassCounts.from_bytes(lesson.classes)
    return total


def _seen(classes: ClassCounts) -> list[KnownClass]:
    rows = zip(
        classes.names,
        classes.seen.tolist(),
        classes.looked.tolist(),
        classes.came.tolist(),
        strict=True,
    )
    known = [KnownClass(name, round(seen), round(of), round(came)) for name, seen, of, came in rows]
    return sorted((each for each in known if each.seen), key=lambda each: -each.seen)
