import time
from pathlib import Path

from crimeview.core.short_paths import short_paths


def test_a_name_alone_where_it_is_the_only_one() -> None:
    paths = [Path("/a/monday.mp4"), Path("/a/tuesday.mp4")]
    assert short_paths(paths) == {paths[0]: "monday.mp4", paths[1]: "tuesday.mp4"}


def test_as_many_folders_as_tell_files_of_one_name_apart() -> None:
    paths = [Path("/x/a/02.mp4"), Path("/x/b/02.mp4"), Path("/y/b/02.mp4"), Path("/x/03.mp4")]
    told = short_paths(paths)
    assert told == {
        paths[0]: "a/02.mp4",
        paths[1]: "x/b/02.mp4",
        paths[2]: "y/b/02.mp4",
        paths[3]: "03.mp4",
    }
    assert short_paths([]) == {}


def test_a_path_that_is_the_end_of_another_is_told_as_well() -> None:
    paths = [Path("b/02.mp4"), Path("a/b/02.mp4")]
    assert short_paths(paths) == {paths[0]: "b/02.mp4", paths[1]: "a/b/02.mp4"}


def test_names_of_many_recordings_are_told_apart_at_once() -> None:
    paths = [Path(f"/cam/{n}/video.mp4") for n in range(3000)] * 5
    began = time.process_time()
    names = short_paths(paths)
    assert time.process_time() - began < 5.0  # comparing each with each would take minutes
    assert names[paths[7]] == str(Path("7/video.mp4"))
