from collections.abc import Sequence

import numpy as np
import pytest

from crimeview.core.clip import ClipCursor
from crimeview.core.look import CELLS, Gate, Look, Refusal, SkipReport
from crimeview.store.case import Case, open_case
from crimeview.store.features import FeatureWriter, OvertakenError
from tests.store.begun import append_chunk, begin, writer

SEEN, UNDECODED, STILL = Look.ANALYZED, Look.SKIPPED_BY_KEYFRAMES, Look.SKIPPED_BY_PICTURES


def _append(features: FeatureWriter, looks: Sequence[Look], *, after: float = 0.0) -> None:
    """Clips of a second that were looked at so, the first one `after` s late."""
    starts = np.arange(features.rows, features.rows + len(looks)) + after
    times = np.stack([starts, starts + 1.0], axis=1)
    cursor = ClipCursor(origin=0.0, index=features.rows + len(looks), last_frame=float(starts[-1]))
    values = np.zeros((len(looks), 4), np.float16)
    features.append(times, values, times, cursor, looks=looks, damage=None)


def _gate(refusal: Refusal | None = None) -> Gate:
    clock = np.zeros(CELLS, np.bool_)
    clock[3:7, 100:] = True
    kept = None if refusal else np.array([[0.0, 2.0], [7.5, 9.25]])
    return Gate(
        kept=kept, audited=np.array([[7.5, 9.25]]), refusal=refusal, spacing=1.04, clock=clock
    )


def test_a_gate_is_kept_over_closing(case: Case) -> None:
    begin(case)
    assert writer(case).gate() is None
    writer(case).save_gate(_gate())
    case.close()
    with open_case(case.folder) as again:
        found = writer(again).gate()
    wanted = _gate()
    assert found is not None
    assert found.kept is not None
    assert wanted.kept is not None
    assert np.array_equal(found.kept, wanted.kept)
    assert np.array_equal(found.audited, wanted.audited)
    assert np.array_equal(found.clock, wanted.clock)
    assert (found.refusal, found.spacing) == (None, 1.04)


def test_a_gate_of_a_recording_that_was_removed_meanwhile_is_told(case: Case) -> None:
    recording_id, _ = begin(case)
    features = writer(case)
    case.remove_recording(recording_id)
    with pytest.raises(OvertakenError):
        features.save_gate(_gate())


def test_a_gate_says_why_everything_is_decoded(case: Case) -> None:
    recording_id, _ = begin(case)
    features = writer(case)
    features.save_gate(_gate())
    features.save_gate(_gate(Refusal.BUSY))
    found = features.gate()
    assert found is not None
    assert (found.kept, found.refusal) == (None, Refusal.BUSY)
    report = case.recording(recording_id).skip
    assert report is not None
    assert (report.refusal, report.skipped) == (Refusal.BUSY, 0.0)


def test_the_report_counts_all_chunks(case: Case) -> None:
    recording_id, _ = begin(case)
    assert case.recording(recording_id).skip is None
    features = writer(case)
    features.save_gate(_gate())
    _append(features, [SEEN, UNDECODED, UNDECODED, STILL])
    _append(features, [Look.AUDITED_STILL, Look.AUDITED_MOVING, SEEN, UNDECODED])
    assert case.recording(recording_id).skip == SkipReport(
        clips=8,
        by_keyframes=3,
        by_pictures=1,
        audited=2,
        audited_moving=1,
        refusal=None,
        spacing=1.04,
    )
    report = case.recordings()[0].skip
    assert report is not None
    assert report.skipped == 5 / 8


def test_spans_that_were_skipped(case: Case) -> None:
    recording_id, _ = begin(case)
    assert case.skipped(recording_id) == []
    features = writer(case)
    _append(features, [SEEN, UNDECODED, UNDECODED, STILL])
    _append(features, [STILL, SEEN, Look.AUDITED_MOVING, Look.AUDITED_STILL])
    assert case.skipped(recording_id) == [
        (1.0, 3.0, UNDECODED),
        (3.0, 5.0, STILL),
        (7.0, 8.0, Look.AUDITED_STILL),
    ]


def test_a_skipped_span_ends_at_a_gap_of_the_recording(case: Case) -> None:
    recording_id, _ = begin(case)
    features = writer(case)
    _append(features, [STILL, STILL])
    _append(features, [STILL], after=5.0)
    assert case.skipped(recording_id) == [(0.0, 2.0, STILL), (7.0, 8.0, STILL)]


def test_where_the_network_saw_everything_nothing_is_skipped(case: Case) -> None:
    recording_id, _ = begin(case)
    append_chunk(writer(case))
    assert case.skipped(recording_id) == []
    assert case.recording(recording_id).skip is None


def test_a_gate_goes_with_its_recording(case: Case) -> None:
    recording_id, _ = begin(case)
    writer(case).save_gate(_gate())
    case.remove_recording(recording_id)
    begin(case)
    assert writer(case).gate() is None
