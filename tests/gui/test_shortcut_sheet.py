from crimeview.gui.widgets.shortcut_sheet import balanced


def test_columns_are_as_low_as_can_be() -> None:
    heights = [30, 10, 20, 40, 10, 10]
    for columns, highest in ((1, 120), (2, 60), (3, 60), (4, 40), (6, 40)):
        found = balanced(heights, columns=columns)
        assert [number for group in found for number in group] == list(range(6)), "in order"
        assert len(found) <= columns
        assert max(sum(heights[number] for number in group) for group in found) == highest


def test_one_menu_is_one_column() -> None:
    assert balanced([25], columns=4) == [[0]]
