from pathlib import Path

from crimeview.core.files import exists, is_file, is_folder


def test_tell_files_from_folders(tmp_path: Path) -> None:
    (file := tmp_path / "a").touch()
    assert (exists(file), is_file(file), is_folder(file)) == (True, True, False)
    assert (exists(tmp_path), is_file(tmp_path), is_folder(tmp_path)) == (True, False, True)


def test_a_name_that_no_disk_takes_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    assert (exists(path), is_file(path), is_folder(path)) == (False, False, False)
