"""`crimeview demo`."""

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path

from crimeview.cli.analyze import analyze_into
from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.cli.segments import Found, segments_json, stored_segments
from crimeview.cli.window import OpenWindow, has_display
from crimeview.core.errors import CaseError
from crimeview.core.recording import RecordingState
from crimeview.core.timetext import clock_text
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case
from crimeview.video.source import opened

_TOP = 3  # segments that a person will certainly look at
_SLACK = 2.0  # s before and after an incident: a clip's score stands at its middle
_NAME_KEPT = (
    40  # characters of a recording's name in that of its case: file systems allow 255 bytes
)


def run_demo(video: Path | None, *, folder: Path, open_window: OpenWindow) -> int:
    """Analyze the demonstration or `video` into `folder` and show it; 1 if it cannot be analyzed.

    Each recording has a case of its own in `folder`, so that the window shows only what was asked
    for. Without a display the window is written as a picture. Raises MediaError, before there is
    any case, where `video` is no recording, and CaseError where `folder` cannot be written.
    """
    if video is None:
        case_folder = folder / "case"
        recording = drive(
            render_demonstration(folder / "demonstration.mp4"),
            if_stopped="Stopped. The demonstration is drawn anew next time.",
        )
    else:
        case_folder = folder / _case_name(video)
        recording = video
        with opened(video):
            pass
    picture = folder / "window.png"
    segments = folder / "segments.json"
    _remove_earlier(segments, picture)
    (outcome,) = analyze_into(case_folder, [recording], models=default_models(), as_json=False)
    tell(outcome.message)
    if outcome.state is not RecordingState.DONE:
        return 1
    with open_case(case_folder) as case:
        found = [f for f in stored_segments(case) if f.recording == outcome.path]
    _write_segments(segments, found)
    tell(f"The segments are in {segments}, everything else in {case_folder}.")
    if video is None:
        tell(_incidents_text(found, folder / "incidents.json"))
    if has_display():
        return open_window([], case=case_folder, snapshot=None)
    code = open_window([], case=case_folder, snapshot=picture)
    tell(f"There is no display here; the window is in {picture}.")
    return code


def _case_name(video: Path) -> str:
    """A folder's name that tells recordings of the same name in different folders apart."""
    place = os.fsencode(os.path.abspath(video))  # noqa: PTH100
    return f"{video.stem[:_NAME_KEPT]}-{hashlib.sha256(place).hexdigest()[:8]}.case"


def _remove_earlier(*results: Path) -> None:
    """What an earlier demonstration left must not pass for what comes out of this one."""
    for path in results:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _refused(path, error) from error


def _write_segments(path: Path, found: Sequence[Found]) -> None:
    try:
        path.write_text(segments_json(found) + "\n", encoding="utf-8")
    except OSError as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError) -> CaseError:
    return CaseError(
        f"{path} cannot be written ({error.strerror}); choose another folder with --dir."
    )


def _incidents_text(found: Sequence[Found], facts: Path) -> str:
    """Whether the first segments point at what is known to happen in the demonstration.

    A segment points where its score is highest: one that is merely long does not count.
    """
    incidents = json.loads(facts.read_text(encoding="utf-8"))["incidents"]
    top = [f.segment for f in found[:_TOP]]
    lines = []
    for incident in incidents:
        start, end = incident["start"], incident["end"]
        ranks = [
            rank
            for rank, segment in enumerate(top, start=1)
            if start - _SLACK <= segment.peak_time <= end + _SLACK
        ]
        place = f"segment number {ranks[0]}" if ranks else f"not among the first {_TOP} segments"
        lines.append(
            f"Known incident: {incident['kind']} from {clock_text(start)} to {clock_text(end)}: "
            f"{place}."
        )
    return "\n".join(lines)
