"""Vectors of segments are kept beside the case, and made anew where anything of them changed."""

from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest

from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.kept_vectors import VECTORS_FILE, load_vectors
from crimeview.jobs.segment_vectors import SegmentVectors, segment_vectors
from crimeview.store.case import Case, open_case
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, SIZE, fill_case
from tests.store.begun import append_chunk, writer

_CONTENTS = RECORDINGS


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as made:
        fill_case(made)
        yield made


def _read(case: Case) -> tuple[SegmentVectors, int]:
    """The vectors, and of how many recordings the features were read for them."""
    with patch.object(Case, "features", autospec=True, side_effect=Case.features) as features:
        found = finished(segment_vectors(case))
    return found, features.call_count


def _same(one: SegmentVectors, other: SegmentVectors) -> bool:
    return (
        [s.id for s in one.segments] == [s.id for s in other.segments]
        and np.array_equal(one.anomalous, other.anomalous)
        and np.array_equal(one.whole, other.whole)
        and np.array_equal(one.center, other.center)
        and one.missing == other.missing
    )


def test_a_second_time_no_features_are_read(case: Case) -> None:
    first, read = _read(case)
    assert read == RECORDINGS
    again, read = _read(case)
    assert read == 0
    assert _same(first, again)


def test_other_scores_make_other_vectors(case: Case) -> None:
    first, _ = _read(case)
    recording_id = first.segments[0].recording_id
    scores = case.track(recording_id, TrackKind.CLIP_SCORES)
    run = case.analyses.newest(recording_id)
    assert scores is not None
    assert run is not None
    uneven = np.linspace(0.1, 1.0, len(scores.values) - 1).astype(np.float32)
    case.analyses.save_track(run.id, Track(TrackKind.CLIP_SCORES, scores.times[:-1], uneven))
    again, read = _read(case)
    assert read == 1
    assert not np.allclose(first.anomalous[0], again.anomalous[0], atol=1e-4)
    assert np.array_equal(first.anomalous[SEGMENTS:], again.anomalous[SEGMENTS:])


def test_further_clips_make_other_vectors(case: Case) -> None:
    first, _ = _read(case)
    content = case.recording(first.segments[0].recording_id).fingerprint
    assert content is not None
    append_chunk(writer(case, content), dimensions=SIZE)
    again, read = _read(case)
    assert read == 1
    assert not np.allclose(first.whole[0], again.whole[0], atol=1e-4)


def test_other_segments_are_read_and_those_that_stay_are_not(case: Case) -> None:
    first, _ = _read(case)
    recording_id = first.segments[0].recording_id
    run = case.analyses.newest(recording_id)
    assert run is not None
    span = Segment(start=1.0, end=4.0, peak=0.9, peak_time=2.0, mean=0.9)
    case.replace_segments(recording_id, run.id, [span])
    found, read = _read(case)
    assert read == 1
    assert len(found.segments) == len(first.segments) - SEGMENTS + 1


@pytest.mark.parametrize("damage", ["truncated", "flipped", "other format", "missing"])
def test_a_damaged_file_is_made_anew(case: Case, damage: str) -> None:
    first, _ = _read(case)
    file = case.folder / VECTORS_FILE
    content = bytearray(file.read_bytes())
    if damage == "missing":
        file.unlink()
    elif damage == "truncated":
        file.write_bytes(content[: len(content) // 2])
    elif damage == "flipped":
        content[len(content) // 2] ^= 0xFF
        file.write_bytes(content)
    else:
        np.savez(file, format=np.array(999))
    again, read = _read(case)
    assert read == RECORDINGS
    assert _same(first, again)
    assert len(load_vectors(file)) == _CONTENTS


def test_what_cannot_be_kept_is_found_all_the_same(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    found, _ = _read(case)
    assert len(found.segments) == RECORDINGS * SEGMENTS
    assert not (case.folder / VECTORS_FILE).exists()
    assert not list(case.folder.glob("*.part"))
