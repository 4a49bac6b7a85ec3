"""Groups of pictures that are passed over: only what they cost may change, never what is told."""

import random
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.spans import merged
from crimeview.video.decode import Decoder
from crimeview.video.passing import can_pass_over
from crimeview.video.probe import probe
from crimeview.video.source import opened
from tests.video.expected import expected_clips
from tests.video.recordings import HARD, Made, read_number, steady, write_recording

EVERY = ClipSpec(frames=6, rate=None, step=4, resize=(64, 96), crop=(64, 96), color="gray")
SAMPLED = ClipSpec(frames=5, rate=12.5, step=3, resize=(40, 60), crop=(40, 60), color="gray")
SPECS = (EVERY, SAMPLED)

X265 = {"preset": "ultrafast", "x265-params": "log-level=none:keyint=12:min-keyint=12:bframes=3"}
OPEN = {"g": "12", "bf": "3", "x264-params": "open-gop=1"}
UNEVEN = tuple((np.cumsum(np.random.default_rng(4).integers(20, 90, 72)) / 1000.0).tolist())
PAUSES = tuple(t + (9.0 if i >= 31 else 0.0) for i, t in enumerate(steady(72)))
WRITING: dict[str, tuple[str, Sequence[float], dict[str, object]]] = {
    "closed groups": (".mp4", steady(72), {"options": {"g": "12", "bf": "3"}}),
    "open groups": (".mkv", steady(72), {"options": OPEN}),
    "open groups in MP4": (".mp4", steady(72), {"options": OPEN}),
    "transport stream": (".ts", steady(72), {"options": OPEN, "uptime": 3600.0}),
    "no B-frames": (".ts", steady(72), {"options": {"g": "10", "bf": "0"}}),
    "HEVC": (".mp4", steady(72), {"codec": "libx265", "options": X265}),
    "HEVC in Matroska": (".mkv", steady(72), {"codec": "libx265", "options": X265}),
    "MJPEG": (".avi", steady(40), {"codec": "mjpeg", "pixel_format": "yuvj420p", "ticks": 25}),
    "variable frame rate": (".mkv", UNEVEN, {"options": {"g": "9", "bf": "2"}}),
    "a pause": (".mkv", PAUSES, {"options": {"g": "11", "bf": "2"}}),
}


@pytest.fixture(scope="module", params=WRITING)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    suffix, times, writing = WRITING[request.param]
    path = tmp_path_factory.mktemp("passing") / f"recording{suffix}"
    noise = np.random.default_rng(3).integers(0, 40, (64, 96, 3), dtype=np.uint8)
    write_recording(path, times, noise=noise, **writing)  # type: ignore[arg-type]
    return path


def _keyframes(path: Path) -> list[float]:
    """Times (s) of the keyframes in the order they are shown, by decoding everything."""
    found = []
    probed = probe(path)
    for shown in Decoder(probed).shown(since=0.0):
        assert shown.picture is not None
        if shown.picture.key_frame:
            found.append(shown.time)
    return found


def _spans(starts: Sequence[float], chosen: Sequence[int]) -> NDArray[np.float64]:
    """Spans that hold just the chosen ones of the keyframes."""
    return merged(np.array([[starts[i] - 1e-4, starts[i] + 1e-4] for i in chosen]).reshape(-1, 2))


def _read(
    path: Path,
    kept: NDArray[np.float64] | None,
    after: Sequence[ClipCursor | None] = (None, None),
) -> list[list[Clip]]:
    found: list[list[Clip]] = [[] for _ in SPECS]
    with opened(path) as source:
        for number, clip in source.clips_together(list(zip(SPECS, after, strict=True)), kept=kept):
            found[number].append(clip)
    return found


