import numpy as np

from crimeview.core.boxes import areas, clipped, intersection_over_union, suppressed

BOXES = np.array([[0, 0, 10, 10], [1, 0, 11, 10], [20, 20, 30, 40]], np.float32)


def test_areas_and_overlaps() -> None:
    assert areas(BOXES).tolist() == [100, 100, 200]
    overlaps = intersection_over_union(BOXES, BOXES)
    assert np.allclose(np.diag(overlaps), 1)
    assert np.isclose(overlaps[0, 1], 90 / 110)
    assert overlaps[0, 2] == 0


def test_of_boxes_that_overlap_the_one_with_the_highest_score_is_kept() -> None:
    scores = np.array([0.5, 0.9, 0.4], np.float32)
    assert suppressed(BOXES, scores, overlap=0.5).tolist() == [1, 2]
    assert suppressed(BOXES, scores, overlap=0.9).tolist() == [1, 0, 2]
    assert suppressed(BOXES[:0], scores[:0], overlap=0.5).tolist() == []


def test_boxes_are_cut_at_the_pictures_border() -> None:
    assert clipped(BOXES, height=30, width=25)[2].tolist() == [20, 20, 25, 30]
