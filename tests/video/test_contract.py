"""What every recording must give, however hard it is: see `recordings.HARD`."""

import random
import threading
from itertools import pairwise

import numpy as np
import pytest

from crimeview.core.clip import Clip, ClipSpec
from crimeview.video.frames import FrameReader
from crimeview.video.index import packet_index
from crimeview.video.probe import probe
from crimeview.video.source import opened
from crimeview.video.thumbnail import thumbnail
from tests.video.expected import expected_clips
from tests.video.recordings import Made, read_number

EVERY_PICTURE = ClipSpec(frames=16, rate=None, step=12, resize=(64, 96), crop=(64, 96), color="rgb")
SPARSE = ClipSpec(frames=5, rate=None, step=8, resize=(40, 40), crop=(40, 40), color="gray")
SAMPLED = ClipSpec(frames=8, rate=12.5, step=5, resize=(40, 60), crop=(40, 60), color="gray")
SPECS = [EVERY_PICTURE, SPARSE, SAMPLED]


def _numbers(clip: Clip) -> list[int]:
    return [read_number(frame) for frame in clip.frames]


def test_is_described(made: Made) -> None:
    recording = probe(made.path).recording
    assert (recording.width, recording.height) == (made.width, made.height)
    assert (recording.rotation, recording.clock) == (made.rotation, made.clock)


@pytest.mark.parametrize("spec", SPECS)
def test_clips_show_the_right_pictures_at_the_right_times(made: Made, spec: ClipSpec) -> None:
    with opened(made.path) as source:
        clips = list(source.clips(spec))
    reported = np.concatenate([clip.frame_times for clip in clips])
    assert reported[:, 0] == pytest.approx(made.times, abs=made.precision)
    times, ends = reported.T.tolist()
    longest = probe(made.path).clock.longest
    expected = expected_clips(times, ends, spec, longest)
    assert [_numbers(clip) for clip in clips] == [e.numbers for e in expected]
    assert [(clip.start, clip.end) for clip in clips] == [(e.start, e.end) for e in expected]
    counts = [len(clip.frame_times) for clip in clips]
    assert counts == [len(e.reported) for e in expected]


def test_pictures_stand_until_the_next_unless_there_is_a_gap(made: Made) -> None:
    with opened(made.path) as source:
        spans = np.concatenate([clip.frame_times for clip in source.clips(EVERY_PICTURE)])
        nominal = 1.0 / source.recording.frame_rate
    for (start, end), (following, _) in pairwise(spans.tolist()):
        gap = following - start > max(1.0, 3 * nominal)
        assert (end < following) if gap else (end == following)
    assert 0.0 < spans[-1, 1] - spans[-1, 0] <= max(1.0, 3 * nominal)


@pytest.mark.parametrize("spec", SPECS)
def test_going_on_after_any_clip_gives_the_rest_bit_for_bit(made: Made, spec: ClipSpec) -> None:
    with opened(made.path) as source:
        clips = list(source.clips(spec))
        for done in range(1, len(clips) + 1):
            rest = list(source.clips(spec, after=clips[done - 1].cursor))
            _assert_same(rest, clips[done:])


def _assert_same(found: list[Clip], wanted: list[Clip]) -> None:
    assert len(found) == len(wanted)
    for a, b in zip(found, wanted, strict=True):
        assert (a.start, a.end, a.cursor) == (b.start, b.end, b.cursor)
        np.testing.assert_array_equal(a.frame_times, b.frame_times)
        np.testing.assert_array_equal(a.frames, b.frames)


def test_clips_of_several_specs_come_from_one_decoding_from_any_cursors(made: Made) -> None:
    chance = random.Random(5)
    with opened(made.path) as source:
        apart = [list(source.clips(spec)) for spec in SPECS]
        beginnings = [[0] * len(SPECS)]
        beginnings += [[chance.randrange(len(clips) + 1) for clips in apart] for _ in range(5)]
        for done in beginnings:
            cursors = [
                clips[count - 1].cursor if count else None
                for clips, count in zip(apart, done, strict=True)
            ]
            together: list[list[Clip]] = [[] for _ in SPECS]
            for number, clip in source.clips_together(list(zip(SPECS, cursors, strict=True))):
                together[number].append(clip)
            for found, clips, count in zip(together, apart, done, strict=True):
                _assert_same(found, clips[count:])


def test_closing_mid_way_leaves_no_thread(made: Made) -> None:
    before = threading.enumerate()
    with opened(made.path) as source:
        clips = source.clips(EVERY_PICTURE)
        next(clips)
        clips.close()
        assert threading.enumerate() == before
        next(source.clips(SAMPLED))
    assert threading.enumerate() == before


@pytest.mark.parametrize("cache_bytes", [0, 256 * 1024 * 1024])
def test_the_reader_finds_the_picture_of_any_time(made: Made, cache_bytes: int) -> None:
    chance = random.Random(3)
    with FrameReader(made.path, cache_bytes=cache_bytes) as reader:
        for _ in range(30):
            number = chance.randrange(len(made.times))
            until = (
                made.times[number + 1] if number + 1 < len(made.times) else made.times[number] + 1.0
            )
            start = made.times[number] + made.precision
            time = start + chance.random() * (until - made.precision - start)
            frame = reader.at(time)
            assert read_number(frame.picture) == number
            assert frame.time == pytest.approx(made.times[number], abs=made.precision)
            assert frame.picture.shape == (made.height, made.width, 4)


@pytest.mark.parametrize("cache_bytes", [0, 256 * 1024 * 1024])
def test_the_reader_steps_through_all_pictures_both_ways(made: Made, cache_bytes: int) -> None:
    last = len(made.times) - 1
    with FrameReader(made.path, cache_bytes=cache_bytes) as reader:
        assert read_number(reader.at(0.0).picture) == 0
        assert reader.before() is None
        for number in range(1, last + 1):
            frame = reader.after()
            assert frame is not None
            assert read_number(frame.picture) == number
        assert reader.after() is None
        # Without a cache every step back may decode from the beginning: a few of them will do.
        for number in range(last - 1, max(-1, last - 30), -1):
            frame = reader.before()
            assert frame is not None
            assert read_number(frame.picture) == number


def test_the_reader_turns_round_exactly(made: Made) -> None:
    with FrameReader(made.path) as reader:
        middle = len(made.times) // 2
        there = reader.at(made.times[middle] + made.precision)
        back, again = reader.before(), None
        if back is not None:
            assert read_number(back.picture) == middle - 1
            again = reader.after()
            assert again is not None
            np.testing.assert_array_equal(again.picture, there.picture)


def test_thumbnails_show_the_moment(made: Made) -> None:
    number = len(made.times) * 2 // 3
    picture = thumbnail(made.path, made.times[number] + made.precision, height=32)
    assert read_number(picture) == number
    assert picture.shape == (32, round(32 * made.width / made.height), 3)


def test_the_index_lists_every_packet(made: Made) -> None:
    probed = probe(made.path)
    index = packet_index(made.path, probed.clock)
    assert len(index.sizes) >= len(made.times)
    assert index.sizes.min() > 0
    assert index.keyframes[0]
    assert {len(a) for a in (index.times, index.positions, index.keyframes)} == {len(index.sizes)}
