"""What a frame classifier sees of a camera that stands still."""

import numpy as np
import pytest
import torch

from crimeview.training.violence.change import Change


def _clip(*, box: int | None) -> torch.Tensor:
    """Nine gray frames of one scene; a bright box is at a column of its own in each frame."""
    random = np.random.default_rng(0)
    scene = torch.from_numpy(random.random((1, 1, 1, 24, 24), np.float32) * 0.5)
    clip = scene.repeat(1, 1, 9, 1, 1)
    if box is not None:
        for frame in range(9):
            clip[0, 0, frame, 8:12, box + frame] = 1.0
    return clip


def test_a_still_scene_is_nothing() -> None:
    assert Change(9)(_clip(box=None)).abs().max() < 1e-6


def test_what_moves_shows_where_it_is_and_was() -> None:
    seen = Change(9)(_clip(box=3))
    assert seen.shape == (1, 10, 24, 24)
    columns = [set(np.flatnonzero(channel.abs().sum(dim=0).numpy() > 0.1)) for channel in seen[0]]
    for number in range(8):
        assert columns[number] == {3 + number, 4 + number}  # left and reached
    assert columns[8] == {7}, "the middle frame beside the empty scene"
    assert columns[9] == {3}, "the first frame beside it"


def test_exposure_and_contrast_cancel() -> None:
    clip = _clip(box=3)
    brighter = Change(9)(clip + 0.2)
    torch.testing.assert_close(brighter, Change(9)(clip))
    flatter = Change(9)(clip * 0.6)
    assert (flatter - Change(9)(clip)).abs().mean() < 0.2 * Change(9)(clip).abs().mean()


def test_a_clip_needs_a_middle_frame() -> None:
    with pytest.raises(ValueError, match="odd"):
        Change(8)
