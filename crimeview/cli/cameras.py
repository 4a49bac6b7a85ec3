"""`crimeview cameras`."""

import argparse
import json

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.cli.review import recording_of, reviewer_of, seconds_of
from crimeview.core.errors import UsageError
from crimeview.core.found_by import FoundBy
from crimeview.core.job import Job
from crimeview.core.scene import Camera, Lesson
from crimeview.core.short_paths import short_paths
from crimeview.core.timetext import clock_text
from crimeview.jobs.assign_camera import assign_camera, assign_new_camera
from crimeview.jobs.describe_cameras import (
    KnownCamera,
    LearnedLesson,
    known_cameras,
    named_camera,
    rename_camera,
)
from crimeview.jobs.teach import forget_lessons, teach
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder
from crimeview.store.rows import CaseSegment

_STOPPED = "Stopped. What was learned holds; what is unusual is found anew by the same command."


def run_cameras(args: argparse.Namespace) -> int:
    with open_case(args.case or default_case_folder(), create=False) as case:
        match args.action:
            case "list":
                return _list(case, as_json=args.json)
            case "rename":
                who = reviewer_of(args)
                camera = rename_camera(case, args.name, args.new, reviewer=who)
                tell(f"The camera is called “{camera.name}” now.")
                return 0
            case "assign":
                return _assign(case, args)
            case "learn":
                return _learn(case, args)
            case "normal":
                return _normal(case, args.ids, reviewer=reviewer_of(args))
            case _:
                return _forget(case, args)


def _list(case: Case, *, as_json: bool) -> int:
    cameras = known_cameras(case)
    if as_json:
        print(json.dumps([_as_json(camera) for camera in cameras], indent=2))
        return 0
    for known in cameras:
        camera, count = known.camera, len(known.recordings)
        print(
            f"{camera.name}: version {camera.version}, {count} recording"
            f"{'' if count == 1 else 's'}, learned from {clock_text(known.seconds)}"
        )
        names = short_paths(lesson.recording for lesson in known.lessons)
        for lesson in known.lessons:
            print(f"  {_line(lesson, names[lesson.recording])}")
        if known.looks:
            seen = ", ".join(f"{each.name} {each.seen}" for each in known.classes)
            print(f"  in {known.looks} looks: {seen or 'no object'}")
    if not cameras:
        tell("The case knows no camera yet; analyze a recording.")
    return 0


def _line(lesson: LearnedLesson, recording: str) -> str:
    span = f"{clock_text(lesson.start)} to {clock_text(lesson.end)}"
    made = lesson.made[:16].replace("T", " ")
    return (
        f"{lesson.id:>4}  {lesson.kind.value:6}  {recording}  {span}  "
        f"version {lesson.version}, {made}"
    )


def _as_json(known: KnownCamera) -> dict[str, object]:
    camera = known.camera
    return {
        "id": camera.id,
        "name": camera.name,
        "folder": str(known.folder),
        "version": camera.version,
        "recordings": [str(path) for path in known.recordings],
        "seconds": round(known.seconds, 1),
        "lessons": [
            {
                "id": lesson.id,
                "kind": lesson.kind.value,
                "recording": str(lesson.recording),
                "start": lesson.start,
                "end": lesson.end,
                "seconds": round(lesson.seconds, 1),
                "version": lesson.version,
                "made": lesson.made,
            }
            for lesson in known.lessons
        ],
        "looks": known.looks,
        "classes": [
            {"name": c.name, "seen": c.seen, "looks": c.looks, "occasions": c.occasions}
            for c in known.classes
        ],
    }


def _assign(case: Case, args: argparse.Namespace) -> int:
    recording = recording_of(case, args.recording)
    who = reviewer_of(args)
    if args.new:
        job = assign_new_camera(case, recording.id, args.name, reviewer=who)
    else:
        camera = named_camera(case, args.name)
        job = assign_camera(case, recording.id, camera.id, reviewer=who)
    found = drive(job, if_stopped=_STOPPED, unit="other")
    name, file = found.camera.name, recording.path.name
    tell(f"“{file}” is a recording of “{name}” (version {found.camera.version}).")
    if not found.alike:
        tell(
            f"What stands still in it does not look like what “{name}” shows. If it is another "
            f"view: crimeview cameras assign {file} NAME --new"
        )
    return 0


def _learn(case: Case, args: argparse.Namespace) -> int:
    recording = recording_of(case, args.recording)
    if args.start is None:
        return _told(_driven(teach(case, recording.id, reviewer=reviewer_of(args))))
    if args.end is None:
        raise UsageError("Say where the span ends, too; with neither, all of it is learned.")
    start, end = seconds_of(args.start), seconds_of(args.end)
    job = teach(case, recording.id, start=start, end=end, reviewer=reviewer_of(args))
    return _told(_driven(job))


def _normal(case: Case, ids: list[int], *, reviewer: str) -> int:
    """Teach segment by segment; a later one may be found no more by then."""
    segments = {row.id: row for row in case.segments()}
    chosen = [_of_novelty(segments, number) for number in dict.fromkeys(ids)]
    for row in chosen:
        span = row.segment
        job = teach(
            case,
            row.recording_id,
            kind=Lesson.NORMAL,
            start=span.start,
            end=span.end,
            reviewer=reviewer,
        )
        camera = _driven(job)
    return _told(camera)


def _of_novelty(segments: dict[int, CaseSegment], number: int) -> CaseSegment:
    row = segments.get(number)
    if row is None:
        raise UsageError(
            f"The case has no segment {number}; `crimeview segments --json` gives ids, which "
            "change when what is unusual is found anew."
        )
    if FoundBy.NOVELTY not in row.segment.found_by:
        raise UsageError(
            f"Nothing unusual was found in segment {number}, and networks do not learn; dismiss it "
            f"instead: crimeview review set {number} --state dismissed"
        )
    return row


def _forget(case: Case, args: argparse.Namespace) -> int:
    camera = named_camera(case, args.name)
    lessons = case.scenes.lessons(camera.id)
    if args.lesson:
        known = {lesson.id for lesson in lessons}
        if unknown := [str(number) for number in args.lesson if number not in known]:
            raise UsageError(
                f"“{camera.name}” has no lesson {', '.join(unknown)}; crimeview cameras list "
                "tells their numbers."
            )
        chosen = list(args.lesson)
    else:
        chosen = [x.id for x in lessons if args.everything or x.kind is not Lesson.QUIET]
    if not chosen:
        tell(f"Nobody has taught “{camera.name}” anything; --everything forgets all it has seen.")
        return 1
    _driven(forget_lessons(case, camera, chosen, reviewer=reviewer_of(args)))
    count = len(chosen)
    tell(f"“{camera.name}” has forgotten {count} lesson{'' if count == 1 else 's'}.")
    return 0


def _driven(job: Job[Camera]) -> Camera:
    return drive(job, if_stopped=_STOPPED, unit="other")


def _told(camera: Camera) -> int:
    tell(f"“{camera.name}” has learned it (version {camera.version}).")
    return 0
