import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSizeF

from crimeview.gui.viewing import (
    CLOSEST,
    Deinterlacing,
    View,
    Viewing,
    developed,
    light_table,
    place,
)

WIDE, ROOM = QSizeF(160, 90), QSizeF(800, 600)


def test_a_plain_picture_fits_in_the_middle() -> None:
    assert place(View(), WIDE, ROOM) == QRectF(0, 75, 800, 450)


def test_a_turned_picture_stands_upright() -> None:
    area = place(View(turns=1), WIDE, ROOM)
    assert area.height() == 600
    assert area.width() == pytest.approx(337, abs=1)
    assert area.center().x() == pytest.approx(400, abs=1)


def test_the_point_under_the_pointer_stays_where_it_is() -> None:
    viewing = Viewing()
    viewing.zoom(4.0)
    before = place(viewing.view, WIDE, ROOM)
    point = (0.4, 0.6)
    where = (before.x() + point[0] * before.width(), before.y() + point[1] * before.height())
    viewing.zoom(1.5, at=point)
    after = place(viewing.view, WIDE, ROOM)
    assert after.x() + point[0] * after.width() == pytest.approx(where[0], abs=1e-6)
    assert after.y() + point[1] * after.height() == pytest.approx(where[1], abs=1e-6)


def test_nobody_looks_beyond_the_edge() -> None:
    viewing = Viewing()
    viewing.zoom(2.0)
    viewing.move(-100.0, 100.0)
    area = place(viewing.view, WIDE, ROOM)
    assert area.x() == 0
    assert area.bottom() == pytest.approx(ROOM.height())
    viewing.zoom(1e9)
    assert viewing.view.zoom == CLOSEST
    viewing.zoom(1e-9)
    assert viewing.view == View(), "the whole picture has nothing to be moved"


def test_four_turns_are_none() -> None:
    viewing = Viewing()
    viewing.zoom(4.0)
    viewing.move(-0.5, -0.5)
    before = viewing.view
    seen = set()
    for _ in range(4):
        viewing.turn(1)
        seen.add(viewing.view.center)
    assert viewing.view.turns == before.turns
    assert viewing.view.center == pytest.approx(before.center)
    assert len(seen) == 4


def test_a_plain_view_costs_nothing() -> None:
    picture = np.zeros((4, 4, 4), np.uint8)
    assert developed(picture, View()) is picture


def test_brightness_lifts_the_dark_and_keeps_black_and_white() -> None:
    table = light_table(View(brightness=60))
    assert table[0] == 0
    assert table[255] == 255
    assert table[40] > 80
    assert (np.diff(table.astype(int)) >= 0).all()


def test_contrast_spreads_what_is_in_the_middle() -> None:
    table = light_table(View(contrast=50))
    assert table[64] < 64
    assert table[192] > 192
    assert abs(int(light_table(View(contrast=-100))[0]) - 96) < 2


def _combed() -> np.ndarray:
    picture = np.zeros((8, 2, 4), np.uint8)
    picture[1::2] = 200
    return picture


def test_the_lines_of_the_other_moment_are_made_from_their_neighbors() -> None:
    assert (developed(_combed(), View(deinterlacing=Deinterlacing.ON)) == 0).all()
    assert (developed(_combed(), View(), interlaced=True) == 0).all()


def test_a_picture_of_one_moment_is_left_alone() -> None:
    picture = _combed()
    assert developed(picture, View(), interlaced=False) is picture
    assert developed(picture, View(deinterlacing=Deinterlacing.OFF), interlaced=True) is picture
