"""Finding recordings again that were moved or renamed, by what is in them."""

import os
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import MediaError, UsageError
from crimeview.core.files import is_file
from crimeview.core.job import Changed, Job, Step
from crimeview.core.recording import Fingerprint
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording
from crimeview.video.discover import find_videos
from crimeview.video.fingerprint import fingerprint

_REPORT = 0.1  # s between steps while a file is read


@dataclass(frozen=True, slots=True, kw_only=True)
class Relinked:
    """Which recordings were found again, and which are still missing."""

    found: tuple[CaseRecording, ...]
    missing: tuple[CaseRecording, ...]


def missing_recordings(case: Case) -> list[CaseRecording]:
    """The recordings whose file is not where it was."""
    return [recording for recording in case.recordings() if not is_file(recording.path)]


def relink(case: Case, places: Sequence[Path], *, reviewer: str) -> Job[Relinked]:
    """Look in folders and files for the missing recordings, and note where they are now.

    Only files of the same size are read; the SHA-256 of the content decides. One edit moves all
    that were found. Raises UsageError where nothing is missing, MediaError and CaseError.
    """
    missing = missing_recordings(case)
    if not missing:
        raise UsageError("No recording of this case is missing.")
    wanted = {r.fingerprint.size for r in missing if r.fingerprint is not None}
    taken = {str(r.path) for r in case.recordings()}
    candidates = [p for p in find_videos(places) if _size(p) in wanted and _text(p) not in taken]
    found: dict[int, Path] = {}
    for number, path in enumerate(candidates):
        left = [r for r in missing if r.id not in found and _fits(r, path)]
        if left:
            told = f"Reading {path.name} ({number + 1} of {len(candidates)})"
            content = yield from _read(path, told, done=number, total=len(candidates))
            same = next((r for r in left if r.fingerprint == content), None)
            if same is not None:
                found[same.id] = path
    if found:
        case.edits.make(_moved(case, found), reviewer=reviewer)
    yield Step(
        done=len(candidates),
        total=len(candidates),
        message="Looking for recordings",
        changed=Changed.RECORDINGS if found else Changed.NOTHING,
    )
    return Relinked(
        found=tuple(r for r in missing if r.id in found),
        missing=tuple(r for r in missing if r.id not in found),
    )


def _moved(case: Case, found: dict[int, Path]) -> Edit:
    changes = []
    for recording_id, path in found.items():
        before = case.place(recording_id)
        changes.append(Change(before=before, after=replace(before, path=Path(_text(path)))))
    return Edit(action=Action.RELINK, changes=tuple(changes))


def _read(path: Path, message: str, *, done: int, total: int) -> Job[Fingerprint | None]:
    """The file's fingerprint; None where it cannot be read."""
    told = time.monotonic()
    with closing(fingerprint(path)) as reading:
        while True:
            try:
                next(reading)
            except StopIteration as end:
                return cast("Fingerprint", end.value)
            except MediaError:
                return None
            if time.monotonic() - told >= _REPORT:
                told = time.monotonic()
                yield Step(done=done, total=total, message=message)


def _fits(recording: CaseRecording, path: Path) -> bool:
    return recording.fingerprint is not None and recording.fingerprint.size == _size(path)


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _text(path: Path) -> str:
    return os.path.abspath(path)  # noqa: PTH100 (resolve() would follow links)
