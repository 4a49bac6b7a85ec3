"""Boxes that annotators have drawn, read from tables."""

from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.evaluation.boxes import BoxMasks, read_boxes

HEADER = "path,frame,x,y,width,height,thing\n"


def _table(folder: Path, rows: str, *, header: str = HEADER) -> Path:
    file = folder / "boxes.csv"
    file.write_text(header + rows)
    return file


def test_a_thing_moves_evenly_between_its_boxes(tmp_path: Path) -> None:
    rows = "a/1.avi,20,40,10,10,20,child\na/1.avi,10,0,0,10,20,child\n"
    boxes, left_out = read_boxes(_table(tmp_path, rows))
    assert left_out == []
    drawn = boxes["a/1.avi"]
    assert drawn.at(10) == [(0, 0, 10, 20)]
    assert drawn.at(15) == [(20, 5, 10, 20)]
    assert drawn.at(20) == [(40, 10, 10, 20)]
    assert drawn.at(9) == drawn.at(21) == []


def test_boxes_without_a_thing_are_of_their_frame_alone(tmp_path: Path) -> None:
    rows = ".\\a\\1.avi,10,0,0,10,20\na/1.avi,10,50,0,10,20\na/1.avi,12,0,0,10,20\n"
    header = "Path,Frame,X,Y,Width,Height\n"
    drawn = read_boxes(_table(tmp_path, rows, header=header))[0]["a/1.avi"]
    assert len(drawn.at(10)) == 2
    assert drawn.at(11) == []


def test_as_masks(tmp_path: Path) -> None:
    rows = "1.avi,3,-5,10,15,1000,man\n1.avi,3,90,90,20,20,other\n"
    boxes, _ = read_boxes(_table(tmp_path, rows))
    masks = BoxMasks(boxes["1.avi"], frames=7, height=100, width=200)
    mask = masks.at(3)
    assert len(masks) == 7
    assert mask.shape == (100, 200)
    expected = np.zeros((100, 200), np.bool_)
    expected[10:, :10] = expected[90:, 90:110] = True
    assert np.array_equal(mask, expected)
    assert not masks.at(4).any()


@pytest.mark.parametrize(
    "row", ["1.avi,first,0,0,1,1,", "1.avi,-1,0,0,1,1,", "1.avi,1,0,0,0,1,", "1.avi,1,nan,0,1,1,"]
)
def test_what_is_no_box_is_left_out(tmp_path: Path, row: str) -> None:
    boxes, left_out = read_boxes(_table(tmp_path, f"{row}\n1.avi,1,0,0,2,2,\n"))
    assert [(each.line, each.name) for each in left_out] == [(2, "1.avi")]
    assert "The box is no box" in left_out[0].reason
    assert boxes["1.avi"].at(1) == [(0, 0, 2, 2)]


def test_a_table_without_the_columns(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs the columns"):
        read_boxes(_table(tmp_path, "", header="path,frame\n"))
