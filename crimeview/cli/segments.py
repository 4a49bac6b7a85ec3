"""`crimeview segments`."""

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from crimeview.cli.faults import tell
from crimeview.cli.found_text import found_by_text, per_hour_text, why_text
from crimeview.core.errors import UsageError
from crimeview.core.recording import RecordingState
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.short_paths import short_paths
from crimeview.core.timetext import clock_text
from crimeview.core.track import TrackKind
from crimeview.jobs.fuse import found_segments, tracks_beside
from crimeview.jobs.listing import Listing
from crimeview.jobs.quiet_time import QuietPeaks
from crimeview.jobs.resegment import rule_of
from crimeview.store.case import Case, open_case
from crimeview.store.location import default_case_folder
from crimeview.store.rows import CaseRecording, CaseSegment

Form = Literal["table", "json", "csv"]
FIELDS = (
    "recording",
    "start",
    "end",
    "peak",
    "mean",
    "found_by",
    "per_hour",
    "reason",
    "number",
    "class",
    "looks",
    "id",
    "state",
    "type",
    "tags",
    "note",
    "reviewer",
)


@dataclass(frozen=True, slots=True)
class Found:
    """A segment and the recording it is in; `row` is the case's, None for one found just now."""

    recording: Path
    segment: Segment
    row: CaseSegment | None = None

    def fields(self) -> dict[str, object]:
        """What is printed of it: times to a millisecond, scores to four places."""
        review = self.row.review if self.row is not None else None
        return {
            "recording": str(self.recording),
            "start": round(self.segment.start, 3),
            "end": round(self.segment.end, 3),
            "peak": round(self.segment.peak, 4),
            "mean": round(self.segment.mean, 4),
            "found_by": list(self.segment.found_by.words),
            "per_hour": self.segment.per_hour,
            "reason": self.segment.reason.value if self.segment.reason is not None else None,
            "number": self.segment.number,
            "class": self.segment.seen_class,
            "looks": self.segment.looks,
            "id": self.row.id if self.row is not None else None,
            "state": (self.row.state if self.row is not None else ReviewState.NEW).value,
            "type": review.kind if review is not None else None,
            "tags": list(review.tags) if review is not None else [],
            "note": review.note if review is not None else "",
            "reviewer": review.reviewer if review is not None else "",
        }


def run_segments(
    *, case_folder: Path | None, form: Form, threshold: float | None, listing: Listing
) -> int:
    """Print the segments of a case, those of stored scores if a threshold is given."""
    listing.arranged((), names={})  # refuses a query that makes no sense, segments or not
    if threshold is not None and listing != Listing():
        raise UsageError(
            "--threshold finds the segments anew, without decisions: it does not go with --state, "
            "--where, --sort or --reverse."
        )
    with open_case(case_folder or default_case_folder(), create=False) as case:
        if threshold is None:
            found = stored_segments(case, listing=listing)
        else:
            found = segments_above(case, threshold)
        recordings = case.recordings()
    _tell_what_is_missing(recordings)
    if form == "json":
        print(segments_json(found))
    elif form == "csv":
        _print_csv(found)
    elif found:
        _print_table(found)
    elif listing.filters:
        tell("No segment fits --where and --state; without them all are listed.")
    elif any(r.state is RecordingState.DONE for r in recordings):
        tell("No segments were found; a lower --threshold shows more.")
    return 0


def stored_segments(case: Case, *, listing: Listing | None = None) -> list[Found]:
    """The segments that the case holds, as `listing` has them; else the highest peak first."""
    paths = {recording.id: recording.path for recording in case.recordings()}
    names = {number: path.name for number, path in paths.items()}
    rows = (listing or Listing()).arranged(case.segments(), names=names)
    return [Found(paths[s.recording_id], s.segment, s) for s in rows]


def segments_above(case: Case, threshold: float) -> list[Found]:
    """The list that the stored scores make with another threshold, the least expected first."""
    SegmentRule(threshold=threshold)  # refuses one that makes no sense, recordings or not
    found, peaks = [], QuietPeaks(case)
    for recording in case.recordings():
        run = case.analyses.newest(recording.id)
        track = case.track(recording.id, TrackKind.FRAME_SCORES)
        if run is not None and track is not None:
            rule = replace(rule_of(run), threshold=threshold)
            events, beside = find_segments(track, rule), tracks_beside(case, run)
            listed = found_segments(case, recording.id, events, beside, peaks=peaks)
            found += [Found(recording.path, segment) for segment in listed]
    return sorted(found, key=lambda f: f.segment.rank)


def segments_json(found: Sequence[Found]) -> str:
    return json.dumps([f.fields() for f in found], indent=2)


def _print_csv(found: Sequence[Found]) -> None:
    writer = csv.DictWriter(sys.stdout, FIELDS, lineterminator="\n")
    writer.writeheader()
    for each in found:
        fields = each.fields()
        lists = {name: value for name, value in fields.items() if isinstance(value, list)}
        writer.writerow(fields | {name: ", ".join(value) for name, value in lists.items()})


def _print_table(found: Sequence[Found]) -> None:
    names = short_paths(f.recording for f in found)
    width = max(len(name) for name in names.values())
    columns = [
        _column("found by", [found_by_text(f.segment) for f in found]),
        _column("per hour", [per_hour_text(f.segment) for f in found]),
        _column("why", [why_text(f.segment) for f in found]),
        ["review", *map(_said, found)],
    ]
    title, *rest = ("  ".join(texts) for texts in zip(*columns, strict=True))
    print(f"      {'recording':{width}}       start         end   peak          at   mean  {title}")
    for number, (f, more) in enumerate(zip(found, rest, strict=True), start=1):
        s = f.segment
        start, end, at = (clock_text(t, decimals=1) for t in (s.start, s.end, s.peak_time))
        print(
            f"{number:>4}  {names[f.recording]:{width}}  {start:>10}  {end:>10}"
            f"  {s.peak:5.2f}  {at:>10}  {s.mean:5.2f}  {more}".rstrip()
        )


def _column(title: str, texts: Sequence[str]) -> list[str]:
    """A column's cells below its title, all as wide as the widest."""
    width = max(len(title), *map(len, texts))
    return [f"{text:{width}}" for text in (title, *texts)]


def _said(found: Found) -> str:
    """What people say of a segment, in a few words."""
    review = found.row.review if found.row is not None else None
    if review is None:
        return ReviewState.NEW.value
    note = review.note.splitlines()[0] if review.note else None
    return " · ".join(part for part in (review.state.value, review.kind, note) if part)


def _tell_what_is_missing(recordings: Sequence[CaseRecording]) -> None:
    if not recordings:
        tell("The case is empty; analyze a recording into it first.")
    undone = [r for r in recordings if r.state is not RecordingState.DONE]
    if undone:
        count, names = len(undone), short_paths(r.path for r in recordings)
        tell(
            f"{count} recording{' is' if count == 1 else 's are'} not analyzed to the end: "
            + ", ".join(names[r.path] for r in undone[:5])
            + (" ..." if count > 5 else "")
        )
