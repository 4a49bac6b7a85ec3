import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Input, Layout
from crimeview.nets.preprocess import network_input

SPEC = ClipSpec(frames=2, rate=None, step=2, resize=(4, 5), crop=(3, 5), color="rgb")
FRAMES = np.arange(2 * 3 * 5 * 3, dtype=np.uint8).reshape(2, 3, 5, 3)


def _input(layout: Layout | None) -> Input:
    mean, std = (1.0, 2.0, 3.0), (1.0, 2.0, 4.0)
    return Input(name="clip", shape=(), layout=layout, scale=0.5, mean=mean, std=std)


@pytest.mark.parametrize(
    ("layout", "axes"), [("NCTHW", "ctyx"), ("NTCHW", "tcyx"), ("NTHWC", "tyxc")]
)
def test_pixels_are_scaled_by_channel_and_laid_out(layout: Layout, axes: str) -> None:
    result = network_input(FRAMES, SPEC, _input(layout))
    assert result.dtype == np.float32
    at = {"t": 1, "y": 2, "x": 4, "c": 2}
    expected = (FRAMES[1, 2, 4, 2] * 0.5 - 3.0) / 4.0
    assert result[(0, *(at[axis] for axis in axes))] == expected
    assert result.shape == (1, *({"t": 2, "y": 3, "x": 5, "c": 3}[axis] for axis in axes))


def test_other_frames_than_a_clip_are_a_mistake() -> None:
    with pytest.raises(ValueError, match="must be uint8"):
        network_input(FRAMES[:1], SPEC, _input("NCTHW"))
    with pytest.raises(ValueError, match="must be uint8"):
        network_input(FRAMES.astype(np.int16), SPEC, _input("NCTHW"))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="does not take clips"):
        network_input(FRAMES, SPEC, _input(None))


def test_a_clip_of_one_frame_becomes_a_picture() -> None:
    spec = ClipSpec(frames=1, rate=5.0, step=1, resize=(6, 8), crop=(6, 8), color="rgb")
    frames = np.random.default_rng(0).integers(0, 256, (1, 6, 8, 3), np.uint8)
    wanted = Input(
        name="frame",
        shape=(1, 3, 6, 8),
        layout="NCHW",
        scale=1 / 255,
        mean=(0.5, 0.4, 0.3),
        std=(0.2, 0.2, 0.2),
    )
    values = network_input(frames, spec, wanted)
    assert values.shape == (1, 3, 6, 8)
    assert values[0, 2, 1, 5] == pytest.approx((frames[0, 1, 5, 2] / 255 - 0.3) / 0.2, abs=1e-5)


@pytest.mark.parametrize("layout", ["NCTHW", "NTCHW", "NTHWC"])
def test_every_pixel_is_what_float32_arithmetic_gives_step_by_step(layout: Layout) -> None:
    frames = np.random.default_rng(0).integers(0, 256, FRAMES.shape, np.uint8)
    wanted = Input(
        name="clip",
        shape=(),
        layout=layout,
        scale=1 / 255,
        mean=(0.485, 0.456, 0.406),
        std=(0.229, 0.224, 0.225),
    )
    values = network_input(frames, SPEC, wanted)
    scaled = frames.astype(np.float32) * np.float32(1 / 255)
    expected = (scaled - np.float32(wanted.mean)) / np.float32(wanted.std)
    axes = {"NCTHW": (1, 2, 3, 0), "NTCHW": (0, 2, 3, 1), "NTHWC": (0, 1, 2, 3)}[layout]
    np.testing.assert_array_equal(values[0].transpose(axes), expected)
    assert values.flags.c_contiguous
