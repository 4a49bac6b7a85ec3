import os
import threading
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.recording import RecordingState
from crimeview.core.segment import Segment
from crimeview.core.track import TrackKind
from crimeview.store.case import Case, open_case
from tests.store.begun import (
    CONTENT,
    OTHER_CONTENT,
    append_chunk,
    begin,
    description,
    score_track,
    writer,
)


def _segment(start: float, peak: float) -> Segment:
    return Segment(start=start, end=start + 1, peak=peak, peak_time=start + 0.5, mean=peak / 2)


def test_a_new_recording_is_new(case: Case, tmp_path: Path) -> None:
    found = case.recording(case.add_recording(tmp_path / "a.mp4"))
    assert found.path == tmp_path / "a.mp4"
    assert found.state is RecordingState.NEW
    assert (found.recording, found.fingerprint, found.note, found.error) == (None,) * 4
    assert found.analyzed == 0.0


def test_the_same_path_is_the_same_recording(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    first = case.add_recording(tmp_path / "a.mp4")
    assert case.add_recording(Path("a.mp4")) == first
    assert case.add_recording(Path("x/../a.mp4")) == first
    assert case.add_recording(Path("b.mp4")) != first


@pytest.mark.skipif(os.name == "nt", reason="file names are text on Windows")
def test_a_file_name_that_is_not_text_comes_back(case: Case) -> None:
    path = Path(os.fsdecode(b"/video/\xff\xe4.mp4"))
    assert case.recording(case.add_recording(path)).path == path
    assert case.add_recording(path) == 1


def test_what_a_file_says_of_itself_comes_back(case: Case, tmp_path: Path) -> None:
    recording_id = case.add_recording(tmp_path / "a.mp4")
    for _ in range(2):  # twice: a file is described at each analysis
        case.describe(recording_id, description(tmp_path / "a.mp4"))
    case.set_fingerprint(recording_id, CONTENT)
    found = case.recording(recording_id)
    assert found.recording == description(tmp_path / "a.mp4")
    assert found.fingerprint == CONTENT


def test_an_error_and_a_note_stay_until_the_next_state(case: Case) -> None:
    recording_id = case.add_recording(Path("a.mp4"))
    case.set_state(recording_id, RecordingState.FAILED, error="Broken.", note="Odd.")
    found = case.recording(recording_id)
    assert (found.state, found.error, found.note) == (RecordingState.FAILED, "Broken.", "Odd.")
    case.set_state(recording_id, RecordingState.DONE)
    found = case.recording(recording_id)
    assert (found.state, found.error, found.note) == (RecordingState.DONE, None, None)


def test_an_unknown_recording_is_a_key_error(case: Case) -> None:
    with pytest.raises(KeyError):
        case.recording(7)
    with pytest.raises(KeyError):
        case.set_state(7, RecordingState.DONE)


def test_a_recording_can_be_claimed_once(case: Case) -> None:
    recording_id = case.add_recording(Path("a.mp4"))
    assert case.claim(recording_id)
    assert case.recording(recording_id).state is RecordingState.WAITING
    assert not case.claim(recording_id)
    case.set_state(recording_id, RecordingState.ANALYZING)
    assert not case.claim(recording_id)
    case.set_state(recording_id, RecordingState.STOPPED)
    assert case.claim(recording_id)


def test_what_another_handle_analyzes_cannot_be_claimed_until_it_is_gone(case: Case) -> None:
    with open_case(case.folder) as other:
        recording_id = other.add_recording(Path("a.mp4"))
        other.set_state(recording_id, RecordingState.ANALYZING)
        assert case.recording(recording_id).state is RecordingState.ANALYZING
        assert not case.claim(recording_id)
    assert case.recording(recording_id).state is RecordingState.STOPPED
    assert case.claim(recording_id)


def test_features_come_back_bit_for_bit(case: Case) -> None:
    recording_id, _ = begin(case)
    features = writer(case)
    for _ in range(3):
        append_chunk(features)
    stored = case.features(recording_id)
    assert stored is not None
    assert stored.values.dtype == np.float16
    assert stored.values.shape == (48, 4)
    np.testing.assert_array_equal(stored.values[:, 0], np.arange(48))
    np.testing.assert_array_equal(stored.times[:, 1], np.arange(1, 49))
    assert np.concatenate(list(features.frame_times())).shape == (480, 2)
    assert case.recording(recording_id).analyzed == 48.0


def test_the_same_content_under_another_path_has_the_same_features(case: Case) -> None:
    begin(case)
    append_chunk(writer(case))
    copy, _ = begin(case, "copy.mp4")
    assert case.recording(copy).analyzed == 16.0
    assert writer(case).rows == 16


def test_a_changed_file_has_nothing_of_the_old_content(case: Case) -> None:
    recording_id, run_id = begin(case)
    append_chunk(writer(case))
    case.analyses.save_track(run_id, score_track(np.ones(10)))
    case.replace_segments(recording_id, run_id, [_segment(0, 0.9)])
    case.set_fingerprint(recording_id, OTHER_CONTENT)
    assert case.segments() == []
    assert case.features(recording_id) is None
    assert case.track(recording_id, TrackKind.FRAME_SCORES) is None
    assert case.recording(recording_id).analyzed == 0.0
    case.set_fingerprint(recording_id, CONTENT)  # changed back: what is known of it still holds
    assert case.recording(recording_id).analyzed == 16.0


def test_the_newest_scorer_counts(case: Case) -> None:
    recording_id, old = begin(case)
    case.analyses.save_track(old, score_track(np.zeros(10)))
    _, new = begin(case, scorer="6" * 64)
    track = case.track(recording_id, TrackKind.FRAME_SCORES)
    assert track is not None
    assert track.values[0] == 0.0  # until the new one has scored, the old scores show
    case.analyses.save_track(new, score_track(np.ones(10)))
    track = case.track(recording_id, TrackKind.FRAME_SCORES)
    assert track is not None
    assert track.values[0] == 1.0


def test_segments_are_ranked_and_equal_ones_keep_their_id(case: Case) -> None:
    recording_id, run_id = begin(case)
    other_id, other_run = begin(case, "b.mp4")
    low, high, middle = _segment(5, 0.5), _segment(9, 0.9), _segment(1, 0.7)
    case.replace_segments(recording_id, run_id, [low, high])
    case.replace_segments(other_id, other_run, [middle])
    before = case.segments()
    assert [s.segment for s in before] == [high, middle, low]
    assert [s.segment for s in case.segments(recording_id)] == [high, low]
    case.replace_segments(recording_id, run_id, [high, _segment(20, 0.6)])
    after = case.segments(recording_id)
    assert [s.segment.peak for s in after] == [0.9, 0.6]
    assert after[0].id == before[0].id


def test_removing_a_recording_removes_what_only_it_had(case: Case) -> None:
    first, run_id = begin(case)
    append_chunk(writer(case))
    case.analyses.save_track(run_id, score_track(np.ones(10)))
    case.replace_segments(first, run_id, [_segment(0, 0.9)])
    copy, _ = begin(case, "copy.mp4")
    case.remove_recording(first)
    assert [r.id for r in case.recordings()] == [copy]
    assert case.segments() == []
    assert writer(case).rows == 16  # the copy still needs them
    case.remove_recording(copy)
    assert writer(case).rows == 0


def test_threads_read_while_one_writes(case: Case) -> None:
    recording_id, run_id = begin(case)
    faults: list[Exception] = []
    stop = threading.Event()

    def read() -> None:
        try:
            while not stop.is_set():
                case.recordings()
                track = case.track(recording_id, TrackKind.FRAME_SCORES)
                if track is not None:  # whole or not at all
                    assert len(set(track.values.tolist())) == 1
        except Exception as error:
            faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for value in range(20):
        case.analyses.save_track(run_id, score_track(np.full(5000, value / 20)))
    stop.set()
    for reader in readers:
        reader.join()
    assert faults == []


def test_probabilities_of_violence_are_kept_as_long_as_a_recording_uses_them(case: Case) -> None:
    key = {"model_sha256": "v" * 64, "clip_key": "frames=9"}
    first, first_run = begin(case, "a.mp4")
    append_chunk(case.analyses.violence_writer(first_run, **key), dimensions=1)
    second, second_run = begin(case, "b.mp4")
    assert case.analyses.violence_writer(second_run, **key).rows == 16, "the same content"
    begin(case, "c.mp4", content=OTHER_CONTENT)
    case.remove_recording(first)
    assert case.analyses.violence_writer(second_run, **key).rows == 16
    assert case.features(second) is not None
    case.remove_recording(second)
    _, third_run = begin(case, "d.mp4")
    assert case.analyses.violence_writer(third_run, **key).rows == 0
