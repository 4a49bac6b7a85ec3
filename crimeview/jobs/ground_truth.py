"""Taking in what recordings really show from an annotation file, and taking it away again."""

from collections.abc import Mapping
from pathlib import Path

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.ground_truth import RecordingTruth, TruthSpan
from crimeview.core.job import Changed, Job, Step
from crimeview.evaluation.ground_truth import by_recording, read_ground_truth
from crimeview.store.case import Case


def load_ground_truth(case: Case, file: Path, *, reviewer: str) -> Job[int]:
    """Store the events of the case's recordings that the file lists; gives how many it lists.

    They take the place of what was known of these recordings, by an edit that can be undone. Raises
    UsageError where the file cannot be understood or lists none of them.
    """
    yield Step(done=0, total=1, message=f"Reading {file.name}")
    events = read_ground_truth(file)
    recordings = case.recordings()
    rates = {r.id: r.recording.frame_rate for r in recordings if r.recording is not None}
    matched = by_recording(events, {r.id: r.path for r in recordings if r.id in rates})
    if not matched:
        raise UsageError(
            f"{file.name} lists none of the recordings of this case; it begins with "
            f"“{next(iter(events), 'nothing')}”."
        )
    truth = {
        number: RecordingTruth.of(
            number,
            [_span(*event.seconds(rates[number]), label=event.label) for event in found],
        )
        for number, found in matched.items()
    }
    edit = _edit(case.times.truths(), truth)
    if edit is not None:
        case.edits.make(edit, reviewer=reviewer)
    yield Step(done=1, total=1, message=f"Reading {file.name}", changed=Changed.TRUTH)
    return len(truth)


def no_truth(case: Case) -> Edit:
    """The edit that takes away what is known of what recordings really show.

    Raises UsageError where nothing is known.
    """
    known = case.times.truths()
    edit = _edit(known, dict.fromkeys(known))
    if edit is None:
        raise UsageError("This case has no ground truth that could be taken away.")
    return edit


def _edit(
    known: Mapping[int, RecordingTruth], truth: Mapping[int, RecordingTruth | None]
) -> Edit | None:
    """The edit that makes these what recordings really show; None where they are so."""
    changes = [
        Change(before=known.get(number), after=after)
        for number, after in truth.items()
        if known.get(number) != after
    ]
    return Edit(action=Action.TRUTH, changes=tuple(changes)) if changes else None


def _span(start: float, end: float, *, label: str) -> TruthSpan:
    return TruthSpan(start=start, end=end, label=label)