def _choices(count: int) -> list[list[int]]:
    chance = random.Random(8)
    some = [sorted(chance.sample(range(count), count // 3 + 1)) for _ in range(2)]
    return [[], *some, [count - 1]]


def test_times_are_exact_and_clips_that_were_decoded_the_same(path: Path) -> None:
    whole, starts = _read(path, None), _keyframes(path)
    for chosen in _choices(len(starts)):
        for found, expected in zip(_read(path, _spans(starts, chosen)), whole, strict=True):
            assert [(c.start, c.end, c.cursor) for c in found] == [
                (c.start, c.end, c.cursor) for c in expected
            ]
            for clip, same in zip(found, expected, strict=True):
                np.testing.assert_array_equal(clip.frame_times, same.frame_times)
                assert clip.frames.shape == same.frames.shape
                if clip.decoded:
                    np.testing.assert_array_equal(clip.frames, same.frames)
            assert not all(clip.decoded for clip in found)


def _decoded(path: Path, chosen: Sequence[int]) -> dict[float, bool]:
    """Times (s) of all pictures, and whether each must be decoded, by its packet's place."""
    clock = probe(path).clock
    flags: dict[float, bool] = {}
    group, first, before = -1, 0.0, True
    with av.open(str(path)) as container:
        for packet in container.demux(video=0):
            if packet.pts is None:
                continue
            if packet.is_keyframe:
                before = group < 0 or group == 0 or group in chosen
                group, first = group + 1, clock.seconds(packet.pts)
            time = clock.seconds(packet.pts)
            leads = time < first
            flags[time] = (group == 0 or group in chosen) and (before or not leads)
    return flags


def test_clips_of_kept_pictures_are_decoded_and_no_others(path: Path) -> None:
    starts = _keyframes(path)
    for chosen in _choices(len(starts)):
        flags = [flag for _, flag in sorted(_decoded(path, chosen).items())]
        for spec, clips in zip(SPECS, _read(path, _spans(starts, chosen)), strict=True):
            times, ends = np.concatenate([c.frame_times for c in clips]).T.tolist()
            assert len(times) == len(flags)
            expected = expected_clips(times, ends, spec, probe(path).clock.longest)
            assert [c.decoded for c in clips] == [
                all(flags[i] for i in e.numbers) for e in expected
            ]


def test_one_picture_stands_for_what_was_passed_over(path: Path) -> None:
    starts = _keyframes(path)
    clips, whole = _read(path, _spans(starts, [0]))[0], _read(path, None)[0]
    still = [clip for clip in clips if not clip.decoded]
    assert len(still) > 5
    assert all(clip.frames is still[0].frames for clip in still)
    assert still[0].frames.strides[0] == 0
    numbers = [read_number(frame) for frame in still[0].frames]
    first = next(i for i, clip in enumerate(clips) if not clip.decoded)
    shown = [read_number(frame) for frame in whole[first].frames]
    assert len(set(numbers)) == 1
    assert shown[0] - 1 <= numbers[0] < shown[-1]


def test_going_on_after_any_clip_gives_the_rest(path: Path) -> None:
    starts = _keyframes(path)
    for chosen in _choices(len(starts))[1:3]:
        kept = _spans(starts, chosen)
        whole = _read(path, kept)
        for done in range(1, min(map(len, whole)), 4):
            cursors = [clips[done - 1].cursor for clips in whole]
            for found, clips in zip(_read(path, kept, cursors), whole, strict=True):
                assert len(found) == len(clips) - done
                for a, b in zip(found, clips[done:], strict=True):
                    assert (a.start, a.end, a.cursor, a.decoded) == (
                        b.start,
                        b.end,
                        b.cursor,
                        b.decoded,
                    )
                    np.testing.assert_array_equal(a.frames, b.frames)
                    np.testing.assert_array_equal(a.frame_times, b.frame_times)


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_no_recording_is_told_wrongly(hard: object, tmp_path: Path) -> None:
    """Of a recording that does not allow it nothing is passed over, and of no other too much."""
    made: Made = hard.write(tmp_path)  # type: ignore[attr-defined]
    nothing = np.empty((0, 2))
    with opened(made.path) as source:
        whole = list(source.clips(EVERY))
        damage = source.damage
        found = [clip for _, clip in source.clips_together([(EVERY, None)], kept=nothing)]
        assert source.damage == damage
    np.testing.assert_array_equal(
        np.concatenate([c.frame_times for c in found]),
        np.concatenate([c.frame_times for c in whole]),
    )
    if not can_pass_over(probe(made.path)):
        assert all(clip.decoded for clip in found)
