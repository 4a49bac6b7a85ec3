"""`crimeview segments`."""

import csv
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from crimeview.cli.faults import tell
from crimeview.core.recording import RecordingState
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.timetext import clock_text
from crimeview.core.track import TrackKind
from crimeview.jobs.resegment import rule_of
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder
from crimeview.store.rows import CaseRecording

Form = Literal["table", "json", "csv"]


@dataclass(frozen=True, slots=True)
class Found:
    """A segment and the recording it is in."""

    recording: Path
    segment: Segment

    def fields(self) -> dict[str, str | float]:
        """What is printed of it: times to a millisecond, scores to four places."""
        return {
            "recording": str(self.recording),
            "start": round(self.segment.start, 3),
            "end": round(self.segment.end, 3),
            "peak": round(self.segment.peak, 4),
            "mean": round(self.segment.mean, 4),
        }


def run_segments(*, case_folder: Path | None, form: Form, threshold: float | None) -> int:
    """Print the segments of a case, those of stored scores if a threshold is given."""
    with open_case(case_folder or default_case_folder(), create=False) as case:
        found = stored_segments(case) if threshold is None else segments_above(case, threshold)
        recordings = case.recordings()
    _tell_what_is_missing(recordings)
    if form == "json":
        print(segments_json(found))
    elif form == "csv":
        _print_csv(found)
    elif found:
        _print_table(found)
    elif any(r.state is RecordingState.DONE for r in recordings):
        tell("No segments were found; a lower --threshold shows more.")
    return 0


def stored_segments(case: Case) -> list[Found]:
    """The segments that the case holds, the highest peak first."""
    paths = {recording.id: recording.path for recording in case.recordings()}
    return [Found(paths[s.recording_id], s.segment) for s in case.segments()]


def segments_above(case: Case, threshold: float) -> list[Found]:
    """The segments that the stored scores have with another threshold, the highest peak first."""
    SegmentRule(threshold=threshold)  # refuses one that makes no sense, recordings or not
    found = []
    for recording in case.recordings():
        run = case.newest_run(recording.id)
        track = case.track(recording.id, TrackKind.FRAME_SCORES)
        if run is not None and track is not None:
            rule = replace(rule_of(run), threshold=threshold)
            found += [Found(recording.path, s) for s in find_segments(track, rule)]
    return sorted(found, key=lambda f: -f.segment.peak)


def segments_json(found: Sequence[Found]) -> str:
    return json.dumps([f.fields() for f in found], indent=2)


def _print_csv(found: Sequence[Found]) -> None:
    writer = csv.DictWriter(
        sys.stdout, ("recording", "start", "end", "peak", "mean"), lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(f.fields() for f in found)


def _print_table(found: Sequence[Found]) -> None:
    names = _short_names([f.recording for f in found])
    width = max(len(name) for name in names.values())
    print(f"      {'recording':{width}}       start         end   peak          at   mean")
    for number, f in enumerate(found, start=1):
        s = f.segment
        start, end, at = (clock_text(t, decimals=1) for t in (s.start, s.end, s.peak_time))
        print(
            f"{number:>4}  {names[f.recording]:{width}}  {start:>10}  {end:>10}"
            f"  {s.peak:5.2f}  {at:>10}  {s.mean:5.2f}"
        )


def _short_names(paths: Sequence[Path]) -> dict[Path, str]:
    """File names, with as many folders before them as it takes to tell them apart."""
    names: dict[Path, str] = {}
    left, depth = set(paths), 1
    while left:
        alike = Counter(path.parts[-depth:] for path in left)
        for path in left:
            if alike[path.parts[-depth:]] == 1 or depth >= len(path.parts):
                names[path] = str(Path(*path.parts[-depth:]))
        left -= names.keys()
        depth += 1
    return names


def _tell_what_is_missing(recordings: Sequence[CaseRecording]) -> None:
    if not recordings:
        tell("The case is empty; analyze a recording into it first.")
    undone = [r for r in recordings if r.state is not RecordingState.DONE]
    if undone:
        count = len(undone)
        tell(
            f"{count} recording{' is' if count == 1 else 's are'} not analyzed to the end: "
            + ", ".join(r.path.name for r in undone[:5])
            + (" ..." if count > 5 else "")
        )
