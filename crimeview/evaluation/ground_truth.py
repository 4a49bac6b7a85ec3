"""What recordings really show, as a person or a data set wrote it down, for looking at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.evaluation.annotations import read_annotations
from crimeview.evaluation.table import read_table

_NAMES = ("name", "path", "video", "recording")
_LEAST = 4  # columns of a line of UCF-Crime's: name, class, and one event


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What happens from `start` to `end`, in frames or in seconds."""

    start: float
    end: float
    label: str
    in_frames: bool

    def seconds(self, frame_rate: float) -> tuple[float, float]:
        """Start and end in seconds of a recording of that many frames a second."""
        if not self.in_frames:
            return self.start, self.end
        return self.start / frame_rate, self.end / frame_rate


def read_ground_truth(file: Path) -> dict[str, list[Event]]:
    """Events by recording; one that is listed without any has an empty list.

    Reads UCF-Crime's own text file (`name class start end start end`, frames from 1, -1 for none),
    and tables (CSV) with a `name` and either `start` and `end` in seconds, a line for each event,
    or `anomalous_frames` as `evaluate` takes them. Raises UsageError, one sentence, for anything
    else.
    """
    if file.suffix.lower() == ".csv":
        return _of_table(file)
    return _of_text(file)


def _of_table(file: Path) -> dict[str, list[Event]]:
    rows = read_table(file, needed=[_NAMES])
    if not rows or not {"start", "end"} <= rows[0].cells.keys():
        return _of_annotations(file)
    events: dict[str, list[Event]] = {}
    for row in rows:
        listed = events.setdefault(row.first(_NAMES), [])
        if row.cells["start"] or row.cells["end"]:
            start = _number(row.cells["start"], file, row.line)
            end = _number(row.cells["end"], file, row.line)
            _add(listed, start, end, row.first(("label", "class")), in_frames=False)
    return events


def _of_annotations(file: Path) -> dict[str, list[Event]]:
    found = read_annotations(file)
    if not any(row.events is not None for row in found.rows):
        raise UsageError(
            f"The table {file} does not say when anything happens; give it columns “name”, “start” "
            "and “end” in seconds, or “frames” and “anomalous_frames”."
        )
    return {
        row.name: [
            Event(start=start, end=end, label=row.label, in_frames=True)
            for start, end in row.events or ()
        ]
        for row in found.rows
    }


def _of_text(file: Path) -> dict[str, list[Event]]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The annotations {file} cannot be read; check the file.") from error
    events: dict[str, list[Event]] = {}
    for number, line in enumerate(lines, start=1):
        words = line.split()
        if not words:
            continue
        if len(words) < _LEAST or len(words) % 2:
            raise UsageError(
                f"Line {number} of {file} is no annotation; write “name class start end”, in "
                "frames, and -1 where there is none."
            )
        listed = events.setdefault(words[0], [])
        limits = [_number(word, file, number) for word in words[2:]]
        for start, end in zip(limits[::2], limits[1::2], strict=True):
            if start >= 0:  # the first frame is number 1, and the last belongs to the event
                _add(listed, max(0.0, start - 1), end, words[1], in_frames=True)
    if not events:
        raise UsageError(f"There are no annotations in {file}; choose another file.")
    return events


def _add(listed: list[Event], start: float, end: float, label: str, *, in_frames: bool) -> None:
    if end > start:
        listed.append(Event(start=start, end=end, label=label, in_frames=in_frames))


def _number(text: str, file: Path, line: int) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise UsageError(
            f"“{text}” in line {line} of {file} is no number; write seconds or frames."
        ) from error


def by_recording(
    events: Mapping[str, Sequence[Event]], names: Mapping[int, Path]
) -> dict[int, Sequence[Event]]:
    """The events of the recordings with these ids and paths; those that are not listed are missing.

    Names match as they are, or else as file names without folder, ending and case.
    """
    plain = {_plain(name): found for name, found in events.items()}
    matched = {}
    for number, path in names.items():
        found = events.get(path.name, plain.get(_plain(path.name)))
        if found is not None:
            matched[number] = found
    return matched


def _plain(name: str) -> str:
    stem = name.replace("\\", "/").rsplit("/", 1)[-1]
    return stem.rsplit(".", 1)[0].casefold()
