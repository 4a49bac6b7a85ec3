"""The strip's pictures, from real recordings into a real case."""

import io
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.core.clip import Clip, ClipCursor
from crimeview.jobs.strip import MOST_PICTURES, StripExtraction, strip_spacing
from crimeview.store.case import Case, open_case
from crimeview.video.jpeg import jpeg_of_array
from crimeview.video.source import opened
from tests.store.begun import CONTENT, begin
from tests.video.recordings import read_number, steady, write_recording

# Two runs of pictures, the second one neither beginning nor ending at a whole second.
TIMES = (*steady(100), *(9.3 + t for t in steady(160)))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_recording(path := tmp_path / "a.mkv", TIMES, options={"g": "20"})
    return path


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        begin(case)
        yield case


def _extract(case: Case, path: Path, *, clips: int | None = None) -> None:
    """Extract the strip, to the end or until so many more clips have been taken."""
    with opened(path) as source:
        strip = StripExtraction(source.recording, writer=case.strips.writer(CONTENT.sha256))
        with closing(source.clips_together([(strip.spec, strip.cursor)])) as found:
            for number, (_, clip) in enumerate(found):
                if number == clips:
                    break
                strip.add(clip)
                strip.store()
        strip.store()


def _stored(case: Case) -> list[tuple[float, bytes]]:
    recording_id = case.recordings()[0].id
    found, at = [], 1e9
    while (picture := case.strips.picture(recording_id, at)) is not None:
        found.append(picture)
        at = np.nextafter(picture[0], -np.inf)
    return found[::-1]


def _pixels(jpeg: bytes) -> np.ndarray:
    with av.open(io.BytesIO(jpeg), format="mjpeg") as file:
        return next(file.decode(video=0)).to_ndarray(format="rgb24")


def test_the_spacing_is_a_second_up_to_two_hours_and_the_number_bounded_beyond() -> None:
    assert [strip_spacing(60.0 * m) for m in (0, 1, 60, 120, 121, 24 * 60)] == [1, 1, 1, 1, 2, 12]
    assert all(h * 3600 / strip_spacing(h * 3600.0) <= MOST_PICTURES for h in range(1, 200))


def test_each_picture_is_the_one_on_screen_at_its_time(case: Case, path: Path) -> None:
    _extract(case, path)
    found = _stored(case)
    assert [time for time, _ in found][:6] == pytest.approx([0, 1, 2, 3, 9.3, 10.3])
    for time, jpeg in found:
        picture = _pixels(jpeg)
        assert picture.shape == (108, 162, 3)  # of 64 x 96
        assert read_number(picture) == max(n for n, t in enumerate(TIMES) if t <= time + 1e-3)


@pytest.mark.parametrize("clips", [1, 3])
def test_however_often_it_is_interrupted_the_pictures_are_the_same(
    case: Case, path: Path, tmp_path: Path, clips: int
) -> None:
    _extract(case, path)
    with open_case(tmp_path / "other") as other:
        begin(other)
        for _ in range(14):
            _extract(other, path, clips=clips)
        assert _stored(other) == _stored(case)


def test_nothing_is_stored_where_nothing_was_decoded(case: Case, path: Path) -> None:
    with opened(path) as source:
        strip = StripExtraction(source.recording, writer=case.strips.writer(CONTENT.sha256))
    for number, decoded in enumerate([True, False, False, True, False]):
        strip.add(_clip(strip, float(number), decoded=decoded))
    strip.store()
    assert [time for time, _ in _stored(case)] == [0.0, 3.0]


def test_pictures_made_elsewhere_are_not_made_again(case: Case, path: Path) -> None:
    made = [(t, jpeg_of_array(np.full((8, 8, 3), 90, np.uint8))) for t in (0.0, 1.6, 3.2)]
    for _ in range(2):  # an interrupted stage begins anew
        with opened(path) as source:
            strip = StripExtraction(source.recording, writer=case.strips.writer(CONTENT.sha256))
        _add(strip, made)
    _extract(case, path)
    found = _stored(case)
    assert found[:3] == made
    assert found[3][0] == pytest.approx(9.3)


def test_many_pictures_are_stored_without_being_asked(case: Case, path: Path) -> None:
    with opened(path) as source:
        strip = StripExtraction(source.recording, writer=case.strips.writer(CONTENT.sha256))
    _add(strip, [(float(n), b"%d" % n) for n in range(200)], store=False)
    assert len(_stored(case)) > 100


def _add(
    strip: StripExtraction, pictures: Sequence[tuple[float, bytes]], *, store: bool = True
) -> None:
    for time, jpeg in pictures:
        strip.add_picture(time, jpeg)
    if store:
        strip.store()


def _clip(strip: StripExtraction, start: float, *, decoded: bool) -> Clip:
    return Clip(
        start=start,
        end=start + 1,
        frames=np.zeros((1, *strip.spec.crop, 3), np.uint8),
        frame_times=np.empty((0, 2)),
        pictures=1,
        cursor=ClipCursor(origin=0.0, index=int(start) + 1, last_frame=start),
        decoded=decoded,
    )
