from datetime import datetime

import pytest

from crimeview.core.camera_timeline import Taken, camera_timelines
from crimeview.core.errors import UsageError
from crimeview.core.wall_clock import (
    WallClock,
    WallClockSource,
    camera_in_name,
    time_in_name,
    wall_text,
    zone_of,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("cam3_20240517_164211", "2024-05-17 16:42:11"),
        ("2024-05-17 16-42-11", "2024-05-17 16:42:11"),
        ("NVR_ch1_main_20240517164211_20240517170000", "2024-05-17 16:42:11"),
        ("2024-05-17T16:42", "2024-05-17 16:42:00"),
        ("front.2024.05.17.16.42.11", "2024-05-17 16:42:11"),
        ("20240631_101010 20240701_101010", "2024-07-01 10:10:10"),
    ],
)
def test_times_in_names(name: str, expected: str) -> None:
    assert time_in_name(name) == datetime.fromisoformat(expected)


@pytest.mark.parametrize("name", ["yard", "Abuse028_x264", "clip_120240517164211", "IMG_2024"])
def test_names_without_a_time(name: str) -> None:
    assert time_in_name(name) is None


@pytest.mark.parametrize(
    ("stem", "camera"),
    [
        ("cam3_20240517_164211", "cam3"),
        ("20240517_164211", "lobby"),
        ("NVR_ch1_main_20240517164211_20240517170000", "NVR ch1 main"),
        ("car-detection", "car-detection"),
        ("clip_12", "clip 12"),
    ],
)
def test_cameras_in_names(stem: str, camera: str) -> None:
    assert camera_in_name(stem, "lobby") == camera


def _clock(start: str, *, zone: str | None = None, offset: float = 0.0) -> WallClock:
    return WallClock(
        start=datetime.fromisoformat(start),
        zone=zone,
        offset=offset,
        source=WallClockSource.FILE_NAME,
    )


def test_an_hour_is_missing_in_spring_and_comes_twice_in_autumn() -> None:
    spring = _clock("2024-03-31 01:30:00", zone="Europe/Berlin")
    assert wall_text(spring.at(3600.0)) == "2024-03-31 03:30:00"
    autumn = _clock("2024-10-27 01:30:00", zone="Europe/Berlin")
    assert wall_text(autumn.at(2 * 3600.0)) == "2024-10-27 02:30:00"
    unknown = _clock("2024-03-31 01:30:00")
    assert wall_text(unknown.at(3600.0)) == "2024-03-31 02:30:00"


def test_the_offset_is_added_to_what_the_camera_shows() -> None:
    slow = _clock("2024-05-17 16:00:00", offset=90.0)
    assert wall_text(slow.at(0.25), decimals=2) == "2024-05-17 16:01:30.25"
    assert slow.instant() == _clock("2024-05-17 16:01:30").instant()


def test_zones_tell_which_came_first() -> None:
    seoul = _clock("2024-05-17 16:00:00", zone="Asia/Seoul")
    utc = _clock("2024-05-17 07:00:00", zone="UTC")
    fixed = _clock("2024-05-17 02:30:00", zone="-04:30")
    assert seoul.instant() == utc.instant() == fixed.instant()
    with pytest.raises(UsageError, match="Seoul"):
        zone_of("Nowhere/City")


def _taken(number: int, start: str, duration: float, camera: str = "a") -> Taken:
    return Taken(recording_id=number, camera=camera, clock=_clock(start), duration=duration)


def test_consecutive_files_are_one_timeline_with_its_gaps() -> None:
    found = camera_timelines(
        [
            _taken(3, "2024-05-17 11:00:00", 600.0),
            _taken(1, "2024-05-17 10:00:00", 1800.0),
            _taken(2, "2024-05-17 10:29:58", 1802.0),  # a little over its predecessor
            _taken(4, "2024-05-17 10:00:00", 600.0, camera="b"),
        ]
    )
    first, second = found
    assert [piece.recording_id for piece in first.pieces] == [1, 2, 3]
    assert first.gaps == []
    assert first.length == 4200.0
    assert [piece.recording_id for piece in second.pieces] == [4]
    assert first.after(2).recording_id == 3
    assert first.after(3) is None


def test_a_gap_leads_to_the_recording_nearest_to_it() -> None:
    (timeline,) = camera_timelines(
        [_taken(1, "2024-05-17 10:00:00", 60.0), _taken(2, "2024-05-17 11:00:00", 60.0)]
    )
    assert timeline.gaps == [(60.0, 3600.0)]
    assert timeline.piece_at(100.0) is None
    piece, within = timeline.nearest(100.0)
    assert (piece.recording_id, within) == (1, 60.0)
    piece, within = timeline.nearest(3630.0)
    assert (piece.recording_id, within) == (2, 30.0)


def test_the_time_of_a_file_puts_nothing_in_a_row() -> None:
    copied = [
        Taken(
            recording_id=n,
            camera="a",
            clock=WallClock(
                start=datetime(2024, 5, 17, 10, n),  # noqa: DTZ001
                zone=None,
                offset=0.0,
                source=WallClockSource.FILE_TIME,
            ),
            duration=30.0,
        )
        for n in range(3)
    ]
    assert len(camera_timelines(copied)) == 3


def test_recordings_of_the_same_time_are_not_consecutive() -> None:
    found = camera_timelines(
        [_taken(1, "2024-05-17 10:00:00", 600.0), _taken(2, "2024-05-17 10:01:00", 600.0)]
    )
    assert len(found) == 2
