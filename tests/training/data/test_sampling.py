from pathlib import Path

import numpy as np

from crimeview.core.clip import ClipSpec
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import Frames
from crimeview.training.data.sampling import Draws, Sampler, Window, starts_to_judge

SPEC = ClipSpec(frames=17, rate=12.5, step=8, resize=(8, 8), crop=(8, 8), color="gray")


def _frames(seconds: float) -> Frames:
    count = round(25 * seconds)
    starts = np.arange(count) / 25
    pictures = np.broadcast_to(
        np.arange(count, dtype=np.uint8)[:, None, None, None], (count, 8, 8, 1)
    )
    return Frames(pictures, np.column_stack([starts, starts + 0.04]))


EXAMPLES = [
    Example(
        path=Path("a"), data="surveillance_fights", label="fight", group="a", fold=0, central=2.0
    ),
    Example(path=Path("b"), data="car_crashes", label="normal", group="b", fold=0, central=2.0),
    Example(path=Path("c"), data="recordings", label="normal", group="c", fold=0),
    Example(
        path=Path("d"),
        data="rendered",
        label="crash",
        group="d",
        fold=0,
        span=(4.0, 8.0),
        core=(4.0, 6.0),
    ),
]
FRAMES = [_frames(3.0), _frames(2.0), _frames(60.0), _frames(12.0)]


def _windows() -> dict[int, list[Window]]:
    sampler = Sampler(EXAMPLES, FRAMES, SPEC)
    found: dict[int, list[Window]] = {n: [] for n in range(4)}
    for epoch in range(40):
        for window in sampler.epoch(np.random.default_rng(epoch)):
            found[window.example].append(window)
    return found


def test_each_kind_of_example_has_its_share_of_an_epoch() -> None:
    counts = [len(windows) / 40 for windows in _windows().values()]
    assert counts[:3] == [1, 2, 12]
    assert 1.3 < counts[3] <= 2  # the normal one is left out where it hits the event


def test_draws_say_how_many_windows_there_are() -> None:
    draws = Draws(clips={"surveillance_fights": 0.25}, quiet_seconds=20.0, most_quiet=2)
    sampler = Sampler(EXAMPLES, FRAMES, SPEC, draws=draws)
    random = np.random.default_rng(0)
    windows = [w.example for _ in range(400) for w in sampler.epoch(random)]
    assert 70 <= windows.count(0) <= 130
    assert windows.count(1) == 400
    assert windows.count(2) == 800


def test_labels_hold_where_the_window_lies() -> None:
    windows = _windows()
    assert {w.label for w in windows[0]} == {"fight"}
    assert {w.label for w in windows[2]} == {"normal"}
    for window in windows[0]:
        assert window.start >= 0.5  # of 3 s the middle two
        assert window.start + 17 * window.interval <= 2.5 + 1e-9
    for window in windows[3]:
        end = window.start + 17 * window.interval
        inside = min(end, 8.0) - max(window.start, 4.0)
        share = inside / (end - window.start)
        if window.label == "crash":
            assert share > 0.69
            assert window.start < 6.0
        else:
            assert share <= 0.1


def test_an_epoch_is_the_same_for_the_same_random_numbers() -> None:
    sampler = Sampler(EXAMPLES, FRAMES, SPEC)
    one, two, other = (sampler.epoch(np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one == two != other


def test_a_window_gives_the_frames_at_its_times() -> None:
    sampler = Sampler(EXAMPLES, FRAMES, SPEC)
    (clip,) = sampler.clips([Window(2, 1.0, 0.08, "normal")])
    assert clip.shape == (17, 8, 8, 1)
    assert clip[:, 0, 0, 0].tolist() == list(range(25, 59, 2))


def test_a_clip_is_judged_by_its_middle() -> None:
    starts = starts_to_judge(EXAMPLES[0], FRAMES[0], SPEC)
    np.testing.assert_allclose(starts, [0.5, 0.82, 1.14])
