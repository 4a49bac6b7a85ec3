import numpy as np
import pytest

from crimeview.core.clip import ClipCursor
from crimeview.core.errors import CaseError
from crimeview.store.case import Case
from tests.store.begun import append_chunk, begin, writer


def test_a_writer_goes_on_where_the_last_stopped(case: Case) -> None:
    begin(case)
    first = writer(case)
    assert (first.rows, first.cursor, first.complete) == (0, None, False)
    append_chunk(first)
    second = writer(case)
    assert second.rows == 16
    assert second.analyzed == 16.0
    assert second.cursor == first.cursor == ClipCursor(origin=0.0, index=16, last_frame=15.9)


def test_finishing_keeps_the_damage(case: Case) -> None:
    begin(case)
    features = writer(case)
    append_chunk(features)
    features.finish("The file is damaged.")
    found = writer(case)
    assert found.complete
    assert found.damage == "The file is damaged."


def test_two_writers_of_one_content_cannot_mix_their_rows(case: Case) -> None:
    recording_id, _ = begin(case)
    one, two = writer(case), writer(case)
    append_chunk(one)
    with pytest.raises(CaseError, match="analyze it again when that is done"):
        append_chunk(two)
    stored = case.features(recording_id)
    assert stored is not None
    np.testing.assert_array_equal(stored.values[:, 0], np.arange(16))


def test_a_cursor_before_the_first_frame_comes_back(case: Case) -> None:
    begin(case)
    features = writer(case)
    cursor = ClipCursor(origin=0.1, index=1, last_frame=-np.inf)
    features.append(
        np.zeros((1, 2)), np.zeros((1, 4), np.float16), np.zeros((0, 2)), cursor, damage=None
    )
    assert writer(case).cursor == cursor
