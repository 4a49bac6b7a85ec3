from pathlib import Path

from crimeview.video.discover import find_videos


def _touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_folders_are_searched_to_any_depth_in_natural_order(tmp_path: Path) -> None:
    _touch(tmp_path, "cam 10.mp4", "cam 2.MP4", "b/1/x.ts", "a/y.AVI", "notes.txt", "mp4")
    found = [str(p.relative_to(tmp_path)) for p in find_videos([tmp_path])]
    assert found == ["a/y.AVI", "b/1/x.ts", "cam 2.MP4", "cam 10.mp4"]


def test_hidden_entries_are_left_out(tmp_path: Path) -> None:
    _touch(tmp_path, "._cam.mp4", ".Trash/cam.mp4", "cam.mp4")
    assert find_videos([tmp_path]) == [tmp_path / "cam.mp4"]


def test_a_file_given_by_itself_is_taken_whatever_its_name(tmp_path: Path) -> None:
    _touch(tmp_path, "export.bin")
    given = [tmp_path / "export.bin", tmp_path / "missing.mp4"]
    assert find_videos(given) == given


def test_each_file_is_given_once_in_the_order_asked_for(tmp_path: Path) -> None:
    _touch(tmp_path, "z.mp4", "a.mp4")
    assert find_videos([tmp_path / "z.mp4", tmp_path]) == [tmp_path / "z.mp4", tmp_path / "a.mp4"]


def test_any_character_may_stand_in_a_name(tmp_path: Path) -> None:
    _touch(tmp_path, "3/b.mp4", "3²/a.mp4", "٤.mp4", "½.mp4")
    assert len(find_videos([tmp_path])) == 4


def test_a_name_that_no_disk_takes_is_left_to_the_opening() -> None:
    path = Path("x" * 300 + ".mp4")
    assert find_videos([path]) == [path]
