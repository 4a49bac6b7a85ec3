import pytest

from crimeview.jobs.shares import shares


@pytest.mark.parametrize(
    ("cores", "recordings", "expected"),
    [
        (1, 5, (1, 3, 1)),
        (2, 1, (1, 4, 2)),
        (2, 5, (1, 4, 2)),
        (4, 1, (1, 6, 4)),
        (4, 5, (2, 4, 2)),
        (16, 1, (1, 8, 16)),
        (16, 3, (3, 7, 5)),
        (16, 100, (4, 6, 4)),
    ],
)
def test_lanes_share_the_cores(cores: int, recordings: int, expected: tuple[int, int, int]) -> None:
    found = shares(recordings=recordings, lanes=None, cores=cores)
    assert (found.lanes, found.decode_threads, found.cores) == expected


def test_lanes_asked_for_are_given_but_never_more_than_there_are_recordings() -> None:
    assert shares(recordings=3, lanes=8, cores=2).lanes == 3
    assert shares(recordings=0, lanes=None, cores=2).lanes == 1
