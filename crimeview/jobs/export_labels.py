"""What people decided, as clips with labels that a training reads."""

import csv
import io
import os
import re
from collections.abc import Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError, UsageError
from crimeview.core.job import Job, Step
from crimeview.core.review import ReviewState
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording, CaseSegment
from crimeview.video.encode import VideoWriter
from crimeview.video.frames import FrameReader

NORMAL, ANOMALOUS = "normal", "anomalous"  # as training.data.examples has them
CLIP_SECONDS = 4.0  # of every clip, so that length tells nothing; a training uses the middle two
LABELS_FILE, CLIPS_FOLDER = "labels.csv", "clips"
FIELDS = (
    "path",
    "label",
    "group",
    "recording",
    "start",
    "end",
    "peak",
    "found_by",
    "reviewer",
    "note",
)

_AT_ONCE = 8  # pictures between steps
_QUALITY = 18  # x264's, hardly to be told from the recording


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The table that was written, and how many clips of each label.

    `failed` is how many clips could not be cut, `failures` a sentence for each reason.
    """

    table: Path
    labels: dict[str, int]
    failed: int
    failures: tuple[str, ...]


def export_labels(
    case: Case, folder: Path, *, states: Sequence[ReviewState] = (ReviewState.DISMISSED,)
) -> Job[Exported]:
    """Write clips of what was decided, and the `labels.csv` that tells what they show.

    Dismissed segments are labeled normal: hard negatives; confirmed ones with their type. A clip is
    four seconds about the highest score. The group is the recording's content, so that training and
    test never share one. A recording that cannot be read is told, and the rest goes on. Raises
    UsageError where there is nothing to export, and MediaError where the folder cannot be written.
    """
    wanted = [
        row for row in case.segments() if row.state in states and _label(row) and not row.outdated
    ]
    if not wanted:
        raise UsageError("There is nothing to export: no segment has one of these decisions yet.")
    recordings = {recording.id: recording for recording in case.recordings()}
    _make(folder / CLIPS_FOLDER)
    lines: list[dict[str, object]] = []
    failures: list[str] = []
    ordered = sorted(wanted, key=lambda row: (row.recording_id, row.segment.start))
    for number, row in enumerate(ordered):
        recording = recordings[row.recording_id]
        clip = Path(CLIPS_FOLDER) / _clip_name(recording, row)
        message = f"Cutting from {recording.path.name}"
        try:
            with closing(_cut(recording, row, folder / clip)) as cutting:
                for _ in cutting:
                    yield Step(done=number, total=len(ordered), message=message)
        except MediaError as error:
            failures.append(str(error))
        else:
            lines.append(_line(recording, row, clip))
    table = folder / LABELS_FILE
    _write(table, lines)
    yield Step(done=len(ordered), total=len(ordered), message="Writing the labels")
    labels = [str(line["label"]) for line in lines]
    return Exported(
        table=table,
        labels={label: labels.count(label) for label in sorted(set(labels))},
        failed=len(failures),
        failures=tuple(dict.fromkeys(failures)),
    )


def _label(row: CaseSegment) -> str | None:
    if row.state is ReviewState.DISMISSED:
        return NORMAL
    if row.state is ReviewState.CONFIRMED and row.review is not None:
        return row.review.kind or ANOMALOUS
    return None


def _clip_name(recording: CaseRecording, row: CaseSegment) -> str:
    """A name that stays the same when the segment is exported again."""
    stem = re.sub(r"[^\w.-]+", "_", recording.path.stem)[:60]
    return f"{stem}_{row.segment.start:09.2f}_{abs(row.id) % 10**8:08d}.mp4"


def _group(recording: CaseRecording) -> str:
    known = recording.fingerprint
    return known.sha256[:16] if known is not None else recording.path.stem


def _line(recording: CaseRecording, row: CaseSegment, clip: Path) -> dict[str, object]:
    review = row.review
    return {
        "path": clip.as_posix(),
        "label": _label(row),
        "group": _group(recording),
        "recording": str(recording.path),
        "start": round(row.segment.start, 3),
        "end": round(row.segment.end, 3),
        "peak": round(row.segment.peak, 4),
        "found_by": " ".join(row.segment.found_by.words),
        "reviewer": review.reviewer if review is not None else "",
        "note": review.note if review is not None else "",
    }


def _cut(recording: CaseRecording, row: CaseSegment, to: Path) -> Generator[None]:
    """Write the clip; a file that is there already is of the same segment and replaced."""
    with FrameReader(recording.path) as reader:
        rate = reader.recording.frame_rate or 25.0
        start = max(0.0, row.segment.peak_time - CLIP_SECONDS / 2)
        known = reader.recording.duration
        if known > 0:
            start = max(0.0, min(start, known - CLIP_SECONDS))
        height, width = reader.recording.height // 2 * 2, reader.recording.width // 2 * 2
        with VideoWriter(to, rate=rate, width=width, height=height, crf=_QUALITY) as writer:
            for number in range(round(CLIP_SECONDS * rate)):
                writer.write(_even(reader.at(start + number / rate).picture))
                if number % _AT_ONCE == 0:
                    yield


def _even(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """BGRA (h, w, 4) as RGB of even sides, which the codec wants."""
    height, width = picture.shape[0] // 2 * 2, picture.shape[1] // 2 * 2
    return np.ascontiguousarray(picture[:height, :width, 2::-1])


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MediaError(
            f"The folder {folder} cannot be made ({error.strerror}); choose another place."
        ) from error


def _write(table: Path, lines: Sequence[dict[str, object]]) -> None:
    """The table as a whole or not at all."""
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    new = table.with_name(f".{table.name}.part")
    try:
        new.write_text(text.getvalue(), "utf-8", errors="backslashreplace")
        os.replace(new, table)  # noqa: PTH105
    except OSError as error:
        raise MediaError(
            f"“{table}” cannot be written ({error.strerror}); check the folder and the free space."
        ) from error
