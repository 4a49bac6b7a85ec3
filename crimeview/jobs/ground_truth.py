"""Taking in what recordings really show from an annotation file."""

from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.job import Changed, Job, Step
from crimeview.evaluation.ground_truth import by_recording, read_ground_truth
from crimeview.store.case import Case
from crimeview.store.rows import TruthSpan


def load_ground_truth(case: Case, file: Path) -> Job[int]:
    """Store the events of the case's recordings that the file lists; gives how many it lists.

    They take the place of what was known of these recordings. Raises UsageError where the file
    cannot be understood or lists none of them.
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
        number: [_span(*event.seconds(rates[number]), label=event.label) for event in found]
        for number, found in matched.items()
    }
    case.replace_truth(truth)
    yield Step(done=1, total=1, message=f"Reading {file.name}", changed=Changed.RECORDINGS)
    return len(truth)


def _span(start: float, end: float, *, label: str) -> TruthSpan:
    return TruthSpan(start=start, end=end, label=label)
