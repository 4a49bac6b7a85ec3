import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimeview.core.spans import covered, merged, within
from crimeview.scene.audit import audited
from tests.scene.pictures import regular


def test_two_percent_of_what_is_skipped_in_whole_groups() -> None:
    gops = regular(3600)
    kept = np.array([[0.0, 1.0], [500.0, 900.0]])
    spans = audited(gops, kept, clip=1.36, seed="a fingerprint")
    assert covered(spans) == pytest.approx(0.02 * 3199, rel=0.15)
    assert not within(kept, np.arange(3600)[within(spans, gops.times)].astype(float)).any()
    assert np.isin(spans[:, 0], gops.times).all()
    assert np.isin(spans[:, 1], gops.ends).all()


@pytest.mark.parametrize("seed", [str(number) for number in range(40)])
def test_each_run_has_room_for_three_clips_wherever_it_was_drawn(seed: str) -> None:
    gops = regular(84)
    kept = np.array([[0.0, 1.0], [30.0, 36.0], [80.0, 81.0]])
    spans = audited(gops, kept, clip=1.36, seed=seed)
    assert (spans[:, 1] - spans[:, 0] >= 3 * 1.36).all()


def test_the_text_alone_chooses() -> None:
    gops, kept = regular(1000), np.array([[0.0, 1.0]])
    first = audited(gops, kept, clip=1.36, seed="one")
    np.testing.assert_array_equal(first, audited(gops, kept, clip=1.36, seed="one"))
    assert not np.array_equal(first, audited(gops, kept, clip=1.36, seed="two"))


def test_at_least_one_where_little_is_skipped_and_none_where_nothing_is() -> None:
    gops = regular(60)
    little = np.array([[0.0, 30.0], [31.0, 60.0]])
    np.testing.assert_array_equal(audited(gops, little, clip=1.36, seed="x"), [[30.0, 31.0]])
    assert audited(gops, np.array([[0.0, 60.0]]), clip=1.36, seed="x").shape == (0, 2)


@settings(max_examples=30, deadline=None)
@given(
    marks=st.lists(st.booleans(), min_size=1, max_size=120),
    seconds=st.sampled_from([0.5, 1.0, 2.0]),
    seed=st.text(max_size=5),
)
def test_audited_spans_are_always_skipped_ones(
    marks: list[bool], seconds: float, seed: str
) -> None:
    gops = regular(len(marks), seconds=seconds)
    keep = np.array(marks)
    spans = np.column_stack([gops.times, gops.ends])
    chosen = audited(gops, merged(spans[keep]), clip=1.36, seed=seed)
    inside = within(chosen, gops.times)
    assert not (inside & keep).any()
    assert bool(len(chosen)) == (not keep.all())
    assert (np.diff(chosen.ravel()) > 0).all()
